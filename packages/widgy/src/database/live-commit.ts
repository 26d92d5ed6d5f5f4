import { type Selectable, sql } from 'kysely';
import type { Queries } from './database.ts';
import type { CommitsTable } from './tables.ts';

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
  const { rows } = await liveCommitQuery(question).execute(queries);
  const [row] = rows;
  if (row === undefined || row.is_withdrawal === 1) return undefined;
  return { commit: row.number, hash: row.tree };
}

/**
 * The statement of {@link readLiveCommit}, withdrawals included. Every page of visitors asks it, so it is written out: to build it
 * from parts costs more than to run it.
 */
export function liveCommitQuery({ document, now, isReviewed }: LiveQuestion) {
  return sql<Pick<Selectable<CommitsTable>, 'number' | 'is_withdrawal' | 'tree'>>`
    select shown.number, shown.is_withdrawal, shown.tree from commits as shown
    where shown.document = ${document} and shown.publish_at <= ${now}
    ${isReviewed ? sql`and shown.approved_at is not null` : sql``}
    order by shown.number desc limit 1`;
}
