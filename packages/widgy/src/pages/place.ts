import { type Selectable, sql, type Transaction } from 'kysely';
import type { PagesTable, Tables } from '../database/tables.ts';
import { pathBelow } from './address.ts';
import type { PageAttempt } from './attempt.ts';
import { MAX_SLUG_LENGTH } from './limits.ts';
import { named, type PageRefusal, pageMissing } from './refusal.ts';
import { freeSlug } from './slug.ts';
import type { PageStore } from './store.ts';

/** A row of the table of pages. */
export type PageRow = Selectable<PagesTable>;

/** Where a page is to stand. */
export interface PagePlace {
  /** The page that it is to stand below; null for the top. */
  readonly parent: string | null;
  /** The page with the same parent that is to follow it; null for the last place. */
  readonly before: string | null;
}

/** The pages with one parent that are not in the bin, to be narrowed down. */
export function siblings(
  transaction: Transaction<Tables>,
  { site }: Pick<PageStore, 'site'>,
  parent: string | null,
) {
  const pages = transaction.selectFrom('pages').where('site', '=', site).where('deleted_at', 'is', null);
  return parent === null ? pages.where('parent', 'is', null) : pages.where('parent', '=', parent);
}

/** The row of a page of this site, in the bin or not; refused where there is none. One statement. */
export async function rowOf(
  { site }: PageStore,
  { transaction, refuse }: PageAttempt,
  page: string,
): Promise<PageRow> {
  const row = await transaction
    .selectFrom('pages')
    .selectAll()
    .where('id', '=', page)
    .where('site', '=', site)
    .executeTakeFirst();
  return row ?? refuse(pageMissing(page));
}

/** The page that another is to stand below; null for the top. Refused where it is not there or in the bin, or the home page. */
export async function parentRow(
  store: PageStore,
  step: PageAttempt,
  parent: string | null,
): Promise<PageRow | null> {
  if (parent === null) return null;
  const row = await rowOf(store, step, parent);
  if (row.deleted_at !== null) step.refuse(pageDeleted(parent));
  if (row.path === '') step.refuse(homeAtTop(parent));
  return row;
}

/** The position that is free for a page; others make room for it. At most two statements. */
export async function makeRoom(
  store: PageStore,
  step: PageAttempt,
  { parent, before }: PagePlace,
): Promise<number> {
  const { transaction } = step;
  if (before === null) {
    const { last } = await siblings(transaction, store, parent)
      .select(sql<number>`coalesce(max(position), -1)`.as('last'))
      .executeTakeFirstOrThrow();
    return last + 1;
  }
  const found = await siblings(transaction, store, parent)
    .select('position')
    .where('id', '=', before)
    .executeTakeFirst();
  if (found === undefined) return step.refuse(pageMissing(before));
  await shiftFrom(store, transaction, parent, found.position);
  return found.position;
}

/** Moves pages back by one place, from a position on. One statement. */
export async function shiftFrom(
  { site }: PageStore,
  transaction: Transaction<Tables>,
  parent: string | null,
  position: number,
): Promise<void> {
  await transaction
    .updateTable('pages')
    .set({ position: sql<number>`position + 1` })
    .where('site', '=', site)
    .where('deleted_at', 'is', null)
    .where('position', '>=', position)
    .where('parent', parent === null ? 'is' : '=', parent)
    .execute();
}

/** A slug that somebody wants for a page. */
export interface WantedSlug {
  readonly parent: PageRow | null;
  /** Not empty. */
  readonly slug: string;
  /** Whether it is just this one that is wanted: then it is refused where it is taken. If not, another one is made of it. */
  readonly isGiven: boolean;
  /** The page that is to have it; undefined for a new one. */
  readonly page?: string;
}

/** The slug that a page gets. One statement. */
export async function slugFor(
  store: PageStore,
  { transaction, refuse }: PageAttempt,
  { parent, slug, isGiven, page = '' }: WantedSlug,
): Promise<string> {
  const isReserved = (wanted: string) => parent === null && store.reserved.has(wanted);
  const others = siblings(transaction, store, parent?.id ?? null).where('id', '<>', page);
  if (isGiven) {
    if (isReserved(slug)) refuse(slugReserved(slug));
    const taken = await others.select(['id', 'title', 'path']).where('slug', '=', slug).executeTakeFirst();
    if (taken === undefined) return slug;
    const what = `The page ${JSON.stringify(taken.title)} has the address /${taken.path}. Choose another slug.`;
    return refuse({ code: 'slug-taken', what, slug, page: named(taken) });
  }
  // A slug has nothing that means something to "like". A number at its end may take the place of what it ends with.
  const begin = [...slug].slice(0, MAX_SLUG_LENGTH - ROOM_FOR_NUMBER).join('');
  const rows = await others.select('slug').where('slug', 'like', `${begin}%`).execute();
  const taken = new Set(rows.map((row) => row.slug));
  return freeSlug(slug, (wanted) => taken.has(wanted) || isReserved(wanted));
}

const ROOM_FOR_NUMBER = 10;

/** Where a page with a slug stands below a parent. */
export function placeBelow(
  parent: PageRow | null,
  slug: string,
): { readonly path: string; readonly depth: number } {
  return { path: pathBelow(parent?.path ?? null, slug), depth: (parent?.depth ?? 0) + 1 };
}

/** The refusal for what cannot be done to a page in the bin. */
export function pageDeleted(page: string): PageRefusal {
  return { code: 'page-deleted', what: 'The page is in the bin. Take it out first.', page };
}

/** The refusal for a place that the home page cannot have, or that only it can have. */
export function homeAtTop(page: string): PageRefusal {
  const what = 'The home page stands at the top, and no page stands below it.';
  return { code: 'home-at-top', what, page };
}

function slugReserved(slug: string): PageRefusal {
  return { code: 'slug-reserved', what: `Addresses that begin with /${slug} are not for pages.`, slug };
}
