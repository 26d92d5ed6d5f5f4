import { MAX_ASKED_LENGTH, MAX_PAGE_DEPTH, MAX_PATH_LENGTH } from './limits.ts';
import { lengthOf } from './slug.ts';

/**
 * The path that the address of a request means, as pages have it: decoded, normalised (NFC), without `/` at its ends; empty for the home
 * page. Undefined for what no page can have: it is too long, not to be decoded, or has an encoded `/`, an empty part, or characters
 * that no database keeps.
 *
 * @param asked the path of a URL as it came, such as `/caf%C3%A9/`, without what follows a `?` or a `#`
 */
export function readAddress(asked: string): string | undefined {
  if (asked.length > MAX_ASKED_LENGTH) return undefined;
  if (asked === '' || asked === '/') return '';
  const trimmed = asked.replace(/^\//, '').replace(/\/$/, '');
  const parts = trimmed.split('/').map(decoded);
  const path = parts.join('/').normalize('NFC');
  const isPath = parts.every((part) => part !== undefined && part !== '' && !part.includes('/'));
  return isPath && !path.includes('\0') && path.isWellFormed() ? path : undefined;
}

/** The address of a path, from the root of the site: `/caf%C3%A9`. */
export function addressOfPath(path: string): string {
  return `/${path.split('/').map(encodeURIComponent).join('/')}`;
}

/** The path of a page with this slug below one with that path; at the top there is none. */
export function pathBelow(parent: string | null, slug: string): string {
  return parent === null || parent === '' ? slug : `${parent}/${slug}`;
}

/**
 * The paths that a page or a page above it may have for an address: the path itself last, no longer and no deeper than pages are.
 */
export function pathsTowards(path: string): readonly string[] {
  if (path === '') return [];
  const parts = path.split('/').slice(0, MAX_PAGE_DEPTH);
  const paths = parts.map((_, at) => parts.slice(0, at + 1).join('/'));
  return paths.filter((one) => one.length <= MAX_PATH_LENGTH || lengthOf(one) <= MAX_PATH_LENGTH);
}

/** What stands behind the path of a page in an address below it; empty for the page itself. */
export function restBehind(path: string, page: string): string {
  return path === page ? '' : path.slice(page === '' ? 0 : page.length + 1);
}

function decoded(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    // It is no encoding of a text, so nothing can be called so.
    return undefined;
  }
}
