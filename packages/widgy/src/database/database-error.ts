import pg from 'pg';
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

/**
 * What PostgreSQL means by its codes: whole codes before classes (the first two characters).
 * @see https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const postgresCodes: Readonly<Record<string, ErrorCode>> = {
  '40': 'database-busy', // serialization failure, deadlock
  '55P03': 'database-busy', // a lock was not available in time
  '22': 'database-value-invalid', // data exception
  '23': 'database-constraint',
  '08': 'database-unreachable', // connection exception
  '28': 'database-unreachable', // not authorised
  '3D': 'database-unreachable', // no such database
  '53300': 'database-unreachable', // too many connections
  '57P': 'database-unreachable', // shutting down, or not up yet
};

/** Makes an error of the catalogue from what `pg` threw. What is not from the server is from the connection to it. */
export function postgresError(error: unknown): WidgyError {
  if (error instanceof WidgyError) return error;
  const details = { message: `PostgreSQL: ${messageOf(error)}`, cause: error };
  if (!(error instanceof pg.DatabaseError)) return new WidgyError('database-unreachable', details);
  const state = error.code ?? '';
  const code = postgresCodes[state] ?? postgresCodes[state.slice(0, 3)] ?? postgresCodes[state.slice(0, 2)];
  return new WidgyError(code ?? 'database-failed', details);
}

function messageOf(error: unknown): string {
  // Where a host has several addresses, the error of each is inside.
  if (error instanceof AggregateError) return error.errors.map(messageOf).join('; ');
  return error instanceof Error ? error.message : String(error);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
