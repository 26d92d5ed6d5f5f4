import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Compressor } from '../compressor.ts';

/**
 * A Fastify plug-in that serves assets and static files: `app.register(fastifyCompressor, { compressor })`. It answers before
 * routing, so it needs no routes and leaves all other paths alone.
 */
export async function fastifyCompressor(
  app: FastifyInstance,
  { compressor }: { compressor: Compressor },
): Promise<void> {
  app.addHook('onRequest', async (request: FastifyRequest, reply: FastifyReply) => {
    const { method, url, headers } = request.raw;
    const result = await compressor.handle({ method: method ?? 'GET', url: url ?? '/', headers });
    if (result === undefined) return;
    return reply
      .code(result.status)
      .headers(result.headers)
      .send(result.body ?? null);
  });
}

// Fastify would otherwise keep the hook to the plug-in's own routes; this is the mark that `fastify-plugin` sets too.
Object.defineProperty(fastifyCompressor, Symbol.for('skip-override'), { value: true });
