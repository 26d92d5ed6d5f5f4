import type { Transaction } from 'kysely';
import type { Tables } from '../database/tables.ts';
import { hashTree } from '../tree/tree.ts';
import { typesOf } from '../widgets/needed-permissions.ts';
import { type Attempt, attempt } from './attempt.ts';
import type { Author } from './author.ts';
import { removeUnused } from './drafts/fold-draft.ts';
import { askFor } from './drafts/permissions.ts';
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
  const planned = await planDeletion(store, document, { after }, author);
  if (!planned.ok) return planned;
  const done = await attempt(store, planned.write);
  if (!done.ok) return done;
  planned.forget();
  return { ok: true };
}

/** The deletion of a document, to be done in a transaction which does more than that, such as the one that deletes its owner. */
export interface PlannedDeletion {
  readonly ok: true;
  /** Deletes the document, or abandons the attempt. */
  readonly write: (step: Attempt) => Promise<void>;
  /** To be called when the transaction is done. */
  readonly forget: () => void;
}

/** Checks whether a document may be deleted; nothing is written. `after` is the draft that was looked at; any if not given. */
export async function planDeletion(
  store: DocumentStore,
  document: string,
  { after }: { readonly after?: number },
  author: Author,
): Promise<PlannedDeletion | RefusedDocument> {
  const read = await readDraft(store, document);
  if (read === undefined) return documentMissing(document);
  const { sequence, tree } = read.draft;
  if (after !== undefined && sequence !== after) return staleDraft(sequence);
  const forbidden = await askFor(typesOf('delete', tree.root, true), author);
  if (forbidden !== undefined) return forbidden;
  const whyNot = async (transaction: Transaction<Tables>): Promise<DocumentRefusal> => {
    const state = await readState(transaction, document);
    return (state === undefined ? documentMissing(document) : staleDraft(state.sequence)).refusal;
  };
  const write = async ({ transaction, abandon, tell }: Attempt): Promise<void> => {
    const trees = await transaction
      .selectFrom('commits')
      .select('tree as hash')
      .where('document', '=', document)
      .union(transaction.selectFrom('documents').select('draft_base as hash').where('id', '=', document))
      .execute();
    const { numDeletedRows } = await transaction
      .deleteFrom('documents')
      .where('id', '=', document)
      .where('draft_sequence', '=', sequence)
      .where('draft_hash', '=', hashTree(tree))
      .executeTakeFirst();
    if (numDeletedRows === 0n) abandon(await whyNot(transaction));
    const hashes = trees.map(({ hash }) => hash);
    for (let at = 0; at < hashes.length; at += HASHES_AT_ONCE)
      await removeUnused(transaction, hashes.slice(at, at + HASHES_AT_ONCE));
    await tell({ kind: 'deleted', document, author: author.id });
  };
  return { ok: true, write, forget: () => store.drafts.delete(document) };
}

/** Databases bound the parameters of one statement. */
const HASHES_AT_ONCE = 1000;
