import { sql } from 'kysely';
import { addressOfPath } from '../address.ts';
import { MAX_COUNTED_HITS, MAX_HITS } from '../limits.ts';
import type { PageStore } from '../store.ts';
import { isOpenTo, isShown, liveCommit } from '../visible.ts';
import { searchEngine } from './engine.ts';
import { readQuestion } from './question.ts';
import { type SnippetPart, snippetOf } from './snippet.ts';

/** What a visitor searches for. */
export interface PagesSearch {
  /** As it was typed; see `readQuestion`. */
  readonly text: string;
  /** Default and most: {@link MAX_HITS}. */
  readonly limit?: number;
  /** How many of the best hits are left out. Default: none. */
  readonly offset?: number;
  readonly isSignedIn: boolean;
}

/** A page that was found. */
export interface SearchHit {
  readonly page: string;
  readonly title: string;
  /** Its address, encoded: `/about`. */
  readonly url: string;
  readonly snippet: readonly SnippetPart[];
}

/** What was found. */
export interface FoundHits {
  /** The best first. */
  readonly hits: readonly SearchHit[];
  /** How many there are, up to {@link MAX_COUNTED_HITS}. */
  readonly total: number;
  /** Whether there are more than that. */
  readonly isMore: boolean;
}

/**
 * Searches what visitors see of pages, and nothing else: a commit is found from the moment from which it is shown. One statement; none
 * where nothing is asked for.
 */
export async function searchPages(
  store: PageStore,
  { text, limit = MAX_HITS, offset = 0, isSignedIn }: PagesSearch,
): Promise<FoundHits> {
  const question = readQuestion(text);
  if (question === undefined) return { hits: [], total: 0, isMore: false };
  const skipped = Math.min(Math.max(Math.trunc(offset) || 0, 0), MAX_COUNTED_HITS);
  const most = Math.min(Math.max(Math.trunc(limit) || 0, 0), MAX_HITS, MAX_COUNTED_HITS - skipped);
  const { kysely, kind } = store.documents.database;
  const { rows } = await sql<{
    readonly total: number;
    readonly id: string | null;
    readonly title: string | null;
    readonly path: string | null;
    readonly text: string | null;
  }>`with matches as (${searchEngine(kind).matches(question)}),
    found as (
      select pages.id, pages.title, pages.path, page_texts.text, matches.rank
      from matches
      join page_texts on page_texts.id = matches.id
      join pages on pages.id = page_texts.page
      where pages.site = ${store.site}
        and ${isOpenTo(isSignedIn, 'pages')}
        and page_texts.version = ${liveCommit(store, 'pages')}
        and ${isShown(store, 'pages')}
      order by matches.rank, pages.id
      limit ${MAX_COUNTED_HITS + 1}
    ),
    counted as (select count(*) as total from found),
    shown as (select * from found order by rank, id limit ${most} offset ${skipped})
    select counted.total, shown.id, shown.title, shown.path, shown.text
    from counted left join shown on true
    order by shown.rank, shown.id`.execute(kysely);
  const total = rows[0]?.total ?? 0;
  const hits = rows.flatMap(({ id, title, path, text: whole }) => {
    if (id === null || title === null || path === null || whole === null) return [];
    return [{ page: id, title, url: addressOfPath(path), snippet: snippetOf(whole, question.wanted) }];
  });
  return { hits, total: Math.min(total, MAX_COUNTED_HITS), isMore: total > MAX_COUNTED_HITS };
}
