import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Compressor } from '../compressor.ts';
import { isSecureRequest } from '../serve/secure.ts';
import { type HintOptions, writeEarlyHints } from './early-hints.ts';
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

/**
 * Tells a browser what a page is going to load, before the page is rendered: in an answer 103 where the client takes one, and in the
 * header `Link` of the page itself. Call it first, before anything is waited for. It knows what
 * {@link Compressor.links} knows.
 *
 * @param template the template that is going to be rendered
 * @throws CompressorError `request-invalid`
 */
export function sendEarlyHints(
  compressor: Compressor,
  request: { readonly raw: IncomingMessage | Http2ServerRequest },
  reply: Pick<FastifyReply, 'getHeader'> & {
    readonly raw: ServerResponse | Http2ServerResponse;
    header(name: string, value: string): unknown;
  },
  template: string,
  options: HintOptions = {},
): void {
  const links = compressor.links(template, options);
  if (links.length === 0) return;
  writeEarlyHints(request.raw, reply.raw, links, options);
  const others = [reply.getHeader('link') ?? []].flat().map(String);
  reply.header('link', [...others, ...links].join(', '));
}

// Fastify would otherwise keep the hook to the plug-in's own routes; this is the mark that `fastify-plugin` sets too.
Object.defineProperty(fastifyCompressor, Symbol.for('skip-override'), { value: true });
