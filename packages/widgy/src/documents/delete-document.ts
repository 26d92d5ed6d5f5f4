import type { Transaction } from 'kysely';
import type { Tables } from '../database/tables.ts';
import { hashTree } from '../tree/tree.ts';
import { attempt } from './attempt.ts';
import type { Author } from './author.ts';
import { removeUnused } from './drafts/fold-draft.ts';
import { askFor, typesOf } from './drafts/permissions.ts';
import { readDraft } from './drafts/read-draft.ts';
import { readState } from './drafts/read-state.ts';
import { type DocumentRefusal, documentMissing, type RefusedDocument, staleDraft } from './refusal.ts';
import type { DocumentStore } from './store.ts';

/**
 * Deletes a document for good: its draft, its commits, its log, and the trees that no other document has. What can come back is an
 * orphan instead; see `giveTo`. Refused where the draft is not the one that was looked at. One must be permitted to delete widgets of all types in the draft.
 *
 * Whatever the document belongs to may be linked to; whether that may go is asked with `refuseIfLinked`.
 */
export async function deleteDocument(
  store: DocumentStore,
  document: string,
  { after }: { readonly after: number },
  author: Author,
): Promise<{ readonly ok: true } | RefusedDocument> {
  const read = await readDraft(store, document);
  if (read === undefined) return documentMissing(document);
  if (read.draft.sequence !== after) return staleDraft(read.draft.sequence);
  const forbidden = await askFor(typesOf('delete', read.draft.tree.root, true), author);
  if (forbidden !== undefined) return forbidden;
  const whyNot = async (transaction: Transaction<Tables>): Promise<DocumentRefusal> => {
    const state = await readState(transaction, document);
    return (state === undefined ? documentMissing(document) : staleDraft(state.sequence)).refusal;
  };
  const done = await attempt(store, async ({ transaction, abandon, tell }) => {
    const trees = await transaction
      .selectFrom('commits')
      .select('tree as hash')
      .where('document', '=', document)
      .union(transaction.selectFrom('documents').select('draft_base as hash').where('id', '=', document))
      .execute();
    const { numDeletedRows } = await transaction
      .deleteFrom('documents')
      .where('id', '=', document)
      .where('draft_sequence', '=', after)
      .where('draft_hash', '=', hashTree(read.draft.tree))
      .executeTakeFirst();
    if (numDeletedRows === 0n) abandon(await whyNot(transaction));
    const hashes = trees.map(({ hash }) => hash);
    for (let at = 0; at < hashes.length; at += HASHES_AT_ONCE)
      await removeUnused(transaction, hashes.slice(at, at + HASHES_AT_ONCE));
    await tell({ kind: 'deleted', document, author: author.id });
  });
  if (!done.ok) return done;
  store.drafts.delete(document);
  return { ok: true };
}

/** Databases bound the parameters of one statement. */
const HASHES_AT_ONCE = 1000;
