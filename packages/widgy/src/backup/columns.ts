import { sql } from 'kysely';
import type { Database, Snapshot } from '../database/database.ts';
import { KEPT_TABLES } from './parts.ts';

/** The columns of all tables that are kept and that the database has, in its order. One statement for each table. */
export async function readColumns(
  { kind }: Pick<Database, 'kind'>,
  queries: Snapshot,
): Promise<Readonly<Record<string, readonly string[]>>> {
  const tables: Record<string, readonly string[]> = {};
  for (const { table } of KEPT_TABLES) {
    const query =
      kind === 'sqlite'
        ? sql<{ readonly name: string }>`select name from pragma_table_info(${table}) order by cid`
        : sql<{ readonly name: string }>`select column_name as name from information_schema.columns
            where table_schema = current_schema() and table_name = ${table} order by ordinal_position`;
    const { rows } = await query.execute(queries);
    if (rows.length > 0) tables[table] = rows.map(({ name }) => name);
  }
  return tables;
}
