import { addressOfPath, readAddress } from './address.ts';
import { MAX_PATH_LENGTH, MAX_TARGET_LENGTH } from './limits.ts';
import { lengthOf } from './slug.ts';

/** Something that cannot be kept, in words for whoever typed it. */
export interface AddressFault {
  readonly fault: string;
}

/** Reads the address that a redirect is to lead from: a path of this site, as it is typed or copied from a browser. */
export function readFrom(text: string, hosts: ReadonlySet<string>): { readonly path: string } | AddressFault {
  const trimmed = text.trim();
  if (/[?#]/.test(trimmed)) return { fault: 'Leave out what follows a "?" or a "#".' };
  const asked = isWhole(trimmed) ? pathOfUrl(trimmed, hosts) : readAddress(trimmed);
  if (asked === undefined) return { fault: 'Enter a path of this site, such as /old/page.' };
  return lengthOf(asked) <= MAX_PATH_LENGTH
    ? { path: asked }
    : { fault: `Enter at most ${MAX_PATH_LENGTH} characters.` };
}

/** Reads the address that a redirect is to lead to: a path of this site, or an address of another one. */
export function readTo(text: string): { readonly url: string } | AddressFault {
  const url = text.trim();
  if (url.length > MAX_TARGET_LENGTH) return { fault: `Enter at most ${MAX_TARGET_LENGTH} characters.` };
  const isPath = isOwnPath(url) && isOwnPath(URL.parse(url, NOWHERE)?.pathname ?? '');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: no address has them, and headers must not.
  if ((isPath || isWhole(url)) && !/[\u0000-\u0020\u007f\\]/.test(url) && url.isWellFormed()) return { url };
  return { fault: 'Enter a path that begins with "/", or an address that begins with https://.' };
}

/** The path of this site that an address means; undefined where it is of another site, or of none. */
export function pathOfUrl(url: string, hosts: ReadonlySet<string>): string | undefined {
  if (!URL.canParse(url, NOWHERE)) return undefined;
  const { host, hostname, origin, pathname } = new URL(url, NOWHERE);
  const isOwn = origin === NOWHERE || hosts.has(host) || hosts.has(hostname);
  return isOwn ? readAddress(pathname) : undefined;
}

/** An address as it is sent in a header: with nothing in it but ASCII, and never of another site where it was a path of this one. */
export function encodedUrl(url: string): string {
  if (!URL.canParse(url, NOWHERE)) return '/';
  const { origin, href, pathname, search, hash } = new URL(url, NOWHERE);
  if (origin !== NOWHERE) return href;
  return isOwnPath(pathname) ? `${pathname}${search}${hash}` : '/';
}

/** Whether this is a path: what begins with "//" is the address of another site, and so it may be when `..` in it is resolved. */
function isOwnPath(path: string): boolean {
  return /^\/(?![/\\])/.test(path);
}

/** How an address in a circle is told. */
export function shownAddress(path: string): string {
  return decodeURI(addressOfPath(path));
}

/** What paths are read against: a host that there is not. */
const NOWHERE = 'https://this.invalid';

function isWhole(url: string): boolean {
  return /^https?:\/\/[^/]/i.test(url) && URL.canParse(url);
}
