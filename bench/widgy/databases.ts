import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { sql } from 'kysely';
import { type Database, openDatabase } from '../../packages/widgy/src/database/index.ts';
import { postgresServer } from '../../packages/widgy/src/testing/postgres-server.ts';

/** A database that Widgy runs on, with all tables and nothing in them. It is gone at the end. */
export interface BenchDatabase extends AsyncDisposable {
  readonly name: string;
  readonly database: Database;
}

/** A file in a folder. */
export async function sqliteIn(folder: string): Promise<BenchDatabase> {
  const database = await openDatabase(`sqlite:${join(folder, 'site.db')}`);
  return { name: 'SQLite', database, [Symbol.asyncDispose]: () => database.close() };
}

/** An empty schema of a PostgreSQL server. It is gone at the end. */
export interface EmptySchema extends AsyncDisposable {
  readonly url: string;
}

/** An empty schema of a server that is started, or that `TEST_DATABASE_URL` names. */
export async function emptySchema(): Promise<EmptySchema> {
  const url = new URL(await postgresServer());
  const schema = `widgy_bench_${randomBytes(8).toString('hex')}`;
  url.searchParams.set('options', `-csearch_path=${schema}`);
  const database = await openDatabase({ url: url.href, migrations: 'ignore' });
  await sql`create schema ${sql.id(schema)}`.execute(database.kysely);
  return {
    url: url.href,
    async [Symbol.asyncDispose]() {
      await sql`drop schema ${sql.id(schema)} cascade`.execute(database.kysely);
      await database.close();
    },
  };
}

/** A schema of its own, as {@link emptySchema} makes it. */
export async function postgres(): Promise<BenchDatabase> {
  const schema = await emptySchema();
  const database = await openDatabase({ url: schema.url, migrations: 'apply' });
  return {
    name: 'PostgreSQL',
    database,
    async [Symbol.asyncDispose]() {
      await database.close();
      await schema[Symbol.asyncDispose]();
    },
  };
}
