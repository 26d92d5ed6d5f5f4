import { sql, type Transaction } from 'kysely';
import type { Tables } from './tables.ts';

/** A change that is to become the next one of a draft. */
export interface NewChange {
  readonly document: string;
  /** The last change its author knew of; 0 for none. */
  readonly after: number;
  /** Its operations, as a JSON list. */
  readonly operations: string;
  /** What undoes them, as a JSON list. */
  readonly inverses: string;
  /** The content hash of the draft before it, which must be that of the draft there is. */
  readonly from: string;
  /** The content hash of the draft after it. */
  readonly hash: string;
  readonly kind: string;
  /** For an undo: the sequence number of what it undoes. */
  readonly undoes: number | null;
  readonly author: string | null;
  /** The key of the request, and a hash of it; null where none was given. */
  readonly request: RequestKey | null;
  readonly now: number;
}

/** What a client calls a request, so that it can be sent again, and a hash of what was asked. */
export interface RequestKey {
  readonly key: string;
  readonly hash: string;
}

/** What became of a change. */
export type Appended =
  | { readonly outcome: 'accepted'; readonly sequence: number }
  /** Its request was done before, as the change of this number. Nothing was written. */
  | { readonly outcome: 'repeated'; readonly sequence: number }
  /** Others were faster: the draft is at `sequence`. Nothing was written. */
  | { readonly outcome: 'stale'; readonly sequence: number }
  | { readonly outcome: 'missing' };

/**
 * Appends a change to a draft if nobody else has done so since its author looked, and if its request was not done before: the
 * number of the change and the key of its request are unique, and the draft must be at the change before, with the content that its
 * author knows: a document of the same id may have been deleted and made anew. Two statements, whatever
 * becomes of it.
 */
export async function appendChange(
  transaction: Transaction<Tables>,
  { document, after, operations, inverses, from, hash, kind, undoes, author, request, now }: NewChange,
): Promise<Appended> {
  const sequence = after + 1;
  const { numInsertedOrUpdatedRows } = await transaction
    .insertInto('operations')
    .columns([
      'document',
      'sequence',
      'operations',
      'inverses',
      'kind',
      'undoes',
      'author',
      'request_key',
      'request_hash',
      'created_at',
    ])
    .expression(
      transaction
        .selectFrom('documents')
        .select([
          'id',
          sql<number>`draft_sequence + 1`.as('sequence'),
          sql<string>`cast(${operations} as text)`.as('operations'),
          sql<string>`cast(${inverses} as text)`.as('inverses'),
          sql<string>`cast(${kind} as text)`.as('kind'),
          sql<number | null>`cast(${undoes} as bigint)`.as('undoes'),
          sql<string | null>`cast(${author} as text)`.as('author'),
          sql<string | null>`cast(${request?.key ?? null} as text)`.as('request_key'),
          sql<string | null>`cast(${request?.hash ?? null} as text)`.as('request_hash'),
          sql<number>`cast(${now} as bigint)`.as('created_at'),
        ])
        .where('id', '=', document)
        .where('draft_sequence', '=', after)
        .where('draft_hash', '=', from),
    )
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow();
  if (numInsertedOrUpdatedRows !== 1n) return await whyNot(transaction, document, request);
  await transaction
    .updateTable('documents')
    .set({ draft_sequence: sequence, draft_hash: hash })
    .where('id', '=', document)
    .execute();
  return { outcome: 'accepted', sequence };
}

async function whyNot(
  transaction: Transaction<Tables>,
  document: string,
  request: RequestKey | null,
): Promise<Appended> {
  const found = await transaction
    .selectFrom('documents')
    .leftJoin('operations', (join) =>
      join.onRef('document', '=', 'id').on('request_key', '=', request?.key ?? null),
    )
    .select(['draft_sequence', 'sequence'])
    .where('id', '=', document)
    .executeTakeFirst();
  if (found === undefined) return { outcome: 'missing' };
  const { draft_sequence, sequence } = found;
  return sequence === null
    ? { outcome: 'stale', sequence: draft_sequence }
    : { outcome: 'repeated', sequence };
}
