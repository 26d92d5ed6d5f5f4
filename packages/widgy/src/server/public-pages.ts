import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { addressOfPath, nextChangeAt, type PublicPage, readAddress, readPublicPage } from '../pages/index.ts';
import { contentSecurityPolicy, createNonce, pageHeaders } from './content-security.ts';
import { noteError, statusOf, type WentWrong, wentWrong } from './error-pages.ts';
import { FAILURE_TEMPLATE, failureOf } from './failure-page.ts';
import type { ServerOptions } from './options.ts';
import { type CachedPage, joinedBy, PageCache, type PageTime, partsAround } from './page-cache.ts';
import {
  mountOf,
  pageVariables,
  readSiteContent,
  type SiteContent,
  siteVariables,
  templateOf,
  type Visitor,
} from './page-variables.ts';
import { hasSessionCookie, type SessionCookie, type WhoIs } from './who-is.ts';
import type { Widgy } from './widgy.ts';

/** What public pages are served with. */
export interface PublicPagesOptions extends Pick<ServerOptions, 'errorTemplate' | 'pageCacheBytes'> {
  readonly whoIs: WhoIs;
  readonly cookie: SessionCookie;
}

/** What a page is sent as. */
interface Answer {
  readonly page: CachedPage;
  /** Whether everybody who is not signed in gets the same until something is written. */
  readonly isShared: boolean;
}

/** Somebody who looks at a page. */
interface Look {
  readonly request: FastifyRequest;
  readonly visitor: Visitor | undefined;
  readonly site: () => Promise<SiteContent>;
}

/** How a page answers a route of the site's own. */
export interface SentPage {
  /** Default: 200. */
  readonly status?: number;
  /** Variables for its template, which take the place of others with the same name. Default: none. */
  readonly variables?: Readonly<Record<string, unknown>>;
}

declare module 'fastify' {
  interface FastifyReply {
    /**
     * Answers a route of the site's own with the page at an address, such as a form with what is wrong in it. Where the page has moved, it
     * is sent from where it is now; where there is none that the visitor may see, the answer is 404. It is never kept.
     */
    sendPage(path: string, sent?: SentPage): Promise<FastifyReply>;
  }
}

/** Serves the pages of a site, its redirects, and what it says where there is nothing. */
export function servePages(app: FastifyInstance, widgy: Widgy, options: PublicPagesOptions): void {
  const { whoIs, cookie, errorTemplate = 'widgy/error' } = options;
  const cache = new PageCache(options.pageCacheBytes);
  // Stands for the nonce in pages that are kept. Nobody can know it, so nobody can have it put into a page.
  const placeholder = createNonce();

  const render = async (template: string, more: Readonly<Record<string, unknown>>, status: number) => {
    const html = await widgy.compressor.render(template, more, { nonce: placeholder });
    return { status, parts: partsAround(html, placeholder) };
  };

  /** @param caching what shared caches and browsers may do with it */
  const send = (reply: FastifyReply, { status, parts }: CachedPage, caching = 'no-cache') => {
    const nonce = createNonce();
    const policy = contentSecurityPolicy('public', nonce, widgy.contentSources);
    return reply
      .code(status)
      .headers({ ...pageHeaders('public'), 'content-security-policy': policy, 'cache-control': caching })
      .send(joinedBy(parts, nonce));
  };

  const lookOf = (request: FastifyRequest, visitor: Visitor | undefined): Look => {
    return { request, visitor, site: () => readSiteContent(widgy, visitor) };
  };

  const saying = async (what: WentWrong, { site, visitor }: Look): Promise<CachedPage> => {
    const shown = siteVariables(widgy, await site(), '', visitor);
    return await render(errorTemplate, { ...shown, ...what }, what.status);
  };

  const shownPage = async (
    { request, visitor, site }: Look,
    found: PublicPage,
    { status = 200, variables: own = {} }: SentPage = {},
  ): Promise<Answer | undefined> => {
    const { page, rest } = found;
    const mount = mountOf(widgy, page);
    const query = new URL(request.url, widgy.baseUrl).searchParams;
    const mounted = await mount?.({ page, rest, query, request, widgy, isSignedIn: visitor !== undefined });
    if (mount === undefined ? rest !== '' : mounted === undefined) return undefined;
    const shown = {
      ...siteVariables(widgy, await site(), addressOfPath(page.path), visitor),
      ...(await pageVariables(widgy, found, 'public', visitor !== undefined)),
      ...mounted,
      ...own,
    };
    const made = await render(`pages/${templateOf(widgy, page.template)}`, shown, status);
    return { page: made, isShared: mount === undefined };
  };

  /** What there is at an address; undefined where the visitor was sent elsewhere. */
  const answer = async (look: Look, reply: FastifyReply, path: string): Promise<Answer | undefined> => {
    const { request, visitor } = look;
    const found = await readPublicPage(widgy.pages, { path, isSignedIn: visitor !== undefined });
    if (found.kind === 'redirect') {
      reply.header('cache-control', 'no-cache').redirect(found.to, found.status);
      return undefined;
    }
    if (found.kind === 'sign-in') {
      const next = new URLSearchParams({ next: request.url });
      reply.header('cache-control', 'no-store').redirect(`${widgy.adminUrl}/sign-in?${next}`, 302);
      return undefined;
    }
    const shown = found.kind === 'page' ? await shownPage(look, found) : undefined;
    if (shown !== undefined) return shown;
    // Addresses that lead nowhere are endless, so what is said there is not kept.
    return { page: await saying(wentWrong(found.kind === 'gone' ? 410 : 404), look), isShared: false };
  };

  app.decorateReply('sendPage', async function sendPage(this: FastifyReply, path, sent) {
    const { request } = this;
    const visitor = (await whoIs(request))?.user ?? undefined;
    const isSignedIn = visitor !== undefined;
    const look = lookOf(request, visitor);
    let found = await readPublicPage(widgy.pages, { path, isSignedIn });
    if (found.kind === 'redirect') found = await readPublicPage(widgy.pages, { path: found.to, isSignedIn });
    const made = found.kind === 'page' ? await shownPage(look, found, sent) : undefined;
    return send(this, made?.page ?? (await saying(wentWrong(404), look)), 'no-store');
  });

  app.get('/*', { config: { access: 'public' } }, async (request, reply) => {
    const [path = '/'] = request.url.split('?', 1);
    const user = hasSessionCookie(request, cookie) ? (await whoIs(request))?.user : undefined;
    if (user) {
      const made = await answer(lookOf(request, user), reply, path);
      if (made === undefined) return reply;
      return send(reply.header('vary', 'cookie'), made.page, PRIVATE);
    }
    // One address can be spelt in very many ways, and a page is kept once.
    const key = readAddress(path) ?? path;
    const time = await timeNow(widgy);
    const kept = time === undefined ? cache.findOld(key) : cache.find(key, time);
    if (kept !== undefined) return send(reply, kept);
    const until = time && (cache.until(time) ?? (await nextChangeAt(widgy.pages)) ?? Number.MAX_SAFE_INTEGER);
    const site = async () => {
      const known = time && cache.findSite(time);
      if (known !== undefined) return known;
      const read = await readSiteContent(widgy, undefined);
      if (time !== undefined && until !== undefined) cache.keepSite(read, time, until);
      return read;
    };
    const made = await answer({ request, visitor: undefined, site }, reply, path);
    if (made === undefined) return reply;
    if (made.isShared && time !== undefined && until !== undefined) cache.keep(key, made.page, time, until);
    return send(reply, made.page);
  });

  app.setNotFoundHandler({}, async (request, reply) => {
    const visitor = (await whoIs(request))?.user ?? undefined;
    return send(reply, await saying(wentWrong(404), lookOf(request, visitor)), PRIVATE);
  });

  app.setErrorHandler(async (error, request, reply) => {
    const status = statusOf(error);
    noteError(error, status, request, reply);
    const what = wentWrong(status);
    const isToldAll = status >= 500 && widgy.compressor.config.mode === 'development';
    try {
      if (isToldAll)
        return send(reply, await render(FAILURE_TEMPLATE, { ...what, ...failureOf(error) }, status));
      return send(reply, await saying(what, lookOf(request, undefined)));
    } catch (second) {
      // What failed may be what such pages need too: the database, or the template.
      if (statusOf(second) !== 503) request.log.error({ err: second }, 'the page that tells of it failed');
      return reply.type('text/plain; charset=utf-8').send(`${what.heading}. ${what.text}\n`);
    }
  });
}

/** What caches may do with a page for one visitor. */
const PRIVATE = 'private, no-cache';

/** When this is; undefined where the database cannot be asked. */
async function timeNow({ generation, now }: Widgy): Promise<PageTime | undefined> {
  const time = now();
  try {
    return { generation: await generation.read(), now: time };
  } catch (error) {
    if (statusOf(error) === 503) return undefined;
    throw error;
  }
}
