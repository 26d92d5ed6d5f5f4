import type { FastifyInstance, FastifyRequest } from 'fastify';
import { noteError, statusOf, wentWrong } from '../server/error-pages.ts';
import { takeForms } from '../server/forms.ts';
import { useSessions } from '../server/sessions.ts';
import type { SessionCookie, WhoIs } from '../server/who-is.ts';
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
    await takeForms(scope, widgy.media.limits.bytes);
    // Who is not signed in sends no files: they would be read before anybody asked who it is.
    scope.addHook('onRequest', async (request, reply) => {
      if (!isMultipart(request) || ((await whoIs(request))?.user ?? null) !== null) return;
      await createVisit(widgy, request, reply, undefined).render('sign-in', { next: '' }, 401);
      return reply;
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
        // What was typed can be sent again when the database is back.
        const isKept = status === 503 && request.method === 'POST';
        await (isKept
          ? visit.render('send-again', { ...what, form: keepForm(request.url, visit.form) }, status)
          : visit.render('error', { ...what }, status));
        return reply;
      } catch (second) {
        request.log.error({ err: second }, 'the page that tells of it failed');
        return reply.type('text/plain; charset=utf-8').send(`${what.heading}. ${what.text}\n`);
      }
    });
  };
}

function isMultipart({ headers }: FastifyRequest): boolean {
  return headers['content-type']?.startsWith('multipart/') === true;
}
