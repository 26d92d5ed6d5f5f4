import { type RawBuilder, type Selectable, sql } from 'kysely';
import type { PagesTable } from '../database/tables.ts';
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

/**
 * Whether a page is public: visitors see it, are to see it, or saw it until it expired; whatever the bin says. It is not public before it is
 * published for the first time, and not after it was taken off the site. An expression for a query.
 */
export function isPublic(showing: Showing, alias: string): RawBuilder<boolean> {
  const column = (name: string) => sql.ref(`${alias}.${name}`);
  return sql`(case ${column('kind')}
    when 'link' then ${column('published_at')} is not null
    else exists (
      select 1 from commits as public_commit
      where public_commit.document = ${column('document')} and public_commit.publish_at is not null
        and public_commit.is_withdrawal = 0
        and public_commit.number >= coalesce(${liveCommit(showing, alias)}, 0))
    end)`;
}

/** Whether somebody may see a page as far as signing in goes. An expression for a query. */
export function isOpenTo(isSignedIn: boolean, alias: string): RawBuilder<boolean> {
  return isSignedIn ? sql`true` : sql`${sql.ref(`${alias}.is_protected`)} = 0`;
}

/** A page as a query gives it, with what is live of its document. */
export interface LiveRow
  extends Pick<Selectable<PagesTable>, 'kind' | 'deleted_at' | 'expires_at' | 'published_at'> {
  /** Of the commit that is live; null where nothing was ever shown. */
  readonly is_withdrawn: number | null;
}

/** The same as {@link isShown}, of a row that was read: for the statement that each page of visitors costs. */
export function isRowShown(row: LiveRow, now: number): boolean {
  if (row.deleted_at !== null || (row.expires_at !== null && row.expires_at <= now)) return false;
  return row.kind === 'link' ? row.published_at !== null && row.published_at <= now : row.is_withdrawn === 0;
}
