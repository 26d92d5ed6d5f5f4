import { type RawBuilder, sql } from 'kysely';
import type { Showing } from './store.ts';

/**
 * The number of the commit that is live for the document of a page, or the commit's own column; null where nothing was ever shown. A
 * withdrawal is live too, as is said of commits. An expression for a query, which the index of commits answers alone.
 *
 * @param alias what the query calls the page
 */
export function liveCommit(
  { now, isReviewed }: Showing,
  alias: string,
  column: 'number' | 'tree' | 'is_withdrawal' = 'number',
): RawBuilder<number | null> {
  return sql`(
    select shown.${sql.ref(column)} from commits as shown
    where shown.document = ${sql.ref(`${alias}.document`)} and shown.publish_at <= ${now()}
    ${isReviewed ? sql`and shown.approved_at is not null` : sql``}
    order by shown.number desc limit 1)`;
}

/** Whether visitors see a page, if they may: it is not in the bin, not expired, and published. An expression for a query. */
export function isShown(showing: Showing, alias: string): RawBuilder<boolean> {
  const column = (name: string) => sql.ref(`${alias}.${name}`);
  const now = showing.now();
  return sql`(
    ${column('deleted_at')} is null
    and (${column('expires_at')} is null or ${column('expires_at')} > ${now})
    and case ${column('kind')}
      when 'link' then coalesce(${column('published_at')} <= ${now}, false)
      else coalesce(${liveCommit(showing, alias, 'is_withdrawal')}, 1) = 0
    end)`;
}

/** Whether somebody may see a page as far as signing in goes. An expression for a query. */
export function isOpenTo(isSignedIn: boolean, alias: string): RawBuilder<boolean> {
  return isSignedIn ? sql`true` : sql`${sql.ref(`${alias}.is_protected`)} = 0`;
}
