import { WidgyError } from '../errors.ts';

/** What may be handed to a database: what both databases keep and give back without a change. */
export type Value = string | number | bigint | Uint8Array | null;

/**
 * Refuses what the two databases would treat differently. Of text, SQLite stores U+0000, PostgreSQL cannot; neither
 * keeps half of a surrogate pair. Of other values, one driver or the other would make up a text or a number.
 */
export function checkValues(parameters: readonly unknown[]): readonly Value[] {
  return parameters.map((value) => {
    if (isValue(value)) return value;
    throw new WidgyError('database-value-invalid', {
      message: `${describe(value)} cannot be a value in the database`,
    });
  });
}

function isValue(value: unknown): value is Value {
  switch (typeof value) {
    case 'string':
      return !value.includes('\0') && value.isWellFormed();
    case 'number':
      return Number.isFinite(value);
    case 'bigint':
      return true;
    default:
      return value === null || value instanceof Uint8Array;
  }
}

/** Names a value without showing what is in it. */
function describe(value: unknown): string {
  if (typeof value === 'string') return 'a text with U+0000 or half of a surrogate pair';
  if (typeof value === 'number') return String(value);
  return Array.isArray(value) ? 'a list' : `a value of type ${typeof value}`;
}
