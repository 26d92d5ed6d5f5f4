import { sql } from 'kysely';
import { CHANGE_KINDS, type Change } from '../documents/drafts/draft.ts';
import { readState } from '../documents/drafts/read-state.ts';
import { formatOperations, parseStoredOperations } from '../documents/drafts/stored.ts';
import { documentMissing, type RefusedDocument, refuseDocument } from '../documents/refusal.ts';
import type { DocumentStore } from '../documents/store.ts';
import { WidgyError } from '../errors.ts';
import { MAX_CHANGES_PAGE, MAX_CHANGES_PAGE_BYTES } from './limits.ts';

/** A change as the API tells it. What would undo it is left to `undo`, and not even read. */
export type ToldChange = Pick<Change, 'sequence' | 'operations' | 'kind' | 'undoes' | 'author' | 'at'>;

/**
 * The next changes of a draft after a sequence number, in their order; none where it is the last one. At most {@link MAX_CHANGES_PAGE},
 * and no more than fit into {@link MAX_CHANGES_PAGE_BYTES}, but at least one. Refused where the first of them is not kept any more, or the
 * number has not come yet. Two statements where there are some: how long they are is asked before any is read.
 *
 * @throws WidgyError `stored-invalid`
 */
export async function readChanges(
  store: DocumentStore,
  document: string,
  after: number,
): Promise<{ readonly ok: true; readonly changes: readonly ToldChange[] } | RefusedDocument> {
  const upTo = await endOfPage(store, document, after);
  const changes = upTo === undefined ? [] : await readRange(store, document, after, upTo);
  if (changes[0]?.sequence === after + 1) return { ok: true, changes };
  const state = await readState(store.database.kysely, document);
  if (state === undefined) return documentMissing(document);
  const { sequence } = state;
  if (after > sequence) return sequenceUnknown(sequence, after);
  if (after === sequence) return { ok: true, changes: [] };
  const first = (await oldestKept(store, document)) ?? sequence + 1;
  // It was made while this was read.
  if (first <= after + 1) return await readChanges(store, document, after);
  const oldest = first - 1;
  const what = `the changes since ${after} are not kept any more; the oldest that can be gone on from is ${oldest}`;
  return refuseDocument({ code: 'log-gone', what, sequence, oldest });
}

/** The refusal for a number that a draft is not at yet. */
export function sequenceUnknown(sequence: number, after: number): RefusedDocument {
  const what = `the draft has had ${sequence} changes, and not yet ${after}`;
  return refuseDocument({ code: 'sequence-unknown', what, sequence });
}

/** A change as JSON. */
export function changeJson({ sequence, operations, kind, undoes, author, at }: ToldChange): string {
  const told = JSON.stringify({ sequence, kind, undoes, author, at });
  return `{"operations":${formatOperations(operations)},${told.slice(1)}`;
}

/** The number of the last change that fits into a page; undefined where the first one is not there. */
async function endOfPage(
  { database }: DocumentStore,
  document: string,
  after: number,
): Promise<number | undefined> {
  const rows = await database.kysely
    .selectFrom('operations')
    .select(['sequence', sql<number>`octet_length(operations)`.as('bytes')])
    .where('document', '=', document)
    .where('sequence', '>', after)
    .where('sequence', '<=', after + MAX_CHANGES_PAGE)
    .orderBy('sequence')
    .execute();
  const [first, ...others] = rows;
  if (first?.sequence !== after + 1) return undefined;
  let { sequence: last, bytes } = first;
  for (const next of others) {
    bytes += next.bytes;
    if (bytes > MAX_CHANGES_PAGE_BYTES) break;
    last = next.sequence;
  }
  return last;
}

async function readRange(
  { database }: DocumentStore,
  document: string,
  after: number,
  upTo: number,
): Promise<readonly ToldChange[]> {
  const rows = await database.kysely
    .selectFrom('operations')
    .select(['sequence', 'operations', 'kind', 'undoes', 'author', 'created_at as at'])
    .where('document', '=', document)
    .where('sequence', '>', after)
    .where('sequence', '<=', upTo)
    .orderBy('sequence')
    .execute();
  return rows.map((row) => {
    const where = `change ${row.sequence} of the document ${document}`;
    const kind = CHANGE_KINDS.find((known) => known === row.kind);
    if (kind === undefined) {
      throw new WidgyError('stored-invalid', { message: `${where} is of the unknown kind "${row.kind}"` });
    }
    return { ...row, kind, operations: parseStoredOperations(row.operations, where) };
  });
}

/** The number of the oldest change that is kept; undefined where none is. */
async function oldestKept({ database }: DocumentStore, document: string): Promise<number | undefined> {
  const row = await database.kysely
    .selectFrom('operations')
    .select('sequence')
    .where('document', '=', document)
    .orderBy('sequence')
    .limit(1)
    .executeTakeFirst();
  return row?.sequence;
}
