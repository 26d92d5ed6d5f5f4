import { randomUUID } from 'node:crypto';
import { readUser } from '../../accounts/index.ts';
import { formatReference } from '../../links/index.ts';
import {
  addMedia,
  changeMedia,
  deleteMedia,
  listMedia,
  MEDIA_TYPE,
  type MediaItem,
  type MediaKind,
  purgeMedia,
  readMedia,
  restoreMedia,
} from '../../media/index.ts';
import { wentWrong } from '../../server/error-pages.ts';
import type { AdminCall } from '../call.ts';
import { takeFile } from '../editor/add-file.ts';
import type { ShownForm } from '../form.ts';
import { mediaCard, pictureOf } from '../media/media-cards.ts';
import { errorsOfChange, mediaForm, newMediaForm } from '../media/media-forms.ts';
import { measureText, sizeText, typeText } from '../media/media-words.ts';
import { takenFiles, type UploadForm } from '../media/upload-form.ts';
import type { AdminRoute } from '../route.ts';
import { seenIn } from '../seen.ts';
import { usesOf } from '../uses.ts';
import { whenText } from '../words.ts';

const UPLOAD = { may: 'media.upload' } as const;
const DELETE = { may: 'media.delete' } as const;

/** Pictures and documents: adding and describing them, where they are used, and the bin. */
export const mediaRoutes: readonly AdminRoute[] = [
  { method: 'GET', path: '/media', access: UPLOAD, handle: showGrid },
  { method: 'GET', path: '/media/new', access: UPLOAD, handle: showNew },
  { method: 'POST', path: '/media/new', access: UPLOAD, handle: takeNew },
  { method: 'POST', path: '/media/add', access: UPLOAD, handle: takeFile },
  { method: 'GET', path: '/media/bin', access: DELETE, handle: showBin },
  { method: 'POST', path: '/media/bin/:media/restore', access: DELETE, handle: takeRestore },
  { method: 'POST', path: '/media/bin/:media/purge', access: DELETE, handle: takePurge },
  { method: 'GET', path: '/media/:media', access: UPLOAD, handle: onMedia(showMedia) },
  { method: 'POST', path: '/media/:media', access: UPLOAD, handle: onMedia(takeMedia) },
  { method: 'POST', path: '/media/:media/delete', access: DELETE, handle: onMedia(takeDelete) },
];

/** Gives a handler the file that the path names; where this site has none, there is no such address. */
function onMedia(
  handle: (call: AdminCall, media: MediaItem) => ReturnType<AdminRoute['handle']>,
): AdminRoute['handle'] {
  return async (call) => {
    const media = await readMedia(call.widgy.media, call.param('media'));
    return media === undefined
      ? await call.render('error', { ...wentWrong(404) }, 404)
      : await handle(call, media);
  };
}

async function showGrid({ widgy, query, render, may }: AdminCall) {
  const text = (query.get('q') ?? '').trim();
  const kind = KINDS.find((one) => one === query.get('kind'));
  const after = query.get('after') ?? undefined;
  const { items, next } = await listMedia(widgy.media, { text, kind, after });
  const narrowed = { ...(text === '' ? {} : { q: text }), ...(kind === undefined ? {} : { kind }) };
  return await render('media/grid', {
    query: text,
    kind,
    isNarrowed: text !== '' || kind !== undefined,
    cards: items.map(mediaCard),
    mayDelete: may('media.delete'),
    first: after === undefined ? undefined : addressOf(narrowed),
    next: next === null ? undefined : addressOf({ ...narrowed, after: next }),
  });
}

const KINDS: readonly MediaKind[] = ['image', 'document'];

/** What stands behind the address of the grid. */
function addressOf(query: Readonly<Record<string, string>>): string {
  return `?${new URLSearchParams(query)}`;
}

async function showNew(call: AdminCall) {
  return await renderNew(call, { id: randomUUID(), form: newMediaForm.show() });
}

async function renderNew({ widgy, render }: AdminCall, { form, ...shown }: UploadForm, status = 200) {
  return await render('media/new', { ...shown, form: form.print(), taken: takenFiles(widgy.media) }, status);
}

async function takeNew(call: AdminCall) {
  const { widgy, form, author, say, go } = call;
  const id = form.text('id') ?? randomUUID();
  const read = newMediaForm.read(form.entries);
  const again = { id, form: read.form, isAgain: true };
  if (!read.ok) return await renderNew(call, again, 422);
  const [file] = form.files;
  // Browsers send a file without a name and without bytes where none was chosen.
  if (file === undefined || (file.name === '' && file.bytes.length === 0))
    return await renderNew(call, { ...again, fault: 'Choose a file.' }, 422);
  const { name: fileName, type, bytes } = file;
  const added = await addMedia(widgy.media, { id, fileName, type, bytes, alt: read.values.alt }, author);
  if (!added.ok) {
    const { refusal } = added;
    const isOfId = refusal.code === 'id-taken' || refusal.code === 'id-invalid';
    const shown = {
      ...again,
      // With another one, the form can be sent again.
      ...(isOfId ? { id: randomUUID() } : {}),
      ...(refusal.code === 'text-too-long'
        ? { form: read.form.withErrors([{ field: 'alt', message: refusal.what }]) }
        : {
            fault: isOfId ? 'This form had sent another file already. Choose this one again.' : refusal.what,
          }),
    };
    return await renderNew(call, shown, refusal.code === 'busy' ? 503 : 422);
  }
  const { media } = added;
  say({ tone: 'done', text: `“${media.name}” was added.` });
  return go(`/media/${media.id}`);
}

async function showMedia(call: AdminCall, media: MediaItem) {
  const { name, alt } = media;
  return await renderMedia(call, media, mediaForm(media).show({ name, alt }));
}

async function renderMedia(call: AdminCall, media: MediaItem, form: ShownForm, status = 200) {
  const { widgy, render, may } = call;
  const { id, name, revision, url, bytes, author, createdAt, deletedAt } = media;
  const uses = await usesOf(call, { type: MEDIA_TYPE, id });
  const by = author === null ? undefined : await readUser(widgy.accounts, author);
  const measures = measureText(media);
  return await render(
    'media/item',
    {
      media: { id, name, revision, url },
      card: mediaCard(media),
      reference: formatReference({ type: MEDIA_TYPE, id }),
      picture: pictureOf(media, 800),
      isDeleted: deletedAt !== null,
      form: form.print(),
      uses,
      mayDelete: may('media.delete'),
      facts: [
        { label: 'Type', value: typeText(media) },
        { label: 'Size', value: sizeText(bytes) },
        ...(measures === undefined ? [] : [{ label: 'Pixels', value: measures }]),
        { label: 'Added', value: whenText(createdAt, widgy.now()) },
        ...(by === undefined ? [] : [{ label: 'By', value: by.name }]),
      ],
    },
    status,
  );
}

async function takeMedia(call: AdminCall, media: MediaItem) {
  const { widgy, form, author, say, go } = call;
  const { name, alt } = media;
  const read = mediaForm(media).read(form.entries, { name, alt });
  if (!read.ok) return await renderMedia(call, { ...media, revision: seenIn(call) }, read.form, 422);
  const changed = await changeMedia(widgy.media, media.id, { ...read.values, seen: seenIn(call) }, author);
  if (!changed.ok) {
    const { refusal } = changed;
    const now = refusal.code === 'stale' ? refusal.media : { ...media, revision: seenIn(call) };
    return await renderMedia(call, now, read.form.withErrors(errorsOfChange(refusal, read.values)), 422);
  }
  say({ tone: 'done', text: `“${changed.media.name}” was saved.` });
  return go(`/media/${media.id}`);
}

async function takeDelete(call: AdminCall, media: MediaItem) {
  const { widgy, author, say, go, refuse, may } = call;
  const done = await deleteMedia(widgy.media, media.id, { seen: seenIn(call) }, author);
  if (!done.ok)
    return refuse(`“${media.name}” was not moved to the bin. ${done.refusal.what}`, `/media/${media.id}`);
  say({
    tone: 'done',
    text: `“${done.media.name}” was moved to the bin. Pages that show it go on to do so.`,
    undo: {
      label: 'Undo',
      action: `${widgy.adminUrl}/media/bin/${media.id}/restore`,
      fields: [{ name: 'seen', value: String(done.media.revision) }],
    },
  });
  return go(may('media.upload') ? '/media' : '/media/bin');
}

async function showBin(call: AdminCall) {
  return await renderBin(call);
}

/** @param held what could not be deleted for good, and where it is used */
async function renderBin(
  { widgy, query, render }: AdminCall,
  held?: { readonly name: string; readonly what: string; readonly uses: Awaited<ReturnType<typeof usesOf>> },
  status = 200,
) {
  const { items, next } = await listMedia(widgy.media, {
    isDeleted: true,
    after: query.get('after') ?? undefined,
  });
  const now = widgy.now();
  return await render(
    'media/bin',
    {
      held,
      next: next === null ? undefined : addressOf({ after: next }),
      rows: items.map((media) => ({
        ...mediaCard(media),
        when: media.deletedAt === null ? '' : whenText(media.deletedAt, now),
      })),
    },
    status,
  );
}

async function takeRestore(call: AdminCall) {
  const { widgy, author, say, go, refuse, param, may } = call;
  const done = await restoreMedia(widgy.media, param('media'), { seen: seenIn(call) }, author);
  if (!done.ok) return refuse(done.refusal.what, '/media/bin');
  say({ tone: 'done', text: `“${done.media.name}” is back.` });
  return go(may('media.upload') ? `/media/${done.media.id}` : '/media/bin');
}

async function takePurge(call: AdminCall) {
  const { widgy, say, go, refuse, param } = call;
  const media = await readMedia(widgy.media, param('media'));
  if (media === undefined) return refuse('The file is not there any more.', '/media/bin');
  const { id, name } = media;
  const uses = await usesOf(call, { type: MEDIA_TYPE, id });
  const held = (what: string) => renderBin(call, { name, what, uses }, 422);
  // The store looks at documents; pages that only lead to the file are found here alone.
  if (uses.total > 0)
    return await held('It is still used. Take it out of these places, and then delete it for good.');
  const { isReviewed } = widgy.documents;
  const done = await purgeMedia(widgy.media, id, { seen: seenIn(call), isReviewed });
  if (!done.ok) return refuse(`“${name}” was not deleted. ${done.refusal.what}`, '/media/bin');
  say({ tone: 'done', text: `“${name}” was deleted for good.` });
  return go('/media/bin');
}
