import { randomUUID } from 'node:crypto';
import {
  CALLOUT,
  type Callout,
  type CalloutStore,
  createCallout,
  deleteCallout,
  listCallouts,
  purgeCallout,
  readCallout,
  renameCallout,
  undeleteCallout,
} from '../../callouts/index.ts';
import { wentWrong } from '../../server/error-pages.ts';
import type { AdminCall } from '../call.ts';
import { calloutForm, errorsOf } from '../callouts/callout-form.ts';
import { calloutStates } from '../callouts/callout-states.ts';
import type { ShownForm } from '../form.ts';
import { listViewIn, pagerOf } from '../paging.ts';
import type { AdminAnswer, AdminRoute } from '../route.ts';
import { seenIn } from '../seen.ts';
import { type Uses, usesOf } from '../uses.ts';
import { whenText } from '../words.ts';

const EDIT = { may: 'callouts.edit' } as const;

/** Call-outs: what pages share. Their names, who shows them, and the bin; what they show is edited as documents. */
export const calloutRoutes: readonly AdminRoute[] = [
  { method: 'GET', path: '/callouts', access: EDIT, handle: withStore(showList) },
  { method: 'GET', path: '/callouts/new', access: EDIT, handle: withStore(showNew) },
  { method: 'POST', path: '/callouts/new', access: EDIT, handle: withStore(takeNew) },
  {
    method: 'GET',
    path: '/callouts/bin',
    access: EDIT,
    handle: withStore((call, store) => renderBin(call, store)),
  },
  { method: 'POST', path: '/callouts/bin/:callout/restore', access: EDIT, handle: withStore(takeRestore) },
  { method: 'POST', path: '/callouts/bin/:callout/purge', access: EDIT, handle: withStore(takePurge) },
  { method: 'GET', path: '/callouts/:callout', access: EDIT, handle: onCallout(showCallout) },
  { method: 'POST', path: '/callouts/:callout', access: EDIT, handle: onCallout(takeName) },
  { method: 'POST', path: '/callouts/:callout/delete', access: EDIT, handle: onCallout(takeDelete) },
];

/** Gives a handler the call-outs of the site; a site without them has no such address. */
function withStore(handle: (call: AdminCall, store: CalloutStore) => AdminAnswer): AdminRoute['handle'] {
  return async (call) => {
    const { callouts } = call.widgy;
    return callouts === undefined ? await notFound(call) : await handle(call, callouts);
  };
}

/** Gives a handler the call-out that the path names, in the bin or not. */
function onCallout(
  handle: (call: AdminCall, store: CalloutStore, callout: Callout) => AdminAnswer,
): AdminRoute['handle'] {
  return withStore(async (call, store) => {
    const callout = await readCallout(store, call.param('callout'));
    return callout === undefined ? await notFound(call) : await handle(call, store, callout);
  });
}

async function notFound({ render }: AdminCall) {
  return await render('error', { ...wentWrong(404) }, 404);
}

/** Call-outs of one page of the list. */
const SHOWN = 50;

async function showList({ widgy, query, render }: AdminCall, store: CalloutStore) {
  const view = listViewIn(query);
  const { callouts, total } = await listCallouts(store, { ...view, limit: SHOWN });
  const states = await calloutStates(
    widgy.pages,
    callouts.map(({ id }) => id),
  );
  return await render('callouts/list', {
    query: view.text,
    rows: callouts.map(({ id, name, document, uses }) => ({
      ...{ id, name, document, uses },
      state: states.get(id),
    })),
    ...pagerOf(view, total, SHOWN),
  });
}

async function showNew(call: AdminCall) {
  return await renderNew(call, randomUUID(), calloutForm.show({ name: '' }));
}

async function renderNew({ render }: AdminCall, id: string, form: ShownForm, status = 200) {
  return await render('callouts/new', { id, form: form.print([], 'name') }, status);
}

async function takeNew(call: AdminCall, store: CalloutStore) {
  const { form, author, say, go } = call;
  // The same call-out however often the form is sent.
  const id = form.text('id') ?? randomUUID();
  const before = await readCallout(store, id);
  if (before !== undefined) return go(contentOf(before));
  const read = calloutForm.read(form.entries);
  if (!read.ok) return await renderNew(call, id, read.form, 422);
  const made = await createCallout(store, { id, name: read.values.name }, author);
  if (!made.ok) return await renderNew(call, id, read.form.withErrors(errorsOf(made.refusal)), 422);
  const { callout } = made;
  say({ tone: 'done', text: `“${callout.name}” was made. It shows nothing until you publish it.` });
  return go(contentOf(callout));
}

/** Where what a call-out shows is edited; of one without a document, its own page. */
function contentOf({ id, document, deletedAt }: Callout): string {
  return document === null || deletedAt !== null ? `/callouts/${id}` : `/documents/${document}/content`;
}

async function showCallout(call: AdminCall, _: CalloutStore, callout: Callout) {
  return await renderCallout(call, callout, calloutForm.show({ name: callout.name }));
}

async function renderCallout(call: AdminCall, callout: Callout, form: ShownForm, status = 200) {
  const { widgy, render } = call;
  const { id, name, document, revision, deletedAt } = callout;
  const uses = await usesOf(call, { type: CALLOUT, id });
  const state = (await calloutStates(widgy.pages, [id])).get(id);
  const documentUrl = `${widgy.adminUrl}/documents/${document}`;
  const tabs = [
    { label: 'Content', url: `${documentUrl}/content`, isCurrent: false },
    { label: 'Details', url: `${widgy.adminUrl}/callouts/${id}`, isCurrent: true },
    { label: 'History', url: `${documentUrl}/history`, isCurrent: false },
  ];
  return await render(
    'callouts/callout',
    {
      callout: { id, name, document, revision },
      state,
      isDeleted: deletedAt !== null,
      tabs: document === null || deletedAt !== null ? [] : tabs,
      form: form.print(),
      uses,
      changed: whenText(callout.updatedAt, widgy.now()),
    },
    status,
  );
}

async function takeName(call: AdminCall, store: CalloutStore, callout: Callout) {
  const { form, author, say, go } = call;
  const seen = seenIn(call);
  const read = calloutForm.read(form.entries, { name: callout.name });
  if (!read.ok) return await renderCallout(call, { ...callout, revision: seen }, read.form, 422);
  const done = await renameCallout(store, callout.id, { name: read.values.name, seen }, author);
  if (!done.ok) {
    const { refusal } = done;
    const isStale = refusal.code === 'stale';
    // Sent a second time, it finds its own work done.
    if (isStale && refusal.callout.name === read.values.name.trim()) return go(`/callouts/${callout.id}`);
    const now = isStale ? refusal.callout : { ...callout, revision: seen };
    return await renderCallout(call, now, read.form.withErrors(errorsOf(refusal)), 422);
  }
  say({ tone: 'done', text: `“${done.callout.name}” was saved.` });
  return go(`/callouts/${callout.id}`);
}

async function takeDelete(call: AdminCall, store: CalloutStore, { id, name }: Callout) {
  const { widgy, author, say, go, refuse } = call;
  const done = await deleteCallout(store, id, { seen: seenIn(call) }, author);
  if (!done.ok) {
    const { refusal } = done;
    if (refusal.code === 'stale' && refusal.callout.deletedAt !== null) return go('/callouts');
    return refuse(`“${name}” was not moved to the bin. ${refusal.what}`, `/callouts/${id}`);
  }
  say({
    tone: 'done',
    text: `“${name}” was moved to the bin. Pages show nothing in its place.`,
    undo: {
      label: 'Undo',
      action: `${widgy.adminUrl}/callouts/bin/${id}/restore`,
      fields: [{ name: 'seen', value: String(done.callout.revision) }],
    },
  });
  return go('/callouts');
}

/** @param held what could not be deleted for good, and where it is used */
async function renderBin(
  { widgy, query, render }: AdminCall,
  store: CalloutStore,
  held?: { readonly name: string; readonly what: string; readonly uses: Uses },
  status = 200,
) {
  const view = { ...listViewIn(query), text: '' };
  const { callouts, total } = await listCallouts(store, { ...view, isDeleted: true, limit: SHOWN });
  const now = widgy.now();
  const rows = callouts.map(({ id, name, revision, uses, deletedAt }) => ({
    ...{ id, name, revision, uses },
    when: deletedAt === null ? '' : whenText(deletedAt, now),
  }));
  return await render('callouts/bin', { rows, held, ...pagerOf(view, total, SHOWN) }, status);
}

async function takeRestore(call: AdminCall, store: CalloutStore) {
  const { author, say, go, refuse, param } = call;
  const done = await undeleteCallout(store, param('callout'), { seen: seenIn(call) }, author);
  if (!done.ok) {
    const { refusal } = done;
    if (refusal.code === 'stale' && refusal.callout.deletedAt === null)
      return go(`/callouts/${refusal.callout.id}`);
    if (refusal.code !== 'name-taken') return refuse(refusal.what, '/callouts/bin');
    const { name } = refusal.callout;
    return refuse(
      `It was not put back: there is another call-out “${name}” now. Give that one another name.`,
      '/callouts/bin',
    );
  }
  say({ tone: 'done', text: `“${done.callout.name}” is back.` });
  return go(`/callouts/${done.callout.id}`);
}

async function takePurge(call: AdminCall, store: CalloutStore) {
  const { author, say, go, refuse, param } = call;
  const id = param('callout');
  const before = await readCallout(store, id);
  const done = await purgeCallout(store, id, { seen: seenIn(call) }, author);
  if (!done.ok) {
    const { refusal } = done;
    if (refusal.code !== 'linked' || before === undefined) return refuse(refusal.what, '/callouts/bin');
    const uses = await usesOf(call, { type: CALLOUT, id });
    const what = 'It is still used. Take it out of these places, and then delete it for good.';
    return await renderBin(call, store, { name: before.name, what, uses }, 422);
  }
  say({ tone: 'done', text: `“${before?.name ?? 'It'}” was deleted for good.` });
  return go('/callouts/bin');
}
