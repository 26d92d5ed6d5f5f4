import { type RawBuilder, sql } from 'kysely';
import type { Snapshot } from '../database/database.ts';
import { WidgyError } from '../errors.ts';
import { MAX_ROW_BYTES, PIECE_BYTES } from './limits.ts';
import type { Part } from './parts.ts';

/** A piece of a part: some of its rows, one on each line. */
export interface Piece {
  readonly rows: number;
  readonly bytes: Buffer;
}

type Row = Readonly<Record<string, unknown>>;

/**
 * The rows of a part, in the order of its key. How large rows are is asked before they are, so that no more of them is in memory at once
 * than a piece may have, but for one row that is larger. One statement for a thousand rows, and one for each piece.
 */
export async function* readPieces(queries: Snapshot, part: Part): AsyncGenerator<Piece> {
  let last: Row | undefined;
  for (;;) {
    const sizes = await readSizes(queries, part, last);
    let first = 0;
    while (first < sizes.length) {
      const end = endOfPiece(sizes, first);
      const upTo = sizes[end - 1];
      if (upTo === undefined) break;
      yield await readPiece(queries, part, last, upTo);
      last = upTo;
      first = end;
    }
    if (sizes.length < KEYS_AT_ONCE) return;
  }
}

/** Keys, with `size` beside them, of the rows after one. */
async function readSizes(queries: Snapshot, part: Part, after: Row | undefined): Promise<readonly Row[]> {
  const { kept, columns } = part;
  const sizes = columns.map(
    (column) => sql`coalesce(octet_length(cast(${sql.ref(column)} as text)), 0) + ${OVERHEAD}`,
  );
  const { rows } = await sql<Row>`
    select ${refs(kept.key)}, ${sql.join(sizes, sql` + `)} as widgy_size from ${sql.table(kept.table)}
    where ${isOf(part)} and ${isAfter(kept.key, after)} order by ${refs(kept.key)}
    limit ${sql.lit(KEYS_AT_ONCE)}`.execute(queries);
  return rows;
}

const KEYS_AT_ONCE = 1000;

/** What a value has around it in a line, about. */
const OVERHEAD = sql.lit(20);

/** Where a piece ends that begins at a row: it has one row at least. */
function endOfPiece(sizes: readonly Row[], first: number): number {
  let bytes = 0;
  for (let end = first; end < sizes.length; end += 1) {
    bytes += Number(sizes[end]?.widgy_size);
    if (bytes > PIECE_BYTES && end > first) return end;
  }
  return sizes.length;
}

async function readPiece(queries: Snapshot, part: Part, after: Row | undefined, upTo: Row): Promise<Piece> {
  const { kept, columns } = part;
  const { rows } = await sql<Row>`
    select ${refs(columns)} from ${sql.table(kept.table)}
    where ${isOf(part)} and ${isAfter(kept.key, after)}
      and (${refs(kept.key)}) <= (${values(kept.key, upTo)})
    order by ${refs(kept.key)}`.execute(queries);
  const bytes = Buffer.from(rows.map((row) => `${lineOf(part, row)}\n`).join(''));
  if (bytes.length > MAX_ROW_BYTES) {
    const message = `a row of the table ${kept.table} has ${bytes.length} bytes, and a backup takes ${MAX_ROW_BYTES}`;
    throw new WidgyError('backup-impossible', { message });
  }
  return { rows: rows.length, bytes };
}

/** One row as a list of JSON, in the order of the columns. */
function lineOf({ kept, columns }: Part, row: Row): string {
  const list = columns.map((column) => {
    const value = row[column];
    if (value === null || typeof value === 'string' || Number.isSafeInteger(value)) return value;
    const message = `${column} of the table ${kept.table} holds something that is no text and no whole number`;
    throw new WidgyError('backup-impossible', { message });
  });
  return JSON.stringify(list);
}

/** Only rows that have something to be filled are of a part that fills. */
function isOf({ kind, kept }: Part): RawBuilder<unknown> {
  if (kind === 'rows') return sql`1 = 1`;
  const filled = kept.later.map((column) => sql`${sql.ref(column)} is not null`);
  return sql`(${sql.join(filled, sql` or `)})`;
}

function isAfter(key: readonly string[], row: Row | undefined): RawBuilder<unknown> {
  return row === undefined ? sql`1 = 1` : sql`(${refs(key)}) > (${values(key, row)})`;
}

function refs(columns: readonly string[]): RawBuilder<unknown> {
  return sql.join(columns.map((column) => sql.ref(column)));
}

function values(key: readonly string[], row: Row): RawBuilder<unknown> {
  return sql.join(key.map((column) => row[column]));
}
