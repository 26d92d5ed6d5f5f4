import mime from 'mime';
import type { Artifact } from './artifact.ts';

/** Media types of what a style sheet shows, and may hold as well as name. */
const EMBEDDABLE = /^(?:image|font)\/|^application\/(?:font-|x-font-|vnd\.ms-fontobject$)/;

/** Whether a file is a picture or a font. */
export function isEmbeddable({ name }: Pick<Artifact, 'name'>): boolean {
  return EMBEDDABLE.test(mime.getType(name) ?? '');
}

/**
 * A file as a `data:` URL (RFC 2397), for a string of CSS with whatever quotes. SVG is percent-encoded UTF-8 where that is
 * shorter, everything else base64.
 */
export function dataUri({ name, bytes }: Pick<Artifact, 'name' | 'bytes'>): string {
  const type = mime.getType(name) ?? 'application/octet-stream';
  const base64 = `data:${type};base64,${bytes.toString('base64')}`;
  if (type !== 'image/svg+xml') return base64;
  const text = bytes.toString();
  if (!Buffer.from(text).equals(bytes)) return base64;
  const encoded = `data:${type},${percentEncode(text)}`;
  return encoded.length < base64.length ? encoded : base64;
}

/** Encodes what a URL or a string gives a meaning of its own, what URLs lose at their end, and all that is not ASCII. */
function percentEncode(text: string): string {
  return text.replace(/[^ -~]|["'%#\\]| +$/gu, (characters) => {
    return `%${Buffer.from(characters).toString('hex').toUpperCase().match(/../g)?.join('%')}`;
  });
}
