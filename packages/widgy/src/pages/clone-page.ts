import { sql } from 'kysely';
import type { Author } from '../documents/author.ts';
import { planClone } from '../documents/clone-document.ts';
import type { PlannedDocument } from '../documents/create-document.ts';
import { attemptPage, type PageAttempt } from './attempt.ts';
import { takeAddresses } from './automatic-redirects.ts';
import { branchIds, measureBranch, placeFault, refreshBranch } from './branch.ts';
import { editableRow, stalePage } from './change-page.ts';
import { ownerOf } from './create-page.ts';
import { checkPageFields, slugOfTitle } from './fields.ts';
import { MAX_PAGES_AT_ONCE } from './limits.ts';
import { type Page, pageOf } from './page.ts';
import { type PageRow, placeBelow, rowOf, shiftFrom, slugFor } from './place.ts';
import { tooMany } from './purge-page.ts';
import { documentRefused, fieldsInvalid, type RefusedPage, refusePage } from './refusal.ts';
import { wordKey } from './search/words.ts';
import type { PageStore } from './store.ts';

/** How somebody wants to have a page once more. */
export interface PageClone {
  /** The revision that they looked at. */
  readonly seen: number;
  /** What it is called. Default: what the page is called. */
  readonly title?: string;
  /** Whether those below it are cloned too. Default: false. */
  readonly isWithBranch?: boolean;
}

/**
 * Makes a page like another one, right behind it, and if wanted all below it too. Clones are drafts: their documents have the drafts of
 * the others and no commits, and link pages are not published. The clone gets a slug from its title, or from that of the page.
 * They are in the same menus.
 *
 * Several statements for each page: at most {@link MAX_PAGES_AT_ONCE} are cloned at once.
 */
export async function clonePage(
  store: PageStore,
  page: string,
  { seen, title, isWithBranch = false }: PageClone,
  author: Author,
): Promise<{ readonly ok: true; readonly page: Page; readonly pages: number } | RefusedPage> {
  const checked = checkPageFields(store, title === undefined ? {} : { title }, 'page');
  if (!checked.ok) return refusePage(fieldsInvalid(checked.errors));
  const found = await attemptPage(store, (step) => sourceRows(store, step, page, { seen, isWithBranch }));
  if (!found.ok) return found;
  if (found.value.length > MAX_PAGES_AT_ONCE) return refusePage(tooMany(found.value.length));
  const ids = new Map(found.value.map(({ id }) => [id, store.documents.newId()]));
  const idOf = (id: string) => ids.get(id) ?? id;
  const planned = new Map<string, PlannedDocument>();
  for (const { id, document } of found.value) {
    if (document === null) continue;
    const clone = await planClone(store.documents, document, { owner: ownerOf(idOf(id)) }, author);
    if (!clone.ok) return refusePage(documentRefused(clone.refusal));
    planned.set(id, clone);
  }
  const done = await attemptPage(store, async (step) => {
    const { transaction, refuse } = step;
    const rows = await sourceRows(store, step, page, { seen, isWithBranch });
    const [top, ...below] = rows;
    const isSame =
      rows.length === found.value.length && rows.every(({ id }, at) => id === found.value[at]?.id);
    if (top === undefined || !isSame) return refuse(stalePage(await rowOf(store, step, page)));
    for (const { write } of planned.values()) await write(step);
    const parent = top.parent === null ? null : await rowOf(store, step, top.parent);
    const name = title?.trim() ?? top.title;
    const wanted = (title === undefined && top.slug) || slugOfTitle(name);
    const slug = await slugFor(store, step, { parent, slug: wanted, isGiven: false });
    const size = isWithBranch ? await measureBranch(transaction, { page }) : { longest: 0, levels: 0 };
    const place = placeBelow(parent, slug);
    const fault = placeFault(size, place);
    if (fault !== undefined) refuse(fault);
    await shiftFrom(store, transaction, top.parent, top.position + 1);
    const first = {
      parent: top.parent,
      slug,
      title: name,
      title_key: wordKey(name),
      position: top.position + 1,
    };
    const copy = (row: PageRow) => ({
      ...row,
      id: idOf(row.id),
      document: planned.get(row.id)?.document ?? null,
      // No page has it, until the addresses are made, which follow from the slugs.
      path: `/${idOf(row.id)}`,
      published_at: null,
      revision: 1,
      created_at: store.now(),
      updated_at: store.now(),
      author: author.id,
    });
    const values = [
      { ...copy(top), ...first, path: place.path },
      ...below.map((row) => ({ ...copy(row), parent: row.parent === null ? null : idOf(row.parent) })),
    ];
    for (const row of values) await transaction.insertInto('pages').values(row).execute();
    await refreshBranch(transaction, { page: idOf(page) });
    await takeAddresses(transaction, store, { page: idOf(page) });
    const menus = await transaction
      .selectFrom('page_menus')
      .selectAll()
      .where('page', 'in', [...ids.keys()])
      .execute();
    if (menus.length > 0) {
      await transaction
        .insertInto('page_menus')
        .values(menus.map(({ page: of, menu }) => ({ page: idOf(of), menu })))
        .execute();
    }
    return pageOf(await rowOf(store, step, idOf(page)));
  });
  if (!done.ok) return done;
  for (const { made } of planned.values()) made();
  return { ok: true, page: done.value, pages: found.value.length };
}

/** The page and, if wanted, all below it; each behind the one that it stands below. */
async function sourceRows(
  store: PageStore,
  step: PageAttempt,
  page: string,
  { seen, isWithBranch }: Required<Pick<PageClone, 'seen' | 'isWithBranch'>>,
): Promise<readonly PageRow[]> {
  const row = await editableRow(store, step, page, seen);
  if (!isWithBranch) return [row];
  const { rows } = await sql<PageRow>`${branchIds({ page })}
    select * from pages where id in (select id from branch) order by depth, id`.execute(step.transaction);
  return rows;
}
