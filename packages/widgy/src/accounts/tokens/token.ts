import { hash, randomBytes } from 'node:crypto';

/** Bytes of chance in a token: 256 bits. */
const TOKEN_BYTES = 32;

/** A new token: nobody can guess it. */
export function newToken(): string {
  return randomBytes(TOKEN_BYTES).toString('base64url');
}

/** Whether a text can be a token at all: of one that was broken on its way a part is missing. */
export function isToken(text: string): boolean {
  return text.length === TOKEN_LENGTH && /^[\w-]+$/.test(text);
}

/** Characters of a token. */
const TOKEN_LENGTH = Math.ceil((TOKEN_BYTES * 8) / 6);

/** What is kept of a token: whoever reads the database cannot use it. A token is all chance, so it needs no salt and no slow hash. */
export function hashToken(token: string): string {
  return hash('sha256', token);
}

/** The times of a token. */
interface TokenTimes {
  readonly created_at: number;
  readonly expires_at: number;
  readonly used_at: number | null;
}

/**
 * Whether a token can be used. One that seems to have been made long after now is not: the clock has gone back, and nobody can say how old
 * it is. So no clock keeps it alive for more than twice its time.
 */
export function isOpen({ created_at, expires_at, used_at }: TokenTimes, now: number): boolean {
  const lifetime = expires_at - created_at;
  return used_at === null && now < expires_at && now >= created_at - lifetime;
}
