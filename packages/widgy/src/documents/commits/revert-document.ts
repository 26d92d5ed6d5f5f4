import { hashTree } from '../../tree/tree.ts';
import { attempt } from '../attempt.ts';
import type { Author } from '../author.ts';
import { startFromCommit } from '../drafts/fold-draft.ts';
import { permitted } from '../drafts/permissions.ts';
import { readState } from '../drafts/read-state.ts';
import { changeInto } from '../drafts/reset-draft.ts';
import { writeChange } from '../drafts/write-change.ts';
import { documentMissing, type RefusedDocument, refuseDocument, staleDraft } from '../refusal.ts';
import { checkTexts, requestKey } from '../request.ts';
import type { DocumentStore } from '../store.ts';
import { type CommitRequest, type Committed, draftAt, publishTime, whyNotCommitted } from './commit-draft.ts';
import { readVersion } from './versions.ts';
import { writeCommit } from './write-commit.ts';

/** An older commit that somebody wants to have back. */
export interface RevertRequest extends CommitRequest {
  /** The number of the commit whose tree is wanted. */
  readonly commit: number;
  /** Whether changes of the draft that are in no commit may be replaced. They stay in the log, and can be undone. Default: false. */
  readonly isDraftReplaced?: boolean;
}

/**
 * Makes a new commit with the tree of an older one, which both share, and makes the draft that tree too. Refused where the draft has
 * changes that are in no commit, unless it is said that they may be replaced. One needs the permissions for what it
 * does to the draft.
 */
export async function revertDocument(
  store: DocumentStore,
  document: string,
  request: RevertRequest,
  author: Author,
): Promise<Committed | RefusedDocument> {
  const {
    commit: wanted,
    after,
    head,
    message = '',
    publishAt = 'now',
    isDraftReplaced = false,
    key,
  } = request;
  const invalid = checkTexts({ key, message });
  if (invalid !== undefined) return invalid;
  const version = await readVersion(store, document, wanted);
  if (!version.ok) return version;
  const asked = requestKey(key, ['revert', wanted, after, message, publishAt, isDraftReplaced, head]);
  return await store.turns.take(document, async () => {
    const draft = await draftAt(store, document, after);
    const state = await readState(store.database.kysely, document);
    if (state === undefined) return documentMissing(document);
    if (draft === undefined) return await whyNotCommitted(store, document, { after, head, request: asked });
    const hash = hashTree(version.tree);
    if (state.hasChanges && state.hash !== hash && !isDraftReplaced) {
      const what = 'the draft has changes that are in no commit';
      return refuseDocument({ code: 'draft-changed', what, sequence: state.sequence });
    }
    const planned = await permitted(changeInto(draft.tree, version.tree), author);
    if (!planned.ok) return planned;
    const at = publishTime(store, publishAt);
    const written = await attempt(store, async (step) => {
      const { transaction, abandon, tell } = step;
      let next = draft;
      if (planned.operations.length > 0) {
        const record = { kind: 'revert', author: author.id, request: null } as const;
        const changed = await writeChange(store, step, draft, planned, record);
        if (changed.outcome !== 'accepted') return undefined;
        next = changed.draft;
      }
      const commit = await writeCommit(transaction, {
        document,
        sequence: next.sequence,
        head,
        hash,
        author: author.id,
        message,
        publishAt: at,
        request: asked,
        now: store.now(),
      });
      if (commit === undefined) {
        return next === draft ? undefined : abandon(staleDraft(after).refusal);
      }
      await tell({ kind: 'committed', document, author: author.id, commit, publishAt: at });
      return { commit, next };
    });
    if (written.ok && written.value !== undefined) {
      await startFromCommit(store, written.value.next, hash);
      return { ok: true, commit: written.value.commit };
    }
    if (!written.ok && written.refusal.code !== 'stale') return written;
    return await whyNotCommitted(store, document, { after, head, request: asked });
  });
}
