import { hash } from 'node:crypto';
import { isId } from '../tree/widget.ts';
import type { MediaAuthor } from './author.ts';
import { checkFile } from './check-file.ts';
import type { FileType } from './file-types.ts';
import { keepMedia, type MadeFile, type MadeMedia } from './keep-media.ts';
import { checkAlt, shownName } from './names.ts';
import { dropUpload, readUpload, type UploadSource } from './read-upload.ts';
import { type MediaAnswer, type RefusedMedia, refuseMedia } from './refusal.ts';
import { type MediaStore, takenTypes } from './store.ts';

/** A file that somebody sends. */
export type Upload = UploadSource & {
  /** As it was sent. What is kept of it is only shown; see `shownName`. */
  readonly fileName: string;
  /** What the sender says it is, as a `Content-Type`. It decides nothing, and may not lie. */
  readonly type?: string | undefined;
  readonly alt?: string | undefined;
  /** The id that it is to have, as a form may make one up: a form that is sent twice then makes one. Default: a new one. */
  readonly id?: string | undefined;
};

/**
 * Adds a file that was uploaded. Its bytes alone decide what it is. Pictures are kept as what is made of their pixels; of the bytes that
 * were sent, nothing is. Documents are kept as they are. The bytes are stored before there is a row that names them, so no row
 * names what is not there. Two transactions of one statement each.
 *
 * Whatever becomes of it, a stream is read to its end or destroyed.
 *
 * @throws WidgyError `media-storage-failed` or of the database: there is nothing new then
 */
export async function addMedia(store: MediaStore, upload: Upload, author: MediaAuthor): Promise<MediaAnswer> {
  store.database.refuseInside();
  const leave = store.workshop.enter();
  try {
    if (leave === undefined) return busy();
    return await readAndKeep(store, upload, author);
  } finally {
    dropUpload(upload);
    leave?.();
  }
}

async function readAndKeep(store: MediaStore, upload: Upload, author: MediaAuthor): Promise<MediaAnswer> {
  const { id } = upload;
  if (id !== undefined && !isId(id)) return idInvalid();
  const alt = checkAlt(upload.alt ?? '');
  if (!alt.ok) return alt;
  const read = await readUpload(upload, store.limits.bytes);
  if (!read.ok) return read;
  const name = shownName(upload.fileName);
  const checked = checkFile({ bytes: read.bytes, name, type: upload.type }, takenTypes(store));
  if (!checked.ok) return checked;
  const made = await make(store, read.bytes, checked.type);
  if (!made.ok) return made;
  const shown = name === '' ? made.media.original.file : name;
  return await keepMedia(store, { ...made.media, id, name: shown, alt: alt.text }, author);
}

async function make(
  store: MediaStore,
  bytes: Uint8Array,
  type: FileType,
): Promise<{ readonly ok: true; readonly media: MadeMedia } | RefusedMedia> {
  if (store.documentTypes.includes(type)) {
    const original: MadeFile = {
      ...{ file: `document.${type.extensions[0]}`, type: type.type, bytes },
      ...{ width: null, height: null },
    };
    return { ok: true, media: { kind: 'document', hash: hash('sha256', bytes), original, renditions: [] } };
  }
  const made = await store.workshop.work(async () => {
    // What decodes pictures is large, and a server that shows pages needs none of it.
    const { makePicture } = await import('./picture.ts');
    return await makePicture(bytes, type.type, store.limits);
  });
  return made.ok ? { ok: true, media: { kind: 'image', ...made.picture } } : made;
}

function busy(): RefusedMedia {
  const what = 'Too many files are being uploaded at present. Try again in a minute.';
  return refuseMedia({ code: 'busy', what });
}

function idInvalid(): RefusedMedia {
  return refuseMedia({
    code: 'id-invalid',
    what: 'The id of the upload cannot be used. Open the form again.',
  });
}
