import pg from 'pg';
import { type ErrorCode, WidgyError } from '../errors.ts';

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
