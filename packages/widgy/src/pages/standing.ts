import { sql } from 'kysely';
import type { PageStore } from './store.ts';
import { isPublic } from './visible.ts';

/** What hangs on a page for visitors: what they see now, will see, or saw until it expired. What is in the bin counts as if it were not there. */
export interface PageStanding {
  /** Whether the page itself is public: published, or to be published. It stays so when it expires, and in the bin. */
  readonly isPublic: boolean;
  /**
   * Whether it, or a page that follows it, is public. Those below a page follow it: its title, its slug, its place, its menus and whether it
   * needs signing in decide about their addresses, their menus and who sees them. All pages follow the home page, whose title they show.
   */
  readonly isBranchPublic: boolean;
}

/** What is so of a page that nobody has made yet. */
export const NEW_PAGE: PageStanding = Object.freeze({ isPublic: false, isBranchPublic: false });

/** Reads what hangs on a page; of one in the bin, on what went into it together. One statement, whatever the size of the branch. */
export async function readStanding(store: PageStore, page: string): Promise<PageStanding> {
  const { rows } = await sql<{ readonly own: number; readonly branch: number; readonly all_pages: number }>`
    with recursive branch (id, deleted_with) as (
      select id, coalesce(deleted_with, '') from pages where id = ${page} and site = ${store.site}
      union
      select pages.id, branch.deleted_with from pages join branch on pages.parent = branch.id
      where coalesce(pages.deleted_with, '') = branch.deleted_with
    )
    select
      coalesce(max(case when pages.id = ${page} and ${isPublic(store, 'pages')} then 1 else 0 end), 0) as own,
      coalesce(max(case when ${isPublic(store, 'pages')} then 1 else 0 end), 0) as branch,
      case when exists (
        select 1 from pages as home where home.id = ${page} and home.path = '' and home.deleted_at is null
      ) and exists (
        select 1 from pages as any_page
        where any_page.site = ${store.site} and any_page.deleted_at is null and ${isPublic(store, 'any_page')}
      ) then 1 else 0 end as all_pages
    from pages where id in (select id from branch)`.execute(store.documents.database.kysely);
  const [row] = rows;
  return {
    isPublic: row?.own === 1,
    isBranchPublic: row?.branch === 1 || row?.all_pages === 1,
  };
}
