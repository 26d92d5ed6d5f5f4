import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import pg from 'pg';
import type { Database } from '../database/database.ts';
import { openDatabase } from '../database/open-database.ts';
import { postgresServer } from './postgres-server.ts';

/** A kind of database that suites are run on. */
export interface TestDatabases {
  /** For the report. */
  readonly name: string;
  /** Whether several connections can be made to one database. */
  readonly isShared: boolean;
  /** The URL of an empty database, another one for each call. It is gone when the test is done. */
  readonly createUrl: () => Promise<string>;
}

/** All that Widgy runs on. */
export const testDatabases: readonly TestDatabases[] = [
  { name: 'SQLite in memory', isShared: false, createUrl: async () => ':memory:' },
  { name: 'SQLite', isShared: true, createUrl: createFile },
  { name: 'PostgreSQL', isShared: true, createUrl: createSchema },
];

/** Opens a database with all tables; it is closed when the test is done. */
export async function openMigrated(url: string, retryFor?: number): Promise<Database> {
  const database = await openDatabase({ url, migrations: 'apply', retryFor });
  after(() => database.close());
  return database;
}

async function createFile(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'widgy-database-'));
  after(() => rm(folder, { recursive: true, force: true }));
  return `sqlite:${join(folder, 'site.db')}`;
}

/** A schema is as good as a database, is made faster, and needs fewer rights on a server that was given. */
async function createSchema(): Promise<string> {
  const url = new URL(await postgresServer());
  const name = `widgy_test_${randomBytes(8).toString('hex')}`;
  await onServer(url.href, `create schema ${name}`);
  after(() => onServer(url.href, `drop schema ${name} cascade`));
  url.searchParams.set('options', `-csearch_path=${name}`);
  return url.href;
}

async function onServer(connectionString: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  await client.query(statement);
  await client.end();
}
