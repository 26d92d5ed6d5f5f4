import { sql } from 'kysely';
import type { Author } from '../documents/author.ts';
import { type PlannedDeletion, planDeletion } from '../documents/delete-document.ts';
import { whatLinksTo } from '../links/what-links-to.ts';
import { formatReference } from '../widgets/fields/reference.ts';
import { attemptPage, type PageAttempt } from './attempt.ts';
import { binnedRow } from './bin.ts';
import { branchIds } from './branch.ts';
import { stalePage } from './change-page.ts';
import { MAX_PAGES_AT_ONCE } from './limits.ts';
import { documentRefused, type NamedPage, type RefusedPage, refusePage } from './refusal.ts';
import type { PageStore } from './store.ts';

/**
 * Deletes a page of the bin for good, with those below it that went into the bin with it: their documents with all that was ever
 * committed, and the redirects that lead to them. Others that were below it stay in the bin. Refused where something else links to
 * one of them. One must be permitted to delete the widgets of all of them.
 *
 * Several statements for each page: at most {@link MAX_PAGES_AT_ONCE} are deleted at once.
 */
export async function purgePage(
  store: PageStore,
  page: string,
  { seen }: { readonly seen: number },
  author: Author,
): Promise<{ readonly ok: true; readonly pages: number } | RefusedPage> {
  const found = await attemptPage(store, (step) => rowsOf(store, step, page, seen));
  if (!found.ok) return found;
  if (found.value.length > MAX_PAGES_AT_ONCE) return refusePage(tooMany(found.value.length));
  const planned: PlannedDeletion[] = [];
  for (const { document } of found.value) {
    if (document === null) continue;
    const deletion = await planDeletion(store.documents, document, {}, author);
    if (!deletion.ok) return refusePage(documentRefused(deletion.refusal));
    planned.push(deletion);
  }
  const done = await attemptPage(store, async (step) => {
    const rows = await rowsOf(store, step, page, seen);
    const isSame =
      rows.length === found.value.length && rows.every(({ id }, at) => id === found.value[at]?.id);
    if (!isSame) step.refuse(stalePage((await binnedRow(store, step, page, seen)).row));
    const ids = rows.map(({ id }) => id);
    await refuseLinked(store, step, ids);
    for (const { write } of planned) await write(step);
    await step.transaction.deleteFrom('pages').where('id', 'in', ids).execute();
    return ids.length;
  });
  if (!done.ok) return done;
  for (const { forget } of planned) forget();
  return { ok: true, pages: done.value };
}

/** The refusal for what would be done to more pages than may be at once. */
export function tooMany(pages: number) {
  const what = `That are ${pages} pages; at most ${MAX_PAGES_AT_ONCE} are taken at once. Begin further down.`;
  return { code: 'pages-too-many', what, limit: MAX_PAGES_AT_ONCE, pages } as const;
}

async function rowsOf(store: PageStore, step: PageAttempt, page: string, seen: number) {
  const { branch } = await binnedRow(store, step, page, seen);
  const { rows } = await sql<{ readonly id: string; readonly document: string | null }>`${branchIds(branch)}
    select id, document from pages where id in (select id from branch) order by id`.execute(step.transaction);
  return rows;
}

/** Refuses where anything but the pages themselves links to one of them. */
async function refuseLinked(store: PageStore, step: PageAttempt, ids: readonly string[]): Promise<void> {
  const { transaction, refuse } = step;
  const question = { now: store.now(), isReviewed: store.isReviewed };
  for (const id of ids) {
    const target = { type: 'page', id };
    const { documents, blocking } = await whatLinksTo(transaction, target, question);
    const listed = documents.slice(0, blocking);
    const others = listed.filter(({ owner }) => owner?.type !== 'page' || !ids.includes(owner.id));
    const pages: readonly NamedPage[] = await transaction
      .selectFrom('pages')
      .select(['id', 'title', 'path'])
      .where('target', '=', formatReference(target))
      .where('id', 'not in', ids)
      .execute();
    // Those that are not listed may be others.
    const hidden = blocking - listed.length;
    if (others.length + pages.length + hidden === 0) continue;
    const total = others.length + pages.length + hidden;
    const what = `It is linked to from ${total} other ${total === 1 ? 'place' : 'places'}. Take the links out first.`;
    refuse({ code: 'linked', what, documents: others, pages, total });
  }
}
