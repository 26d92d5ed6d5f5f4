import { Signer as CookieSigner, type Signer } from '@fastify/cookie';
import csrfProtection from '@fastify/csrf-protection';
import fastifySession from '@fastify/session';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import {
  type AccountsStore,
  createSessionRows,
  markReplaced,
  SIGNED_IN_KEYS,
  type SignedIn,
  type SignedInData,
  signedInData,
} from '../accounts/index.ts';
import { WidgyError } from '../errors.ts';
import { isPlainObject } from '../tree/problems.ts';
import { FormBody } from './forms.ts';
import type { SessionCookie } from './who-is.ts';

/** Something to be said on the next page: what was done, or why not. */
export interface FlashMessage {
  readonly tone: 'done' | 'warning' | 'error';
  readonly text: string;
  /** A button that takes it back: what it sends, and where. */
  readonly undo?: {
    readonly label: string;
    readonly action: string;
    readonly fields: readonly HiddenField[];
  };
}

/** A field of a form that nobody sees. */
export interface HiddenField {
  readonly name: string;
  readonly value: string;
}

declare module 'fastify' {
  interface Session extends Partial<SignedInData> {
    /** What the next page says. */
    messages?: readonly FlashMessage[];
  }
}

/** The name of the field with which forms prove that a page of this site showed them. */
export const CSRF_FIELD = '_csrf';

/**
 * The cookie of sessions. On HTTPS browsers take it from this host alone, and send it back over HTTPS alone.
 *
 * @param secrets the first one signs; those after it are still accepted
 */
export function sessionCookie(
  baseUrl: string,
  secrets: readonly string[],
): SessionCookie & { readonly isSecure: boolean } {
  const isSecure = baseUrl.startsWith('https:');
  const signer: Signer = new CookieSigner([...secrets]);
  return { name: isSecure ? '__Host-widgy' : 'widgy', signer, isSecure };
}

/**
 * Gives the routes of a scope sessions, which are rows of the database, and `csrfProtection`. Visitors who do not sign in get no session.
 *
 * @param hmacKey what tokens of forms are made with
 */
export async function useSessions(
  scope: FastifyInstance,
  accounts: AccountsStore,
  {
    cookie,
    hmacKey,
  }: { readonly cookie: SessionCookie & { readonly isSecure: boolean }; readonly hmacKey: string },
): Promise<void> {
  const rows = createSessionRows(accounts);
  if (cookie.isSecure) {
    // Visitors reach the site over HTTPS, whatever a proxy speaks to this server: so the configuration says, and a cookie is set by it.
    scope.addHook('onRequest', async (request) => {
      Object.defineProperty(request, 'protocol', { value: 'https' });
    });
  }
  await scope.register(fastifySession, {
    secret: cookie.signer,
    cookieName: cookie.name,
    cookie: { path: '/', httpOnly: true, sameSite: 'lax', secure: cookie.isSecure },
    saveUninitialized: false,
    rolling: false,
    store: {
      get: (id, done) => settle(rows.get(id), (data) => done(null, sessionOf(data)), done),
      set: (id, session, done) =>
        settle(
          rows.set(id, session),
          (written) => done(written.ok ? undefined : new SessionRefused(written.refusal.what)),
          done,
        ),
      destroy: (id, done) => settle(rows.destroy(id), () => done(), done),
    },
  });
  // A cookie of a session that is over is left alone: the browser may have got another one meanwhile, which would be taken away with it.
  scope.addHook('onRequest', async (request) => {
    const { valid, value } = cookie.signer.unsign(request.cookies[cookie.name] ?? '');
    if (!valid || value !== request.session.sessionId) Reflect.deleteProperty(request.cookies, cookie.name);
  });
  await scope.register(csrfProtection, {
    cookieKey: cookie.isSecure ? '__Host-widgy-csrf' : 'widgy-csrf',
    cookieOpts: { path: '/', httpOnly: true, sameSite: 'lax', secure: cookie.isSecure, signed: true },
    csrfOpts: { hmacKey, userInfo: true },
    getUserInfo: csrfOwner,
    getToken: (request) => (request.body instanceof FormBody ? request.body.text(CSRF_FIELD) : undefined),
    logLevel: 'debug',
  });
}

/** A token for the forms of a page. It holds for this browser and, once somebody is signed in, for them alone. */
export function csrfToken(request: FastifyRequest, reply: FastifyReply): string {
  return reply.generateCsrf({ userInfo: csrfOwner(request) });
}

/** Begins the session of somebody who has signed in, with another token than any that there was before. */
export async function beginSession(request: FastifyRequest, user: SignedIn): Promise<void> {
  const agent = request.headers['user-agent'] ?? null;
  Object.assign(request.session, signedInData(user, { address: request.ip, agent }));
  // A row never changes its user, so who it is must be in it when it is written first: by this.
  await request.session.regenerate([...SIGNED_IN_KEYS]);
}

/**
 * Gives a session another token, for the rights that its user has now. The one before is over at once.
 */
export async function rotateSession(request: FastifyRequest, user: SignedIn): Promise<void> {
  const { session } = request;
  Object.assign(session, signedInData(user, session, session.assurance));
  await session.regenerate([...SIGNED_IN_KEYS, 'messages']);
}

/**
 * The same where a browser may have sent several requests with the token: one of them gets another, and the one before can be read for a
 * little longer, so that the others are answered and leave the new cookie alone.
 */
export async function replaceSession(
  accounts: AccountsStore,
  request: FastifyRequest,
  user: SignedIn,
): Promise<void> {
  if (await markReplaced(accounts, request.session.sessionId)) await rotateSession(request, user);
}

/** A session that was ended while a request was still using it. */
class SessionRefused extends WidgyError {
  constructor(message: string) {
    super('session-refused', { message });
  }
}

function csrfOwner({ session }: FastifyRequest): string {
  return session?.userId ?? 'nobody';
}

function sessionOf(data: unknown) {
  if (!isPlainObject(data)) return null;
  return { cookie: { originalMaxAge: null }, ...data };
}

function settle<T>(promise: Promise<T>, onDone: (value: T) => void, onError: (error: unknown) => void): void {
  promise.then(onDone).catch(onError);
}
