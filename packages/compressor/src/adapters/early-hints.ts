import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2';
import type { RequestOptions } from '../render/request-values.ts';

/** How a page's links are sent. */
export interface HintOptions extends RequestOptions {
  /**
   * Whether to send 103 over HTTP/1.1, too. Browsers take it only over HTTP/2 and later, so this is for a server in front that
   * speaks HTTP/1.1 to this one and passes 103 on. Default: false.
   */
  readonly http1?: boolean;
}

/**
 * Sends an answer 103 (Early Hints, RFC 8297) where the client is known to take it: a browser that opens a page, over a protocol in which
 * the interim answer confuses nobody.
 *
 * @param links values for the header `Link`
 */
export function writeEarlyHints(
  request: IncomingMessage | Http2ServerRequest,
  response: ServerResponse | Http2ServerResponse,
  links: readonly string[],
  { http1 = false }: HintOptions,
): void {
  const isOpeningPage = request.method === 'GET' && request.headers['sec-fetch-mode'] === 'navigate';
  const early = links.filter((link) => !QUOTED_SPACE.test(link));
  if (!isOpeningPage || early.length === 0 || response.headersSent) return;
  if (request.httpVersionMajor >= 2 || http1) response.writeEarlyHints({ link: early });
}

/** Node takes no such values in early hints: media queries, mostly. */
const QUOTED_SPACE = /"[^"]*[\s;\\][^"]*"/;
