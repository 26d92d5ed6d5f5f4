import type { Table } from './table.ts';

/** Something that was promised, and what was measured. */
export interface Goal {
  readonly what: string;
  readonly wanted: string;
  readonly measured: string;
  readonly isMet: boolean;
}

/** What a benchmark found. */
export interface Result {
  readonly tables: readonly Table[];
  readonly goals: readonly Goal[];
  /** What a reader must know beside the numbers. */
  readonly notes: readonly string[];
  /** The numbers, for programs. */
  readonly data: unknown;
}

/** How thoroughly to measure: `quick` only shows that a benchmark works. */
export type Thoroughness = 'quick' | 'full';

/** Measures one thing. */
export type Benchmark = (thoroughness: Thoroughness) => Promise<Result>;
