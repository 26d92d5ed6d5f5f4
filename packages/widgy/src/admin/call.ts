import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Actor, may, type SignedIn } from '../accounts/index.ts';
import type { Author } from '../documents/author.ts';
import { contentSecurityPolicy, createNonce, pageHeaders } from '../server/content-security.ts';
import { FormBody } from '../server/forms.ts';
import { CSRF_FIELD, csrfToken, type FlashMessage } from '../server/sessions.ts';
import type { Widgy } from '../server/widgy.ts';
import { permissionName } from '../widgets/define-widget.ts';
import { attributes, type Html, html } from '../widgets/fields/html.ts';
import { navigationFor } from './navigation.ts';

/**
 * Says that an answer was sent. It stands in the place of Fastify's reply, which is a promise too: whoever waits for a function that gives a
 * reply gets undefined, as if nothing had been answered.
 */
export const ANSWERED = Object.freeze({ isAnswered: true });

/** See {@link ANSWERED}. */
export type Answered = typeof ANSWERED;

/** Somebody who asks for a page of the administration, signed in or not. */
export interface Visit {
  readonly widgy: Widgy;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  /** The form that was sent; an empty one where none was. */
  readonly form: FormBody;
  /** What stands behind `?`. */
  readonly query: URLSearchParams;
  /** A part of the path, such as `page` of `/pages/:page`. */
  readonly param: (name: string) => string;
  /** Shows a page: one of the templates below `widgy/`. Default of `status`: 200. */
  readonly render: (
    template: string,
    variables: Readonly<Record<string, unknown>>,
    status?: number,
  ) => Promise<Answered>;
  /** Sends the browser to another page of the administration, which it asks for with GET: `/pages`. */
  readonly go: (path: string) => Answered;
}

/** Somebody who is signed in and asks for a page of the administration. */
export interface AdminCall extends Visit {
  readonly user: SignedIn;
  /** Who does something to documents. */
  readonly author: Author;
  /** Who changes people. */
  readonly actor: Actor;
  /** Whether they hold a permission at this site. */
  readonly may: (permission: string) => boolean;
  /** Has the next page say something. */
  readonly say: (message: FlashMessage) => void;
  /** Says that something was not done, and goes back: to a page that shows what is there now. */
  readonly refuse: (what: string, path: string) => Answered;
}

/** A visit of somebody who may not be signed in. */
export function createVisit(
  widgy: Widgy,
  request: FastifyRequest,
  reply: FastifyReply,
  user: SignedIn | undefined,
): Visit {
  const { adminUrl, compressor, site } = widgy;
  const [path = ''] = request.url.split('?', 1);
  return {
    widgy,
    request,
    reply,
    form: request.body instanceof FormBody ? request.body : new FormBody(new URLSearchParams()),
    query: new URL(request.url, widgy.baseUrl).searchParams,
    param: (name) => paramOf(request, name),
    async render(template, variables, status = 200) {
      const nonce = createNonce();
      const messages = request.session.messages ?? [];
      if (messages.length > 0) request.session.messages = [];
      const admin = {
        siteName: widgy.siteName,
        url: adminUrl,
        csrf: csrfField(request, reply),
        section: sectionOf(path.slice(adminUrl.length)),
        messages,
        ...(user === undefined
          ? {}
          : { user: { name: user.name }, navigation: navigationFor(widgy, user, path) }),
      };
      const shown = { site, static_url: compressor.config.static.url, admin, ...variables };
      const body = await compressor.render(`widgy/${template}`, shown, { nonce });
      reply
        .code(status)
        .headers(pageHeaders('administration'))
        .header('content-security-policy', contentSecurityPolicy('administration', nonce))
        .send(body);
      return ANSWERED;
    },
    go(to) {
      reply.header('cache-control', 'no-store').redirect(`${adminUrl}${to}`, 303);
      return ANSWERED;
    },
  };
}

/** The call of somebody who is signed in. */
export function createCall(visit: Visit, user: SignedIn): AdminCall {
  const { widgy, request } = visit;
  const isAllowed = (permission: string) => may(user, permission, widgy.siteId);
  const say = (message: FlashMessage) => {
    request.session.messages = [...(request.session.messages ?? []), message];
  };
  return {
    ...visit,
    user,
    author: { id: user.id, may: (action, type) => isAllowed(permissionName(type, action)) },
    actor: { kind: 'user', id: user.id },
    may: isAllowed,
    say,
    refuse(what, path) {
      say({ tone: 'error', text: what });
      return visit.go(path);
    },
  };
}

/** The field that every form needs. */
function csrfField(request: FastifyRequest, reply: FastifyReply): Html {
  return html`<input${attributes({ type: 'hidden', name: CSRF_FIELD, value: csrfToken(request, reply) })}>`;
}

/** The first part of the path of a page: `pages`. */
function sectionOf(path: string): string {
  return path.split('/')[1] ?? '';
}

function paramOf({ params }: FastifyRequest, name: string): string {
  const value: unknown =
    typeof params === 'object' && params !== null ? Reflect.get(params, name) : undefined;
  // What no database keeps is the id of nothing.
  return typeof value === 'string' && value.isWellFormed() && !value.includes('\0') ? value : '';
}
