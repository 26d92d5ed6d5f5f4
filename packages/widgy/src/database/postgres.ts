import {
  type AbortableOperationOptions,
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  PostgresDialect,
  PostgresDriver,
} from 'kysely';
import pg from 'pg';
import { WidgyError } from '../errors.ts';
import {
  POSTGRES_CONNECT_MS,
  POSTGRES_CONNECTIONS,
  POSTGRES_IDLE_MS,
  POSTGRES_STATEMENT_MS,
  type StatementListener,
} from './database.ts';
import { postgresError } from './postgres-error.ts';
import { startStatement } from './start-statement.ts';
import { checkValues } from './values.ts';

/** Makes a pool of connections for Kysely. Nothing is connected before the first query. */
export function openPostgres(url: string, onStatement: StatementListener): Dialect {
  const types = new pg.TypeOverrides();
  types.setTypeParser(pg.types.builtins.INT8, wholeNumber);
  const pool = new pg.Pool({
    connectionString: url,
    application_name: 'widgy',
    max: POSTGRES_CONNECTIONS,
    connectionTimeoutMillis: POSTGRES_CONNECT_MS,
    statement_timeout: POSTGRES_STATEMENT_MS,
    idle_in_transaction_session_timeout: POSTGRES_IDLE_MS,
    types,
  });
  // A connection that breaks while no query waits for it, in the pool or in a transaction. There is nobody to tell:
  // the pool puts it away, and the next query is given another one, or fails where it belongs to the transaction.
  // Without listeners it would end the process.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  const config = { pool };
  return new (class extends PostgresDialect {
    override createDriver(): PostgresDriver {
      return new WatchedDriver(config, onStatement);
    }
  })(config);
}

/** The driver of Kysely, with errors of the catalogue, and a listener for statements. */
class WatchedDriver extends PostgresDriver {
  readonly #watched = new WeakSet<DatabaseConnection>();
  readonly #onStatement: StatementListener;

  constructor(config: { pool: pg.Pool }, onStatement: StatementListener) {
    super(config);
    this.#onStatement = onStatement;
  }

  override async acquireConnection(): Promise<DatabaseConnection> {
    try {
      const connection = await super.acquireConnection();
      if (!this.#watched.has(connection)) this.#watch(connection);
      return connection;
    } catch (error) {
      throw postgresError(error);
    }
  }

  #watch(connection: DatabaseConnection): void {
    // Kept as a method of the connection, which it needs to be.
    const own = Object.assign(connection, { executeUnwatched: connection.executeQuery });
    own.executeQuery = async <R>(query: CompiledQuery, options?: AbortableOperationOptions) => {
      const ended = startStatement(query.sql, this.#onStatement);
      try {
        checkValues(query.parameters);
        const result = await own.executeUnwatched<R>(query, options);
        ended('done');
        return result;
      } catch (error) {
        ended('failed');
        throw postgresError(error);
      }
    };
    this.#watched.add(connection);
  }
}

/** PostgreSQL's 64 bits as a number; refused where a number would be another one. */
function wholeNumber(text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value)) return value;
  throw new WidgyError('database-failed', { message: `${text} is too large for a number of JavaScript` });
}
