import { randomUUID } from 'node:crypto';
import { type RawBuilder, sql, type Transaction } from 'kysely';
import type { Tables } from '../database/tables.ts';
import { type Branch, branchIds } from './branch.ts';
import type { PageAuthor, PageStore } from './store.ts';
import { isPublic } from './visible.ts';

/**
 * Lets the addresses of a branch lead to its pages from now on: to be called before they get other ones. They lead to the pages and
 * not to addresses, so they never lead over one another and never in a circle. An address that nobody could ever have seen a page at
 * leads nowhere. A redirect that is covered by one of the pages leads to it if that page is public: then it is what visitors saw last, and
 * whoever moves it may change what they see. One statement, whatever the size of the branch.
 */
export async function keepAddresses(
  transaction: Transaction<Tables>,
  store: PageStore,
  branch: Branch,
  { id: author }: PageAuthor,
): Promise<void> {
  const act = randomUUID();
  await sql`${branchIds(branch)}
    insert into redirects (id, site, from_path, target_page, is_automatic, revision, created_at, author)
    select ${act} || '-' || cast(row_number() over (order by id) as text), site, path, id, 1, 1,
      cast(${store.now()} as bigint), cast(${author} as text)
    from pages
    where id in (select id from branch) and ${wasPublished}
    on conflict (site, from_path) do update
      set target = null, target_page = excluded.target_page, is_automatic = 1, revision = redirects.revision + 1,
        created_at = excluded.created_at, author = excluded.author
      where exists (select 1 from pages as moved where moved.id = excluded.target_page
        and moved.deleted_at is null and ${isPublic(store, 'moved')})`.execute(transaction);
}

/**
 * Takes away redirects by which pages of a branch would lead to themselves, where they have the addresses again. Others stay, and are
 * covered: visitors are led on while they do not see the page. One statement.
 */
export async function clearOwnRedirects(
  transaction: Transaction<Tables>,
  { site }: PageStore,
  branch: Branch,
): Promise<void> {
  await sql`${branchIds(branch)}
    delete from redirects where site = ${site}
      and target_page in (select id from branch)
      and from_path = (select path from pages where pages.id = redirects.target_page)`.execute(transaction);
}

const wasPublished: RawBuilder<boolean> = sql`(
  published_at is not null
  or exists (select 1 from commits
    where commits.document = pages.document and commits.publish_at is not null and commits.is_withdrawal = 0))`;
