import { type Selectable, sql } from 'kysely';
import type { Queries } from '../../database/database.ts';
import type { OperationsTable } from '../../database/tables.ts';
import { WidgyError } from '../../errors.ts';
import { CHANGE_KINDS, type Change } from './draft.ts';
import { parseStoredOperations } from './stored.ts';

/** Which changes of a draft. */
export interface LogRange {
  readonly document: string;
  /** Those with higher numbers. */
  readonly after: number;
  /** Those up to this number. */
  readonly upTo: number;
}

/**
 * Reads changes of a draft, in their order. What is not kept any more is not there, and then the first one is not the one right
 * after `after`. One statement.
 */
export async function readLog(queries: Queries, { document, after, upTo }: LogRange): Promise<Change[]> {
  const rows = await queries
    .selectFrom('operations')
    .selectAll()
    .where('document', '=', document)
    .where('sequence', '>', after)
    .where('sequence', '<=', upTo)
    .orderBy('sequence')
    .execute();
  return rows.map(changeOf);
}

/** The sum of the sizes of some changes, without reading them. One statement. */
export async function logSize(queries: Queries, { document, after, upTo }: LogRange): Promise<number> {
  const row = await queries
    .selectFrom('operations')
    .select(sql<number>`coalesce(sum(length(operations) + length(inverses)), 0)`.as('size'))
    .where('document', '=', document)
    .where('sequence', '>', after)
    .where('sequence', '<=', upTo)
    .executeTakeFirstOrThrow();
  return Number(row.size);
}

/** The change of a draft that a request with a key made, and the hash of that request; undefined where there is none. One statement. */
export async function readRepeated(
  queries: Queries,
  document: string,
  key: string,
): Promise<{ readonly change: Change; readonly hash: string | null } | undefined> {
  const row = await queries
    .selectFrom('operations')
    .selectAll()
    .where('document', '=', document)
    .where('request_key', '=', key)
    .executeTakeFirst();
  return row && { change: changeOf(row), hash: row.request_hash };
}

function changeOf(row: Selectable<OperationsTable>): Change {
  const where = `change ${row.sequence} of the document ${row.document}`;
  const kind = CHANGE_KINDS.find((known) => known === row.kind);
  if (kind === undefined) {
    throw new WidgyError('stored-invalid', { message: `${where} is of the unknown kind "${row.kind}"` });
  }
  return {
    sequence: row.sequence,
    operations: parseStoredOperations(row.operations, where),
    inverses: parseStoredOperations(row.inverses, where),
    kind,
    undoes: row.undoes,
    author: row.author,
    at: row.created_at,
    size: row.operations.length + row.inverses.length,
  };
}
