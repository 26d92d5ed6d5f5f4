import { randomUUID } from 'node:crypto';
import { type RawBuilder, sql, type Transaction } from 'kysely';
import type { Tables } from '../database/tables.ts';
import { type Branch, branchIds } from './branch.ts';
import type { PageAuthor, PageStore } from './store.ts';

/**
 * Lets the addresses of a branch lead to its pages from now on: to be called before they get other ones. They lead to the pages and
 * not to addresses, so they never lead over one another and never in a circle. An address that nobody could ever have seen a page at
 * leads nowhere. One statement, whatever the size of the branch.
 */
export async function keepAddresses(
  transaction: Transaction<Tables>,
  { now }: PageStore,
  branch: Branch,
  { id: author }: PageAuthor,
): Promise<void> {
  const act = randomUUID();
  await sql`${branchIds(branch)}
    insert into redirects (id, site, from_path, target_page, is_automatic, revision, created_at, author)
    select ${act} || '-' || cast(row_number() over (order by id) as text), site, path, id, 1, 1,
      cast(${now()} as bigint), cast(${author} as text)
    from pages
    where id in (select id from branch) and ${wasPublished}
      and not exists (
        select 1 from pages as other
        where other.site = pages.site and other.path = pages.path and other.deleted_at is null and other.id <> pages.id
      )
    on conflict (site, from_path) do nothing`.execute(transaction);
}

/** Takes away redirects from addresses that pages of a branch have now: a page wins over a redirect. One statement. */
export async function takeAddresses(
  transaction: Transaction<Tables>,
  { site }: PageStore,
  branch: Branch,
): Promise<void> {
  await sql`${branchIds(branch)}
    delete from redirects where site = ${site}
      and from_path in (select path from pages where id in (select id from branch))`.execute(transaction);
}

const wasPublished: RawBuilder<boolean> = sql`(
  published_at is not null
  or exists (select 1 from commits
    where commits.document = pages.document and commits.publish_at is not null and commits.is_withdrawal = 0))`;
