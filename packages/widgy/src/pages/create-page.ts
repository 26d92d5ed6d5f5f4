import type { Author } from '../documents/author.ts';
import { type DocumentStart, planDocument } from '../documents/create-document.ts';
import type { Draft } from '../documents/drafts/draft.ts';
import { ID_RULE, isId } from '../tree/widget.ts';
import { attemptPage, type PageAttempt } from './attempt.ts';
import { placeFault } from './branch.ts';
import { refuseCircle } from './circle.ts';
import {
  type CheckedPageFields,
  checkPageFields,
  type LinkFields,
  type PageFields,
  slugOfTitle,
} from './fields.ts';
import { type Page, pageOf } from './page.ts';
import { makeRoom, type PagePlace, parentRow, placeBelow, slugFor } from './place.ts';
import { documentRefused, fieldsInvalid, type PageRefusal, type RefusedPage, refusePage } from './refusal.ts';
import type { PageAuthor, PageStore } from './store.ts';
import { writeMenus } from './write-menus.ts';

/** Where a new page stands, and what names it. */
export interface NewPlace extends Partial<PagePlace> {
  /** Its id, for whoever may ask twice: where there is such a page already, none is made. Default: another one each time. */
  readonly id?: string | undefined;
}

/** A page that somebody wants to make. By default it stands at the top, behind all others. */
export interface NewPage extends PageFields, NewPlace {
  /** Whether it is to be the home page of a site that has none. Default: false. */
  readonly isHome?: boolean;
  /** What its document starts from. Default: the first of the site's `rootTypes`. */
  readonly start?: DocumentStart;
}

/** A link page that somebody wants to make. */
export interface NewLink extends LinkFields, NewPlace {}

/**
 * Makes a page with its document, in one transaction. The document has a draft and no commit, so visitors see nothing yet. Without a
 * slug it gets one from its title, and another one where that is taken; a slug that is given is refused where it is taken.
 */
export async function createPage(
  store: PageStore,
  request: NewPage,
  author: Author,
): Promise<{ readonly ok: true; readonly page: Page; readonly draft: Draft } | RefusedPage> {
  const { start = { type: store.rootTypes[0] } } = request;
  const { id = store.documents.newId() } = request;
  const checked = checkNewPage(store, request, 'page');
  if (!checked.ok) return checked;
  const planned = await planDocument(store.documents, { owner: ownerOf(id), start }, author);
  if (!planned.ok) return refusePage(documentRefused(planned.refusal));
  const { type } = planned.tree.root;
  if (!store.rootTypes.includes(type)) return refusePage(rootRefused(store, type));
  const done = await attemptPage(store, async (step) => {
    await refuseExisting(step, id);
    await planned.write(step);
    const { document } = planned;
    return await insertPage(store, step, { ...request, ...checked, id, kind: 'page', document }, author);
  });
  return done.ok ? { ok: true, page: done.value, draft: planned.made().draft } : done;
}

/** Makes a page that leads elsewhere: an entry of a menu, and an address. */
export async function createLink(
  store: PageStore,
  request: NewLink,
  author: PageAuthor,
): Promise<{ readonly ok: true; readonly page: Page } | RefusedPage> {
  const { id = store.documents.newId() } = request;
  const checked = checkNewPage(store, request, 'link');
  if (!checked.ok) return checked;
  const done = await attemptPage(store, async (step) => {
    await refuseExisting(step, id);
    return await insertPage(
      store,
      step,
      { ...request, ...checked, id, kind: 'link', document: null },
      author,
    );
  });
  return done.ok ? { ok: true, page: done.value } : done;
}

/** Refuses an id that some page has, of whichever site. One statement. */
async function refuseExisting({ transaction, refuse }: PageAttempt, page: string): Promise<void> {
  const row = await transaction.selectFrom('pages').select('id').where('id', '=', page).executeTakeFirst();
  if (row !== undefined) refuse({ code: 'page-exists', what: 'There is such a page already.', page });
}

/** What the documents of pages belong to. */
export function ownerOf(page: string) {
  return { type: 'page', id: page, field: 'body' } as const;
}

/** The refusal for a document that cannot be that of a page. */
export function rootRefused({ rootTypes: types }: PageStore, type: string): PageRefusal {
  const what = `The document of a page has one of these at its root: ${types.join(', ')}.`;
  return { code: 'root-refused', what, type, types };
}

function checkNewPage(
  store: PageStore,
  request: Partial<LinkFields> & NewPlace,
  kind: 'page' | 'link',
): { readonly ok: true; readonly checked: CheckedPageFields; readonly title: string } | RefusedPage {
  const { id, title = '', target = '' } = request;
  // References name pages by their ids.
  if (id !== undefined && !isId(id)) {
    return refusePage(fieldsInvalid([{ field: 'id', message: `It ${ID_RULE}.` }]));
  }
  const fields = kind === 'link' ? { ...request, title, target } : { ...request, title };
  const checked = checkPageFields(store, fields, kind);
  return checked.ok ? { ...checked, title: title.trim() } : refusePage(fieldsInvalid(checked.errors));
}

/** A page whose fields were checked. */
interface CheckedPage extends Partial<PagePlace> {
  readonly id: string;
  readonly kind: 'page' | 'link';
  readonly title: string;
  readonly checked: CheckedPageFields;
  readonly document: string | null;
  readonly isHome?: boolean;
}

async function insertPage(
  store: PageStore,
  step: PageAttempt,
  { id, kind, title, checked, document, isHome = false, parent = null, before = null }: CheckedPage,
  author: PageAuthor,
): Promise<Page> {
  const { transaction, refuse } = step;
  const above = await parentRow(store, step, isHome ? null : parent);
  const asked = checked.slug || slugOfTitle(title);
  const wanted = isHome ? { slug: '', isGiven: true } : { slug: asked, isGiven: (checked.slug ?? '') !== '' };
  const slug = await slugFor(store, step, { parent: above, ...wanted });
  const place = placeBelow(above, slug);
  const fault = placeFault({ longest: 0, levels: 0 }, place);
  if (fault !== undefined) refuse(fault);
  const position = await makeRoom(store, step, { parent: above?.id ?? null, before });
  const now = store.now();
  const { columns } = checked;
  const row = await transaction
    .insertInto('pages')
    .values({
      ...columns,
      title_key: columns.title_key ?? '',
      meta_title: columns.meta_title ?? '',
      meta_description: columns.meta_description ?? '',
      id,
      site: store.site,
      kind,
      title,
      slug,
      ...place,
      parent: above?.id ?? null,
      position,
      document,
      is_protected: columns.needs_sign_in === 1 || above?.is_protected === 1 ? 1 : 0,
      revision: 1,
      created_at: now,
      updated_at: now,
      author: author.id,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  if (columns.target != null) await refuseCircle(store, step, place.path, columns.target);
  if (checked.menus !== undefined && checked.menus.length > 0)
    await writeMenus(transaction, id, checked.menus);
  return pageOf(row);
}
