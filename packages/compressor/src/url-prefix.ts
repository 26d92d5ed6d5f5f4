/**
 * A prefix of URLs that stands unescaped in HTML, CSS, scripts and headers: a path, or an origin with a path, that ends with a
 * slash. What would have to be quoted in one of them is percent-encoded in a URL anyway.
 */
export const URL_PREFIX =
  /^(?:(?:https?:)?\/\/(?:[\w.-]+|\[[\da-f:.]+\])(?::\d{1,5})?)?\/(?:[\w.~!$*+,;=:@%-]+\/)*$/i;

/** Whether a prefix names a server, so that a page may be from another one. */
export function hasOrigin(prefix: string): boolean {
  return /^(?:https?:)?\/\//i.test(prefix);
}
