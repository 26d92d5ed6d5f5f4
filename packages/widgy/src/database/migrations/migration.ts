import { hash } from 'node:crypto';

/** Which database it is. */
export type DatabaseKind = 'sqlite' | 'postgres';

/**
 * One step forward of the database's shape. It is SQL and nothing else, so that what was applied can be compared with
 * what the code says: a migration never changes once it is released.
 */
export interface Migration {
  /** Unique; by convention a number and a word. */
  readonly name: string;
  /** The statements, in order. */
  readonly statements: (dialect: ColumnTypes) => readonly string[];
}

/** What is written differently for the two databases. */
export interface ColumnTypes {
  readonly kind: DatabaseKind;
  /** The type of a whole number of up to 53 bits. */
  readonly integer: string;
  /** What stands behind a table's columns: SQLite then refuses values of another type, as PostgreSQL always does. */
  readonly strict: string;
}

const columnTypes: Readonly<Record<DatabaseKind, ColumnTypes>> = {
  sqlite: { kind: 'sqlite', integer: 'integer', strict: ' strict' },
  postgres: { kind: 'postgres', integer: 'bigint', strict: '' },
};

/** The statements of a migration for one kind of database. */
export function statementsOf(migration: Migration, kind: DatabaseKind): readonly string[] {
  return migration.statements(columnTypes[kind]);
}

/** What is recorded of a migration to see whether it was changed later. */
export function checksumOf(migration: Migration, kind: DatabaseKind): string {
  return hash('sha256', JSON.stringify(statementsOf(migration, kind)));
}
