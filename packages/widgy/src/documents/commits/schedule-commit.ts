import { attempt } from '../attempt.ts';
import type { Author } from '../author.ts';
import { readState } from '../drafts/read-state.ts';
import { commitMissing, documentMissing, type RefusedDocument, stale } from '../refusal.ts';
import type { DocumentStore } from '../store.ts';
import { type PublishTime, publishTime } from './commit-draft.ts';
import { readCommit } from './history.ts';

/** A commit that is to be shown at another time. */
export interface ScheduleRequest {
  readonly commit: number;
  /** The time that it has, as whoever asks has seen it. */
  readonly seen: number | null;
  readonly publishAt: PublishTime;
}

/**
 * Changes when a commit is to be shown that was not shown yet: now, at another time, or not at all. What is shown is not taken back
 * by this: `withdrawDocument` does so, and `revertDocument` brings an older commit back.
 */
export async function scheduleCommit(
  store: DocumentStore,
  document: string,
  { commit, seen, publishAt }: ScheduleRequest,
  author: Author,
): Promise<{ readonly ok: true } | RefusedDocument> {
  const done = await attempt(store, async ({ transaction, abandon, tell }) => {
    const found = await readCommit(store, document, commit, transaction);
    if (found === undefined) return false;
    const { status, live } = found;
    if (live !== null && commit < live) {
      abandon({ code: 'commit-superseded', what: `the newer commit ${live} is shown already`, commit, live });
    }
    if (status === 'live' || status === 'withdrawal') {
      abandon({ code: 'commit-published', what: `the commit ${commit} is shown already`, commit });
    }
    if (found.publishAt !== seen)
      abandon(stale('the commit was rescheduled', { publishAt: found.publishAt }));
    const at = publishTime(store, publishAt);
    await transaction
      .updateTable('commits')
      .set({ publish_at: at })
      .where('document', '=', document)
      .where('number', '=', commit)
      .execute();
    await tell({ kind: 'rescheduled', document, author: author.id, commit, publishAt: at });
    return true;
  });
  if (!done.ok) return done;
  if (done.value) return { ok: true };
  const state = await readState(store.database.kysely, document);
  return state === undefined ? documentMissing(document) : commitMissing(commit);
}
