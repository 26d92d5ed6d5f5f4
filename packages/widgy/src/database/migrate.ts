import { CompiledQuery, type Kysely, sql, type Transaction } from 'kysely';
import { WidgyError } from '../errors.ts';
import type { Database } from './database.ts';
import { migrations as released } from './migrations/list.ts';
import { checksumOf, type Migration, statementsOf } from './migrations/migration.ts';
import type { Tables } from './tables.ts';

/** The names of the migrations that this database has not had, in order. Changes nothing. */
export async function pendingMigrations(
  database: Database,
  migrations: readonly Migration[] = released,
): Promise<readonly string[]> {
  const applied = await countApplied(database, database.kysely, migrations);
  return migrations.slice(applied).map(({ name }) => name);
}

/**
 * Brings the database to the shape that the code expects, and returns the names of what was applied. Each migration
 * is one transaction. Of several processes that do this at once, one applies a migration and the others wait for
 * it, then find that it is done.
 */
export async function migrate(
  database: Database,
  migrations: readonly Migration[] = released,
): Promise<readonly string[]> {
  const applied: string[] = [];
  // Asked first without the lock: most starts have nothing to do, and must not wait for one who writes.
  let isDone = (await pendingMigrations(database, migrations)).length === 0;
  while (!isDone) {
    const name = await applyNext(database, migrations);
    if (name === undefined) isDone = true;
    else applied.push(name);
  }
  return applied;
}

/** Applies the next migration, unless there is none or another process was faster. */
async function applyNext(database: Database, migrations: readonly Migration[]): Promise<string | undefined> {
  return await inLockedTransaction(database, async (transaction) => {
    const position = await countApplied(database, transaction, migrations);
    const migration = migrations[position];
    if (migration === undefined) return undefined;
    if (position === 0) await createRecord(database, transaction);
    try {
      for (const statement of statementsOf(migration, database.kind)) {
        await transaction.executeQuery(CompiledQuery.raw(statement));
      }
    } catch (cause) {
      const message = `the migration "${migration.name}" failed`;
      throw new WidgyError('migration-failed', { message, cause });
    }
    await transaction
      .insertInto('widgy_migrations')
      .values({
        position: position + 1,
        name: migration.name,
        checksum: checksumOf(migration, database.kind),
        applied_at: Date.now(),
      })
      .execute();
    return migration.name;
  });
}

/**
 * How many migrations of the list the database has had, after making sure that what it had is what the list begins
 * with.
 */
async function countApplied(
  database: Database,
  kysely: Kysely<Tables>,
  migrations: readonly Migration[],
): Promise<number> {
  if (!(await hasRecord(database, kysely))) return 0;
  const records = await kysely.selectFrom('widgy_migrations').selectAll().orderBy('position').execute();
  for (const [index, { name, checksum }] of records.entries()) {
    const migration = migrations[index];
    if (migration === undefined) {
      throw new WidgyError('database-newer', {
        message: `the database is newer than this code: it has had the migration "${name}", which this code does not know`,
      });
    }
    if (migration.name !== name) {
      throw new WidgyError('migration-changed', {
        message: `the database has had the migration "${name}" where this code has "${migration.name}"`,
      });
    }
    if (checksumOf(migration, database.kind) !== checksum) {
      throw new WidgyError('migration-changed', {
        message: `the migration "${name}" is not what it was when the database had it`,
      });
    }
  }
  return records.length;
}

async function hasRecord(database: Database, kysely: Kysely<Tables>): Promise<boolean> {
  const query =
    database.kind === 'sqlite'
      ? sql<unknown>`select 1 from sqlite_master where type = 'table' and name = 'widgy_migrations'`
      : // Not to_regclass, which may not see a table that came into being while this transaction waited for its lock.
        sql<unknown>`select 1 from pg_catalog.pg_tables
          where tablename = 'widgy_migrations' and schemaname = any(current_schemas(false))`;
  return (await query.execute(kysely)).rows.length > 0;
}

async function createRecord(database: Database, kysely: Kysely<Tables>): Promise<void> {
  for (const statement of statementsOf(record, database.kind)) {
    await kysely.executeQuery(CompiledQuery.raw(statement));
  }
}

/** The table that migrations are recorded in. It comes before the list, and never changes. */
const record: Migration = {
  name: 'record',
  statements: ({ integer, strict }) => [
    `create table widgy_migrations (
      position ${integer} not null primary key,
      name text not null unique,
      checksum text not null,
      applied_at ${integer} not null
    )${strict}`,
  ],
};

/**
 * A transaction that no other process has at the same time. In SQLite each is. In PostgreSQL a lock is taken first,
 * and what is read after it must be what is there then: a serializable transaction would go on seeing what was
 * there when it asked for the lock.
 */
async function inLockedTransaction<T>(
  database: Database,
  step: (transaction: Transaction<Tables>) => Promise<T>,
): Promise<T> {
  if (database.kind === 'sqlite') return await database.transaction(step);
  return await database.kysely
    .transaction()
    .setIsolationLevel('read committed')
    .execute(async (transaction) => {
      await sql`set local statement_timeout = 0`.execute(transaction);
      await sql`select pg_advisory_xact_lock(${sql.lit(MIGRATION_LOCK)})`.execute(transaction);
      return await step(transaction);
    });
}

/** Names the lock of migrations among all advisory locks of a PostgreSQL database: "widgy" in ASCII. */
const MIGRATION_LOCK = 0x7769646779;
