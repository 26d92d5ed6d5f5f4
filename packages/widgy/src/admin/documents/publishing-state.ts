import { readLiveCommit } from '../../database/live-commit.ts';
import { type Commit, type DocumentState, type DocumentStore, readHistory } from '../../documents/index.ts';
import { type StateText, stateText } from '../words.ts';

/** Commits that are looked through for what is still to come. */
export const COMMITS_LOOKED_AT = 50;

/** What a document is to visitors, and what can be done about it. */
export interface PublishingState {
  readonly badge: StateText;
  /** The number of the commit that visitors see; undefined where they see nothing. */
  readonly live: number | undefined;
  /** Commits that are to be shown later, the first one first; a withdrawal among them takes the document off the site. */
  readonly scheduled: readonly Commit[];
  /** The newest commit, where the draft is what it has and visitors do not see it yet: it can be published as it is. */
  readonly pending: Commit | undefined;
  /** Whether there is something to publish: the draft, or what is pending. */
  readonly mayPublish: boolean;
  /** Whether visitors see something, now or later, that can be taken off the site. */
  readonly mayUnpublish: boolean;
  /** Whether the draft has changes that the newest commit does not have. */
  readonly mayDiscard: boolean;
}

/** Reads what a document is to visitors. Two statements. */
export async function readPublishing(
  documents: DocumentStore,
  state: DocumentState,
): Promise<PublishingState> {
  const { database, now, isReviewed } = documents;
  const { document } = state;
  const live = await readLiveCommit(database.kysely, { document, now: now(), isReviewed });
  const commits = await readHistory(documents, document, { limit: COMMITS_LOOKED_AT });
  return publishingState(state, live, commits, now());
}

/** Says what a document is to visitors, from its newest commits. */
export function publishingState(
  state: Pick<DocumentState, 'head' | 'hash' | 'hasChanges'>,
  live: { readonly commit: number; readonly hash: string } | undefined,
  commits: readonly Commit[],
  now: number,
): PublishingState {
  const scheduled = commits
    .filter(({ status }) => status === 'scheduled')
    .toSorted((a, b) => (a.publishAt ?? 0) - (b.publishAt ?? 0) || a.number - b.number);
  const newest = commits[0]?.number === state.head?.number ? commits[0] : undefined;
  const isPending =
    newest !== undefined &&
    !newest.isWithdrawal &&
    !state.hasChanges &&
    (newest.status === 'kept' || newest.status === 'scheduled');
  const pending = isPending ? newest : undefined;
  const isWithdrawn = state.head?.isWithdrawal === true;
  return {
    badge: badgeOf(state, live, scheduled, commits, now),
    live: live?.commit,
    ...{ scheduled, pending },
    mayPublish: state.hasChanges || isWithdrawn || pending !== undefined,
    mayUnpublish: !isWithdrawn && (live !== undefined || scheduled.length > 0),
    mayDiscard: state.head !== null && state.hasChanges,
  };
}

function badgeOf(
  { hash }: Pick<DocumentState, 'hash'>,
  live: { readonly hash: string } | undefined,
  scheduled: readonly Commit[],
  commits: readonly Commit[],
  now: number,
): StateText {
  const nextAt = scheduled.find(({ isWithdrawal }) => !isWithdrawal)?.publishAt ?? null;
  const isToCome = nextAt !== null;
  if (live !== undefined) {
    if (live.hash !== hash || isToCome) return stateText({ state: 'changed', nextAt }, now);
    return { name: 'published', label: 'Published' };
  }
  if (isToCome) return stateText({ state: 'scheduled', nextAt }, now);
  if (commits.some(({ status }) => status === 'waiting'))
    return { name: 'scheduled', label: 'Waiting for approval' };
  const isOff = commits.some(({ status }) => status === 'withdrawal');
  return isOff ? { name: 'expired', label: 'Taken off the site' } : { name: 'draft', label: 'Draft' };
}
