import type { Transaction, Updateable } from 'kysely';
import type { MediaTable, Tables } from '../database/tables.ts';
import { refuseIfLinked } from '../links/what-links-to.ts';
import { isId } from '../tree/widget.ts';
import type { MediaAuthor } from './author.ts';
import { MEDIA_TYPE } from './linkable.ts';
import { type MediaRow, mediaItem } from './media-item.ts';
import { checkAlt, checkName, searchText } from './names.ts';
import { type MediaAnswer, type RefusedMedia, refuseMedia } from './refusal.ts';
import type { MediaStore } from './store.ts';

/** What somebody wants to change. What is not given stays. */
export interface MediaChange {
  readonly name?: string | undefined;
  readonly alt?: string | undefined;
  /** The revision that they have looked at. */
  readonly seen: number;
}

/** Something about media that is to be done to what somebody has looked at. */
export interface SeenMedia {
  /** The revision that they have looked at. */
  readonly seen: number;
}

/**
 * Changes the name or the text in the place of a picture. One that has them already is left as it is, so that a form that is sent twice does
 * no harm. At most two statements in one transaction, as in all functions of this file save {@link purgeMedia}.
 */
export async function changeMedia(
  store: MediaStore,
  id: string,
  change: MediaChange,
  author: MediaAuthor,
): Promise<MediaAnswer> {
  const name = change.name === undefined ? undefined : checkName(change.name);
  if (name?.ok === false) return name;
  const alt = change.alt === undefined ? undefined : checkAlt(change.alt);
  if (alt?.ok === false) return alt;
  return await update(store, { id, seen: change.seen, author }, (row) => {
    const wanted = { name: name?.text ?? row.name, alt: alt?.text ?? row.alt };
    if (wanted.name === row.name && wanted.alt === row.alt) return undefined;
    return { ...wanted, search: searchText(wanted.name, wanted.alt) };
  });
}

/**
 * Puts media into the bin: they are not offered to be chosen any more. What shows them goes on to do so, and their addresses stay, until
 * they are purged.
 */
export async function deleteMedia(
  store: MediaStore,
  id: string,
  { seen }: SeenMedia,
  author: MediaAuthor,
): Promise<MediaAnswer> {
  return await update(store, { id, seen, author }, ({ deleted_at }) =>
    deleted_at === null ? { deleted_at: store.now() } : undefined,
  );
}

/** Takes media out of the bin again. */
export async function restoreMedia(
  store: MediaStore,
  id: string,
  { seen }: SeenMedia,
  author: MediaAuthor,
): Promise<MediaAnswer> {
  return await update(store, { id, seen, author }, ({ deleted_at }) =>
    deleted_at === null ? undefined : { deleted_at: null },
  );
}

/** What became of a purge. */
export type PurgedMedia = { readonly ok: true } | RefusedMedia;

/**
 * Takes media that are in the bin out of the database, for good. Refused while something shows them, in a draft or for visitors. Their
 * addresses lead nowhere then, in other processes after `SERVED_MS`; their bytes go when `collectMedia` comes by. Three statements in
 * one transaction.
 */
export async function purgeMedia(
  store: MediaStore,
  id: string,
  { seen, isReviewed }: SeenMedia & { readonly isReviewed: boolean },
): Promise<PurgedMedia> {
  store.database.refuseInside();
  const purged = await store.database.transaction(async (transaction) => {
    const found = await find(transaction, store, { id, seen });
    if (!found.ok) return found;
    if (found.row.deleted_at === null) {
      return refuseMedia({ code: 'not-deleted', what: 'Delete the file before it is purged.' });
    }
    const linked = await refuseIfLinked(
      transaction,
      { type: MEDIA_TYPE, id },
      { now: store.now(), isReviewed },
    );
    if (!linked.ok) {
      const { documents, total } = linked.refusal;
      const what = `The file is in use in ${total === 1 ? 'one place' : `${total} places`}. Take it out there first.`;
      return refuseMedia({ code: 'linked', what, documents, total });
    }
    await transaction.deleteFrom('media').where('id', '=', id).execute();
    return found;
  });
  if (!purged.ok) return purged;
  store.served.forget(purged.row.hash);
  return { ok: true };
}

interface Asked extends SeenMedia {
  readonly id: string;
}

type FoundRow = { readonly ok: true; readonly row: MediaRow } | RefusedMedia;

async function find(
  transaction: Transaction<Tables>,
  store: MediaStore,
  { id, seen }: Asked,
  isDone: (row: MediaRow) => boolean = () => false,
): Promise<FoundRow> {
  const row = isId(id)
    ? await transaction
        .selectFrom('media')
        .selectAll()
        .where('id', '=', id)
        .where('site', '=', store.site)
        .executeTakeFirst()
    : undefined;
  if (row === undefined)
    return refuseMedia({ code: 'media-missing', what: 'The file is not there any more.', id });
  if (row.revision === seen || isDone(row)) return { ok: true, row };
  const media = mediaItem(row, store.url);
  return refuseMedia({
    code: 'stale',
    what: 'Somebody changed the file meanwhile. Look at it again.',
    media,
  });
}

/** @param changes what is to be different; undefined if the row is as it is wanted */
async function update(
  store: MediaStore,
  { id, seen, author }: Asked & { readonly author: MediaAuthor },
  changes: (row: MediaRow) => Updateable<MediaTable> | undefined,
): Promise<MediaAnswer> {
  store.database.refuseInside();
  const answer = await store.database.transaction(async (transaction): Promise<MediaAnswer> => {
    const found = await find(transaction, store, { id, seen }, (row) => changes(row) === undefined);
    if (!found.ok) return found;
    const { row } = found;
    const wanted = changes(row);
    if (wanted === undefined) return { ok: true, media: mediaItem(row, store.url) };
    const changed = {
      ...wanted,
      ...{ revision: row.revision + 1, changed_at: store.now(), changed_by: author.id },
    };
    const now = await transaction
      .updateTable('media')
      .set(changed)
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirstOrThrow();
    return { ok: true, media: mediaItem(now, store.url) };
  });
  if (answer.ok) store.served.forget(answer.media.hash);
  return answer;
}
