import type { Goal } from '../benchmark.ts';
import { type Spread, spread } from '../measure.ts';
import { formatNumber, formatRatio } from '../table.ts';
import { APOSTROPHE } from './apostrophe.ts';
import { EMDASH, EMDASH_CACHED } from './emdash.ts';
import { medianAndMost, type Round } from './rounds.ts';
import { contenderName } from './widgy-contenders.ts';

/** What was measured: the rounds of each contender, by its name. */
export type Measured = ReadonlyMap<string, readonly Round[]>;

const DATABASES = ['SQLite', 'PostgreSQL'] as const;
const UNCACHED = ['nothing kept', 'HTML of widgets kept'] as const;
const CACHED = 'pages kept, as it comes';

/** How many times as fast as a peer. */
const TO_APOSTROPHE = 5;
const TO_EMDASH = 3;
const TO_EMDASH_CACHED = 3;
/** Of what a peer needs. */
const MEMORY_SHARE = 0.5;
const EDIT_SHARE = 0.5;
const START_MS = 1_000;

/** What was promised. All ratios are of the single rounds. */
export function goalsOf(measured: Measured): readonly Goal[] {
  return DATABASES.flatMap((database) => {
    const cached = contenderName(database, CACHED);
    return [
      ...UNCACHED.flatMap((what) => {
        const uncached = contenderName(database, what);
        return [
          fasterThan(measured, uncached, APOSTROPHE, TO_APOSTROPHE),
          fasterThan(measured, uncached, EMDASH, TO_EMDASH),
        ];
      }),
      fasterThan(measured, cached, EMDASH_CACHED, TO_EMDASH_CACHED),
      ...[APOSTROPHE, EMDASH].map((peer) =>
        lessThan(measured, contenderName(database, 'nothing kept'), peer, {
          ...{ what: 'memory', share: MEMORY_SHARE, of: ({ megabytes }) => megabytes },
        }),
      ),
      lessThan(measured, cached, EMDASH_CACHED, {
        ...{ what: 'memory', share: MEMORY_SHARE, of: ({ megabytes }) => megabytes },
      }),
      lessThan(measured, cached, EMDASH, {
        what: 'one edit over HTTP',
        share: EDIT_SHARE,
        of: ({ edits }) => medianAndMost(edits.map(({ edit }) => edit)).median,
      }),
      startGoal(measured, cached),
    ];
  });
}

function fasterThan(measured: Measured, name: string, peer: string, least: number): Goal {
  const ratio = ratioOf(measured, name, peer, ({ requestsPerSecond }) => requestsPerSecond);
  return {
    what: `requests per second: ${name}, to ${peer}`,
    wanted: `at least ${least}×`,
    measured: formatRatio(ratio),
    isMet: ratio.median >= least,
  };
}

function lessThan(
  measured: Measured,
  name: string,
  peer: string,
  {
    what,
    share,
    of,
  }: { readonly what: string; readonly share: number; readonly of: (round: Round) => number },
): Goal {
  const ratio = ratioOf(measured, name, peer, of);
  return {
    what: `${what}: ${name}, to ${peer}`,
    wanted: `at most ${share}×`,
    measured: formatRatio(ratio),
    isMet: ratio.median <= share,
  };
}

function startGoal(measured: Measured, name: string): Goal {
  const { median, low, high } = spread((measured.get(name) ?? []).map(({ start }) => start));
  return {
    what: `start to first page: ${name}`,
    wanted: `at most ${START_MS} ms`,
    measured: `${formatNumber(median)} ms (${formatNumber(low)}–${formatNumber(high)})`,
    isMet: median <= START_MS,
  };
}

function ratioOf(measured: Measured, name: string, peer: string, of: (round: Round) => number): Spread {
  const peers = measured.get(peer) ?? [];
  return spread(
    (measured.get(name) ?? []).map((round, index) => {
      const other = peers[index];
      return other === undefined ? Number.NaN : of(round) / of(other);
    }),
  );
}
