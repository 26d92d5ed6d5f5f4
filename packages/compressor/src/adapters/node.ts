import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { Compressor } from '../compressor.ts';
import type { AssetResponse } from '../serve/response.ts';

/**
 * Serves assets and static files in `node:http` and in Express: `app.use(nodeCompressor(compressor))`. Requests for other
 * paths go to `next`, or get a 404 where there is none.
 */
export function nodeCompressor(
  compressor: Compressor,
): (request: IncomingMessage, response: ServerResponse, next?: (error?: unknown) => void) => void {
  return (request, response, next) => {
    answer(compressor, request, response).then(
      (isAnswered) => {
        if (isAnswered) return;
        if (next !== undefined) return next();
        response.writeHead(404).end();
      },
      (error) => (next === undefined ? response.destroy() : next(error)),
    );
  };
}

async function answer(
  compressor: Compressor,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  // Express cuts the path of the mounted router off `url`.
  const url =
    'originalUrl' in request && typeof request.originalUrl === 'string' ? request.originalUrl : request.url;
  const { method = 'GET', headers } = request;
  const result = await compressor.handle({ method, url: url ?? '/', headers });
  if (result === undefined) return false;
  await writeResponse(response, result);
  return true;
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
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code !== 'ERR_STREAM_PREMATURE_CLOSE' && code !== 'ECONNRESET') throw error;
}
