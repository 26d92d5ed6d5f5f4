import { Kysely, sql } from 'kysely';
import { WidgyError } from '../errors.ts';
import { BUSY_RETRY_MS, type Database, type Statement, type StatementListener } from './database.ts';
import { readLocation } from './location.ts';
import { migrate, pendingMigrations } from './migrate.ts';
import { openSqlite } from './sqlite.ts';
import type { Tables } from './tables.ts';
import { createTransactions } from './transactions.ts';

/** How a database is opened. */
export interface DatabaseOptions {
  /** Which database; see `readLocation` for what it may be. */
  readonly url: string;
  /**
   * What is done about migrations that the database has not had: `apply` them (what SQLite does by default),
   * `require` that there are none (what PostgreSQL does by default, where several servers start at different
   * times), or `ignore` them: for the command that applies them.
   */
  readonly migrations?: 'apply' | 'require' | 'ignore' | undefined;
  /** How long something is tried again when others are in its way, in milliseconds; see {@link BUSY_RETRY_MS}. */
  readonly retryFor?: number | undefined;
}

/**
 * Opens a database: SQLite, or PostgreSQL if the URL says so.
 *
 * @example
 * const database = await openDatabase(process.env.DATABASE_URL ?? 'sqlite:data/site.db');
 */
export async function openDatabase(urlOrOptions: string | DatabaseOptions): Promise<Database> {
  const options = typeof urlOrOptions === 'string' ? { url: urlOrOptions } : urlOrOptions;
  const database = await connect(options);
  try {
    await meetMigrations(database, options.migrations);
    return database;
  } catch (error) {
    await database.close();
    throw error;
  }
}

async function connect({ url, retryFor = BUSY_RETRY_MS }: DatabaseOptions): Promise<Database> {
  const listeners = new Set<StatementListener>();
  const onStatement = (statement: Statement) => {
    for (const listener of listeners) listener(statement);
  };
  const location = readLocation(url);
  const transactions = createTransactions(retryFor);
  const kysely = new Kysely<Tables>({
    dialect:
      location.kind === 'sqlite'
        ? openSqlite(location.path, onStatement, retryFor)
        : (await import('./postgres.ts')).openPostgres(location.url, onStatement),
    plugins: [transactions.guard],
  });
  return {
    kind: location.kind,
    kysely,
    transaction: (step) => transactions.run(kysely, step),
    snapshot: (step) => transactions.read(kysely, step),
    refuseInside: transactions.refuseInside,
    onStatement(listener) {
      // Wrapped, so that a function that is added twice is told twice, and can be taken away once.
      const own = (statement: Statement) => listener(statement);
      listeners.add(own);
      return () => listeners.delete(own);
    },
    close: () => kysely.destroy(),
  };
}

async function meetMigrations(database: Database, given: DatabaseOptions['migrations']): Promise<void> {
  const policy = given ?? (database.kind === 'sqlite' ? 'apply' : 'require');
  if (policy === 'ignore') {
    // So that a database that cannot be reached is found out now, as with the others.
    await sql`select 1`.execute(database.kysely);
    return;
  }
  if (policy === 'apply') {
    await migrate(database);
    return;
  }
  const pending = await pendingMigrations(database);
  if (pending.length === 0) return;
  throw new WidgyError('migration-pending', {
    message: `the database has not had these migrations: ${pending.join(', ')}`,
  });
}
