import type { Transaction } from 'kysely';
import type { Tables } from './tables.ts';

/** An operation that is to become the next one of a draft. */
export interface NewOperation {
  readonly document: string;
  /** The last operation its author knew of; 0 for none. */
  readonly after: number;
  /** As JSON. */
  readonly operation: string;
  /** What undoes it, as JSON. */
  readonly inverse: string;
  readonly author: string | null;
  readonly now: number;
}

/** What became of an operation. */
export type Appended =
  | { readonly outcome: 'accepted'; readonly sequence: number }
  /** Others were faster: the draft is at `sequence`. Nothing was written. */
  | { readonly outcome: 'stale'; readonly sequence: number }
  | { readonly outcome: 'missing' };

/**
 * Appends an operation to a draft if nobody else has done so since its author looked: compares and swaps the
 * draft's sequence number. Two statements.
 */
export async function appendOperation(
  transaction: Transaction<Tables>,
  { document, after, operation, inverse, author, now }: NewOperation,
): Promise<Appended> {
  const sequence = after + 1;
  const { numUpdatedRows } = await transaction
    .updateTable('documents')
    .set({ draft_sequence: sequence })
    .where('id', '=', document)
    .where('draft_sequence', '=', after)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) {
    const found = await transaction
      .selectFrom('documents')
      .select('draft_sequence')
      .where('id', '=', document)
      .executeTakeFirst();
    return found === undefined
      ? { outcome: 'missing' }
      : { outcome: 'stale', sequence: found.draft_sequence };
  }
  await transaction
    .insertInto('operations')
    .values({ document, sequence, operation, inverse, author, created_at: now })
    .execute();
  return { outcome: 'accepted', sequence };
}
