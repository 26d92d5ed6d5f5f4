import type { PathKey } from './offline-context.ts';

/** First names of variables that usually hold what only one request knows. */
const PER_REQUEST =
  /^(?:req|request|session|user|current_?user|_?csrf.*|xsrf.*|now|today|time|timestamp|random|uuid|cookies?|headers?|flash|messages|ip)$/i;

/** Whether a variable looks, by its name, like something that changes from request to request. */
export function looksPerRequest([first = '', ...rest]: readonly PathKey[]): boolean {
  return PER_REQUEST.test(String(first)) || rest.some((name) => /^_?csrf/i.test(String(name)));
}
