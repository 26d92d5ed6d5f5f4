import { signIn } from '../../accounts/index.ts';
import { keepBrowserCookie, readBrowserCookie } from '../../server/browser-cookie.ts';
import { beginSession } from '../../server/sessions.ts';
import { ANSWERED, type Answered, type Visit } from '../call.ts';
import { isBelow, readKeptForm } from '../kept-form.ts';
import { refusedStatus } from '../refused.ts';
import type { AdminRoute, OpenRoute } from '../route.ts';

/** Signing in and out. */
export const signInRoutes: readonly (AdminRoute | OpenRoute)[] = [
  {
    method: 'GET',
    path: '/sign-in',
    access: 'public',
    handle: ({ render, query }) => render('sign-in', { next: query.get('next') ?? '' }),
  },
  { method: 'POST', path: '/sign-in', access: 'public', handle: takeSignIn },
  {
    method: 'POST',
    path: '/sign-out',
    access: 'signed-in',
    async handle({ request, reply, go }) {
      await request.session.destroy();
      reply.header('clear-site-data', '"cache"');
      return go('/sign-in');
    },
  },
];

async function takeSignIn(visit: Visit): Promise<Answered> {
  const { widgy, request, reply, form, render } = visit;
  const email = form.text('email') ?? '';
  const next = form.text('next') ?? '';
  const kept = readKeptForm(form.text('kept'), widgy.adminUrl);
  const answer = await signIn(widgy.accounts, {
    email,
    password: form.text('password') ?? '',
    address: request.ip,
    browser: readBrowserCookie(request, widgy),
  });
  if (!answer.ok) {
    const { refusal } = answer;
    const status = refusedStatus(reply, refusal);
    return await render('sign-in', { email, next, kept: form.text('kept'), error: refusal.what }, status);
  }
  await beginSession(request, answer.user);
  keepBrowserCookie(request, reply, widgy, answer.user.email);
  if (kept !== undefined) return await render('send-again', { form: kept });
  const to = safeNext(next, widgy.adminUrl);
  reply.header('cache-control', 'no-store').redirect(to, 303);
  return ANSWERED;
}

/** Where somebody goes who has signed in: to an address of this site, or to the beginning. */
function safeNext(next: string, adminUrl: string): string {
  const base = 'http://site.invalid';
  const url = URL.parse(next, base);
  const isHere = url !== null && url.origin === base && IS_PATH.test(next);
  // What is left when `..` is resolved may begin with "//", which is another host.
  return isHere && IS_PATH.test(url.pathname) && !isBelow(next, `${adminUrl}/sign-in`)
    ? url.pathname + url.search
    : `${adminUrl}/`;
}

/** A path of this site: what begins with "//" or "/\\" is the address of another. */
const IS_PATH = /^\/(?![/\\])/;
