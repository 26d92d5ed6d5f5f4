import type { IncomingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';
import fresh from 'fresh';
import Negotiator from 'negotiator';
import parseRange from 'range-parser';
import { caching } from '../caching.ts';
import type { Encoding } from '../storage/encodings.ts';
import { ENCODED_FROM, encodings, isCompressible } from '../storage/encodings.ts';

/** A request, as far as assets are concerned. */
export interface AssetRequest {
  readonly method: string;
  /** Path and query as the client sent them, still percent-encoded. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
}

/** What to answer; adapters pass it on as it is. */
export interface AssetResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Buffer | Readable | undefined;
}

/** Content that can be asked for whole, in part, or encoded. */
export interface Content {
  readonly type: string;
  /** The content hash, for the entity tag. */
  readonly hash: string;
  readonly size: number;
  /** @param range first and last byte, both included */
  open(range?: { start: number; end: number }): Buffer | Readable;
  /** The content in an encoding; absent for what is too large to be encoded while someone waits. */
  encoded?(encoding: Encoding): Promise<Buffer>;
}

/** Sent with every asset: it is public, and is only ever what its type says. */
const COMMON = {
  'x-content-type-options': 'nosniff',
  'access-control-allow-origin': '*',
  'cross-origin-resource-policy': 'cross-origin',
};

/** Answers a GET or HEAD for content: conditional, partial, encoded. */
export async function respond(
  request: AssetRequest,
  content: Content,
  cacheControl: string,
): Promise<AssetResponse> {
  const encoding = request.headers.range === undefined ? chooseEncoding(request, content) : undefined;
  const base: Record<string, string> = {
    ...COMMON,
    'content-type': content.type,
    'cache-control': cacheControl,
    etag: `"${content.hash}${encoding ? `-${encoding.name}` : ''}"`,
    'accept-ranges': 'bytes',
    ...(isCompressible(content.type) && { vary: 'Accept-Encoding' }),
  };
  if (fresh(request.headers, base)) {
    return { status: 304, headers: withoutContent(base) };
  }
  const isHead = request.method === 'HEAD';
  if (encoding !== undefined && content.encoded !== undefined) {
    const body = await content.encoded(encoding);
    const headers = { ...base, 'content-encoding': encoding.name, 'content-length': String(body.length) };
    return { status: 200, headers, body: isHead ? undefined : body };
  }
  const range = chooseRange(request, content, base.etag);
  if (range === 'unsatisfiable') {
    return plainResponse(416, 'The range lies outside the content.', {
      'content-range': `bytes */${content.size}`,
    });
  }
  if (range === undefined) {
    const headers = { ...base, 'content-length': String(content.size) };
    return { status: 200, headers, body: isHead ? undefined : content.open() };
  }
  const headers = {
    ...base,
    'content-range': `bytes ${range.start}-${range.end}/${content.size}`,
    'content-length': String(range.end - range.start + 1),
  };
  return { status: 206, headers, body: isHead ? undefined : content.open(range) };
}

/** A short answer in plain text that nobody may keep. */
export function plainResponse(
  status: number,
  text: string,
  headers: Record<string, string> = {},
): AssetResponse {
  const body = Buffer.from(`${text}\n`);
  return {
    status,
    headers: {
      ...COMMON,
      'content-type': 'text/plain; charset=utf-8',
      'content-length': String(body.length),
      'cache-control': caching.never,
      ...headers,
    },
    body,
  };
}

function chooseEncoding(request: AssetRequest, content: Content): Encoding | undefined {
  if (content.encoded === undefined || content.size < ENCODED_FROM || !isCompressible(content.type))
    return undefined;
  const accepted = new Negotiator(request).encodings(encodings.map(({ name }) => name));
  return encodings.find(({ name }) => accepted.includes(name));
}

/** One range of bytes (RFC 9110, 14.2). Several ranges, other units and outdated `If-Range` get the whole content. */
function chooseRange(
  request: AssetRequest,
  content: Content,
  etag: string | undefined,
): { start: number; end: number } | 'unsatisfiable' | undefined {
  const { range, 'if-range': condition } = request.headers;
  if (range === undefined || (condition !== undefined && condition !== etag)) return undefined;
  const ranges = parseRange(content.size, range);
  if (ranges === -1) return 'unsatisfiable';
  if (ranges === -2 || ranges.type !== 'bytes' || ranges.length !== 1) return undefined;
  return ranges[0];
}

/** A 304 repeats what caches need and says nothing of a body it does not have (RFC 9110, 15.4.5). */
function withoutContent(headers: Record<string, string>): Record<string, string> {
  const { 'content-type': _type, 'accept-ranges': _ranges, ...kept } = headers;
  return kept;
}
