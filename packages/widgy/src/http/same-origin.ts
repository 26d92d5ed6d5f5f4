import type { FastifyRequest } from 'fastify';

/** Methods that change nothing. */
export const SAFE_METHODS: readonly string[] = ['GET', 'HEAD', 'OPTIONS'];

/**
 * Whether a request that changes something may come from where it comes from. A browser says that itself, and pages cannot: in
 * `Sec-Fetch-Site`, or in `Origin` where it is older, or else in `Referer`. What says nothing of it is no browser, and brings no cookies that
 * somebody else can use.
 *
 * Together with `Content-Type: application/json`, which no form can send and no script of another origin without asking first,
 * this is enough against requests that other sites make with the cookies of somebody who is logged in. It needs no token.
 *
 * @param origins other origins that may ask, such as `https://admin.example.com`
 */
export function isFromHere(
  { headers, host }: Pick<FastifyRequest, 'headers' | 'host'>,
  origins: readonly string[],
): boolean {
  const { origin, referer, 'sec-fetch-site': site } = headers;
  if (origin !== undefined && origins.includes(origin)) return true;
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  const from = origin ?? referer;
  if (from === undefined || hostOf(from) === host) return true;
  return origin === undefined && URL.canParse(from) && origins.includes(new URL(from).origin);
}

/** The host of an origin. Its scheme is that of the browser, which behind a proxy is not that of this server. */
function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}
