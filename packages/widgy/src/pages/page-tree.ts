import { type RawBuilder, type Selectable, sql } from 'kysely';
import type { PagesTable } from '../database/tables.ts';
import { MAX_LISTED_PAGES } from './limits.ts';
import { type Page, pageOf } from './page.ts';
import type { NamedPage } from './refusal.ts';
import { wordKey } from './search/words.ts';
import type { PageStore } from './store.ts';
import { liveCommit } from './visible.ts';
import { wayTo } from './way.ts';

/**
 * What a page is to visitors, in one word: never shown and not to be shown; to be shown from a time on; shown as its draft is; shown,
 * while its draft or a commit to come is something else; or shown no more since it has expired.
 */
export type PageState = 'draft' | 'scheduled' | 'published' | 'changed' | 'expired';

/** A page as those who keep the site see it. */
export interface ListedPage {
  readonly page: Page;
  readonly state: PageState;
  /** When the next commit, or the link page, is to be shown; null where nothing is to come. */
  readonly nextAt: number | null;
  /** How many pages stand right below it. */
  readonly children: number;
  readonly menus: readonly string[];
}

/** A part of a list of pages. */
export interface PageList {
  readonly pages: readonly ListedPage[];
  /** How many there are in all. */
  readonly total: number;
}

/** Which part of a list is wanted. */
export interface ListPart {
  readonly offset?: number | undefined;
  /** Default and most: {@link MAX_LISTED_PAGES}. */
  readonly limit?: number | undefined;
}

/** The pages right below one, or at the top, in their order. One statement. */
export async function listChildren(
  store: PageStore,
  parent: string | null,
  part: ListPart = {},
): Promise<PageList> {
  const isChild =
    parent === null ? sql<boolean>`pages.parent is null` : sql<boolean>`pages.parent = ${parent}`;
  return await list(store, isChild, sql`position, id`, part);
}

/** The pages whose titles have a text in them, without regard to case and accents, those that begin with it first. One statement. */
export async function findPages(
  store: PageStore,
  { text, ...part }: ListPart & { readonly text: string },
): Promise<PageList> {
  const key = wordKey(text.slice(0, MAX_SOUGHT));
  // Words are letters, digits and spaces, which mean themselves in "like".
  return await list(
    store,
    sql<boolean>`pages.title_key like ${`%${key}%`}`,
    sql`case when title_key like ${`${key}%`} then 0 else 1 end, length(title_key), path`,
    part,
  );
}

/** The pages of which what they say of themselves was changed last, the last one first. One statement. */
export async function listRecentPages(store: PageStore, part: ListPart = {}): Promise<PageList> {
  return await list(store, sql<boolean>`true`, sql`updated_at desc, id`, part);
}

const MAX_SOUGHT = 200;

/** One page, in the bin or not; undefined where it is not there. One statement. */
export async function readPage(store: PageStore, page: string): Promise<ListedPage | undefined> {
  const { rows } = await selectListed(store, sql`pages.id = ${page}`).execute(
    store.documents.database.kysely,
  );
  return rows[0] && listedOf(store, rows[0]);
}

/** The pages above one, from the top down, and it last: what is to be opened to see it. One statement. */
export async function wayToPage(store: PageStore, page: string): Promise<readonly NamedPage[]> {
  return await wayTo(store.documents.database.kysely, store, page);
}

interface ListedRow extends Selectable<PagesTable> {
  readonly live: number | null;
  readonly is_withdrawn: number | null;
  readonly live_tree: string | null;
  readonly draft_hash: string | null;
  readonly next_at: number | null;
  readonly children: number;
  readonly menus: string | null;
}

async function list(
  store: PageStore,
  isListed: RawBuilder<boolean>,
  order: RawBuilder<unknown>,
  { offset = 0, limit = MAX_LISTED_PAGES }: ListPart,
): Promise<PageList> {
  const most = Math.min(Math.max(Math.trunc(limit) || 0, 0), MAX_LISTED_PAGES);
  const skipped = Math.max(Math.trunc(offset) || 0, 0);
  const narrowed = sql<boolean>`pages.deleted_at is null and ${isListed}`;
  const page = sql`order by ${order} limit ${most} offset ${skipped}`;
  const { rows } = await sql<(ListedRow | { readonly id: null }) & { readonly total: number }>`
    with counted as (select count(*) as total from pages where pages.site = ${store.site} and ${narrowed}),
    listed as (${selectListed(store, narrowed, page)})
    select listed.*, counted.total from counted left join listed on true order by ${order}`.execute(
    store.documents.database.kysely,
  );
  return {
    pages: rows.flatMap((row) => (row.id === null ? [] : [listedOf(store, row)])),
    total: rows[0]?.total ?? 0,
  };
}

/** The query of rows with their states. What is not listed is not looked into. */
function selectListed(
  store: PageStore,
  isListed: RawBuilder<boolean>,
  part: RawBuilder<unknown> = sql``,
): RawBuilder<ListedRow> {
  return sql<ListedRow>`
    select pages.*, commits.is_withdrawal as is_withdrawn, commits.tree as live_tree, documents.draft_hash,
      (select min(publish_at) from commits as coming
        where coming.document = pages.document and coming.number > coalesce(pages.live, 0)
          and coming.publish_at > ${store.now()} and coming.is_withdrawal = 0) as next_at,
      (select count(*) from pages as below where below.parent = pages.id and below.deleted_at is null) as children,
      (select string_agg(menu, ',' order by menu) from page_menus where page_menus.page = pages.id) as menus
    from (
      select pages.*, ${liveCommit(store, 'pages')} as live from pages
      where pages.site = ${store.site} and ${isListed} ${part}
    ) as pages
    left join documents on documents.id = pages.document
    left join commits on commits.document = pages.document and commits.number = pages.live`;
}

function listedOf(store: PageStore, row: ListedRow): ListedPage {
  const page = pageOf(row);
  const now = store.now();
  const publishedAt = page.kind === 'link' ? page.publishedAt : null;
  const isComing = publishedAt !== null && publishedAt > now;
  const nextAt = isComing ? publishedAt : row.next_at;
  const isLive =
    page.kind === 'link' ? publishedAt !== null && !isComing : row.live !== null && row.is_withdrawn === 0;
  const isChanged = page.kind === 'page' && (row.live_tree !== row.draft_hash || nextAt !== null);
  const stateOf = (): PageState => {
    if (page.expiresAt !== null && page.expiresAt <= now) return 'expired';
    if (isLive) return isChanged ? 'changed' : 'published';
    return nextAt === null ? 'draft' : 'scheduled';
  };
  return {
    page,
    state: stateOf(),
    nextAt,
    children: row.children,
    menus: row.menus === null ? [] : row.menus.split(','),
  };
}
