import { isSameOwner, type Owner, ownerColumns, ownerOf } from '../database/owner.ts';
import { attempt } from './attempt.ts';
import type { Author } from './author.ts';
import type { DocumentState } from './drafts/draft.ts';
import { selectStates, stateOf } from './drafts/read-state.ts';
import { MAX_ORPHANS } from './limits.ts';
import { documentMissing, type RefusedDocument, stale } from './refusal.ts';
import { checkTexts } from './request.ts';
import type { DocumentStore } from './store.ts';

/** The document that an owner has in a field; undefined where it has none. One statement. */
export async function findByOwner(
  { database }: DocumentStore,
  { type, id, field }: Owner,
): Promise<DocumentState | undefined> {
  const row = await selectStates(database.kysely)
    .where('documents.owner_type', '=', type)
    .where('documents.owner_id', '=', id)
    .where('documents.owner_field', '=', field)
    .executeTakeFirst();
  return row && stateOf(row);
}

/** A document that is to belong to something else. */
export interface OwnerRequest {
  /** What it is to belong to; null for nothing. */
  readonly owner: Owner | null;
  /** What it belongs to, as whoever asks has seen it. */
  readonly seen: Owner | null;
}

/**
 * Gives a document to an owner, or to none: then it is an orphan, which keeps all it has, and can be given to an owner again. So
 * what belonged to something that was deleted can come back with it.
 */
export async function giveTo(
  store: DocumentStore,
  document: string,
  { owner, seen }: OwnerRequest,
  author: Author,
): Promise<{ readonly ok: true } | RefusedDocument> {
  const invalid = checkTexts({ owner });
  if (invalid !== undefined) return invalid;
  const done = await attempt(store, async ({ transaction, abandon, tell }) => {
    const taken =
      owner &&
      (await transaction
        .selectFrom('documents')
        .select('id')
        .where('owner_type', '=', owner.type)
        .where('owner_id', '=', owner.id)
        .where('owner_field', '=', owner.field)
        .where('id', '<>', document)
        .executeTakeFirst());
    if (taken) abandon({ code: 'owner-taken', what: 'the owner has another document in that field' });
    const now = await transaction
      .selectFrom('documents')
      .select(['owner_type', 'owner_id', 'owner_field'])
      .where('id', '=', document)
      .executeTakeFirst();
    if (now === undefined) return abandon(documentMissing(document).refusal);
    const before = ownerOf(now);
    if (!isSameOwner(before, seen)) abandon(stale('the document got another owner', { owner: before }));
    await transaction.updateTable('documents').set(ownerColumns(owner)).where('id', '=', document).execute();
    await tell({ kind: 'owned', document, author: author.id, owner });
  });
  return done.ok ? { ok: true } : done;
}

/** Documents that nothing owns, in the order of their ids, at most {@link MAX_ORPHANS} after a given one. One statement. */
export async function listOrphans(
  { database }: DocumentStore,
  { after = '' }: { readonly after?: string } = {},
): Promise<readonly DocumentState[]> {
  const rows = await selectStates(database.kysely)
    .where('documents.owner_type', 'is', null)
    .where('documents.id', '>', after)
    .orderBy('documents.id')
    .limit(MAX_ORPHANS)
    .execute();
  return rows.map(stateOf);
}
