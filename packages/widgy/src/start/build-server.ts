import cookies from '@fastify/cookie';
import { fastifyCompressor } from '@widgy/compressor/fastify';
import fastify, { type FastifyInstance } from 'fastify';
import { adminPlugin } from '../admin/admin.ts';
import type { WidgyEnvironment } from '../config/index.ts';
import { enforceAccess, requireAccess } from '../server/access.ts';
import { serveHealth } from '../server/health.ts';
import { serveMedia } from '../server/media-routes.ts';
import { openWidgy } from '../server/open-widgy.ts';
import type { ServerOptions } from '../server/options.ts';
import { servePages } from '../server/public-pages.ts';
import { serveForRobots } from '../server/robots-routes.ts';
import { secretsOf } from '../server/secrets.ts';
import { sessionCookie } from '../server/sessions.ts';
import { createReadWho, createWhoIs } from '../server/who-is.ts';
import type { Widgy } from '../server/widgy.ts';
import { loggerOptions } from './logger.ts';
import { serveApi } from './site-api.ts';
import { siteJobs } from './site-jobs.ts';
import { STOP_PAUSE_MS, stopInTime } from './stopping.ts';
import { requireHttps, STRICT_TRANSPORT_S } from './strict-transport.ts';

/** A server that is ready to listen. Closing `app` ends everything. */
export interface BuiltServer {
  readonly app: FastifyInstance;
  readonly widgy: Widgy;
}

/** How long a request may take to arrive, with its body, in milliseconds: 20 MB arrive over 70 kB a second. */
export const REQUEST_TIMEOUT_MS = 5 * 60_000;

/** Connections that one server holds at once; with more, new ones are ended. */
export const MAX_CONNECTIONS = 10_000;

/**
 * Builds the server of a site: its pages, the administration, media, the JSON API, and routes of its own. Servers share nothing, so one
 * process can have several.
 *
 * @throws WidgyError for whatever is wrong with the configuration, the database or a route
 */
export async function buildServer(options: ServerOptions): Promise<BuiltServer> {
  const { environment } = options;
  const isDevelopment = options.compressor.config.mode === 'development';
  const app = fastify({
    logger: loggerOptions(environment),
    trustProxy: trusted(environment.TRUST_PROXY),
    // Whoever still holds a connection gets an answer, and then the connection ends.
    forceCloseConnections: isDevelopment ? true : 'idle',
    // Whatever still comes in while it stops is answered like all else: who sent it cannot know that it came too late.
    return503OnClosing: false,
    routerOptions: { maxParamLength: 500 },
    requestTimeout: REQUEST_TIMEOUT_MS,
  });
  app.server.maxConnections = MAX_CONNECTIONS;
  const widgy = await openWidgy(
    options,
    (problem) => app.log.warn({ err: problem }, 'something could not be done'),
    ({ to, file }) => app.log.warn(`a mail to ${to} was not sent, but written to ${file}`),
  );
  if (environment.WIDGY_SECRET === undefined)
    app.log.warn('WIDGY_SECRET is not set: everybody is signed out when this process ends');
  const jobs = siteJobs(widgy, app.log);
  app.addHook('onClose', async () => {
    await jobs.stop();
    await widgy.close();
  });
  const isProduction = environment.NODE_ENV === 'production';
  const isHttps = widgy.baseUrl.startsWith('https:');
  if (isHttps && environment.TRUST_PROXY === false)
    app.log.warn(
      'TRUST_PROXY is not set, and BASE_URL begins with https://: if a proxy stands before this server, tries to sign in count for all visitors together',
    );
  requireHttps(app, options.strictTransport ?? (isProduction && isHttps ? STRICT_TRANSPORT_S : 0));
  requireAccess(app);
  const secrets = secretsOf(environment);
  const cookie = sessionCookie(widgy.baseUrl, secrets.sessions);
  await app.register(cookies, { secret: [...secrets.cookies] });
  await app.register(fastifyCompressor, { compressor: widgy.compressor });
  const readWho = createReadWho(widgy.accounts, cookie);
  const whoIs = createWhoIs(readWho);
  enforceAccess(app, widgy, whoIs);
  serveHealth(app, widgy);
  stopInTime(app, { pause: options.stopPause ?? (isProduction ? STOP_PAUSE_MS : 0) });
  serveMedia(app, widgy);
  serveForRobots(app, widgy);
  await app.register(adminPlugin(widgy, { whoIs, cookie, hmacKey: secrets.forms }), {
    prefix: widgy.adminUrl,
  });
  await serveApi(app, widgy, readWho);
  await options.routes?.(app, widgy);
  servePages(app, widgy, { ...options, whoIs, cookie });
  if (options.hasJobs ?? true) app.addHook('onReady', async () => jobs.start());
  return { app, widgy };
}

/** Which proxies are believed: none, those with these addresses, or so many of those that stand nearest to the server. */
function trusted(
  proxies: WidgyEnvironment['TRUST_PROXY'],
): false | string[] | ((address: string, hop: number) => boolean) {
  if (proxies === false) return false;
  return typeof proxies === 'number' ? (_, hop) => hop < proxies : [...proxies];
}
