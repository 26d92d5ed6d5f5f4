import { type RawBuilder, sql, type Transaction } from 'kysely';
import type { Database, Queries } from '../database/database.ts';
import type { Tables } from '../database/tables.ts';
import { hasCode } from '../errors.ts';
import type { CheckedBackup, PlacedPiece } from './check-file.ts';
import { readColumns } from './columns.ts';
import { HEADER_NAME } from './format.ts';
import { KEPT_TABLES, type Part } from './parts.ts';
import { refuseDamaged } from './read-file.ts';
import { readPlaced } from './read-placed.ts';
import { refuse } from './refusal.ts';

type Value = string | number | null;
type Row = readonly Value[];

/** Writes all rows of a backup into an empty database, in one transaction. What is wrong is refused. */
export async function restoreRows(database: Database, backup: CheckedBackup): Promise<void> {
  await database.transaction(async (transaction) => {
    await requireEmpty(transaction, backup);
    await requireColumns(database, transaction, backup);
    const counts = new Map<string, number>();
    for (const piece of backup.pieces) {
      const { part, name } = piece;
      const rows = readRows(piece, await readPlaced(backup.file, piece));
      await constrained(name, () =>
        part.kind === 'rows' ? insertRows(transaction, part, rows) : fillRows(transaction, part, rows),
      );
      if (part.kind === 'rows') counts.set(part.kept.table, (counts.get(part.kept.table) ?? 0) + rows.length);
    }
    for (const [table, count] of Object.entries(backup.manifest.rows)) {
      if ((counts.get(table) ?? 0) !== count) refuseDamaged(`rows/${table}`);
    }
  });
}

/** Refuses a database that has something in the tables that were backed up. */
export async function requireEmpty(queries: Queries, { header }: CheckedBackup): Promise<void> {
  const filled: string[] = [];
  for (const { table } of KEPT_TABLES) {
    if (!Object.hasOwn(header.tables, table)) continue;
    const { rows } = await sql`select 1 from ${sql.table(table)} limit 1`.execute(queries);
    if (rows.length > 0) filled.push(table);
  }
  if (filled.length === 0) return;
  const what = `the database is not empty: there is something in ${filled.join(', ')}. Restore into a new one`;
  refuse({ code: 'database-not-empty', what, tables: filled });
}

async function requireColumns(
  database: Database,
  transaction: Transaction<Tables>,
  { header }: CheckedBackup,
): Promise<void> {
  const there = await readColumns(database, transaction);
  for (const table of new Set([...Object.keys(there), ...Object.keys(header.tables)])) {
    const own = [...(there[table] ?? [])].toSorted().join();
    if (own === [...(header.tables[table] ?? [])].toSorted().join()) continue;
    refuse({
      ...{ code: 'backup-invalid', entry: HEADER_NAME },
      what: `the table ${JSON.stringify(table)} has other columns in the file than in the database: use a file that widgy backup wrote`,
    });
  }
}

function readRows({ name, part }: PlacedPiece, bytes: Buffer): readonly Row[] {
  const lines = bytes.toString('utf8').split('\n');
  if (lines.pop() !== '') refuseRow(name);
  return lines.map((line) => {
    const row = parseRow(line);
    return row?.length === part.columns.length ? row : refuseRow(name);
  });
}

function parseRow(line: string): Row | undefined {
  try {
    const row: unknown = JSON.parse(line);
    return Array.isArray(row) && row.every(isValue) ? row : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function isValue(value: unknown): value is Value {
  return value === null || typeof value === 'string' || Number.isSafeInteger(value);
}

function refuseRow(entry: string): never {
  const what = `${JSON.stringify(entry)} has something that is no row: use a file that widgy backup wrote`;
  refuse({ code: 'backup-invalid', what, entry });
}

/** Inserts rows, as many with one statement as its values may be. */
async function insertRows(transaction: Transaction<Tables>, part: Part, rows: readonly Row[]): Promise<void> {
  const { kept, columns } = part;
  const atOnce = Math.max(1, Math.floor(VALUES_AT_ONCE / columns.length));
  for (let first = 0; first < rows.length; first += atOnce) {
    const some = rows.slice(first, first + atOnce);
    await sql`insert into ${sql.table(kept.table)} (${refs(columns)})
      values ${sql.join(some.map((row) => sql`(${sql.join(row)})`))}`.execute(transaction);
  }
}

/** Both databases take some more. */
const VALUES_AT_ONCE = 30_000;

/** Fills columns of rows that are there: the first values of a row are its key. */
async function fillRows(transaction: Transaction<Tables>, part: Part, rows: readonly Row[]): Promise<void> {
  const { kept, columns } = part;
  for (const row of rows) {
    const pairs = columns.map((column, index) => sql`${sql.ref(column)} = ${row[index]}`);
    const key = pairs.slice(0, kept.key.length);
    const filled = pairs.slice(kept.key.length);
    await sql`update ${sql.table(kept.table)} set ${sql.join(filled)}
      where ${sql.join(key, sql` and `)}`.execute(transaction);
  }
}

function refs(columns: readonly string[]): RawBuilder<unknown> {
  return sql.join(columns.map((column) => sql.ref(column)));
}

/** What the database is against in a row is refused. */
async function constrained(entry: string, step: () => Promise<void>): Promise<void> {
  try {
    await step();
  } catch (error) {
    if (!hasCode(error, 'database-constraint', 'database-value-invalid')) throw error;
    const what = `the database refuses rows of ${JSON.stringify(entry)} (${error.summary}): use a file that widgy backup wrote`;
    refuse({ code: 'rows-refused', what, entry });
  }
}
