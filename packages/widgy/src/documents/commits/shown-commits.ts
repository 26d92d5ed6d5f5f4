import type { Commit } from './history.ts';

/** What decides about a commit being shown. */
export type ShowableCommit = Pick<Commit, 'number' | 'publishAt' | 'isWithdrawal' | 'approval'>;

/** When is asked, and what counts. */
export interface ShownQuestion {
  readonly now: number;
  /** Whether only approved commits are shown. */
  readonly isReviewed: boolean;
}

/**
 * The numbers of those commits of one document that visitors see now, or may see without anybody committing again: the live one, and newer
 * ones whose time has not come or which wait for approval. Those that show nothing are not among them.
 */
export function shownCommits(
  commits: readonly ShowableCommit[],
  { now, isReviewed }: ShownQuestion,
): ReadonlySet<number> {
  const ready = commits.filter(
    ({ publishAt, approval }) => publishAt !== null && publishAt <= now && (approval !== null || !isReviewed),
  );
  const live = Math.max(0, ...ready.map(({ number }) => number));
  const shown = commits.filter(
    ({ number, publishAt, isWithdrawal }) => number >= live && publishAt !== null && !isWithdrawal,
  );
  return new Set(shown.map(({ number }) => number));
}
