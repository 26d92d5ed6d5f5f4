import { type Standing, standingOf } from '../../documents/commits/standing.ts';
import type { ToldCommit, ToldState } from '../history/commit.ts';
import type { Words } from '../words/index.ts';

/** What visitors see of a document, what is to come, and what can be done about it. */
export interface Visitors extends Standing<ToldCommit> {
  readonly state: ToldState;
  readonly shown: Shown;
  /** Whether the newest commit waits for approval. */
  readonly isWaiting: boolean;
}

/** What visitors see. */
export type Shown =
  /** All of the draft, and nothing else is to come. */
  | { readonly kind: 'draft' }
  /** A version that is not the draft, or a newer one later. */
  | { readonly kind: 'version'; readonly number: number }
  /** Nothing yet, and something from a time on. */
  | { readonly kind: 'later'; readonly at: number }
  /** Nothing until somebody approves it. */
  | { readonly kind: 'waiting' }
  /** Nothing any more. */
  | { readonly kind: 'withdrawn' }
  | { readonly kind: 'nothing' };

/**
 * Says what visitors see, from the newest commits.
 *
 * @param known the number of the commit that visitors saw when the page was loaded: it may be older than those
 */
export function visitorsOf(state: ToldState, commits: readonly ToldCommit[], known: number | null): Visitors {
  const found = commits.find(({ status }) => status === 'live');
  const isOver = commits.some(({ status }) => status === 'withdrawal');
  const live = found?.number ?? (isOver ? undefined : (known ?? undefined));
  const standing = standingOf(state, live !== undefined, commits);
  const isWaiting = commits[0]?.status === 'waiting';
  return { ...standing, state, isWaiting, shown: shownOf(state, live, found, standing.scheduled, commits) };
}

function shownOf(
  { hash }: ToldState,
  live: number | undefined,
  found: ToldCommit | undefined,
  scheduled: readonly ToldCommit[],
  commits: readonly ToldCommit[],
): Shown {
  const next = scheduled.find(({ isWithdrawal }) => !isWithdrawal);
  if (live !== undefined)
    return found?.hash === hash && next === undefined ? { kind: 'draft' } : { kind: 'version', number: live };
  if (next?.publishAt != null) return { kind: 'later', at: next.publishAt };
  if (commits.some(({ status }) => status === 'waiting')) return { kind: 'waiting' };
  return { kind: commits.some(({ status }) => status === 'withdrawal') ? 'withdrawn' : 'nothing' };
}

/** What visitors see, as a sentence. */
export function shownText(shown: Shown, { publishing }: Words): string {
  switch (shown.kind) {
    case 'draft':
      return publishing.isPublished;
    case 'version':
      return publishing.isChanged({ number: shown.number });
    case 'later':
      return publishing.isScheduled({ at: shown.at });
    case 'waiting':
      return publishing.isWaitingForApproval;
    case 'withdrawn':
      return publishing.isExpired;
    case 'nothing':
      return publishing.isDraft;
  }
}
