import type { FastifyReply, FastifyRequest } from 'fastify';
import { may } from '../accounts/index.ts';
import { isFromHere, SAFE_METHODS } from '../http/same-origin.ts';
import type { Access } from '../server/access.ts';
import { wentWrong } from '../server/error-pages.ts';
import { replaceSession } from '../server/sessions.ts';
import type { WhoIs } from '../server/who-is.ts';
import type { Widgy } from '../server/widgy.ts';
import { type AdminCall, type Answered, createCall, createVisit, type Visit } from './call.ts';
import { formatKeptForm, keepForm } from './kept-form.ts';

/** Where somebody chooses a password of their own, before they may do anything else. */
export const PASSWORD_PATH = '/account/password';

/** What somebody may do before that: choose one, or leave. */
const BEFORE_PASSWORD: readonly string[] = [PASSWORD_PATH, '/sign-out'];

/** What became of a request: somebody may go on, or has had an answer. */
export type Guarded<Call> = { readonly call: Call } | { readonly answered: Answered };

/**
 * Lets somebody who is signed in and holds the permission go on. Whoever is not signed in is asked to do so, and what they sent is kept
 * in the page that asks them. What changes something comes from a page of this site, and proves it.
 */
export async function guardCall(
  widgy: Widgy,
  whoIs: WhoIs,
  access: Access,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Guarded<AdminCall>> {
  const session = await whoIs(request);
  const user = session?.user ?? undefined;
  const visit = createVisit(widgy, request, reply, user);
  if (user === undefined) return { answered: await askToSignIn(visit) };
  if (session?.mustRotate === true) await replaceSession(widgy.accounts, request, user);
  const call = createCall(visit, user);
  const permissions = ['admin.enter', ...(typeof access === 'object' ? [access.may] : [])];
  if (!permissions.every((permission) => may(user, permission, widgy.siteId)))
    return { answered: await visit.render('error', { ...wentWrong(403) }, 403) };
  const answered = await checkOrigin(visit);
  if (answered !== undefined) return { answered };
  const [path = ''] = request.url.split('?', 1);
  if (user.mustChangePassword && !BEFORE_PASSWORD.includes(path.slice(widgy.adminUrl.length)))
    return { answered: call.go(PASSWORD_PATH) };
  return { call };
}

/** Lets anybody go on whose form comes from a page of this site. */
export async function guardVisit(
  widgy: Widgy,
  whoIs: WhoIs,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Guarded<Visit>> {
  const user = (await whoIs(request))?.user ?? undefined;
  const visit = createVisit(widgy, request, reply, user);
  const answered = await checkOrigin(visit);
  return answered === undefined ? { call: visit } : { answered };
}

async function askToSignIn(visit: Visit): Promise<Answered> {
  const { request, widgy } = visit;
  if (SAFE_METHODS.includes(request.method)) {
    return visit.go(`/sign-in?${new URLSearchParams({ next: request.url })}`);
  }
  if (!isFromHere(request, [widgy.baseUrl])) return await visit.render('error', { ...wentWrong(403) }, 403);
  return await visit.render('sign-in', { kept: formatKeptForm(keepForm(request.url, visit.form)) }, 401);
}

/** A form that does not prove where it comes from may have been open for long: it can be sent again, by whoever sees what is in it. */
async function checkOrigin(visit: Visit): Promise<Answered | undefined> {
  const { request, reply, widgy, form } = visit;
  if (SAFE_METHODS.includes(request.method)) return undefined;
  if (!isFromHere(request, [widgy.baseUrl])) return await visit.render('error', { ...wentWrong(403) }, 403);
  // The plug-in answers by itself where a form proves nothing; here that answer is a page.
  const isProved = await new Promise<boolean>((resolve) => {
    const judged = Object.create(reply, { send: { value: () => resolve(false) } });
    request.server.csrfProtection(request, judged, () => resolve(true));
  });
  if (isProved) return undefined;
  return await visit.render('send-again', { form: keepForm(request.url, form) }, 403);
}
