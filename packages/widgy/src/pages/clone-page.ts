import { sql } from 'kysely';
import type { Author } from '../documents/author.ts';
import { planClone } from '../documents/clone-document.ts';
import type { PlannedDocument } from '../documents/create-document.ts';
import { attemptPage, type PageAttempt } from './attempt.ts';
import { type BranchSize, branchIds, measureBranch, placeFault, refreshBranch } from './branch.ts';
import { editableRow, stalePage } from './change-page.ts';
import { ownerOf } from './create-page.ts';
import { checkPageFields, slugOfTitle } from './fields.ts';
import { MAX_PAGES_AT_ONCE } from './limits.ts';
import { type Page, pageOf } from './page.ts';
import { type PageRow, placeBelow, rowOf, shiftFrom, slugFor } from './place.ts';
import { tooMany } from './purge-page.ts';
import { documentRefused, fieldsInvalid, pageMissing, type RefusedPage, refusePage } from './refusal.ts';
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
    const rows = await sourceRows(store, step, page, { seen, isWithBranch });
    const isSame =
      rows.length === found.value.length && rows.every(({ id }, at) => id === found.value[at]?.id);
    if (!isSame) step.refuse(stalePage(await rowOf(store, step, page)));
    for (const { write } of planned.values()) await write(step);
    const copies = rows.map((row) => ({
      ...row,
      ...{ id: idOf(row.id), document: planned.get(row.id)?.document ?? null, published_at: null },
      ...{ revision: 1, created_at: store.now(), updated_at: store.now(), author: author.id },
      // No page has it, until the addresses are made, which follow from the slugs.
      path: `/${idOf(row.id)}`,
      parent: row.id === page || row.parent === null ? row.parent : idOf(row.parent),
      ...(row.id === page && title !== undefined ? { title: title.trim(), title_key: wordKey(title) } : {}),
    }));
    const [top, ...below] = copies;
    if (top === undefined) return step.refuse(pageMissing(page));
    const size = isWithBranch ? await measureBranch(step.transaction, { page }) : { longest: 0, levels: 0 };
    const placed = await placeBehind(store, step, top, size, title !== undefined);
    for (const copy of [{ ...top, ...placed }, ...below]) {
      await step.transaction.insertInto('pages').values(copy).execute();
    }
    await refreshBranch(step.transaction, { page: top.id });
    await copyMenus(step, ids);
    return pageOf(await rowOf(store, step, top.id));
  });
  if (!done.ok) return done;
  for (const { made } of planned.values()) made();
  return { ok: true, page: done.value, pages: found.value.length };
}

/** The slug of a clone and its position, for which others make room. Refused where it would be too deep, or its address too long. */
async function placeBehind(
  store: PageStore,
  step: PageAttempt,
  clone: PageRow,
  size: Omit<BranchSize, 'pages'>,
  isRenamed: boolean,
): Promise<{ readonly slug: string; readonly position: number }> {
  const parent = clone.parent === null ? null : await rowOf(store, step, clone.parent);
  const wanted = (!isRenamed && clone.slug) || slugOfTitle(clone.title);
  const slug = await slugFor(store, step, { parent, slug: wanted, isGiven: false });
  const fault = placeFault(size, placeBelow(parent, slug));
  if (fault !== undefined) step.refuse(fault);
  const position = clone.position + 1;
  await shiftFrom(store, step.transaction, clone.parent, position);
  return { slug, position };
}

/** Puts clones into the menus that the pages are in. One or two statements. */
async function copyMenus({ transaction }: PageAttempt, ids: ReadonlyMap<string, string>): Promise<void> {
  const menus = await transaction
    .selectFrom('page_menus')
    .selectAll()
    .where('page', 'in', [...ids.keys()])
    .execute();
  if (menus.length === 0) return;
  const values = menus.flatMap(({ page, menu }) => {
    const clone = ids.get(page);
    return clone === undefined ? [] : [{ page: clone, menu }];
  });
  await transaction.insertInto('page_menus').values(values).execute();
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
