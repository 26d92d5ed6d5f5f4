import { randomUUID } from 'node:crypto';
import { linkChoices } from '../../links/index.ts';
import {
  changePage,
  clonePage,
  createLink,
  createPage,
  deletePage,
  findPages,
  type ListedPage,
  listBin,
  listChildren,
  movePage,
  type PageStore,
  purgePage,
  readPage,
  restorePage,
  setHome,
} from '../../pages/index.ts';
import { wentWrong } from '../../server/error-pages.ts';
import type { AdminCall } from '../call.ts';
import {
  type PageForm,
  type PageKind,
  readNewPage,
  readPageDetails,
  showNewPage,
  showPageDetails,
} from '../pages/page-form.ts';
import { pageTabs } from '../pages/page-tabs.ts';
import { placesFor } from '../pages/places.ts';
import { formatTreeView, foundRows, PAGES_SHOWN, readTreeView, treeRows } from '../pages/tree-rows.ts';
import type { AdminRoute } from '../route.ts';
import { addressText, stateText, whenText } from '../words.ts';

/** Pages: their tree, what they say of themselves, and the bin. What they show is edited as documents. */
export const pageRoutes: readonly AdminRoute[] = [
  { method: 'GET', path: '/pages', access: { may: 'pages.read' }, handle: showTree },
  { method: 'GET', path: '/pages/new', access: { may: 'pages.create' }, handle: showNew },
  { method: 'POST', path: '/pages/new', access: { may: 'pages.create' }, handle: takeNew },
  { method: 'GET', path: '/pages/bin', access: { may: 'pages.read' }, handle: showBin },
  { method: 'POST', path: '/pages/bin/:page/restore', access: { may: 'pages.delete' }, handle: takeRestore },
  { method: 'POST', path: '/pages/bin/:page/purge', access: { may: 'pages.delete' }, handle: takePurge },
  { method: 'GET', path: '/pages/:page', access: { may: 'pages.read' }, handle: onPage(showPage) },
  { method: 'POST', path: '/pages/:page', access: { may: 'pages.edit' }, handle: onPage(takePage) },
  { method: 'GET', path: '/pages/:page/move', access: { may: 'pages.move' }, handle: onPage(showMove) },
  { method: 'POST', path: '/pages/:page/move', access: { may: 'pages.move' }, handle: onPage(takeMove) },
  { method: 'POST', path: '/pages/:page/home', access: { may: 'pages.move' }, handle: onPage(takeHome) },
  { method: 'POST', path: '/pages/:page/clone', access: { may: 'pages.create' }, handle: onPage(takeClone) },
  {
    method: 'POST',
    path: '/pages/:page/delete',
    access: { may: 'pages.delete' },
    handle: onPage(takeDelete),
  },
];

/** Gives a handler the page that the path names; where this site has none, there is no such address. */
function onPage(
  handle: (call: AdminCall, listed: ListedPage) => ReturnType<AdminRoute['handle']>,
): AdminRoute['handle'] {
  return async (call) => {
    const listed = await readPage(call.widgy.pages, call.param('page'));
    const isThere = listed !== undefined && listed.page.deletedAt === null;
    return isThere ? await handle(call, listed) : await call.render('error', { ...wentWrong(404) }, 404);
  };
}

async function showTree(call: AdminCall) {
  const { widgy, query, render, may } = call;
  const text = (query.get('q') ?? '').trim();
  const view = readTreeView(query);
  const { pages } = widgy;
  const shown = { query: text, mayCreate: may('pages.create'), mayMove: may('pages.move') };
  if (text !== '') {
    const found = await findPages(pages, { text, limit: PAGES_SHOWN });
    return await render('pages/tree', {
      ...shown,
      rows: foundRows(found.pages, widgy.now()),
      leftOut: Math.max(0, found.total - found.pages.length),
    });
  }
  const { rows, total } = await treeRows(pages, view);
  const at = (offset: number) => `${widgy.adminUrl}/pages${formatTreeView({ ...view, offset }) || '?'}`;
  return await render('pages/tree', {
    ...shown,
    rows,
    here: formatTreeView(view),
    previous: view.offset > 0 ? at(Math.max(0, view.offset - PAGES_SHOWN)) : undefined,
    next: view.offset + PAGES_SHOWN < total ? at(view.offset + PAGES_SHOWN) : undefined,
  });
}

async function showNew(call: AdminCall) {
  const { query } = call;
  const kind = kindOf(query.get('kind'));
  return await renderNew(call, kind, showNewPage(call.widgy.pages, kind));
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
      form: shown.print(await linkGroups(call)),
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
  const read = readNewPage(pages, kind, form.entries);
  if (!read.ok) return await renderNew(call, kind, read.form, 422);
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
  if (page.kind === 'link') {
    say({ tone: 'done', text: `“${page.title}” was made.` });
    return go(`/pages/${page.id}`);
  }
  say({ tone: 'done', text: `“${page.title}” was made. Visitors see it when you publish it.` });
  return go(`/documents/${page.document}/content`);
}

async function showPage(call: AdminCall, listed: ListedPage) {
  return await renderPage(call, listed, showPageDetails(call.widgy.pages, listed));
}

async function renderPage(call: AdminCall, listed: ListedPage, form: PageForm, status = 200) {
  const { widgy, render, may } = call;
  const { page } = listed;
  return await render(
    'pages/page',
    {
      page: {
        id: page.id,
        title: page.title,
        kind: page.kind,
        revision: page.revision,
        isHome: page.path === '',
      },
      address: addressText(page.path),
      state: stateText(listed, widgy.now()),
      changed: whenText(page.updatedAt, widgy.now()),
      tabs: pageTabs(widgy, page, 'details'),
      form: form.print(await linkGroups(call)),
      mayEdit: may('pages.edit'),
      mayMove: may('pages.move'),
      mayClone: may('pages.create'),
      mayDelete: may('pages.delete'),
      children: listed.children,
      mayBeHome: page.kind === 'page' && page.path !== '' && page.parent === null && listed.children === 0,
    },
    status,
  );
}

async function takePage(call: AdminCall, listed: ListedPage) {
  const { widgy, form, author, say, go } = call;
  const read = readPageDetails(widgy.pages, listed, form.entries);
  if (!read.ok) return await renderPage(call, listed, read.form, 422);
  const seen = Number(form.text('seen'));
  const changed = await changePage(widgy.pages, listed.page.id, { ...read.values.fields, seen }, author);
  if (!changed.ok) {
    // Whoever sends the form again has seen what is there now.
    const now = (await readPage(widgy.pages, listed.page.id)) ?? listed;
    return await renderPage(call, now, read.form.refused(changed.refusal), 422);
  }
  const moved =
    changed.page.path === listed.page.path
      ? ''
      : ` Its address is ${addressText(changed.page.path)} now, and the old one leads there.`;
  say({ tone: 'done', text: `“${changed.page.title}” was saved.${moved}` });
  return go(`/pages/${listed.page.id}`);
}

async function showMove({ widgy, query, render }: AdminCall, { page }: ListedPage) {
  const parent = query.get('parent') || null;
  const places = await placesFor(widgy.pages, page.id, parent);
  return await render('pages/move', {
    page: { id: page.id, title: page.title, revision: page.revision, parent: page.parent },
    ...places,
  });
}

async function takeMove(call: AdminCall, { page }: ListedPage) {
  const { widgy, form, author, say, go, refuse } = call;
  const back = `/pages${form.text('back') ?? ''}`;
  const place = { parent: form.text('parent') || null, before: form.text('before') || null };
  const moved = await movePage(widgy.pages, page.id, { ...place, seen: Number(form.text('seen')) }, author);
  if (!moved.ok) return refuse(`“${page.title}” was not moved. ${moved.refusal.what}`, back);
  const isElsewhere = moved.page.path !== page.path;
  say({
    tone: 'done',
    text: isElsewhere
      ? `“${page.title}” was moved. Its address is ${addressText(moved.page.path)} now, and the old one leads there.`
      : `“${page.title}” was moved.`,
  });
  return go(back);
}

async function takeHome(call: AdminCall, { page }: ListedPage) {
  const { widgy, form, author, say, go, refuse } = call;
  const done = await setHome(widgy.pages, page.id, { seen: Number(form.text('seen')) }, author);
  if (!done.ok) return refuse(done.refusal.what, `/pages/${page.id}`);
  say({ tone: 'done', text: `“${page.title}” is the home page now.` });
  return go(`/pages/${page.id}`);
}

async function takeClone(call: AdminCall, { page }: ListedPage) {
  const { widgy, form, author, say, go, refuse } = call;
  const isWithBranch = form.text('branch') === 'on';
  const request = { seen: Number(form.text('seen')), title: form.text('title') || page.title, isWithBranch };
  const done = await clonePage(widgy.pages, page.id, request, author);
  if (!done.ok) return refuse(done.refusal.what, `/pages/${page.id}`);
  say({ tone: 'done', text: `“${done.page.title}” was made like “${page.title}”. It is a draft.` });
  return go(`/pages/${done.page.id}`);
}

async function takeDelete(call: AdminCall, { page }: ListedPage) {
  const { widgy, form, author, say, go, refuse } = call;
  const done = await deletePage(widgy.pages, page.id, { seen: Number(form.text('seen')) }, author);
  if (!done.ok) return refuse(done.refusal.what, `/pages/${page.id}`);
  const others = done.pages === 1 ? '' : ` with ${done.pages - 1} below it`;
  const binned = await readPage(widgy.pages, page.id);
  say({
    tone: 'done',
    text: `“${page.title}” was moved to the bin${others}.`,
    undo: {
      label: 'Undo',
      action: `${widgy.adminUrl}/pages/bin/${page.id}/restore`,
      fields: [{ name: 'seen', value: String(binned?.page.revision ?? 0) }],
    },
  });
  return go('/pages');
}

async function showBin({ widgy, query, render, may }: AdminCall) {
  const offset = Math.max(0, Math.trunc(Number(query.get('from') ?? 0)) || 0);
  const { pages, total } = await listBin(widgy.pages, { offset });
  const now = widgy.now();
  return await render('pages/bin', {
    mayDelete: may('pages.delete'),
    next: offset + pages.length < total ? offset + pages.length : undefined,
    rows: pages.map(({ page, pages: count }) => ({
      ...{ id: page.id, title: page.title, revision: page.revision, below: count - 1 },
      address: addressText(page.path),
      when: page.deletedAt === null ? '' : whenText(page.deletedAt, now),
    })),
  });
}

async function takeRestore(call: AdminCall) {
  const { widgy, form, author, say, go, refuse, param } = call;
  const done = await restorePage(widgy.pages, param('page'), { seen: Number(form.text('seen')) }, author);
  if (!done.ok) return refuse(done.refusal.what, '/pages/bin');
  const notes = [
    done.isMovedToTop ? ' It stands at the top, since what it stood below is not there.' : '',
    done.isRenamed
      ? ` Its address is ${addressText(done.page.path)}, since another page has the old one.`
      : '',
  ];
  say({ tone: 'done', text: `“${done.page.title}” is back.${notes.join('')}` });
  return go(`/pages/${done.page.id}`);
}

async function takePurge(call: AdminCall) {
  const { widgy, form, author, say, go, refuse, param } = call;
  const done = await purgePage(widgy.pages, param('page'), { seen: Number(form.text('seen')) }, author);
  if (!done.ok) return refuse(done.refusal.what, '/pages/bin');
  say({ tone: 'done', text: 'It was deleted for good.' });
  return go('/pages/bin');
}

/** Whether a site has no page yet: its first one is its home page. */
async function isFirstPage(pages: PageStore): Promise<boolean> {
  return (await listChildren(pages, null, { limit: 1 })).total === 0;
}

/** What links may point at, for the form of a page that leads elsewhere. */
async function linkGroups({ widgy: { documents } }: AdminCall) {
  return await linkChoices(documents.database.kysely, documents.linkables, { text: '' });
}
