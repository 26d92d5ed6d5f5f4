import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2';
import { pipeline } from 'node:stream/promises';
import { nodeCodeOf } from '../caught.ts';
import type { Compressor } from '../compressor.ts';
import type { AssetResponse } from '../serve/response.ts';
import { forwardedScheme, isSecureRequest } from '../serve/secure.ts';
import { type HintOptions, writeEarlyHints } from './early-hints.ts';

/** What the adapter must know of the server. */
export interface NodeCompressorOptions {
  /**
   * Whether a proxy in front of the server sets `Forwarded` or `X-Forwarded-Proto`, and nobody gets around it. Default: false.
   * Express is asked what it was told with `app.set('trust proxy', …)`, so it needs no option here.
   */
  readonly trustProxy?: boolean;
}

/**
 * Serves assets and static files in `node:http` and in Express: `app.use(nodeCompressor(compressor))`. Requests for other
 * paths go to `next`, or get a 404 where there is none.
 */
export function nodeCompressor(
  compressor: Compressor,
  { trustProxy = false }: NodeCompressorOptions = {},
): (request: IncomingMessage, response: ServerResponse, next?: (error?: unknown) => void) => void {
  return (request, response, next) => {
    answer(compressor, request, response, trustProxy).then(
      (isAnswered) => {
        if (isAnswered) return;
        if (next !== undefined) return next();
        response.writeHead(404).end();
      },
      (error) => (next === undefined ? response.destroy() : next(error)),
    );
  };
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
  request: IncomingMessage | Http2ServerRequest,
  response: ServerResponse | Http2ServerResponse,
  template: string,
  options: HintOptions = {},
): void {
  const links = compressor.links(template, options);
  if (links.length === 0) return;
  writeEarlyHints(request, response, links, options);
  response.appendHeader('link', [...links]);
}

async function answer(
  compressor: Compressor,
  request: IncomingMessage,
  response: ServerResponse,
  trustProxy: boolean,
): Promise<boolean> {
  // Express cuts the path of the mounted router off `url`.
  const url =
    'originalUrl' in request && typeof request.originalUrl === 'string' ? request.originalUrl : request.url;
  const { method = 'GET', headers } = request;
  const isSecure = isSecureRequest(headers, schemeOf(request, trustProxy));
  const result = await compressor.handle({ method, url: url ?? '/', headers, isSecure });
  if (result === undefined) return false;
  await writeResponse(response, result);
  return true;
}

/** The scheme that the browser used. Express gives its own answer, which heeds the proxies that it trusts. */
function schemeOf(request: IncomingMessage, trustProxy: boolean): string {
  if ('protocol' in request && typeof request.protocol === 'string') return request.protocol;
  const forwarded = trustProxy ? forwardedScheme(request.headers) : undefined;
  return forwarded ?? ('encrypted' in request.socket ? 'https' : 'http');
}

/** Writes an answer to the connection. A visitor who goes away before the end is no error. */
export async function writeResponse(
  response: ServerResponse,
  { status, headers, body }: AssetResponse,
): Promise<void> {
  response.writeHead(status, headers);
  if (body === undefined || Buffer.isBuffer(body)) response.end(body);
  else await pipeline(body, response).catch(ignoreClosed);
}

function ignoreClosed(error: unknown): void {
  const code = nodeCodeOf(error);
  if (code !== 'ERR_STREAM_PREMATURE_CLOSE' && code !== 'ECONNRESET') throw error;
}
