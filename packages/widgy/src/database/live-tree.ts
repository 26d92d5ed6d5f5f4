import type { Queries } from './database.ts';
import type { StoredTree } from './trees.ts';

/** What visitors are to see of a document. */
export interface LiveTree extends StoredTree {
  /** The number of the commit that is live. */
  readonly commit: number;
}

/** Which document, when, and what counts. */
export interface LiveQuestion {
  readonly document: string;
  readonly now: number;
  /** Whether only approved commits count, as on a site with review. */
  readonly isReviewed: boolean;
}

/**
 * The tree that is live: that of the newest commit whose publish time has come, and which is approved where that
 * counts. Undefined where there is none, or where that commit is a withdrawal. One statement.
 */
export async function readLiveTree(queries: Queries, question: LiveQuestion): Promise<LiveTree | undefined> {
  const row = await liveTreeQuery(queries, question).executeTakeFirst();
  if (row === undefined || row.is_withdrawal === 1) return undefined;
  const { number, hash, content } = row;
  return { commit: number, hash, content };
}

/** The statement of {@link readLiveTree}, for the test that looks at how the databases do it. */
export function liveTreeQuery(queries: Queries, { document, now, isReviewed }: LiveQuestion) {
  return queries
    .selectFrom('commits')
    .innerJoin('trees', 'trees.hash', 'commits.tree')
    .select(['commits.number', 'commits.is_withdrawal', 'trees.hash', 'trees.content'])
    .where('commits.document', '=', document)
    .where('commits.publish_at', '<=', now)
    .$if(isReviewed, (query) => query.where('commits.approved_at', 'is not', null))
    .orderBy('commits.number', 'desc')
    .limit(1);
}
