import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type SqliteDatabase,
  SqliteDialect,
  SqliteDriver,
  type SqliteStatement,
} from 'kysely';
import { SQLITE_BUSY_MS, SQLITE_STATEMENTS, type StatementListener } from './database.ts';
import { sqliteError } from './database-error.ts';
import { MEMORY } from './location.ts';
import { startStatement } from './start-statement.ts';
import { checkValues } from './values.ts';

/**
 * Opens a file, or memory, for Kysely. `synchronous` is `full`: a transaction that was acknowledged is on the disk, whatever happens to
 * the machine then.
 */
export function openSqlite(path: string, onStatement: StatementListener): Dialect {
  const database = translated(() => {
    if (path !== MEMORY) createFile(path);
    const opened = new DatabaseSync(path, { timeout: SQLITE_BUSY_MS, enableForeignKeyConstraints: true });
    opened.exec('pragma journal_mode = wal; pragma synchronous = full');
    return opened;
  });
  const config = { database: forKysely(database, onStatement) };
  return new (class extends SqliteDialect {
    override createDriver(): SqliteDriver {
      return new WritingDriver(config, database);
    }
  })(config);
}

/** Makes the file and its folder. Only the user that runs the site may read it: it holds accounts. */
function createFile(path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  closeSync(openSync(path, 'a', 0o600));
}

/**
 * Begins each transaction as one that will write. Else one that reads first and then finds that another process has written could not go on,
 * however long it waits.
 */
class WritingDriver extends SqliteDriver {
  readonly #database: DatabaseSync;

  constructor(config: { database: SqliteDatabase }, database: DatabaseSync) {
    super(config);
    this.#database = database;
  }

  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }

  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    // A full disk, among others, has already made SQLite roll back; to say it again would hide that error.
    if (this.#database.isTransaction) await super.rollbackTransaction(connection);
  }
}

/** Shows `node:sqlite` to Kysely. Statements are prepared once and kept, those used longest ago are forgotten. */
function forKysely(database: DatabaseSync, onStatement: StatementListener): SqliteDatabase {
  const prepared = new Map<string, SqliteStatement>();
  return {
    prepare(sql) {
      const statement = prepared.get(sql) ?? translated(() => kyselyStatement(database, sql, onStatement));
      prepared.delete(sql);
      prepared.set(sql, statement);
      const [oldest] = prepared.keys();
      if (prepared.size > SQLITE_STATEMENTS && oldest !== undefined) prepared.delete(oldest);
      return statement;
    },
    close: () => translated(() => database.close()),
  };
}

function kyselyStatement(
  database: DatabaseSync,
  sql: string,
  onStatement: StatementListener,
): SqliteStatement {
  const statement = database.prepare(sql);
  return {
    reader: statement.columns().length > 0,
    all: (parameters) => told(sql, onStatement, () => rows(statement.all(...checkValues(parameters)))),
    run: (parameters) => told(sql, onStatement, () => statement.run(...checkValues(parameters))),
    *iterate(parameters) {
      // One of its own: a second use of the kept statement would start this one again from its beginning.
      const own = translated(() => database.prepare(sql));
      for (const row of told(sql, onStatement, () => own.iterate(...checkValues(parameters))))
        yield { ...row };
    },
  };
}

/** Rows as plain objects, as `pg` gives them; those of `node:sqlite` have no prototype. */
function rows(found: readonly object[]): unknown[] {
  return found.map((row) => ({ ...row }));
}

function told<T>(sql: string, onStatement: StatementListener, work: () => T): T {
  const ended = startStatement(sql, onStatement);
  try {
    const result = work();
    ended('done');
    return result;
  } catch (error) {
    ended('failed');
    throw sqliteError(error);
  }
}

function translated<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw sqliteError(error);
  }
}
