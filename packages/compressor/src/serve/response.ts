import type { IncomingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';
import fresh from 'fresh';
import parseRange from 'range-parser';
import { caching } from '../caching.ts';
import { HASH_LENGTH } from '../hash.ts';
import { type DictionaryEncoding, dictionaryEncodings } from '../storage/dictionary-encodings.ts';
import { type Encoding, encodings, isCompressible, isEncoded } from '../storage/encodings.ts';
import type { ByteRange } from '../storage/storage.ts';
import { availableDictionary } from './dictionary-headers.ts';
import { acceptedEncodings } from './negotiation.ts';

/** A request, as far as assets are concerned. */
export interface AssetRequest {
  readonly method: string;
  /** Path and query as the client sent them, still percent-encoded. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  /**
   * Whether nobody on the way to the browser can read or change the answer: HTTPS, or the browser's own machine. Only then is
   * there compression with dictionaries. Default: false.
   */
  readonly isSecure?: boolean;
}

/** What to answer; adapters pass it on as it is. */
export interface AssetResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Buffer | Readable | undefined;
}

/** The path of a request, still percent-encoded. */
export function pathOnly(url: string): string {
  return url.replace(/[?#].*$/s, '');
}

/** Content that can be asked for whole, in part, or encoded. */
export interface Content {
  readonly type: string;
  /** The content hash, for the entity tag. */
  readonly hash: string;
  readonly size: number;
  open(range?: ByteRange): Buffer | Readable | Promise<Readable>;
  /**
   * The content in an encoding, or undefined where that saves too little. The method is absent for what is too large to be encoded
   * while someone waits.
   */
  encoded?(encoding: Encoding): Promise<Buffer | undefined>;
  /** What makes the content a dictionary for other versions of itself, and those for it; absent where they are not used. */
  readonly dictionary?: DictionaryUse | undefined;
}

/** How content takes part in compression with dictionaries (RFC 9842). */
export interface DictionaryUse {
  /** The value of `Use-As-Dictionary`; undefined where the content can be no dictionary. */
  readonly header: string | undefined;
  /**
   * The content in an encoding, made with a dictionary that the client has; undefined where the dictionary is not known, or
   * of no use.
   *
   * @param hash SHA-256 of the dictionary
   */
  encoded(encoding: DictionaryEncoding, hash: Buffer): Promise<Buffer | undefined>;
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
  const isHead = request.method === 'HEAD';
  // Ranges are for GET alone (RFC 9110, 14.2).
  const isPartial = !isHead && request.headers.range !== undefined;
  const encoded = isPartial ? undefined : await chooseEncoded(request, content);
  const base: Record<string, string> = {
    ...COMMON,
    'content-type': content.type,
    'cache-control': encoded?.needsDictionary ? forOneClient(cacheControl) : cacheControl,
    etag: `"${content.hash}${encoded?.tag ?? ''}"`,
    'accept-ranges': 'bytes',
    ...varying(content),
  };
  if (request.isSecure && content.dictionary?.header !== undefined) {
    base['use-as-dictionary'] = content.dictionary.header;
  }
  if (fresh(request.headers, base)) {
    return { status: 304, headers: withoutContent(base) };
  }
  if (encoded !== undefined) {
    const { name, body } = encoded;
    const headers = { ...base, 'content-encoding': name, 'content-length': String(body.length) };
    return { status: 200, headers, body: isHead ? undefined : body };
  }
  const range = isPartial ? chooseRange(request, content, base.etag) : undefined;
  if (range === 'unsatisfiable') {
    return plainResponse(416, 'The range lies outside the content.', {
      'content-range': `bytes */${content.size}`,
    });
  }
  if (range === undefined) {
    const headers = { ...base, 'content-length': String(content.size) };
    return { status: 200, headers, body: isHead ? undefined : await content.open() };
  }
  const headers = {
    ...base,
    'content-range': `bytes ${range.start}-${range.end}/${content.size}`,
    'content-length': String(range.end - range.start + 1),
  };
  return { status: 206, headers, body: await content.open(range) };
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

/** A form that content can be sent in. */
interface Offer {
  /** As in `Content-Encoding`. */
  readonly name: string;
  /** What tells it from other forms of the content, in its entity tag. */
  readonly tag: string;
  readonly needsDictionary: boolean;
  /** Undefined where this form saves too little, or cannot be made. */
  make(): Promise<Buffer | undefined>;
}

/** The smallest form of the content that the client takes; undefined for its plain form. */
async function chooseEncoded(
  request: AssetRequest,
  content: Content,
): Promise<(Offer & { readonly body: Buffer }) | undefined> {
  const offers = [...offersWithDictionary(request, content), ...plainOffers(content)];
  for (const offer of acceptedEncodings(request.headers['accept-encoding'], offers)) {
    const body = await offer.make();
    if (body !== undefined) return { ...offer, body };
  }
  return undefined;
}

function plainOffers(content: Content): Offer[] {
  if (content.encoded === undefined || !isEncoded(content)) return [];
  return encodings.map((encoding) => ({
    name: encoding.name,
    tag: `-${encoding.name}`,
    needsDictionary: false,
    make: async () => content.encoded?.(encoding),
  }));
}

function offersWithDictionary({ headers, isSecure }: AssetRequest, { dictionary }: Content): Offer[] {
  const hash = availableDictionary(headers['available-dictionary']);
  if (!isSecure || dictionary === undefined || hash === undefined) return [];
  return dictionaryEncodings.map((encoding) => ({
    name: encoding.name,
    tag: `-${encoding.name}-${hash.toString('hex').slice(0, HASH_LENGTH)}`,
    needsDictionary: true,
    make: () => dictionary.encoded(encoding, hash),
  }));
}

/** What a cache must compare before it gives an answer to another request. It is the same for every answer of a resource. */
function varying({ type, dictionary }: Content): Record<string, string> {
  if (!isCompressible(type)) return {};
  return { vary: dictionary === undefined ? 'Accept-Encoding' : 'Accept-Encoding, Available-Dictionary' };
}

/**
 * For an answer that only a client with the dictionary can read. `Vary` says so, but some shared caches drop that or look at
 * `Accept-Encoding` alone; they would give it to everybody. Answers that are private they do not keep.
 */
function forOneClient(cacheControl: string): string {
  return cacheControl.replace('public', 'private');
}

/** One range of bytes (RFC 9110, 14.2). Several ranges, other units and outdated `If-Range` get the whole content. */
function chooseRange(
  request: AssetRequest,
  content: Content,
  etag: string | undefined,
): ByteRange | 'unsatisfiable' | undefined {
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
