import type { CacheFolder } from './cache-folder.ts';
import { type CacheIndex, namesName, type Table, UNITS, unitName } from './index.ts';

/**
 * Once a day, leaves out what was not used for 30 days and, while compiled sources take more than 512 MB, what was not used
 * longest; and deletes the files that nothing refers to any more. Files of the last hour stay: another process may be about
 * to refer to them.
 *
 * @param today in days since the epoch
 */
export function sweep(index: CacheIndex, folder: CacheFolder, today: number): CacheIndex {
  if (index.facts[SWEPT]?.day === today) return index;
  const files = new Map(folder.list(UNITS).map((file) => [file.name, file]));
  const units = limited(recent(index.units, today), (entries) =>
    entries.reduce((sum, { digest }) => sum + (files.get(unitName(digest))?.bytes ?? 0), 0),
  );
  const kept = new Set(
    Object.values(units).flatMap(({ value }) =>
      value.flatMap(({ digest }) => [unitName(digest), namesName(digest)]),
    ),
  );
  for (const { name, written } of files.values()) {
    if (!kept.has(name) && written < Date.now() - HOUR) folder.delete(name);
  }
  return {
    units,
    plans: recent(index.plans, today),
    parts: recent(index.parts, today),
    facts: { ...recent(index.facts, today), [SWEPT]: { day: today, value: true } },
  };
}

/** The fact that says when the cache was swept. */
const SWEPT = 'swept';

function recent<T>(table: Table<T>, today: number): Table<T> {
  return Object.fromEntries(Object.entries(table).filter(([, { day }]) => day > today - DAYS));
}

/** As many entries as there is room for, those used last first. */
function limited<T>(table: Table<T>, bytesOf: (value: T) => number): Table<T> {
  let bytes = 0;
  return Object.fromEntries(
    Object.entries(table)
      .sort(([, a], [, b]) => b.day - a.day)
      .filter(([, { value }]) => {
        bytes += bytesOf(value);
        return bytes <= MOST_BYTES;
      }),
  );
}

/** Entries unused for so many days go. */
const DAYS = 30;
const MOST_BYTES = 512 * 1024 * 1024;
const HOUR = 60 * 60 * 1000;
