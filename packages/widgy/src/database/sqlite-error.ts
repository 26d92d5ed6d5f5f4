import { type ErrorCode, WidgyError } from '../errors.ts';

/**
 * What SQLite means by its result codes, by the primary code (the low byte).
 * @see https://www.sqlite.org/rescode.html
 */
const sqliteCodes: Readonly<Record<number, ErrorCode>> = {
  3: 'database-unreachable', // PERM
  5: 'database-busy', // BUSY
  6: 'database-busy', // LOCKED
  8: 'database-unreachable', // READONLY
  14: 'database-unreachable', // CANTOPEN
  19: 'database-constraint', // CONSTRAINT
  20: 'database-value-invalid', // MISMATCH
  23: 'database-unreachable', // AUTH
  26: 'database-unreachable', // NOTADB
};

/** A value of another type than its column's, in a strict table. */
const SQLITE_CONSTRAINT_DATATYPE = 3091;

/** Makes an error of the catalogue from what `node:sqlite` threw. */
export function sqliteError(error: unknown): WidgyError {
  if (error instanceof WidgyError) return error;
  return new WidgyError(codeOfSqlite(error), { message: `SQLite: ${messageOf(error)}`, cause: error });
}

function codeOfSqlite(error: unknown): ErrorCode {
  if (!isObject(error)) return 'database-failed';
  // From making the file, before SQLite was asked.
  if ('syscall' in error) return 'database-unreachable';
  const { errcode } = error;
  if (typeof errcode !== 'number') return 'database-failed';
  if (errcode === SQLITE_CONSTRAINT_DATATYPE) return 'database-value-invalid';
  return sqliteCodes[errcode & 0xff] ?? 'database-failed';
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
