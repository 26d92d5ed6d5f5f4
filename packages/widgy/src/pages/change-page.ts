import { sql, type Transaction } from 'kysely';
import type { Tables } from '../database/tables.ts';
import { attemptPage, type PageAttempt } from './attempt.ts';
import { clearOwnRedirects, keepAddresses } from './automatic-redirects.ts';
import { measureBranch, placeFault, refreshBranch } from './branch.ts';
import { refuseCircle } from './circle.ts';
import { checkPageFields, type LinkFields, slugOfTitle } from './fields.ts';
import { type Page, pageOf } from './page.ts';
import { homeAtTop, type PageRow, pageDeleted, placeBelow, rowOf, siblings, slugFor } from './place.ts';
import { fieldsInvalid, type PageRefusal, type RefusedPage } from './refusal.ts';
import { reindexPage } from './search/index-page.ts';
import type { PageAuthor, PageStore } from './store.ts';
import { isShown } from './visible.ts';
import { writeMenus } from './write-menus.ts';

/** What somebody wants to change of a page: the fields that are given, and no others. */
export interface PageChange extends Partial<LinkFields> {
  /** The revision that they looked at. */
  readonly seen: number;
}

/** A page as it is now, or why nothing was done. */
export type ChangedPage = { readonly ok: true; readonly page: Page } | RefusedPage;

/**
 * Changes what a page says of itself. With another slug, the addresses of the page and of all below it change, and the old ones lead to
 * them from then on; that takes as many statements for a thousand pages as for one.
 */
export async function changePage(
  store: PageStore,
  page: string,
  { seen, ...fields }: PageChange,
  author: PageAuthor,
): Promise<ChangedPage> {
  const done = await attemptPage(store, async (step) => {
    const { transaction, refuse } = step;
    const row = await editableRow(store, step, page, seen);
    const found = checkPageFields(store, fields, row.kind === 'link' ? 'link' : 'page');
    if (!found.ok) return refuse(fieldsInvalid(found.errors));
    const { columns, slug: asked, menus } = found.checked;
    const title = columns.title ?? row.title;
    // The home page has no slug, and a form that shows it leaves that blank.
    const isSame = asked === undefined || asked === row.slug;
    const slug = isSame ? row.slug : await slugOf(store, step, row, { asked, title });
    if (slug !== row.slug) await keepAddresses(transaction, store, { page }, author);
    await transaction
      .updateTable('pages')
      .set({ ...columns, slug, ...touched(store, author) })
      .where('id', '=', page)
      .execute();
    if (slug !== row.slug || (columns.needs_sign_in ?? row.needs_sign_in) !== row.needs_sign_in)
      await refreshBranch(transaction, { page });
    if (slug !== row.slug) await clearOwnRedirects(transaction, store, { page });
    if (menus !== undefined) await writeMenus(transaction, page, menus);
    const changed = await rowOf(store, step, page);
    const isAimedAnew = changed.target !== row.target || changed.path !== row.path;
    if (changed.target !== null && isAimedAnew) await refuseCircle(store, step, changed.path, changed.target);
    const isSearchedAnew =
      title !== row.title || (columns.meta_description ?? row.meta_description) !== row.meta_description;
    if (isSearchedAnew) await reindexPage(transaction, store, row);
    return pageOf(changed);
  });
  return done.ok ? { ok: true, page: done.value } : done;
}

/** A slug that is not the one a page has. Blank, it is made from the title. */
async function slugOf(
  store: PageStore,
  step: PageAttempt,
  row: PageRow,
  { asked, title }: { readonly asked: string; readonly title: string },
): Promise<string> {
  const parent = row.parent === null ? null : await rowOf(store, step, row.parent);
  const slug = await slugFor(store, step, {
    parent,
    page: row.id,
    slug: asked || slugOfTitle(title),
    isGiven: asked !== '',
  });
  const size = await measureBranch(step.transaction, { page: row.id });
  const fault = placeFault(size, placeBelow(parent, slug));
  return fault === undefined ? slug : step.refuse(fault);
}

/**
 * Makes a page the home page: its address is that of the site itself from then on. It stands at the top, and no page stands below it.
 * The one that was the home page gets an address from its title. Refused for a page that visitors do not see where they see the one that is
 * the home page: they would find nothing.
 */
export async function setHome(
  store: PageStore,
  page: string,
  { seen }: { readonly seen: number },
  author: PageAuthor,
): Promise<ChangedPage> {
  const done = await attemptPage(store, async (step) => {
    const { transaction, refuse } = step;
    const row = await editableRow(store, step, page, seen);
    if (row.path === '') return pageOf(row);
    const { pages } = await measureBranch(transaction, { page });
    if (row.parent !== null || pages > 1) refuse(homeAtTop(page));
    const former = await siblings(transaction, store, null)
      .selectAll()
      .where('path', '=', '')
      .executeTakeFirst();
    if (former !== undefined) await refuseHiddenHome(store, step, row, former);
    await keepAddresses(transaction, store, { page }, author);
    if (former !== undefined) {
      const slug = await slugFor(store, step, {
        parent: null,
        slug: slugOfTitle(former.title),
        isGiven: false,
        page: former.id,
      });
      await writeSlug(transaction, store, former.id, slug, author);
    }
    await writeSlug(transaction, store, page, '', author);
    return pageOf(await rowOf(store, step, page));
  });
  return done.ok ? { ok: true, page: done.value } : done;
}

async function refuseHiddenHome(
  store: PageStore,
  { transaction, refuse }: PageAttempt,
  row: PageRow,
  former: PageRow,
): Promise<void> {
  const { rows } = await sql<{ readonly id: string }>`select id from pages
    where id in (${row.id}, ${former.id}) and ${isShown(store, 'pages')}`.execute(transaction);
  const isShownNow = (page: PageRow) => rows.some(({ id }) => id === page.id);
  if (isShownNow(row) || !isShownNow(former)) return;
  const what = 'Visitors do not see this page. Publish it first, and then make it the home page.';
  refuse({ code: 'home-not-shown', what, page: row.id });
}

async function writeSlug(
  transaction: Transaction<Tables>,
  store: PageStore,
  page: string,
  slug: string,
  author: PageAuthor,
): Promise<void> {
  await transaction
    .updateTable('pages')
    .set({ slug, ...touched(store, author) })
    .where('id', '=', page)
    .execute();
  await refreshBranch(transaction, { page });
  await clearOwnRedirects(transaction, store, { page });
}

/** The row of a page that somebody looked at and wants to change: it is there, not in the bin, and nobody changed it meanwhile. */
export async function editableRow(
  store: PageStore,
  step: PageAttempt,
  page: string,
  seen: number,
): Promise<PageRow> {
  const row = await rowOf(store, step, page);
  if (row.deleted_at !== null) step.refuse(pageDeleted(page));
  if (row.revision !== seen) step.refuse(stalePage(row));
  return row;
}

/** The refusal for a page that somebody changed meanwhile. */
export function stalePage(row: PageRow): PageRefusal {
  const what = 'Somebody changed the page meanwhile. Look at it as it is now, and try again.';
  return { code: 'stale', what, page: pageOf(row) };
}

/** What a change writes beside what it is about. */
export function touched({ now }: PageStore, { id: author }: PageAuthor) {
  return { revision: sql<number>`revision + 1`, updated_at: now(), author };
}
