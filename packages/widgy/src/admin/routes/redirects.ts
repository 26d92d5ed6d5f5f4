import {
  changeRedirect,
  createRedirect,
  deleteRedirect,
  findPages,
  type ListedPage,
  listRedirects,
  type NewRedirect,
  type Redirect,
  type RedirectTarget,
  readPage,
  readRedirect,
} from '../../pages/index.ts';
import { wentWrong } from '../../server/error-pages.ts';
import { isId } from '../../tree/widget.ts';
import type { AdminCall } from '../call.ts';
import { listViewIn, pagerOf } from '../paging.ts';
import {
  describe,
  faultsOf,
  formIn,
  formOf,
  isDone,
  isSearch,
  newForm,
  type RedirectFault,
  type RedirectForm,
  targetOf,
} from '../redirects/redirect-form.ts';
import type { AdminRoute } from '../route.ts';
import { seenIn } from '../seen.ts';
import { addressText } from '../words.ts';

const MANAGE = { may: 'redirects.manage' } as const;

/** Redirects: addresses that lead elsewhere. */
export const redirectRoutes: readonly AdminRoute[] = [
  { method: 'GET', path: '/redirects', access: MANAGE, handle: showList },
  { method: 'GET', path: '/redirects/new', access: MANAGE, handle: showNew },
  { method: 'POST', path: '/redirects/new', access: MANAGE, handle: takeNew },
  { method: 'GET', path: '/redirects/:redirect', access: MANAGE, handle: onRedirect(showRedirect) },
  { method: 'POST', path: '/redirects/:redirect', access: MANAGE, handle: onRedirect(takeRedirect) },
  { method: 'POST', path: '/redirects/:redirect/delete', access: MANAGE, handle: onRedirect(takeDelete) },
];

/** Gives a handler the redirect that the path names; where this site has none, there is no such address. */
function onRedirect(
  handle: (call: AdminCall, redirect: Redirect) => ReturnType<AdminRoute['handle']>,
): AdminRoute['handle'] {
  return async (call) => {
    const redirect = await readRedirect(call.widgy.pages, call.param('redirect'));
    return redirect === undefined
      ? await call.render('error', { ...wentWrong(404) }, 404)
      : await handle(call, redirect);
  };
}

/** Redirects of one page of the list. */
const SHOWN = 50;

async function showList({ widgy, query, render, may }: AdminCall) {
  const view = listViewIn(query);
  const { redirects, total } = await listRedirects(widgy.pages, { ...view, limit: SHOWN });
  const mayReadPages = may('pages.read');
  return await render('redirects/list', {
    query: view.text,
    rows: redirects.map(({ id, from, to, isAutomatic, coveredBy, revision }) => ({
      ...{ id, isAutomatic, revision, from: addressText(from) },
      coveredBy: coveredBy && { title: coveredBy.title, page: mayReadPages ? coveredBy.id : undefined },
      to: shownTarget(to, mayReadPages),
    })),
    ...pagerOf(view, total, SHOWN),
  });
}

/** Where a redirect leads, as the list shows it. */
function shownTarget(to: RedirectTarget, mayReadPages: boolean) {
  if (to.kind === 'gone') return { kind: to.kind };
  if (to.kind === 'url') return { kind: to.kind, text: to.url };
  const { id, title, path } = to.page;
  return { kind: to.kind, text: title, address: addressText(path), page: mayReadPages ? id : undefined };
}

async function showNew(call: AdminCall) {
  return await renderForm(call, { form: newForm(call.query) });
}

interface ShownRedirect {
  /** Undefined for a new one. */
  readonly redirect?: Pick<Redirect, 'id' | 'from' | 'isAutomatic' | 'revision'>;
  readonly form: RedirectForm;
  readonly faults?: readonly RedirectFault[];
  /** Whether pages were just searched for: then those that were found come first. */
  readonly isSearched?: boolean;
}

async function renderForm({ widgy, render }: AdminCall, shown: ShownRedirect, status = 200) {
  const { redirect, form, faults = [], isSearched = false } = shown;
  const offered = await offeredPages(widgy.pages, form);
  const [only] = offered.found === 1 ? offered.pages : [];
  const faultOf = (field: string) => faults.find((fault) => fault.field === field)?.message;
  return await render(
    'redirects/form',
    {
      redirect: redirect && { ...redirect, from: addressText(redirect.from) },
      // Where a search finds one page, that is meant.
      form: isSearched && form.page === '' && only !== undefined ? { ...form, page: only.id } : form,
      faults,
      isSearched,
      wrong: { from: faultOf('from'), page: faultOf('page'), url: faultOf('url') },
      ...offered,
    },
    status,
  );
}

/** So many pages are offered at once; more are found by searching. */
const OFFERED = 100;

/** The pages that a redirect can lead to, the one that is chosen among them. At most two statements. */
async function offeredPages(pages: AdminCall['widgy']['pages'], { find, page }: RedirectForm) {
  const { pages: found, total } = await findPages(pages, { text: find, limit: OFFERED });
  const isOffered = found.some((one) => one.page.id === page);
  const chosen = isOffered || !isId(page) ? undefined : await readPage(pages, page);
  const all = chosen === undefined || chosen.page.deletedAt !== null ? found : [chosen, ...found];
  return { pages: all.map(option), found: found.length, leftOut: total - found.length };
}

function option({ page: { id, title, path } }: ListedPage) {
  return { id, label: `${title} (${addressText(path)})` };
}

async function takeNew(call: AdminCall) {
  const { widgy, form: sent, author, say, go } = call;
  const form = formIn(sent);
  if (isSearch(sent)) return await renderForm(call, { form, isSearched: true });
  const read = requestOf(form);
  if (!read.ok) return await renderForm(call, { form, faults: read.faults }, 422);
  const made = await createRedirect(widgy.pages, read.request, author);
  if (!made.ok) {
    const { refusal } = made;
    const { from, to } = read.request;
    if (refusal.code === 'redirect-exists' && isDone(refusal.redirect, from, to)) return go('/redirects');
    return await renderForm(call, { form, faults: faultsOf(refusal, form.kind) }, 422);
  }
  say({ tone: 'done', text: `The redirect was made. ${describe(made.redirect)}` });
  return go('/redirects');
}

/** What a form asks for, or all that is missing in it. */
function requestOf(
  form: RedirectForm,
):
  | { readonly ok: true; readonly request: NewRedirect }
  | { readonly ok: false; readonly faults: readonly RedirectFault[] } {
  const to = targetOf(form);
  const faults: readonly RedirectFault[] = [
    ...(form.from.trim() === ''
      ? [{ field: 'from', message: 'Enter the address that it is to lead from.' } as const]
      : []),
    ...('message' in to ? [to] : []),
  ];
  return faults.length > 0 || 'message' in to
    ? { ok: false, faults }
    : { ok: true, request: { from: form.from, to } };
}

async function showRedirect(call: AdminCall, redirect: Redirect) {
  return await renderForm(call, { redirect, form: formOf(redirect) });
}

async function takeRedirect(call: AdminCall, redirect: Redirect) {
  const { widgy, form: sent, author, say, go } = call;
  const form = formIn(sent);
  const seen = seenIn(call);
  const shown = { redirect: { ...redirect, revision: seen }, form };
  if (isSearch(sent)) return await renderForm(call, { ...shown, isSearched: true });
  const read = requestOf(form);
  if (!read.ok) return await renderForm(call, { ...shown, faults: read.faults }, 422);
  const changed = await changeRedirect(widgy.pages, redirect.id, { ...read.request, seen }, author);
  if (!changed.ok) {
    const { refusal } = changed;
    const faults = faultsOf(refusal, form.kind);
    if (refusal.code !== 'stale' || !('redirect' in refusal))
      return await renderForm(call, { ...shown, faults }, 422);
    const { from, to } = read.request;
    if (isDone(refusal.redirect, from, to)) return go('/redirects');
    return await renderForm(call, { redirect: refusal.redirect, form, faults }, 422);
  }
  say({ tone: 'done', text: `The redirect was saved. ${describe(changed.redirect)}` });
  return go('/redirects');
}

async function takeDelete(call: AdminCall, redirect: Redirect) {
  const { widgy, say, go, refuse } = call;
  const { id } = redirect;
  const done = await deleteRedirect(widgy.pages, id, { seen: seenIn(call) });
  if (!done.ok) return refuse(`The redirect was not deleted. ${done.refusal.what}`, `/redirects/${id}`);
  const { from, kind, page, url } = formOf(redirect);
  const fields = { from, to: kind, page, url };
  say({
    tone: 'done',
    text: `The redirect from ${from} was deleted.`,
    undo: {
      label: 'Undo',
      action: `${widgy.adminUrl}/redirects/new`,
      fields: Object.entries(fields).map(([name, value]) => ({ name, value })),
    },
  });
  return go('/redirects');
}
