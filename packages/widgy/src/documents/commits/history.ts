import { type Selectable, sql } from 'kysely';
import type { Queries } from '../../database/database.ts';
import { liveCommitQuery } from '../../database/live-commit.ts';
import type { CommitsTable } from '../../database/tables.ts';
import { MAX_HISTORY_PAGE } from '../limits.ts';
import type { DocumentStore } from '../store.ts';

/**
 * What a commit is to visitors: shown now; the one that now takes the document off the site; still to come; kept without being shown;
 * waiting for approval; or of the past, since a newer one is shown.
 */
export type CommitStatus = 'live' | 'withdrawal' | 'scheduled' | 'kept' | 'waiting' | 'past';

/** A commit of a document. Times are milliseconds since 1970. */
export interface Commit {
  readonly number: number;
  /** The number of the commit before; null for the first. */
  readonly parent: number | null;
  /** The content hash of its tree. */
  readonly hash: string;
  readonly author: string | null;
  readonly message: string;
  /** From when on it may be shown; null for one that is only kept. */
  readonly publishAt: number | null;
  readonly approval: { readonly by: string; readonly at: number } | null;
  /** Whether it takes the document off the site, from `publishAt` on. */
  readonly isWithdrawal: boolean;
  readonly at: number;
  readonly status: CommitStatus;
}

/** A part of the history. */
export interface HistoryPage {
  /** Commits with lower numbers only: the last one of the page before. Default: from the newest on. */
  readonly before?: number | undefined;
  /** At most {@link MAX_HISTORY_PAGE}, which is also the default. */
  readonly limit?: number | undefined;
}

/** The commits of a document, newest first; none where there is no such document. One statement. */
export async function readHistory(
  store: DocumentStore,
  document: string,
  { before, limit = MAX_HISTORY_PAGE }: HistoryPage = {},
): Promise<readonly Commit[]> {
  return await selectCommits(store, store.database.kysely, document, (query) =>
    query
      .$if(before !== undefined, (older) => older.where('commits.number', '<', before ?? 0))
      .orderBy('commits.number', 'desc')
      .limit(Math.max(0, Math.min(limit, MAX_HISTORY_PAGE))),
  );
}

/** One commit of a document; undefined where it is not there. One statement. */
export async function readCommit(
  store: DocumentStore,
  document: string,
  number: number,
  queries: Queries = store.database.kysely,
): Promise<(Commit & { readonly live: number | null }) | undefined> {
  const [commit] = await selectCommits(store, queries, document, (query) =>
    query.where('commits.number', '=', number),
  );
  return commit;
}

type CommitQuery = ReturnType<typeof baseQuery>;

function baseQuery({ now, isReviewed }: DocumentStore, queries: Queries, document: string) {
  const live = liveCommitQuery({ document, now: now(), isReviewed });
  return queries
    .selectFrom('commits')
    .selectAll('commits')
    .select(sql<number | null>`(select number from (${live}) as newest)`.as('live'))
    .where('commits.document', '=', document);
}

async function selectCommits(
  store: DocumentStore,
  queries: Queries,
  document: string,
  narrow: (query: CommitQuery) => CommitQuery,
) {
  const rows = await narrow(baseQuery(store, queries, document)).execute();
  const now = store.now();
  return rows.map((row) => {
    const commit = { ...commitOf(row), live: row.live };
    return { ...commit, status: statusOf(commit, now) };
  });
}

/** What a row says, but for what depends on when somebody looks. */
export function commitOf(row: Selectable<CommitsTable>): Omit<Commit, 'status'> {
  const { approved_by: by, approved_at: at } = row;
  return {
    number: row.number,
    parent: row.parent,
    hash: row.tree,
    author: row.author,
    message: row.message,
    publishAt: row.publish_at,
    approval: by === null || at === null ? null : { by, at },
    isWithdrawal: row.is_withdrawal === 1,
    at: row.created_at,
  };
}

function statusOf(
  commit: Pick<Commit, 'number' | 'publishAt' | 'isWithdrawal'> & { readonly live: number | null },
  now: number,
): CommitStatus {
  const { number, publishAt, isWithdrawal, live } = commit;
  if (number === live) return isWithdrawal ? 'withdrawal' : 'live';
  if (publishAt === null) return 'kept';
  if (live !== null && number < live) return 'past';
  return publishAt > now ? 'scheduled' : 'waiting';
}
