import { hash } from 'node:crypto';

/**
 * The short content hash that names artifacts and keys recipes: the first 64 bits of SHA-256, as 16 lower-case
 * hexadecimal digits, so that names survive file systems that ignore case.
 */
export function contentHash(content: string | Uint8Array): string {
  return hash('sha256', content).slice(0, HASH_LENGTH);
}

/** Digits in a {@link contentHash}. */
export const HASH_LENGTH = 16;

const FINGERPRINTED = new RegExp(`^(.+)\\.([0-9a-f]{${HASH_LENGTH}})(\\.[^./]*)?$`);

/** `img/logo.svg` with a hash becomes `img/logo.<hash>.svg`; a name without extension gets the hash at its end. */
export function withHash(name: string, hash: string): string {
  const slash = name.lastIndexOf('/') + 1;
  const dot = name.lastIndexOf('.');
  return dot > slash ? `${name.slice(0, dot)}.${hash}${name.slice(dot)}` : `${name}.${hash}`;
}

/** The reverse of {@link withHash}; undefined for a name that carries no hash. */
export function withoutHash(name: string): { name: string; hash: string } | undefined {
  const match = FINGERPRINTED.exec(name);
  const [, stem, hash, extension = ''] = match ?? [];
  return stem === undefined || hash === undefined ? undefined : { name: `${stem}${extension}`, hash };
}
