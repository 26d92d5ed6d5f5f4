import { hash, randomUUID } from 'node:crypto';
import { emailKey } from '../users/email.ts';

/**
 * What a browser keeps in which somebody has signed in: an id, and for which account. Whoever gives it to a browser signs it, and believes
 * it only with that signature.
 *
 * @param before what the browser has kept until now
 */
export function knownBrowser(email: string, before?: string): string {
  return `${browserIn(before, email) ?? randomUUID()}.${markOf(email)}`;
}

/** The id of a browser in which this account was signed in to; undefined where it was not. */
export function browserIn(kept: string | undefined, email: string): string | undefined {
  const [id, mark, ...rest] = kept?.split('.') ?? [];
  return mark === markOf(email) && rest.length === 0 ? id : undefined;
}

function markOf(email: string): string {
  return hash('sha256', emailKey(email));
}
