import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Compressor } from '../compressor.ts';
import { isSecureRequest } from '../serve/secure.ts';
import { writeResponse } from './node.ts';

/**
 * A Fastify plug-in that serves assets and static files: `app.register(fastifyCompressor, { compressor })`. It answers before
 * routing, so it needs no routes and leaves all other paths alone. Behind a proxy that ends HTTPS, Fastify's own option
 * `trustProxy` tells whether the browser used it.
 */
export async function fastifyCompressor(
  app: FastifyInstance,
  { compressor }: { compressor: Compressor },
): Promise<void> {
  // Open pages in development would keep the server from closing.
  app.addHook('preClose', async () => compressor.disconnect());
  app.addHook('onRequest', async (request: FastifyRequest, reply: FastifyReply) => {
    const { method, url, headers } = request.raw;
    const isSecure = isSecureRequest(headers, request.protocol);
    const result = await compressor.handle({ method: method ?? 'GET', url: url ?? '/', headers, isSecure });
    if (result === undefined) return;
    if (result.body === undefined || Buffer.isBuffer(result.body)) {
      return reply.code(result.status).headers(result.headers).send(result.body);
    }
    // Fastify takes a visitor who leaves in the middle of a stream for an error of the hook.
    reply.hijack();
    return writeResponse(reply.raw, result);
  });
}

// Fastify would otherwise keep the hook to the plug-in's own routes; this is the mark that `fastify-plugin` sets too.
Object.defineProperty(fastifyCompressor, Symbol.for('skip-override'), { value: true });
