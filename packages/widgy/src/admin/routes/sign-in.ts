import type { FastifyReply } from 'fastify';
import { signIn } from '../../accounts/index.ts';
import { beginSession } from '../../server/sessions.ts';
import type { Visit } from '../call.ts';
import { isBelow, readKeptForm } from '../kept-form.ts';
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

async function takeSignIn(visit: Visit): Promise<FastifyReply> {
  const { widgy, request, reply, form, render } = visit;
  const email = form.text('email') ?? '';
  const next = form.text('next') ?? '';
  const kept = readKeptForm(form.text('kept'), widgy.adminUrl);
  const answer = await signIn(widgy.accounts, {
    email,
    password: form.text('password') ?? '',
    address: request.ip,
  });
  if (!answer.ok) {
    const { code, what } = answer.refusal;
    if (code === 'too-many') reply.header('retry-after', Math.ceil(answer.refusal.retryAfter / 1000));
    const status = code === 'too-many' ? 429 : code === 'busy' ? 503 : 422;
    return await render('sign-in', { email, next, kept: form.text('kept'), error: what }, status);
  }
  await beginSession(request, answer.user);
  if (kept !== undefined) return await render('send-again', { form: kept });
  const to = safeNext(next, widgy.adminUrl);
  return reply.header('cache-control', 'no-store').redirect(to, 303);
}

/** Where somebody goes who has signed in: to an address of this site, or to the beginning. */
function safeNext(next: string, adminUrl: string): string {
  const base = 'http://site.invalid';
  const url = URL.parse(next, base);
  const isHere = url !== null && url.origin === base && /^\/(?![/\\])/.test(next);
  return isHere && !isBelow(next, `${adminUrl}/sign-in`) ? url.pathname + url.search : `${adminUrl}/`;
}
