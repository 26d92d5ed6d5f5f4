import type { FastifyReply, FastifyRequest } from 'fastify';
import { knownBrowser } from '../accounts/index.ts';
import type { Widgy } from './widgy.ts';

/** How long a browser is known in which somebody has signed in, in seconds. */
export const KNOWN_BROWSER_S = 365 * 24 * 60 * 60;

/** What was kept in the browser that asks; undefined where nothing was, or where it was not this site that did so. */
export function readBrowserCookie(request: FastifyRequest, widgy: Widgy): string | undefined {
  const kept = request.cookies[nameFor(widgy)];
  const unsigned = kept === undefined ? undefined : request.unsignCookie(kept);
  return unsigned?.valid === true ? unsigned.value : undefined;
}

/** Has the browser keep that this account was signed in to here, so that tries to sign in elsewhere do not keep its user out. */
export function keepBrowserCookie(
  request: FastifyRequest,
  reply: FastifyReply,
  widgy: Widgy,
  email: string,
): void {
  reply.setCookie(nameFor(widgy), knownBrowser(email, readBrowserCookie(request, widgy)), {
    ...{ path: '/', httpOnly: true, sameSite: 'lax', signed: true, maxAge: KNOWN_BROWSER_S },
    secure: isSecure(widgy),
  });
}

function nameFor(widgy: Widgy): string {
  return isSecure(widgy) ? '__Host-widgy-browser' : 'widgy-browser';
}

function isSecure({ baseUrl }: Widgy): boolean {
  return baseUrl.startsWith('https:');
}
