import type { Benchmark, Goal } from '../benchmark.ts';
import { spread } from '../measure.ts';
import { CONNECTIONS, type Served, serveUnderLoad } from '../server-load.ts';
import { formatBytes, formatRatio, formatSpread, type Table } from '../table.ts';
import { type Download, downloads, publish, served, siteOf } from './returning.ts';

const MOST_SHARE = 0.05;
const LEAST_RATIO = 0.9;
const PEER = '@fastify/static';

/** What a visitor who returns downloads after a change of one line, and how many visitors a server can answer. */
export const delivery: Benchmark = async (thoroughness) => {
  const sizes = await downloads();
  const ways = ['compressor', PEER];
  const rounds = await measureLoad(ways, thoroughness === 'full' ? 5 : 1);
  const ratio = spread(
    rounds.map((round) => (round.get('compressor')?.requests ?? 0) / (round.get(PEER)?.requests ?? 0)),
  );
  const worst = Math.max(...sizes.map(shareOf));
  const goals: Goal[] = [
    {
      what: 'bytes for who returns, to Brotli',
      wanted: `at most ${MOST_SHARE * 100} %`,
      measured: percent(worst),
      isMet: worst <= MOST_SHARE,
    },
    {
      what: `requests per second with ${CONNECTIONS} connections, to ${PEER}`,
      wanted: `at least ${LEAST_RATIO}×`,
      measured: formatRatio(ratio),
      isMet: ratio.median >= LEAST_RATIO,
    },
  ];
  return {
    tables: [sizesTable(sizes), loadTable(ways, rounds)],
    goals,
    notes: [
      `The server answers with the Brotli form of "${served?.name}", in a process of its own; the requests come from another one.`,
      '@fastify/static looks for the compressed file itself (preCompressed).',
    ],
    data: { sizes, rounds: rounds.map((round) => Object.fromEntries(round)) },
  };
};

const shareOf = ({ dcb, brotli }: Download) => dcb / brotli;
const percent = (share: number) => `${(share * 100).toFixed(2)} %`;

function sizesTable(sizes: readonly Download[]): Table {
  return {
    title: 'Downloads after a change of one line, bytes',
    head: ['bundle', 'plain', 'Brotli', 'dcb', 'dcz', 'dcb to Brotli'],
    rows: sizes.map((size) => [
      size.name,
      ...[size.plain, size.brotli, size.dcb, size.dcz].map(formatBytes),
      percent(shareOf(size)),
    ]),
  };
}

function loadTable(ways: readonly string[], rounds: readonly ReadonlyMap<string, Served>[]): Table {
  const of = (way: string, what: keyof Served) =>
    formatSpread(spread(rounds.map((round) => round.get(way)?.[what] ?? Number.NaN)));
  return {
    title: `One file, ${CONNECTIONS} connections, ${rounds.length} rounds`,
    head: ['server', 'requests per second', 'processor, µs per request'],
    rows: ways.map((way) => [way, of(way, 'requests'), of(way, 'cpu')]),
  };
}

/** Puts servers under load in turn, round by round. */
async function measureLoad(ways: readonly string[], count: number): Promise<Map<string, Served>[]> {
  if (served === undefined) throw new Error('There is no bundle to serve.');
  const { site, config } = await siteOf(served);
  await using _site = site;
  const name = await publish(config);
  const rounds: Map<string, Served>[] = [];
  for (let round = 0; round < count; round += 1) {
    const results = new Map<string, Served>();
    for (const way of round % 2 === 0 ? ways : ways.toReversed()) {
      const file = new URL('server.ts', import.meta.url);
      const server = { file, args: [way, site.folder], path: `/assets/${name}`, encoding: 'br' } as const;
      results.set(way, await serveUnderLoad(server));
    }
    rounds.push(results);
  }
  return rounds;
}
