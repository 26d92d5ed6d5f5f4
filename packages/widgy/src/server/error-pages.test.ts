import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { WidgyError } from '../errors.ts';
import { statusOf } from './error-pages.ts';

/** What a database threw, as it is told. */
const fromDatabase = (cause: object) =>
  new WidgyError('database-failed', { message: 'failed', cause: Object.assign(new Error('no'), cause) });

describe('the status of what was thrown', () => {
  const cases: readonly [what: string, error: unknown, status: number][] = [
    ['a database that is away', new WidgyError('database-unreachable', { message: 'gone' }), 503],
    ['a value that no database keeps', new WidgyError('database-value-invalid', { message: 'no' }), 400],
    ['SQLite without room', fromDatabase({ code: 'ERR_SQLITE_ERROR', errcode: 13 }), 503],
    ['SQLite that cannot write', fromDatabase({ code: 'ERR_SQLITE_ERROR', errcode: 778 }), 503],
    ['SQLite with a fault of ours', fromDatabase({ code: 'ERR_SQLITE_ERROR', errcode: 1 }), 500],
    ['PostgreSQL without room', fromDatabase({ code: '53100' }), 503],
    ['PostgreSQL with a fault of ours', fromDatabase({ code: '42601' }), 500],
    ['a folder without room', Object.assign(new Error('no'), { code: 'ENOSPC' }), 503],
    ['what says its status', Object.assign(new Error('no'), { statusCode: 413 }), 413],
    ['a status that is none', Object.assign(new Error('no'), { statusCode: 200 }), 500],
    ['no error', 'x', 500],
    ['nothing', undefined, 500],
  ];
  for (const [what, error, status] of cases) {
    it(`${what} is ${status}`, () => assert.equal(statusOf(error), status));
  }
});
