import type { Readable } from 'node:stream';
import { type RefusedMedia, refuseMedia } from './refusal.ts';

/** Where the bytes of an upload come from. A stream is read to its end, or destroyed: nothing is left waiting in it. */
export type UploadSource = { readonly bytes: Uint8Array } | { readonly stream: Readable };

/** All bytes of an upload. */
export type ReadUpload = { readonly ok: true; readonly bytes: Uint8Array } | RefusedMedia;

/**
 * Reads an upload into memory, and never more than is allowed: at the first byte beyond that, it ends.
 *
 * @param limit in bytes
 */
export async function readUpload(source: UploadSource, limit: number): Promise<ReadUpload> {
  if ('bytes' in source)
    return source.bytes.length > limit ? tooLarge(limit) : { ok: true, bytes: source.bytes };
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of source.stream) {
      const bytes: Uint8Array = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
      length += bytes.length;
      if (length > limit) return tooLarge(limit);
      chunks.push(bytes);
    }
  } catch {
    // Whatever ended it, a broken connection or a client that went away: the file is not all there.
    const what = 'The file did not arrive completely. Send it again.';
    return refuseMedia({ code: 'interrupted', what });
  }
  return { ok: true, bytes: Buffer.concat(chunks, length) };
}

/** Ends an upload that is not read to its end. */
export function dropUpload(source: UploadSource): void {
  if ('stream' in source) source.stream.destroy();
}

function tooLarge(limit: number): RefusedMedia {
  const most = limit >= MEBIBYTE ? `${Math.floor(limit / MEBIBYTE)} MiB` : `${limit} bytes`;
  return refuseMedia({ code: 'too-large', limit, what: `The file is too large: send at most ${most}.` });
}

const MEBIBYTE = 1024 * 1024;
