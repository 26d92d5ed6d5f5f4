import type { PartFacts } from '../finished.ts';
import type { Unit } from '../unit.ts';
import type { CacheFolder } from './cache-folder.ts';
import type { Note } from './recording.ts';

/** What was compiled once, and what it hangs on. Paths are relative to the folder of the configuration. */
export interface UnitEntry {
  /** The hash of the compiled unit, which is kept under this name. */
  readonly digest: string;
  /** For styles and classic scripts, what decides beside names whether they may share a file. */
  readonly traits: Pick<Unit, 'realm' | 'mustBeFirst'> | undefined;
  /** All files that were read. */
  readonly inputs: readonly { readonly path: string; readonly name: string; readonly hash: string }[];
  /** The names that were looked up, and the path of what was found. */
  readonly finds: readonly (readonly [name: string, path: string | null])[];
  /** What files there were for tools that look them up by themselves; undefined where none did. */
  readonly surroundings: Surroundings | undefined;
  readonly notes: readonly Note[];
}

/** The names of files that could have been found instead of those that were read, as hashes. */
export interface Surroundings {
  /** Which names count: those of the languages that built-in tools know, or all. */
  readonly kind: 'code' | 'all';
  readonly site: string;
  readonly packages: string;
}

/** What is known by a name, and the day it was used last, in days since the epoch. */
export type Table<T> = Record<string, { day: number; readonly value: T }>;

/** All that a cache knows, by hashes of what it was made from. */
export interface CacheIndex {
  /** The latest states of each source, newest first. */
  readonly units: Table<readonly UnitEntry[]>;
  /** Where groups of units are cut into parts: the index after the last unit of each. */
  readonly plans: Table<readonly number[]>;
  readonly parts: Table<PartFacts>;
  /** Small facts that take long to find out. */
  readonly facts: Table<unknown>;
}

const NAME = 'index.json';
const FORMAT = 1;

/** Reads the index of a cache; an empty one where there is none, or one of another format. */
export function readIndex(folder: CacheFolder): CacheIndex {
  const text = folder.read(NAME);
  if (text !== undefined) {
    try {
      const { format, index }: { format: unknown; index: CacheIndex } = JSON.parse(text);
      if (format === FORMAT) return index;
    } catch {
      // Written by something else, with a right checksum.
    }
  }
  return { units: {}, plans: {}, parts: {}, facts: {} };
}

/**
 * Writes an index together with what another process wrote meanwhile. Should two write at the same moment, one of them loses
 * what it learned, and nothing is wrong.
 */
export function writeIndex(folder: CacheFolder, index: CacheIndex): void {
  folder.write(NAME, JSON.stringify({ format: FORMAT, index }));
}

/** Both together; where they differ, the one used later, else the first. */
export function mergeIndexes(one: CacheIndex, other: CacheIndex): CacheIndex {
  return {
    units: mergeTables(one.units, other.units),
    plans: mergeTables(one.plans, other.plans),
    parts: mergeTables(one.parts, other.parts),
    facts: mergeTables(one.facts, other.facts),
  };
}

function mergeTables<T>(one: Table<T>, other: Table<T>): Table<T> {
  const merged = { ...other };
  for (const [name, entry] of Object.entries(one)) {
    const known = merged[name];
    if (known === undefined || entry.day >= known.day) merged[name] = entry;
  }
  return merged;
}

/** The folder of what was compiled. */
export const UNITS = 'units';

/** The name that something compiled is kept under. */
export function unitName(digest: string): string {
  return `${UNITS}/${digest}`;
}

/** The name that what a compiled script shares with others is kept under. */
export function namesName(digest: string): string {
  return `${UNITS}/${digest}-names`;
}
