import type { IncomingMessage, ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { listen, type TestServer } from './listen-fixture.ts';

/** An object as the fake keeps it. */
interface FakeObject {
  readonly bytes: Buffer;
  readonly headers: Readonly<Record<string, string>>;
  readonly modified: Date;
}

/**
 * Answers a request in place of the fake; says whether it did. It may also only look on.
 *
 * @param number of the request, from 1
 */
export type Intercept = (request: IncomingMessage, response: ServerResponse, number: number) => boolean;

/** How a fake is to behave. */
export interface FakeS3Options {
  readonly intercept?: Intercept;
  /** Most names in one page of a listing. */
  readonly pageSize?: number;
  /** Names that are not listed yet. */
  readonly unlisted?: ReadonlySet<string>;
  /** What the service takes for now. */
  readonly now?: () => Date;
}

/** A service that speaks as much S3 as the storage needs, in memory, and can be made to fail. */
export interface FakeS3 extends TestServer {
  /** What was asked: method and key, with the query of listings. */
  readonly requests: readonly string[];
  readonly objects: ReadonlyMap<string, FakeObject>;
}

/** The bucket that the fake has. */
export const FAKE_BUCKET = 'assets';

/** Starts a fake on a free port. It does what AWS documents, `If-None-Match: *` on writing included. */
export async function startFakeS3(options: FakeS3Options = {}): Promise<FakeS3> {
  const { intercept = () => false, now = () => new Date() } = options;
  const objects = new Map<string, FakeObject>();
  const requests: string[] = [];
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://fake');
    const [bucket, ...path] = decodeURIComponent(pathname).slice(1).split('/');
    const key = path.join('/');
    const token = searchParams.get('continuation-token');
    requests.push(`${request.method} ${key || `?${searchParams.get('prefix')}${token ? ` ${token}` : ''}`}`);
    if (intercept(request, response, requests.length)) return;
    if (bucket !== FAKE_BUCKET) return refuse(response, 404, 'NoSuchBucket');
    if (key === '') return list(response, objects, searchParams, options);
    const known = objects.get(key);
    if (request.method === 'PUT') {
      const source = request.headers['x-amz-copy-source'];
      if (typeof source === 'string') {
        const from = objects.get(decodeURIComponent(source).split('/').slice(1).join('/'));
        if (from === undefined) return refuse(response, 404, 'NoSuchKey');
        objects.set(key, { bytes: from.bytes, headers: keptHeaders(request), modified: now() });
        response.end('<CopyObjectResult><ETag>"0"</ETag></CopyObjectResult>');
        return;
      }
      const bytes = await buffer(request);
      if (request.headers['if-none-match'] === '*' && objects.has(key))
        return refuse(response, 412, 'PreconditionFailed');
      objects.set(key, { bytes, headers: keptHeaders(request), modified: now() });
      response.end();
      return;
    }
    if (request.method === 'DELETE') {
      objects.delete(key);
      response.writeHead(204).end();
      return;
    }
    if (known === undefined) return refuse(response, 404, 'NoSuchKey');
    const [, from = '0', last = ''] = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '') ?? [];
    const end = last === '' ? known.bytes.length - 1 : Math.min(Number(last), known.bytes.length - 1);
    const bytes = known.bytes.subarray(Number(from), end + 1);
    response.writeHead(request.headers.range === undefined ? 200 : 206, {
      ...known.headers,
      'content-length': bytes.length,
      'last-modified': known.modified.toUTCString(),
      'content-range': `bytes ${from}-${end}/${known.bytes.length}`,
    });
    response.end(request.method === 'HEAD' ? undefined : bytes);
  };
  const server = await listen((request, response) => {
    // A client that goes away in the middle leaves nothing behind.
    answer(request, response).catch(() => response.destroy());
  });
  return { ...server, requests, objects };
}

/** Answers with an error as S3 does, with all that it says of the request. */
export function refuse(response: ServerResponse, status: number, code: string): void {
  const facts = `<AWSAccessKeyId>${FAKE_KEYS.accessKeyId}</AWSAccessKeyId><StringToSign>to sign</StringToSign>`;
  response.writeHead(status, { 'content-type': 'application/xml', 'x-amz-request-id': 'REQUEST1' });
  response.end(`<?xml version="1.0"?><Error><Code>${code}</Code><Message>no</Message>${facts}</Error>`);
}

/** Keys that must appear in no message. */
export const FAKE_KEYS = { accessKeyId: 'AKIAFAKEKEY', secretAccessKey: 'FAKESECRETFAKESECRET' } as const;

function keptHeaders(request: IncomingMessage): Record<string, string> {
  const names = ['content-type', 'content-encoding', 'cache-control'];
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = request.headers[name];
      return typeof value === 'string' ? [[name, value]] : [];
    }),
  );
}

function list(
  response: ServerResponse,
  objects: ReadonlyMap<string, FakeObject>,
  query: URLSearchParams,
  { pageSize = 1000, unlisted = new Set() }: FakeS3Options,
): void {
  const prefix = query.get('prefix') ?? '';
  const after = query.get('continuation-token') ?? '';
  const keys = [...objects.keys()]
    .filter((key) => key.startsWith(prefix) && !unlisted.has(key) && key > after)
    .sort();
  const page = keys.slice(0, pageSize);
  const contents = page.map((key) => {
    const { bytes, modified } = objects.get(key) ?? { bytes: Buffer.alloc(0), modified: new Date(0) };
    return `<Contents><Key>${key.replaceAll('&', '&amp;')}</Key><Size>${bytes.length}</Size><LastModified>${modified.toISOString()}</LastModified></Contents>`;
  });
  const next =
    keys.length > page.length
      ? `<IsTruncated>true</IsTruncated><NextContinuationToken>${page.at(-1)}</NextContinuationToken>`
      : '<IsTruncated>false</IsTruncated>';
  response.writeHead(200, { 'content-type': 'application/xml' });
  response.end(`<ListBucketResult>${contents.join('')}${next}</ListBucketResult>`);
}
