import type { PartFacts } from '../finished.ts';
import type { CacheFolder } from './cache-folder.ts';
import { mergeIndexes, readIndex, type Table, type UnitEntry, writeIndex } from './index.ts';
import { sweep } from './sweep.ts';

/** A table whose entries know when they were used last. */
export interface UsedTable<T> {
  /** What is known by a name; it counts as used today. */
  get(name: string): T | undefined;
  set(name: string, value: T): unknown;
}

/** The index of a cache, read once, and written at the end if something in it changed. */
export interface CacheStore {
  readonly folder: CacheFolder;
  readonly units: UsedTable<readonly UnitEntry[]>;
  readonly plans: UsedTable<readonly number[]>;
  readonly parts: UsedTable<PartFacts>;
  readonly facts: UsedTable<unknown>;
  /** Writes the index, with what another process learned meanwhile; once a day it clears up first. */
  save(): void;
}

/** @param now milliseconds since the epoch */
export function openCacheStore(folder: CacheFolder, now: number = Date.now()): CacheStore {
  const index = readIndex(folder);
  const today = Math.floor(now / DAY);
  let isChanged = false;
  const used = <T>(table: Table<T>): UsedTable<T> => ({
    get(name) {
      const entry = Object.hasOwn(table, name) ? table[name] : undefined;
      if (entry !== undefined && entry.day !== today) {
        entry.day = today;
        isChanged = true;
      }
      return entry?.value;
    },
    set(name, value) {
      table[name] = { day: today, value };
      isChanged = true;
    },
  });
  return {
    folder,
    units: used(index.units),
    plans: used(index.plans),
    parts: used(index.parts),
    facts: used(index.facts),
    save() {
      if (!isChanged) return;
      isChanged = false;
      writeIndex(folder, sweep(mergeIndexes(index, readIndex(folder)), folder, today));
    },
  };
}

const DAY = 24 * 60 * 60 * 1000;
