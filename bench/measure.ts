import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** One of the things that are compared. */
export interface Contender {
  readonly name: string;
  /** Makes ready for a turn. It is not timed. */
  prepare?(): unknown;
  /** Does the work once. */
  run(): unknown;
}

/** How long to measure. */
export interface Effort {
  /** Rounds that count. Each contender runs in every round. */
  readonly rounds: number;
  /** Rounds before, that do not count. */
  readonly warmup: number;
  /** Runs that are timed together, for work too short to be timed alone. */
  readonly batch?: number;
}

/** Half of the measured values lie between `low` and `high`. */
export interface Spread {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

/** Milliseconds for one run, round by round. */
export type Times = ReadonlyMap<string, readonly number[]>;

/**
 * Times contenders in turn, round by round, so that whatever slows the machine for a while slows them all. Who begins
 * changes with each round, and garbage is collected before each turn, so that nobody pays for the one before.
 */
export async function timeInTurn(contenders: readonly Contender[], effort: Effort): Promise<Times> {
  const { rounds, warmup, batch = 1 } = effort;
  const times = new Map<string, number[]>(contenders.map(({ name }) => [name, []]));
  for (let round = 0; round < warmup + rounds; round += 1) {
    for (const { name, prepare, run } of rotated(contenders, round)) {
      await prepare?.();
      collectGarbage();
      const started = performance.now();
      for (let index = 0; index < batch; index += 1) await run();
      const time = (performance.now() - started) / batch;
      if (round >= warmup) times.get(name)?.push(time);
    }
  }
  return times;
}

/** The median of a contender's times. */
export function spreadOf(times: Times, name: string): Spread {
  return spread(times.get(name) ?? []);
}

/** How many times as long one takes as the other, from the ratios of the single rounds. */
export function ratioOf(times: Times, name: string, base: string): Spread {
  const bases = times.get(base) ?? [];
  return spread((times.get(name) ?? []).map((time, round) => time / (bases[round] ?? Number.NaN)));
}

/** The median of values, and the middle half of them. */
export function spread(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  return { median: quantile(sorted, 0.5), low: quantile(sorted, 0.25), high: quantile(sorted, 0.75) };
}

/**
 * The value below which a part of all values lies.
 *
 * @param sorted the values, the smallest first
 */
export function quantile(sorted: readonly number[], part: number): number {
  const at = (sorted.length - 1) * part;
  const before = sorted[Math.floor(at)] ?? Number.NaN;
  const after = sorted[Math.ceil(at)] ?? Number.NaN;
  return before + (after - before) * (at - Math.floor(at));
}

function rotated<T>(list: readonly T[], by: number): T[] {
  const start = by % Math.max(1, list.length);
  return [...list.slice(start), ...list.slice(0, start)];
}

setFlagsFromString('--expose-gc');
const gc: unknown = runInNewContext('gc');

function collectGarbage(): void {
  if (typeof gc === 'function') gc();
}
