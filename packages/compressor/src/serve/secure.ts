import type { IncomingHttpHeaders } from 'node:http';

/**
 * Whether a request came in a secure context: by HTTPS, or to a server on the browser's own machine. What the headers say of the
 * host needs no trust: who forges it hurts only themselves.
 *
 * @param scheme that the browser used
 */
export function isSecureRequest({ host }: IncomingHttpHeaders, scheme: string): boolean {
  return scheme === 'https' || (host !== undefined && LOCAL.test(host));
}

/** Hosts that browsers take for secure without HTTPS (Secure Contexts, 3.1). */
const LOCAL = /^(?:(?:[a-z0-9-]+\.)*localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d*)?$/i;

/**
 * The scheme that the browser used, as proxies tell it: `Forwarded` (RFC 7239), or else `X-Forwarded-Proto`. The first of several
 * proxies is the one that the browser spoke to. Undefined where they say nothing.
 */
export function forwardedScheme(headers: IncomingHttpHeaders): string | undefined {
  const [first = ''] = FIRST_ELEMENT.exec(headers.forwarded ?? '') ?? [];
  const [, forwarded] = PROTO.exec(first) ?? [];
  if (forwarded !== undefined) return forwarded.toLowerCase();
  const header = headers['x-forwarded-proto'];
  const [proto = ''] = (typeof header === 'string' ? header : (header?.[0] ?? '')).split(',');
  return proto.trim().toLowerCase() || undefined;
}

/** Up to the first comma that is in no quoted text. */
const FIRST_ELEMENT = /^(?:[^",]|"(?:[^"\\]|\\.)*")*/;
const PROTO = /(?:^|;)\s*proto="?([a-z][a-z0-9+.-]*)"?\s*(?:;|$)/i;
