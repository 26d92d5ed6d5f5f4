import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import {
  type AbortableOperationOptions,
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type SqliteDatabase,
  SqliteDialect,
  type SqliteDialectConfig,
  SqliteDriver,
  type SqliteStatement,
  type TransactionSettings,
} from 'kysely';
import { SQLITE_BUSY_MS, SQLITE_STATEMENTS, type StatementListener } from './database.ts';
import { MEMORY } from './location.ts';
import { retryBusy } from './retry-busy.ts';
import { sqliteError } from './sqlite-error.ts';
import { startStatement } from './start-statement.ts';
import { checkValues } from './values.ts';

/**
 * Makes a dialect of Kysely for a file, or for memory. It is opened with the first query.
 *
 * @param retryFor how long to go on when another process is in the way, in milliseconds
 */
export function openSqlite(path: string, onStatement: StatementListener, retryFor: number): Dialect {
  let opened: DatabaseSync | undefined;
  const config = {
    async database() {
      opened = await retryBusy(retryFor, () => translated(() => openFile(path)));
      return forKysely(opened, onStatement);
    },
  };
  return new (class extends SqliteDialect {
    override createDriver(): SqliteDriver {
      return new PatientDriver(config, retryFor, () => opened?.isTransaction === true);
    }
  })(config);
}

/**
 * `synchronous` is `full`: a transaction that was acknowledged is on the disk, whatever happens to the machine then.
 */
function openFile(path: string): DatabaseSync {
  if (path !== MEMORY) createFile(path);
  const database = new DatabaseSync(path, { timeout: SQLITE_BUSY_MS, enableForeignKeyConstraints: true });
  try {
    database.exec('pragma journal_mode = wal; pragma synchronous = full');
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Makes the file and its folder. Only the user that runs the site may read it: it holds accounts. */
function createFile(path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  closeSync(openSync(path, 'a', 0o600));
}

/** The driver of Kysely, which waits for other processes without holding up this one. */
class PatientDriver extends SqliteDriver {
  readonly #retryFor: number;
  readonly #isInTransaction: () => boolean;
  #isPatient = false;

  constructor(config: SqliteDialectConfig, retryFor: number, isInTransaction: () => boolean) {
    super(config);
    this.#retryFor = retryFor;
    this.#isInTransaction = isInTransaction;
  }

  /** There is one connection, the same each time. */
  override async acquireConnection(): Promise<DatabaseConnection> {
    const connection = await super.acquireConnection();
    if (this.#isPatient) return connection;
    this.#isPatient = true;
    // Kept as a method of the connection, which it needs to be.
    const own = Object.assign(connection, { executeOnce: connection.executeQuery });
    own.executeQuery = async <R>(query: CompiledQuery, options?: AbortableOperationOptions) => {
      const execute = () => own.executeOnce<R>(query, options);
      // A transaction has what it needs once it has begun.
      return this.#isInTransaction() ? await execute() : await retryBusy(this.#retryFor, execute);
    };
    return own;
  }

  /**
   * Begins each transaction that is not for reading only as one that will write. Else one that reads first and then finds that another
   * process has written could not go on, however long it waits.
   */
  override async beginTransaction(
    connection: DatabaseConnection,
    settings?: TransactionSettings,
  ): Promise<void> {
    await connection.executeQuery(
      CompiledQuery.raw(settings?.accessMode === 'read only' ? 'begin deferred' : 'begin immediate'),
    );
  }

  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    // A full disk, among others, has already made SQLite roll back; to say it again would hide that error.
    if (this.#isInTransaction()) await super.rollbackTransaction(connection);
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
      for (const row of told(sql, onStatement, () => statement.iterate(...checkValues(parameters)))) {
        yield { ...row };
      }
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
