import type { IncomingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';
import { create as contentDisposition } from 'content-disposition';
import { hasTag } from '../etag.ts';
import { pictureTypes } from './file-types.ts';
import { extensionOf } from './names.ts';
import { objectName, parseMediaPath } from './object-name.ts';
import { type MediaStore, withStorage } from './store.ts';

/** What to answer; the server passes it on as it is. */
export interface MediaResponse {
  readonly status: 200 | 304 | 404;
  /** Names in small letters. */
  readonly headers: Readonly<Record<string, string>>;
  /** To be sent or destroyed; undefined where nothing is to be sent. */
  readonly body?: Readable | undefined;
}

/** What is asked for. */
export interface MediaAsked {
  readonly headers?: Pick<IncomingHttpHeaders, 'if-none-match'>;
  /** Whether only the headers are asked for. Default: no. */
  readonly isHead?: boolean;
}

/**
 * Answers a request for media. An address holds the hash of its content, so what is answered once may be kept for ever. Everything that
 * is not the address of something in the site is 404. At most one statement, and none for what was asked for a moment ago.
 *
 * Pictures are shown. Everything else is downloaded, under the name that people gave it; and whatever it is, a browser takes it for
 * nothing but its type, runs nothing in it and lets it load nothing.
 *
 * @param path what follows the address of media, as the client sent it: `HASH/800-0123456789abcdef.webp`
 * @throws WidgyError `media-storage-failed`, or of the database where nothing is remembered
 */
export async function mediaResponse(
  store: MediaStore,
  path: string,
  { headers = {}, isHead = false }: MediaAsked = {},
): Promise<MediaResponse> {
  const parsed = parseMediaPath(path);
  if (parsed === undefined) return NOT_FOUND;
  const type = typeOf(store, parsed.extension);
  if (type === undefined) return NOT_FOUND;
  const served = await store.served.find(parsed.hash);
  if (served === undefined) return NOT_FOUND;
  const name = objectName(parsed);
  const stored = await withStorage(() => store.storage.stat(name));
  if (stored === undefined) return NOT_FOUND;
  const etag = `"${parsed.digest}"`;
  const cached = { ...GUARDED, etag, 'cache-control': 'public, max-age=31536000, immutable' };
  if (hasTag(headers['if-none-match'], etag)) return { status: 304, headers: cached };
  const answer = {
    ...cached,
    'content-type': type,
    'content-length': String(stored.size),
    ...(isPicture(type)
      ? {}
      : { 'content-disposition': contentDisposition(downloadName(served.name, path)) }),
  };
  if (isHead) return { status: 200, headers: answer };
  const body = await withStorage(() => store.storage.open(name));
  return body === undefined ? NOT_FOUND : { status: 200, headers: answer, body };
}

/** A page that somebody smuggled in could do nothing: it has no origin, no scripts and nothing to load. */
const GUARDED = {
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
  'cross-origin-resource-policy': 'cross-origin',
} as const;

/** It may be uploaded in a moment, so nobody keeps this answer. */
const NOT_FOUND: MediaResponse = {
  status: 404,
  headers: { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' },
};

function typeOf({ documentTypes }: MediaStore, extension: string): string | undefined {
  return [...pictureTypes, ...documentTypes].find(({ extensions: [first] }) => first === extension)?.type;
}

function isPicture(type: string): boolean {
  return pictureTypes.some((one) => one.type === type);
}

/** The name under which a document is saved: it ends as its type does, whatever people called it. */
function downloadName(name: string, path: string): string {
  const extension = extensionOf(path) ?? '';
  return extensionOf(name) === extension ? name : `${name}${extension}`;
}
