import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib';
import { caching } from '../caching.ts';
import { compressBytes } from '../storage/encodings.ts';
import { type AssetResponse, type Content, respond } from './response.ts';

const text = 'a { color: red }\n'.repeat(100);
const bytes = Buffer.from(text);

const style: Content = {
  type: 'text/css; charset=utf-8',
  hash: '0123456789abcdef',
  size: bytes.length,
  open: (range) => (range ? bytes.subarray(range.start, range.end + 1) : bytes),
  encoded: (encoding) => compressBytes(bytes, encoding),
};

function ask(
  headers: Record<string, string>,
  content: Content = style,
  method = 'GET',
): Promise<AssetResponse> {
  return respond({ method, url: '/x', headers }, content, caching.immutable);
}

describe('encodings', () => {
  const cases: [accept: string | undefined, encoding: string | undefined][] = [
    [undefined, undefined],
    ['gzip, deflate, br, zstd', 'br'],
    ['gzip, zstd', 'zstd'],
    ['gzip', 'gzip'],
    ['gzip;q=1, br;q=0', 'gzip'],
    ['*', 'br'],
    ['identity', undefined],
    ['deflate', undefined],
    ['', undefined],
  ];
  for (const [accept, encoding] of cases) {
    it(`answers Accept-Encoding ${JSON.stringify(accept)} with ${encoding ?? 'the plain content'}`, async () => {
      const response = await ask(accept === undefined ? {} : { 'accept-encoding': accept });
      assert.equal(response.headers['content-encoding'], encoding);
      assert.equal(response.headers.vary, 'Accept-Encoding');
      assert.ok(Buffer.isBuffer(response.body));
      const decode = { br: brotliDecompressSync, zstd: zstdDecompressSync, gzip: gunzipSync }[encoding ?? ''];
      assert.equal((decode ? decode(response.body) : response.body).toString(), text);
      assert.equal(response.headers['content-length'], String(response.body.length));
    });
  }

  it('leaves small, compressed and large content as it is', async () => {
    const all = { 'accept-encoding': 'br' };
    const { encoded: _, ...large } = style;
    for (const content of [{ ...style, size: 10 }, { ...style, type: 'font/woff2' }, large]) {
      assert.equal((await ask(all, content)).headers['content-encoding'], undefined);
    }
  });
});

describe('conditional requests', () => {
  const cases: [name: string, headers: Record<string, string>, status: number][] = [
    ['the same entity tag', { 'if-none-match': '"0123456789abcdef"' }, 304],
    ['a weak form of it', { 'if-none-match': 'W/"0123456789abcdef"' }, 304],
    ['a list that has it', { 'if-none-match': '"x", "0123456789abcdef"' }, 304],
    ['any entity tag', { 'if-none-match': '*' }, 304],
    ['another one', { 'if-none-match': '"fedcba9876543210"' }, 200],
    ['the tag of another encoding', { 'if-none-match': '"0123456789abcdef-br"' }, 200],
    [
      'the tag of the same encoding',
      { 'if-none-match': '"0123456789abcdef-br"', 'accept-encoding': 'br' },
      304,
    ],
    [
      'the same tag on a forced reload',
      { 'if-none-match': '"0123456789abcdef"', 'cache-control': 'no-cache' },
      200,
    ],
  ];
  for (const [name, headers, status] of cases) {
    it(`answers ${name} with ${status}`, async () => {
      const response = await ask(headers);
      assert.equal(response.status, status);
      if (status === 304) assert.equal(response.body, undefined);
      assert.equal(response.headers['cache-control'], caching.immutable);
    });
  }
});

describe('ranges', () => {
  const end = bytes.length - 1;
  const cases: [range: string, status: number, contentRange: string | undefined, body: string | undefined][] =
    [
      ['bytes=0-0', 206, `bytes 0-0/${bytes.length}`, 'a'],
      ['bytes=4-8', 206, `bytes 4-8/${bytes.length}`, 'color'],
      ['bytes=-2', 206, `bytes ${end - 1}-${end}/${bytes.length}`, '}\n'],
      [`bytes=${end}-`, 206, `bytes ${end}-${end}/${bytes.length}`, '\n'],
      ['bytes=0-999999', 206, `bytes 0-${end}/${bytes.length}`, text],
      ['bytes=999999-', 416, `bytes */${bytes.length}`, undefined],
      ['bytes=0-1,4-5', 200, undefined, text],
      ['lines=0-1', 200, undefined, text],
      ['nonsense', 200, undefined, text],
    ];
  for (const [range, status, contentRange, body] of cases) {
    it(`answers ${range} with ${status}`, async () => {
      const response = await ask({ range, 'accept-encoding': 'br' });
      assert.equal(response.status, status);
      assert.equal(response.headers['content-range'], contentRange);
      assert.equal(response.headers['content-encoding'], undefined);
      if (body !== undefined) assert.equal(String(response.body), body);
    });
  }

  it('ignores the range when the content is not what the client has a part of', async () => {
    assert.equal((await ask({ range: 'bytes=0-1', 'if-range': '"other"' })).status, 200);
    assert.equal((await ask({ range: 'bytes=0-1', 'if-range': '"0123456789abcdef"' })).status, 206);
  });
});

describe('HEAD', () => {
  it('has the headers of GET and no body', async () => {
    for (const headers of [{}, { 'accept-encoding': 'br' }, { range: 'bytes=0-3' }]) {
      const get = await ask(headers);
      const head = await ask(headers, style, 'HEAD');
      assert.deepEqual(head.headers, get.headers);
      assert.equal(head.status, get.status);
      assert.equal(head.body, undefined);
    }
  });
});
