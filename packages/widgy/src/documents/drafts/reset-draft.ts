import { applyUnlimited } from '../../tree/apply.ts';
import { operationsBetween } from '../../tree/diff-operations.ts';
import type { Tree } from '../../tree/tree.ts';
import type { Author } from '../author.ts';
import { readVersion } from '../commits/versions.ts';
import {
  documentMissing,
  operationRefused,
  type RefusedDocument,
  refuseDocument,
  stale,
  staleDraft,
} from '../refusal.ts';
import { checkTexts, type Repeatable, requestKey } from '../request.ts';
import type { DocumentStore } from '../store.ts';
import { type CheckedChange, takeKnown } from './check-change.ts';
import { type Changed, makeChange } from './make-change.ts';
import { permitted } from './permissions.ts';
import { readState } from './read-state.ts';

/** A draft that somebody wants to have as it was. */
export interface ResetRequest extends Repeatable {
  /** The sequence number of the draft that they looked at. */
  readonly after: number;
  /** The number of the newest commit, as they have seen it. */
  readonly head: number;
}

/**
 * Makes a draft what the newest commit has. It is a change like others: the log keeps what was thrown away, so it can be undone, and
 * one needs the permissions for what is done by it.
 */
export async function resetDraft(
  store: DocumentStore,
  document: string,
  { after, head, key }: ResetRequest,
  author: Author,
): Promise<Changed | RefusedDocument> {
  const invalid = checkTexts({ key });
  if (invalid !== undefined) return invalid;
  const state = await readState(store.database.kysely, document);
  if (state === undefined) return documentMissing(document);
  if (state.head === null) {
    return refuseDocument({ code: 'nothing-committed', what: 'the document has no commit to go back to' });
  }
  const version = await readVersion(store, document, head);
  if (!version.ok) return version;
  return await makeChange(store, document, {
    kind: 'reset',
    author: author.id,
    request: requestKey(key, ['reset', after, head]),
    async plan(draft) {
      const newest = (await readState(store.database.kysely, document))?.head?.number ?? null;
      if (newest !== head) return refuseDocument(stale('a commit was made', { head: newest }));
      if (draft.sequence !== after) return staleDraft(draft.sequence);
      return await permitted(changeInto(draft.tree, version.tree), author);
    },
  });
}

/** The change that makes a tree another one that the document had before: it is asked for no rules. */
export function changeInto(
  tree: Tree,
  wanted: Tree,
  apply: typeof applyUnlimited = applyUnlimited,
): CheckedChange | RefusedDocument {
  const between = operationsBetween(tree, wanted);
  if (!between.ok) return refuseDocument(operationRefused({ index: 0, refusal: between.refusal }));
  return takeKnown(tree, between.operations, apply);
}
