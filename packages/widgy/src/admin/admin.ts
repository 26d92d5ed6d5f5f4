import type { FastifyInstance } from 'fastify';
import { noteError, statusOf, wentWrong } from '../server/error-pages.ts';
import { failureOf } from '../server/failure-page.ts';
import {
  MAX_FORM_BYTES,
  MAX_SIGN_IN_FORM_BYTES,
  MAX_STRANGER_FORM_BYTES,
  readUnreadForm,
  takeForms,
} from '../server/forms.ts';
import { BodyTooLarge } from '../server/read-body.ts';
import { useSessions } from '../server/sessions.ts';
import { hasSessionCookie, type SessionCookie, type WhoIs } from '../server/who-is.ts';
import type { Widgy } from '../server/widgy.ts';
import { createVisit } from './call.ts';
import { guardCall, guardVisit } from './guard.ts';
import { keepForm } from './kept-form.ts';
import { ADMIN_ROUTES } from './routes/index.ts';

/** What the administration is served with. */
export interface AdminOptions {
  readonly whoIs: WhoIs;
  readonly cookie: SessionCookie & { readonly isSecure: boolean };
  readonly hmacKey: string;
}

/** Serves the administration of a site, as a plug-in with the prefix `widgy.adminUrl`. */
export function adminPlugin(widgy: Widgy, { whoIs, cookie, hmacKey }: AdminOptions) {
  return async (scope: FastifyInstance): Promise<void> => {
    await useSessions(scope, widgy.accounts, { cookie, hmacKey });
    // Who is not signed in sends no files: they would be read before anybody asked who it is.
    scope.addHook('preValidation', async (request, reply) => {
      if (!request.isMultipart() || ((await whoIs(request))?.user ?? null) !== null) return;
      await createVisit(widgy, request, reply, undefined).render('sign-in', { next: '' }, 401);
      return reply;
    });
    await takeForms(scope, {
      fileBytes: widgy.media.limits.bytes,
      async fieldBytes(request) {
        if (request.routeOptions.url === `${widgy.adminUrl}/sign-in`) return MAX_SIGN_IN_FORM_BYTES;
        const user = (await whoIs(request))?.user ?? undefined;
        return user === undefined ? MAX_STRANGER_FORM_BYTES : MAX_FORM_BYTES;
      },
    });
    for (const route of ADMIN_ROUTES) {
      const { method, path, access } = route;
      scope.route({
        method,
        url: path,
        config: { access, isGuarded: true },
        async handler(request, reply) {
          if (route.access === 'public') {
            const guarded = await guardVisit(widgy, whoIs, request, reply);
            if ('call' in guarded) await route.handle(guarded.call);
            return reply;
          }
          const guarded = await guardCall(widgy, whoIs, route.access, request, reply);
          if ('call' in guarded) await route.handle(guarded.call);
          return reply;
        },
      });
    }
    scope.setNotFoundHandler(async (request, reply) => {
      const user = (await whoIs(request))?.user ?? undefined;
      await createVisit(widgy, request, reply, user).render('error', { ...wentWrong(404) }, 404);
      return reply;
    });
    scope.setErrorHandler(async (error, request, reply) => {
      const status = statusOf(error);
      noteError(error, status, request, reply);
      const what = wentWrong(status);
      try {
        const visit = createVisit(widgy, request, reply, undefined);
        if (isTakenOnceSignedIn(error)) {
          await visit.render('too-large', {}, status);
          return reply;
        }
        // What was typed can be sent again when the database is back. It cannot be asked who sent it.
        const kept = hasSessionCookie(request, cookie) ? MAX_FORM_BYTES : MAX_STRANGER_FORM_BYTES;
        const form = status === 503 ? await readUnreadForm(request, kept) : undefined;
        const isToldAll = status >= 500 && widgy.compressor.config.mode === 'development';
        await (form === undefined
          ? visit.render(
              isToldAll ? 'failure' : 'error',
              { ...what, ...(isToldAll && failureOf(error)) },
              status,
            )
          : visit.render('send-again', { ...what, form: keepForm(request.url, form) }, status));
        return reply;
      } catch (second) {
        request.log.error({ err: second }, 'the page that tells of it failed');
        return reply.type('text/plain; charset=utf-8').send(`${what.heading}. ${what.text}\n`);
      }
    });
  };
}

/** Whether somebody sent more than is kept for those who are not signed in, and less than is taken of those who are. */
function isTakenOnceSignedIn(error: unknown): boolean {
  return error instanceof BodyTooLarge && error.limit < MAX_FORM_BYTES;
}
