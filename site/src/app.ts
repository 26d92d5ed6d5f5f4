import formbody from '@fastify/formbody';
import { type Config, createCompressor, loadConfig } from '@widgy/compressor';
import { fastifyCompressor } from '@widgy/compressor/fastify';
import fastify, { type FastifyInstance, type FastifyServerOptions } from 'fastify';
import { type Booking, parseBooking } from './booking.ts';
import { bookingForm, pages } from './pages.ts';
import { navigation, yard } from './yard.ts';

const { NODE_ENV } = process.env;

/** What can be different from one instance of the site to the next. */
export interface SiteOptions {
  /** Options of the compressor that take the place of those in `compressor.config.ts`. */
  compressor?: Config;
  /** Whether errors are shown to the visitor. Default: outside production only. */
  development?: boolean;
  /** Fastify's logger. Default: off. */
  logger?: FastifyServerOptions['logger'];
  /** The clock that decides which days can be booked. */
  now?: () => Date;
  /** Receives each accepted booking request. Default: a line in the log. */
  onBooking?: (booking: Booking) => void | Promise<void>;
}

/** Builds the site, ready to `listen` or `inject`. Instances share nothing, so one process can hold several. */
export async function buildSite(options: SiteOptions = {}): Promise<FastifyInstance> {
  const { development = NODE_ENV !== 'production', now = () => new Date() } = options;
  const file = new URL('../compressor.config.ts', import.meta.url);
  const compressor = await createCompressor(await loadConfig(file, options.compressor));

  // In production, requests under way are finished first.
  const app = fastify({
    logger: options.logger ?? false,
    forceCloseConnections: development ? true : 'idle',
  });
  const onBooking =
    options.onBooking ??
    ((booking: Booking) => app.log.info({ boat: booking.boat, date: booking.date }, 'booking request'));

  app.addHook('onClose', () => compressor.close());
  app.addHook('onRequest', async (_request, reply) => {
    reply.header('x-content-type-options', 'nosniff');
    reply.header('referrer-policy', 'strict-origin-when-cross-origin');
    reply.header('x-frame-options', 'SAMEORIGIN');
  });

  await app.register(formbody);
  await app.register(fastifyCompressor, { compressor });

  const show = (template: string, path: string, variables: Record<string, unknown> = {}): Promise<string> =>
    compressor.render(template, { yard, navigation, path, year: now().getFullYear(), ...variables });

  for (const page of pages) {
    app.get(page.path, async (request, reply) => {
      const query = new URL(request.url, 'http://site.invalid').searchParams;
      return reply
        .type('text/html; charset=utf-8')
        .send(await show(page.template, page.path, page.variables({ query, now: now() })));
    });
  }

  app.post('/book', async (request, reply) => {
    const result = parseBooking(request.body, now());
    if (!result.ok) {
      const html = await show('book.liquid', '/book', bookingForm(now(), result.values, result.errors));
      return reply.code(422).type('text/html; charset=utf-8').send(html);
    }
    await onBooking(result.booking);
    // A redirect, so that reloading the thank-you page does not send the request a second time.
    const { boat, date } = result.booking;
    return reply.redirect(`/book/thanks?${new URLSearchParams({ boat, date })}`, 303);
  });

  app.setNotFoundHandler(async (_request, reply) =>
    reply
      .code(404)
      .type('text/html; charset=utf-8')
      .send(await show('404.liquid', '')),
  );

  app.setErrorHandler(async (error, request, reply) => {
    const status = readStatus(error);
    if (status >= 500) request.log.error(error);
    const detail = development && error instanceof Error ? (error.stack ?? error.message) : '';
    reply.code(status).type('text/html; charset=utf-8');
    try {
      return await reply.send(await show('500.liquid', '', { detail }));
    } catch (second) {
      // The template may be what is broken; the visitor still gets an answer.
      request.log.error(second);
      return reply
        .type('text/plain; charset=utf-8')
        .send(detail || 'Something went wrong. Please try again later.');
    }
  });

  return app;
}

function readStatus(error: unknown): number {
  const status =
    typeof error === 'object' && error !== null && 'statusCode' in error ? error.statusCode : undefined;
  return typeof status === 'number' && status >= 400 && status < 600 ? status : 500;
}
