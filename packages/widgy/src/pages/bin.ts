import { sql } from 'kysely';
import { attemptPage, type PageAttempt } from './attempt.ts';
import { clearOwnRedirects, keepAddresses } from './automatic-redirects.ts';
import { branchIds, measureBranch, placeFault, refreshBranch } from './branch.ts';
import { editableRow, stalePage, touched } from './change-page.ts';
import { slugOfTitle } from './fields.ts';
import { MAX_LISTED_BIN } from './limits.ts';
import { type Page, pageOf } from './page.ts';
import { makeRoom, type PageRow, placeBelow, rowOf, shiftFrom, siblings, slugFor } from './place.ts';
import type { RefusedPage } from './refusal.ts';
import type { PageAuthor, PageStore } from './store.ts';
import { isPublic } from './visible.ts';

/**
 * Puts a page with all below it into the bin. Visitors see nothing of it any more, and its addresses are free. Documents stay as they
 * are, so all of it can come back. Three statements, whatever the size of the branch.
 */
export async function deletePage(
  store: PageStore,
  page: string,
  { seen }: { readonly seen: number },
  author: PageAuthor,
): Promise<{ readonly ok: true; readonly pages: number } | RefusedPage> {
  const done = await attemptPage(store, async (step) => {
    const { transaction } = step;
    await editableRow(store, step, page, seen);
    const { numAffectedRows = 0n } = await sql`${branchIds({ page })}
      update pages set deleted_at = cast(${store.now()} as bigint), deleted_with = ${page}
      where id in (select id from branch)`.execute(transaction);
    await transaction.updateTable('pages').set(touched(store, author)).where('id', '=', page).execute();
    return Number(numAffectedRows);
  });
  return done.ok ? { ok: true, pages: done.value } : done;
}

/** A page that came back from the bin, and what is not as it was. */
export interface RestoredPage {
  readonly ok: true;
  readonly page: Page;
  /** How many pages came back: it and those below it that went into the bin with it. */
  readonly pages: number;
  /** The address that it had. */
  readonly formerPath: string;
  /** Whether it stands at the top, since what it stood below is not there. */
  readonly isMovedToTop: boolean;
  /** Whether it has another slug, since another page has taken its own. */
  readonly isRenamed: boolean;
}

/**
 * Takes a page out of the bin, with those below it that went into it with it: to where it was, or to the top if what it stood below is
 * not there. The answer says what is not as it was. If its address is another one by now, the old one leads to it, unless
 * another page or a redirect has it.
 */
export async function restorePage(
  store: PageStore,
  page: string,
  { seen }: { readonly seen: number },
  author: PageAuthor,
): Promise<RestoredPage | RefusedPage> {
  const done = await attemptPage(store, async (step) => {
    const { transaction, refuse } = step;
    const { row, branch } = await binnedRow(store, step, page, seen);
    const above = await formerParent(store, step, row);
    const slug = await slugFor(store, step, await wantedSlug(store, step, row, above));
    const size = await measureBranch(transaction, branch);
    const place = placeBelow(above, slug);
    const fault = placeFault(size, place);
    if (fault !== undefined) refuse(fault);
    const parent = above?.id ?? null;
    const isMovedToTop = above === null && row.depth > 1;
    const position = isMovedToTop ? await makeRoom(store, step, { parent, before: null }) : row.position;
    if (!isMovedToTop) await shiftFrom(store, transaction, parent, position);
    if (place.path !== row.path) await keepAddresses(transaction, store, branch, author);
    await transaction
      .updateTable('pages')
      .set({ slug, parent, position, ...touched(store, author) })
      .where('id', '=', page)
      .execute();
    await refreshBranch(transaction, branch);
    await clearOwnRedirects(transaction, store, { page });
    const restored = pageOf(await rowOf(store, step, page));
    const { pages } = size;
    return { page: restored, pages, formerPath: row.path, isMovedToTop, isRenamed: slug !== row.slug };
  });
  return done.ok ? { ok: true, ...done.value } : done;
}

/** A page of the bin that somebody looked at, with what went into it together. */
export async function binnedRow(store: PageStore, step: PageAttempt, page: string, seen: number) {
  const row = await rowOf(store, step, page);
  if (row.revision !== seen) step.refuse(stalePage(row));
  const { deleted_with: deletedWith } = row;
  if (deletedWith === null) {
    return step.refuse({ code: 'page-not-deleted', what: 'The page is not in the bin.', page });
  }
  return { row, branch: { page, deletedWith } };
}

async function formerParent({ site }: PageStore, { transaction }: PageAttempt, row: PageRow) {
  if (row.parent === null) return null;
  const parent = await transaction
    .selectFrom('pages')
    .selectAll()
    .where('id', '=', row.parent)
    .where('site', '=', site)
    .where('deleted_at', 'is', null)
    .where('path', '<>', '')
    .executeTakeFirst();
  return parent ?? null;
}

/** What was the home page is it again if there is no other one by now. */
async function wantedSlug(
  store: PageStore,
  { transaction }: PageAttempt,
  row: PageRow,
  parent: PageRow | null,
) {
  const wanted = { parent, page: row.id, isGiven: false };
  if (row.slug !== '') return { ...wanted, slug: row.slug };
  const home = await siblings(transaction, store, null)
    .select('id')
    .where('path', '=', '')
    .executeTakeFirst();
  return home === undefined
    ? { ...wanted, slug: '', isGiven: true }
    : { ...wanted, slug: slugOfTitle(row.title) };
}

/** A page in the bin, with how many went into it together. */
export interface BinnedPage {
  readonly page: Page;
  /** It and those below it. */
  readonly pages: number;
  /** Whether one of them is public: visitors see it again once it is taken out. See `PageStanding`. */
  readonly isPublic: boolean;
}

/** The pages that were put into the bin, those last put there first; not those that went with them. One statement. */
export async function listBin(
  store: PageStore,
  { offset = 0, limit = MAX_LISTED_BIN }: { readonly offset?: number; readonly limit?: number } = {},
): Promise<{ readonly pages: readonly BinnedPage[]; readonly total: number }> {
  const { site, documents } = store;
  const rows = await documents.database.kysely
    .selectFrom('pages')
    .selectAll('pages')
    .select([
      sql<number>`(select count(*) from pages as along where along.deleted_with = pages.id)`.as('along'),
      sql<number>`case when exists (
        select 1 from pages as along where along.deleted_with = pages.id and ${isPublic(store, 'along')}
      ) then 1 else 0 end`.as('is_public'),
      sql<number>`count(*) over ()`.as('total'),
    ])
    .where('site', '=', site)
    .whereRef('deleted_with', '=', 'id')
    .orderBy('deleted_at', 'desc')
    .orderBy('id')
    .limit(Math.max(0, Math.min(limit, MAX_LISTED_BIN)))
    .offset(Math.max(0, offset))
    .execute();
  return {
    pages: rows.map((row) => ({ page: pageOf(row), pages: row.along, isPublic: row.is_public === 1 })),
    total: rows[0]?.total ?? 0,
  };
}
