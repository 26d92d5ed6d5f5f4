import type { Kysely, Transaction } from 'kysely';
import type { DatabaseKind } from './migrations/migration.ts';
import type { Tables } from './tables.ts';

/** A connection to a database, or the transaction that is going on: what a query can be made with. */
export type Queries = Kysely<Tables>;

/** What a query can be made with that only reads. */
export type Snapshot = Pick<Queries, 'selectFrom' | 'getExecutor'>;

/** An open database. */
export interface Database {
  readonly kind: DatabaseKind;
  /**
   * For single queries. What writes in several statements, or reads before it writes, belongs into a transaction.
   */
  readonly kysely: Queries;
  /**
   * Does a step as if nobody else used the database: all of it is kept, or nothing is when it throws. On both
   * databases it is serializable. Where another transaction was faster, the step is done again from its beginning,
   * for as long as {@link BUSY_RETRY_MS} says; then it fails with `database-busy`. So a step changes nothing
   * outside the database, and uses nothing but the transaction that it is given.
   */
  transaction<T>(step: (transaction: Transaction<Tables>) => Promise<T>): Promise<T>;
  /**
   * Reads as if time stood still, for as long as it takes, while others go on writing: for what is too much to be read at once. The step
   * writes nothing. In SQLite it has the one connection of this process to itself, so whoever serves people opens the database once
   * more for it.
   */
  snapshot<T>(step: (queries: Snapshot) => Promise<T>): Promise<T>;
  /**
   * Fails with `transaction-nested` inside the step of a transaction: for what would use the database past it, at a time when
   * that cannot be seen any more.
   */
  refuseInside(): void;
  /** Calls a function for each statement that is done from now on; returns a function that ends that. */
  onStatement(listener: StatementListener): () => void;
  /** Ends all connections, after the transactions that are going on. */
  close(): Promise<void>;
}

/** One SQL statement that was done or failed. Beginning and ending a transaction are statements too. */
export interface Statement {
  readonly sql: string;
  /** How long the database took, without waiting for a connection. */
  readonly milliseconds: number;
  readonly isFailed: boolean;
}

/** Is told of statements. It must not throw. */
export type StatementListener = (statement: Statement) => void;

/** How long something is tried again when others are in its way, in milliseconds. */
export const BUSY_RETRY_MS = 10_000;

/** The longest pause between two tries, in milliseconds. The first is a hundredth of it; then they double. */
export const BUSY_PAUSE_MS = 100;

/**
 * How long SQLite itself waits for another process, in milliseconds. It is short, since this whole process waits with
 * it; afterwards it is tried again as said above.
 */
export const SQLITE_BUSY_MS = 20;

/** How many prepared statements are kept for one SQLite database. */
export const SQLITE_STATEMENTS = 200;

/** How many connections are opened to PostgreSQL at once; more work waits for one. */
export const POSTGRES_CONNECTIONS = 10;

/** How long making a connection to PostgreSQL, or waiting for a free one, may take, in milliseconds. */
export const POSTGRES_CONNECT_MS = 10_000;

/** How long one statement may take in PostgreSQL, in milliseconds. Migrations are not limited. */
export const POSTGRES_STATEMENT_MS = 30_000;

/**
 * How long a transaction may wait for its own program in PostgreSQL, in milliseconds: a program that hangs then
 * holds nothing any more.
 */
export const POSTGRES_IDLE_MS = 60_000;
