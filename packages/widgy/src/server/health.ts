import type { FastifyInstance } from 'fastify';
import { RETRY_AFTER_S } from './error-pages.ts';
import type { Widgy } from './widgy.ts';

/**
 * Says whether the server lives (`/healthz`: it answers) and whether it is ready for visitors (`/readyz`: it reaches its database, and is not
 * about to stop). For what starts and restarts servers, and for what sends them requests.
 */
export function serveHealth(app: FastifyInstance, { generation }: Widgy): void {
  let isStopping = false;
  app.addHook('preClose', async () => {
    isStopping = true;
  });
  const config = { access: 'public' } as const;
  app.get('/healthz', { config, logLevel: 'warn' }, async (_, reply) =>
    reply.header('cache-control', 'no-store').send({ status: 'alive' }),
  );
  app.get('/readyz', { config, logLevel: 'warn' }, async (request, reply) => {
    reply.header('cache-control', 'no-store');
    const isReady =
      !isStopping &&
      (await generation.read().then(
        () => true,
        (error: unknown) => {
          request.log.warn({ err: error }, 'the database cannot be reached');
          return false;
        },
      ));
    if (isReady) return reply.send({ status: 'ready' });
    return reply
      .code(503)
      .header('retry-after', RETRY_AFTER_S)
      .send({ status: isStopping ? 'stopping' : 'waiting' });
  });
}
