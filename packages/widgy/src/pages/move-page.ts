import { sql } from 'kysely';
import { attemptPage, type PageAttempt } from './attempt.ts';
import { clearOwnRedirects, keepAddresses } from './automatic-redirects.ts';
import { measureBranch, placeFault, refreshBranch } from './branch.ts';
import { type ChangedPage, editableRow, touched } from './change-page.ts';
import { MAX_REORDERED } from './limits.ts';
import { pageOf } from './page.ts';
import {
  homeAtTop,
  makeRoom,
  type PagePlace,
  type PageRow,
  parentRow,
  placeBelow,
  rowOf,
  siblings,
  slugFor,
} from './place.ts';
import { named, type RefusedPage, refusePage } from './refusal.ts';
import type { PageAuthor, PageStore } from './store.ts';
import { wayTo } from './way.ts';

/** Where somebody wants to have a page. */
export interface PageMove extends PagePlace {
  /** The revision of the page that they looked at. */
  readonly seen: number;
}

/**
 * Moves a page with all below it. Below another parent their addresses change, and the old ones lead to them from then on; that takes as
 * many statements for a thousand pages as for one. Refused where the page would stand below itself, or where its slug is taken.
 */
export async function movePage(
  store: PageStore,
  page: string,
  { seen, parent, before }: PageMove,
  author: PageAuthor,
): Promise<ChangedPage> {
  const done = await attemptPage(store, async (step) => {
    const { transaction } = step;
    const row = await editableRow(store, step, page, seen);
    const above = await parentRow(store, step, parent);
    if (before === page) return pageOf(row);
    if (row.parent !== parent) await checkPlace(store, step, row, above);
    const position = await makeRoom(store, step, { parent, before });
    if (row.parent !== parent) await keepAddresses(transaction, store, { page }, author);
    await transaction
      .updateTable('pages')
      .set({ parent, position, ...touched(store, author) })
      .where('id', '=', page)
      .execute();
    if (row.parent !== parent) {
      await refreshBranch(transaction, { page });
      await clearOwnRedirects(transaction, store, { page });
    }
    return pageOf(await rowOf(store, step, page));
  });
  return done.ok ? { ok: true, page: done.value } : done;
}

/** Refuses a new parent below which a page cannot stand. At most three statements. */
async function checkPlace(
  store: PageStore,
  step: PageAttempt,
  row: PageRow,
  above: PageRow | null,
): Promise<void> {
  const { transaction, refuse } = step;
  if (row.path === '') refuse(homeAtTop(row.id));
  if (above !== null) {
    const way = await wayTo(transaction, store, above.id);
    const at = way.findIndex(({ id }) => id === row.id);
    if (at >= 0) {
      const cycle = [...way.slice(at), named(row)];
      const what = `A page cannot stand below itself: ${cycle.map(({ title }) => title).join(' → ')}.`;
      refuse({ code: 'page-cycle', what, cycle });
    }
  }
  const slug = await slugFor(store, step, { parent: above, slug: row.slug, isGiven: true, page: row.id });
  const fault = placeFault(await measureBranch(transaction, { page: row.id }), placeBelow(above, slug));
  if (fault !== undefined) refuse(fault);
}

/** An order of all pages with one parent that somebody wants. */
export interface PageOrder {
  /** Whose children they are; null for the pages at the top. */
  readonly parent: string | null;
  /** The ids of all of them, in the order that somebody looked at. */
  readonly seen: readonly string[];
  /** The same ids in the order that is wanted. At most {@link MAX_REORDERED}. */
  readonly order: readonly string[];
}

/** Puts all children of a page into another order. Refused as stale where they are not those that somebody looked at. Two statements. */
export async function reorderPages(
  store: PageStore,
  { parent, seen, order }: PageOrder,
): Promise<{ readonly ok: true } | RefusedPage> {
  if (order.length > MAX_REORDERED) {
    const what = `At most ${MAX_REORDERED} pages are put into another order at once. Move one at a time.`;
    return refusePage({ code: 'pages-too-many', what, limit: MAX_REORDERED, pages: order.length });
  }
  const isSameSet = order.length === seen.length && new Set([...order, ...seen]).size === new Set(order).size;
  if (!isSameSet || new Set(order).size !== order.length) {
    const errors = [{ field: 'order', message: 'Name each page that there was once.' }];
    return refusePage({ code: 'fields-invalid', what: 'order: Name each page that there was once.', errors });
  }
  const done = await attemptPage(store, async ({ transaction, refuse }) => {
    const rows = await siblings(transaction, store, parent)
      .select('id')
      .orderBy('position')
      .orderBy('id')
      .execute();
    const now = rows.map(({ id }) => id);
    if (now.length !== seen.length || now.some((id, at) => id !== seen[at])) {
      const what = 'Somebody moved pages meanwhile. Look at them as they are now, and try again.';
      refuse({ code: 'stale', what, order: now });
    }
    if (order.length === 0) return;
    const places = sql.join(
      order.map((id, at) => sql`when ${id} then ${sql.lit(at)}`),
      sql` `,
    );
    await sql`update pages set position = case id ${places} end where id in (${sql.join(order)})`.execute(
      transaction,
    );
  });
  return done.ok ? { ok: true } : done;
}
