import {
  changePage,
  clonePage,
  deletePage,
  findPages,
  hiddenEntries,
  type ListedPage,
  listBin,
  movePage,
  type PageStanding,
  purgePage,
  readPage,
  readStanding,
  restorePage,
  setHome,
} from '../../pages/index.ts';
import { wentWrong } from '../../server/error-pages.ts';
import type { AdminCall, Answered } from '../call.ts';
import { linkGroups } from '../link-groups.ts';
import { hiddenText } from '../pages/hidden-text.ts';
import { type FormView, type PageForm, readPageDetails, showPageDetails } from '../pages/page-form.ts';
import { lackedFor, lackedText, lockedFields, type PageAct } from '../pages/page-rights.ts';
import { pageTabs } from '../pages/page-tabs.ts';
import { placesFor } from '../pages/places.ts';
import { formatTreeView, foundRows, PAGES_SHOWN, readTreeView, treeRows } from '../pages/tree-rows.ts';
import type { AdminRoute } from '../route.ts';
import { addressText, stateText, whenText } from '../words.ts';

/**
 * Pages: their tree, what they say of themselves, and the bin. What they show is edited as documents. A route names the permission that
 * its address needs; what it does needs more where visitors see it, which `permissionsForPage` decides.
 */
export const pageRoutes: readonly AdminRoute[] = [
  { method: 'GET', path: '/pages', access: { may: 'pages.read' }, handle: showTree },
  { method: 'GET', path: '/pages/bin', access: { may: 'pages.read' }, handle: showBin },
  {
    method: 'POST',
    path: '/pages/bin/:page/restore',
    access: { may: 'pages.delete' },
    handle: onBinned('restore', takeRestore),
  },
  {
    method: 'POST',
    path: '/pages/bin/:page/purge',
    access: { may: 'pages.delete' },
    handle: onBinned('purge', takePurge),
  },
  { method: 'GET', path: '/pages/:page', access: { may: 'pages.read' }, handle: onPage(showPage) },
  { method: 'POST', path: '/pages/:page', access: { may: 'pages.edit' }, handle: onPage(takePage) },
  {
    method: 'GET',
    path: '/pages/:page/move',
    access: { may: 'pages.move' },
    handle: onPage(whoMay('move', showMove)),
  },
  {
    method: 'POST',
    path: '/pages/:page/move',
    access: { may: 'pages.move' },
    handle: onPage(whoMay('move', takeMove)),
  },
  {
    method: 'POST',
    path: '/pages/:page/home',
    access: { may: 'pages.move' },
    handle: onPage(whoMay('set-home', takeHome)),
  },
  {
    method: 'POST',
    path: '/pages/:page/clone',
    access: { may: 'pages.create' },
    handle: onPage(whoMay('clone', takeClone)),
  },
  {
    method: 'POST',
    path: '/pages/:page/delete',
    access: { may: 'pages.delete' },
    handle: onPage(whoMay('delete', takeDelete)),
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

/** Something that is done to a page as a whole. */
type WholeAct = Exclude<PageAct['kind'], 'create' | 'change'>;

/** Lets those alone go on who may do that to the page as it stands. */
function whoMay(
  kind: WholeAct,
  handle: (call: AdminCall, listed: ListedPage) => Promise<Answered>,
): typeof handle {
  return (call, listed) => allow(call, listed.page.id, { kind }, () => handle(call, listed));
}

function onBinned(kind: WholeAct, handle: (call: AdminCall) => Promise<Answered>): AdminRoute['handle'] {
  return (call) => allow(call, call.param('page'), { kind }, () => handle(call));
}

/**
 * Does something to a page that somebody may do to it as it stands; who may not is told why. Visitors may see it a moment later: then it
 * was done before.
 */
async function allow(
  call: AdminCall,
  page: string,
  act: PageAct,
  done: () => Promise<Answered>,
): Promise<Answered> {
  const lacked = lackedFor(act, await readStanding(call.widgy.pages, page), call.may);
  if (lacked.length === 0) return await done();
  return await call.render('error', { ...wentWrong(403), text: lackedText(lacked) }, 403);
}

async function showTree(call: AdminCall) {
  const { widgy, query, render, may } = call;
  const text = (query.get('q') ?? '').trim();
  const view = readTreeView(query);
  const { pages } = widgy;
  const shown = { query: text, mayCreate: may('pages.create'), ...moves(may) };
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

/** Whether somebody may move pages at all, and those that visitors see. */
function moves(may: AdminCall['may']) {
  return { mayMove: may('pages.move'), mayMovePublic: may('pages.move') && may('pages.publish') };
}

async function showPage(call: AdminCall, listed: ListedPage) {
  const seen = await viewOf(call, listed);
  return await renderPage(call, listed, seen, showPageDetails(call.widgy.pages, listed, seen.view));
}

/** How a page stands, and what is open to whoever looks at it. */
interface SeenPage {
  readonly standing: PageStanding;
  readonly view: FormView;
}

async function viewOf({ widgy, may }: AdminCall, { page }: ListedPage): Promise<SeenPage> {
  const standing = await readStanding(widgy.pages, page.id);
  const hidden = hiddenText(await hiddenEntries(widgy.pages, page.id)).trim();
  const menusNote = hidden === '' ? undefined : hidden;
  return { standing, view: { locked: lockedFields(standing, may), menusNote } };
}

async function renderPage(
  call: AdminCall,
  listed: ListedPage,
  { standing, view }: SeenPage,
  form: PageForm,
  status = 200,
) {
  const { widgy, render, may } = call;
  const { page } = listed;
  const mayDo = (act: PageAct) => lackedFor(act, standing, may).length === 0;
  const lacked = lackedFor({ kind: 'change', fields: [...view.locked] }, standing, may);
  const isHome = page.path === '';
  const isAtTop = page.parent === null && listed.children === 0;
  return await render(
    'pages/page',
    {
      page: { id: page.id, title: page.title, kind: page.kind, revision: page.revision, isHome },
      address: addressText(page.path),
      state: stateText(listed, widgy.now()),
      document: page.kind === 'page' ? page.document : null,
      changed: whenText(page.updatedAt, widgy.now()),
      tabs: pageTabs(widgy, page, 'details'),
      form: form.print(await linkGroups(call)),
      whyLocked: `${standing.isBranchPublic ? 'It is on the site. ' : ''}${lackedText(lacked)}`,
      mayMove: mayDo({ kind: 'move' }) && !isHome,
      mayClone: mayDo({ kind: 'clone' }),
      mayDelete: mayDo({ kind: 'delete' }),
      children: listed.children,
      mayBeHome: mayDo({ kind: 'set-home' }) && page.kind === 'page' && !isHome && isAtTop,
    },
    status,
  );
}

async function takePage(call: AdminCall, listed: ListedPage) {
  const { widgy, form, author, say, go, may } = call;
  const { pages } = widgy;
  const seenPage = await viewOf(call, listed);
  const read = readPageDetails(pages, listed, seenPage.view, form.entries);
  if (!read.ok) return await renderPage(call, listed, seenPage, read.form, 422);
  const { changed: fields, fields: values } = read.values;
  const lacked = lackedFor({ kind: 'change', fields }, seenPage.standing, may);
  if (lacked.length > 0) {
    const told = read.form.told(`Nothing was saved. ${lackedText(lacked)}`);
    return await renderPage(call, listed, seenPage, told, 403);
  }
  const seen = Number(form.text('seen'));
  const changed = await changePage(pages, listed.page.id, { ...values, seen }, author);
  if (!changed.ok) {
    // Whoever sends the form again has seen what is there now.
    const now = (await readPage(pages, listed.page.id)) ?? listed;
    return await renderPage(call, now, seenPage, read.form.refused(changed.refusal), 422);
  }
  const moved =
    changed.page.path === listed.page.path
      ? ''
      : ` Its address is ${addressText(changed.page.path)} now, and the old one leads there.`;
  const hidden = fields.includes('menus') ? hiddenText(await hiddenEntries(pages, changed.page.id)) : '';
  say({ tone: 'done', text: `“${changed.page.title}” was saved.${moved}${hidden}` });
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
  const elsewhere =
    moved.page.path === page.path
      ? ''
      : ` Its address is ${addressText(moved.page.path)} now, and the old one leads there.`;
  const hidden = hiddenText(await hiddenEntries(widgy.pages, page.id));
  say({ tone: 'done', text: `“${page.title}” was moved.${elsewhere}${hidden}` });
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
  const mayDo = (kind: 'restore' | 'purge', isPublic: boolean) =>
    lackedFor({ kind }, { isPublic, isBranchPublic: isPublic }, may).length === 0;
  return await render('pages/bin', {
    mayPurge: mayDo('purge', false),
    next: offset + pages.length < total ? offset + pages.length : undefined,
    rows: pages.map(({ page, pages: count, isPublic }) => ({
      mayRestore: mayDo('restore', isPublic),
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
