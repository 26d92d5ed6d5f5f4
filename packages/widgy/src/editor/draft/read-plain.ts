import type { JsonObject } from '../../tree/json.ts';
import { NO_LIMITS } from '../../tree/limits.ts';
import { readFields } from '../../tree/read-fields.ts';

/** What a text says as JSON; undefined where it is none. */
export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Whoever reads what was kept says of anything that is not as it should be that it is nothing.
    return undefined;
  }
}

/** Whether a value is a number of something: 0, 1, 2… */
export function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

/** Reads a list of which everything is as it should be; undefined otherwise. */
export function readAll<T>(value: unknown, read: (item: unknown) => T | undefined): readonly T[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const items: T[] = [];
  for (const item of value) {
    const made = read(item);
    if (made === undefined) return undefined;
    items.push(made);
  }
  return items;
}

/** Reads a text. */
export function readText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** Reads an object of JSON values: a copy, with nothing in it that reaches a prototype. */
export function readJsonObject(value: unknown): JsonObject | undefined {
  const log = { problems: [] };
  const fields = readFields(value, undefined, log, NO_LIMITS);
  return log.problems.length === 0 ? fields : undefined;
}
