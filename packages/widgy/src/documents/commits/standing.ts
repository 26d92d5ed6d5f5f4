import type { HeadCommit } from '../drafts/draft.ts';
import type { CommitStatus } from './history.ts';

/** What is asked of a commit to say how a document stands. */
export interface StandingCommit {
  readonly number: number;
  readonly publishAt: number | null;
  readonly isWithdrawal: boolean;
  readonly status: CommitStatus;
}

/** What is to come of a document, and what can be done about what visitors see of it. */
export interface Standing<Commit> {
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

/**
 * Says how a document stands, from its newest commits. It runs in browsers as well.
 *
 * @param isShown whether visitors see any of it
 * @param commits newest first
 */
export function standingOf<Commit extends StandingCommit>(
  { head, hasChanges }: { readonly head: HeadCommit | null; readonly hasChanges: boolean },
  isShown: boolean,
  commits: readonly Commit[],
): Standing<Commit> {
  const scheduled = commits
    .filter(({ status }) => status === 'scheduled')
    .toSorted((a, b) => (a.publishAt ?? 0) - (b.publishAt ?? 0) || a.number - b.number);
  const newest = commits[0]?.number === head?.number ? commits[0] : undefined;
  const isPending =
    newest !== undefined &&
    !newest.isWithdrawal &&
    !hasChanges &&
    (newest.status === 'kept' || newest.status === 'scheduled');
  const isWithdrawn = head?.isWithdrawal === true;
  return {
    scheduled,
    pending: isPending ? newest : undefined,
    mayPublish: hasChanges || isWithdrawn || isPending,
    mayUnpublish: !isWithdrawn && (isShown || scheduled.length > 0),
    mayDiscard: head !== null && hasChanges,
  };
}
