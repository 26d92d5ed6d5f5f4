import { readLiveCommit } from '../../database/live-commit.ts';
import {
  type Commit,
  type DocumentState,
  type DocumentStore,
  readHistory,
  type Standing,
  standingOf,
} from '../../documents/index.ts';
import { type StateText, stateText } from '../words.ts';

/** Commits that are looked through for what is still to come. */
export const COMMITS_LOOKED_AT = 50;

/** What a document is to visitors, and what can be done about it. */
export interface PublishingState extends Standing<Commit> {
  readonly badge: StateText;
  /** The number of the commit that visitors see; undefined where they see nothing. */
  readonly live: number | undefined;
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
  const standing = standingOf(state, live !== undefined, commits);
  return { badge: badgeOf(state, live, standing.scheduled, commits, now), live: live?.commit, ...standing };
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
