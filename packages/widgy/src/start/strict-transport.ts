import type { FastifyInstance } from 'fastify';

/** For how long browsers reach a site over HTTPS alone, if nothing else is said, in seconds: 30 days. */
export const STRICT_TRANSPORT_S = 30 * 24 * 60 * 60;

/** Has browsers reach the site over HTTPS alone for so many seconds after each answer. Other hosts of the domain are not concerned. */
export function requireHttps(app: FastifyInstance, seconds: number): void {
  if (seconds <= 0) return;
  app.addHook('onRequest', async (_, reply) => {
    reply.header('strict-transport-security', `max-age=${seconds}`);
  });
}
