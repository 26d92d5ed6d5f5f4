import type { Transaction } from 'kysely';
import type { Tables } from '../database/tables.ts';
import type { MediaAuthor } from './author.ts';
import { claim } from './claims.ts';
import { type MediaKind, type MediaRow, mediaItem, type StoredRendition } from './media-item.ts';
import { searchText } from './names.ts';
import { objectName } from './object-name.ts';
import type { PictureFile } from './picture.ts';
import { type MediaAnswer, refuseMedia } from './refusal.ts';
import { type MediaStore, withStorage } from './store.ts';

/** A file that is to be stored. */
export type MadeFile = Omit<PictureFile, 'width' | 'height'> & {
  readonly width: number | null;
  readonly height: number | null;
};

/** What is made of an upload. */
export interface MadeMedia {
  readonly kind: MediaKind;
  /** Of the bytes of the original. */
  readonly hash: string;
  readonly original: MadeFile;
  readonly renditions: readonly PictureFile[];
}

/** The same with what people say of it. */
export interface NamedMedia extends MadeMedia {
  /** Undefined for a new one. */
  readonly id: string | undefined;
  readonly name: string;
  readonly alt: string;
}

/** Stores the bytes, and then the row that names them. */
export async function keepMedia(
  store: MediaStore,
  media: NamedMedia,
  author: MediaAuthor,
): Promise<MediaAnswer> {
  const { database, storage, now, url } = store;
  const { hash, original, renditions } = media;
  if (!(await database.transaction((transaction) => claim(transaction, hash, now())))) {
    const what = 'The same file is being taken away at present. Try again in a minute.';
    return refuseMedia({ code: 'busy', what });
  }
  for (const { file, bytes } of [original, ...renditions]) {
    await withStorage(() => storage.write(objectName({ hash, file }), bytes));
  }
  const row = rowOf(store, media, author);
  const kept = await database.transaction((transaction) => insert(transaction, row));
  if (kept === undefined) return { ok: true, media: mediaItem(row, url) };
  if (kept.site === store.site && kept.hash === hash) return { ok: true, media: mediaItem(kept, url) };
  return refuseMedia({ code: 'id-taken', what: 'This form has sent another file already. Open it again.' });
}

/** Inserts a row; returns the one that has its id already, where there is one. One statement, or two. */
async function insert(transaction: Transaction<Tables>, row: MediaRow): Promise<MediaRow | undefined> {
  const { numInsertedOrUpdatedRows } = await transaction
    .insertInto('media')
    .values(row)
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirstOrThrow();
  if (numInsertedOrUpdatedRows === 1n) return undefined;
  return await transaction.selectFrom('media').selectAll().where('id', '=', row.id).executeTakeFirstOrThrow();
}

function rowOf({ site, now, newId }: MediaStore, media: NamedMedia, author: MediaAuthor): MediaRow {
  const { id = newId(), name, alt, kind, hash, original, renditions } = media;
  const time = now();
  const stored = renditions.map(({ bytes, ...rest }): StoredRendition => ({ ...rest, bytes: bytes.length }));
  return {
    ...{ id, site, name, alt, kind, hash },
    search: searchText(name, alt),
    type: original.type,
    file: original.file,
    width: original.width,
    height: original.height,
    bytes: original.bytes.length,
    renditions: JSON.stringify(stored),
    focal_x: null,
    focal_y: null,
    deleted_at: null,
    revision: 1,
    created_at: time,
    author: author.id,
    changed_at: time,
    changed_by: author.id,
  };
}
