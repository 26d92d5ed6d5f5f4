import { randomUUID } from 'node:crypto';
import {
  createLink,
  createPage,
  hiddenEntries,
  listChildren,
  NEW_PAGE,
  type PageStore,
  readPage,
} from '../../pages/index.ts';
import type { AdminCall } from '../call.ts';
import { linkGroups } from '../link-groups.ts';
import { hiddenText } from '../pages/hidden-text.ts';
import { type FormView, type PageForm, type PageKind, readNewPage, showNewPage } from '../pages/page-form.ts';
import { lackedFor, lackedText } from '../pages/page-rights.ts';
import type { AdminRoute } from '../route.ts';

/** Making pages and links. */
export const newPageRoutes: readonly AdminRoute[] = [
  { method: 'GET', path: '/pages/new', access: { may: 'pages.create' }, handle: showNew },
  { method: 'POST', path: '/pages/new', access: { may: 'pages.create' }, handle: takeNew },
];

async function showNew(call: AdminCall) {
  const { query } = call;
  const kind = kindOf(query.get('kind'));
  return await renderNew(call, kind, showNewPage(call.widgy.pages, kind, newView(call)));
}

/** What is open to whoever makes a page. */
function newView({ may }: AdminCall): FormView {
  return { locked: may('pages.publish') ? new Set() : new Set(['isPublished']) };
}

function kindOf(text: string | null | undefined): PageKind {
  return text === 'link' ? 'link' : 'page';
}

async function renderNew(call: AdminCall, kind: PageKind, shown: PageForm, status = 200) {
  const { widgy, query, form, render } = call;
  const parent = (form.text('parent') ?? query.get('parent')) || null;
  const listed = parent === null ? undefined : await readPage(widgy.pages, parent);
  return await render(
    'pages/new',
    {
      form: shown.print(await linkGroups(call), 'title'),
      mayPublish: call.may('pages.publish'),
      kind,
      // The same page however often the form is sent.
      id: form.text('id') ?? randomUUID(),
      parent: listed && { id: listed.page.id, title: listed.page.title },
    },
    status,
  );
}

async function takeNew(call: AdminCall) {
  const { widgy, form, author, go, say } = call;
  const { pages } = widgy;
  const id = form.text('id') ?? randomUUID();
  const before = await readPage(pages, id);
  if (before !== undefined) return go(`/pages/${id}`);
  const kind = kindOf(form.text('kind'));
  const read = readNewPage(pages, kind, newView(call), form.entries);
  if (!read.ok) return await renderNew(call, kind, read.form, 422);
  const isPublished = read.values.kind === 'link' && read.values.fields.publishedAt !== null;
  const lacked = lackedFor({ kind: 'create', isPublished }, NEW_PAGE, call.may);
  if (lacked.length > 0) return await renderNew(call, kind, read.form.told(lackedText(lacked)), 403);
  const place = { id, parent: form.text('parent') || null, before: null };
  const { values } = read;
  const made =
    values.kind === 'link'
      ? await createLink(pages, { ...values.fields, ...place }, author)
      : await createPage(pages, { ...values.fields, ...place, isHome: await isFirstPage(pages) }, author);
  if (!made.ok) {
    // Somebody pressed the button twice, and the other request was faster.
    if (made.refusal.code === 'page-exists') return go(`/pages/${id}`);
    return await renderNew(call, kind, read.form.refused(made.refusal), 422);
  }
  const { page } = made;
  const hidden = hiddenText(await hiddenEntries(pages, page.id));
  if (page.kind === 'link') {
    const whether = page.publishedAt === null ? ' Visitors do not see it yet.' : '';
    say({ tone: 'done', text: `“${page.title}” was made.${whether}${hidden}` });
    return go(`/pages/${page.id}`);
  }
  if (form.text('then') === 'editor') return go(`/documents/${page.document}/editor`);
  say({
    tone: 'done',
    text: `“${page.title}” was made. Visitors see it when ${call.may('pages.publish') ? 'you publish it' : 'it is published'}.${hidden}`,
  });
  return go(`/documents/${page.document}/content`);
}

/** Whether a site has no page yet: its first one is its home page. */
async function isFirstPage(pages: PageStore): Promise<boolean> {
  return (await listChildren(pages, null, { limit: 1 })).total === 0;
}
