import type { Queries } from './database.ts';

/** The commit that visitors are to see of a document. */
export interface LiveCommit {
  /** Its number. */
  readonly commit: number;
  /** The content hash of its tree. */
  readonly hash: string;
}

/** Which document, when, and what counts. */
export interface LiveQuestion {
  readonly document: string;
  readonly now: number;
  /** Whether only approved commits count, as on a site with review. */
  readonly isReviewed: boolean;
}

/**
 * The commit that is live: the newest one whose publish time has come, and which is approved where that
 * counts. Undefined where there is none, or where that commit is a withdrawal. One statement.
 */
export async function readLiveCommit(
  queries: Queries,
  question: LiveQuestion,
): Promise<LiveCommit | undefined> {
  const row = await liveCommitQuery(queries, question).executeTakeFirst();
  if (row === undefined || row.is_withdrawal === 1) return undefined;
  return { commit: row.number, hash: row.tree };
}

/** The statement of {@link readLiveCommit}, withdrawals included. */
export function liveCommitQuery(queries: Queries, { document, now, isReviewed }: LiveQuestion) {
  return queries
    .selectFrom('commits as shown')
    .select(['shown.number', 'shown.is_withdrawal', 'shown.tree'])
    .where('shown.document', '=', document)
    .where('shown.publish_at', '<=', now)
    .$if(isReviewed, (query) => query.where('shown.approved_at', 'is not', null))
    .orderBy('shown.number', 'desc')
    .limit(1);
}
