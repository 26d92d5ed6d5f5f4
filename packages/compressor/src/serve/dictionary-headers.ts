import { withHash, withoutHash } from '../hash.ts';

/**
 * The value of `Use-As-Dictionary` (RFC 9842, 2.1) for an artifact: it may be the dictionary for other versions of itself, which
 * are those in the same folder whose names differ in the hash only.
 *
 * @param path of the artifact's URL, percent-encoded
 * @returns undefined for a name without a hash, and for a path that is too long for a header or means something as a pattern
 */
export function dictionaryHeader(path: string): string | undefined {
  const slash = path.lastIndexOf('/') + 1;
  const parts = withoutHash(path.slice(slash));
  if (parts === undefined || path.length > DICTIONARY_PATH_LENGTH || !isLiteral(path)) return undefined;
  return `match="${path.slice(0, slash)}${withHash(parts.name, '*')}"`;
}

/** Proxies refuse answers whose headers are too long in all; in characters. */
export const DICTIONARY_PATH_LENGTH = 1000;

/**
 * Whether a path stands for itself in a URL pattern and in a string of a structured field (RFC 9651, 3.3.3). Escapes would do
 * for others, but those are read differently here and there; and nobody has such paths.
 */
function isLiteral(path: string): boolean {
  return /^[\x21-\x7e]+$/.test(path) && !/["\\*+?:{}()]/.test(path);
}

/**
 * The SHA-256 of the dictionary that a client says it has (RFC 9842, 2.2); undefined without the header, and for one that is
 * no hash, which is ignored.
 *
 * @param header `Available-Dictionary`
 */
export function availableDictionary(header: string | string[] | undefined): Buffer | undefined {
  const [, base64] = (typeof header === 'string' && BYTES.exec(header.trim())) || [];
  return base64 === undefined ? undefined : Buffer.from(base64, 'base64');
}

/** 32 bytes in a structured field (RFC 9651, 3.3.5). */
const BYTES = /^:([A-Za-z0-9+/]{43}=):$/;
