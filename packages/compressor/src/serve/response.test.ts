import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib';
import { caching } from '../caching.ts';
import { compressWithDictionary, dictionaryHash } from '../storage/dictionary-encodings.ts';
import { compressBytes } from '../storage/encodings.ts';
import { type AssetResponse, type Content, respond } from './response.ts';

const text = 'a { color: red }\n'.repeat(100);
const bytes = Buffer.from(text);

const style: Content = {
  type: 'text/css; charset=utf-8',
  hash: '0123456789abcdef',
  size: bytes.length,
  open: (range) => (range ? bytes.subarray(range.start, range.end + 1) : bytes),
  encoded: (encoding) => compressBytes(bytes, encoding, 'waiting'),
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

it('goes on to the next encoding where one saves too little, and to the plain content in the end', async () => {
  const useless = new Set(['br']);
  const content: Content = {
    ...style,
    encoded: async (encoding) =>
      useless.has(encoding.name) ? undefined : compressBytes(bytes, encoding, 'waiting'),
  };
  const all = { 'accept-encoding': 'br, zstd, gzip' };
  assert.equal((await ask(all, content)).headers['content-encoding'], 'zstd');
  useless.add('zstd').add('gzip');
  const plain = await ask(all, content);
  assert.equal(plain.headers['content-encoding'], undefined);
  assert.equal(plain.headers.etag, '"0123456789abcdef"');
  assert.equal(plain.headers.vary, 'Accept-Encoding');
});

describe('dictionaries', () => {
  const old = Buffer.from(text.replace('red', 'blue'));
  const hash = dictionaryHash(old);
  const other = dictionaryHash(Buffer.from('other'));
  const versioned: Content = {
    ...style,
    dictionary: {
      header: 'match="/x.*.css"',
      encoded: async (encoding, asked) =>
        asked.equals(hash) ? compressWithDictionary(bytes, old, encoding, 'waiting') : undefined,
    },
  };
  const has = (dictionary: Buffer) => `:${dictionary.toString('base64')}:`;
  const all = 'gzip, deflate, br, zstd, dcb, dcz';
  const askFor = (
    accept: string | undefined,
    dictionary: string | undefined,
    isSecure = true,
    more: Record<string, string> = {},
  ) =>
    respond(
      {
        method: 'GET',
        url: '/x',
        isSecure,
        headers: {
          ...more,
          ...(accept !== undefined && { 'accept-encoding': accept }),
          ...(dictionary !== undefined && { 'available-dictionary': dictionary }),
        },
      },
      versioned,
      caching.immutable,
    );

  const cases: [
    what: string,
    accept: string | undefined,
    dictionary: string | undefined,
    isSecure: boolean,
    encoding: string | undefined,
  ][] = [
    ['the dictionary', all, has(hash), true, 'dcb'],
    ['the dictionary, without Brotli', 'gzip, dcz', has(hash), true, 'dcz'],
    ['the dictionary, but likes others better', 'dcb;q=0.1, br;q=0.5', has(hash), true, 'br'],
    ['the dictionary, but refuses it', 'br, dcb;q=0, dcz;q=0', has(hash), true, 'br'],
    ['the dictionary, and does not say that it can use it', 'gzip, br', has(hash), true, 'br'],
    ['the dictionary, and accepts nothing', undefined, has(hash), true, undefined],
    ['the dictionary, over an insecure connection', all, has(hash), false, 'br'],
    ['another dictionary', all, has(other), true, 'br'],
    ['no dictionary', all, undefined, true, 'br'],
    ['a malformed dictionary', all, 'nonsense', true, 'br'],
    ['nothing but dictionaries to accept, and another one', 'dcb, dcz', has(other), true, undefined],
  ];
  for (const [what, accept, dictionary, isSecure, encoding] of cases) {
    it(`answers who has ${what} with ${encoding ?? 'the plain content'}`, async () => {
      const { status, headers, body } = await askFor(accept, dictionary, isSecure);
      assert.equal(status, 200);
      assert.equal(headers['content-encoding'], encoding);
      assert.equal(headers.vary, 'Accept-Encoding, Available-Dictionary');
      assert.equal(headers['use-as-dictionary'], isSecure ? 'match="/x.*.css"' : undefined);
      assert.ok(Buffer.isBuffer(body));
      assert.equal(headers['content-length'], String(body.length));
      const isShared = encoding !== 'dcb' && encoding !== 'dcz';
      assert.equal(
        headers['cache-control'],
        isShared ? caching.immutable : 'private, max-age=31536000, immutable',
      );
    });
  }

  it('gives each form its own entity tag, and a 304 for it', async () => {
    const forms = [
      askFor(all, has(hash)),
      askFor('dcz', has(hash)),
      askFor('br', has(hash)),
      askFor('gzip', ''),
      askFor('', ''),
    ];
    const tags = (await Promise.all(forms)).map(({ headers }) => headers.etag);
    assert.equal(new Set(tags).size, forms.length);
    const [tag = ''] = tags;
    const again = await askFor(all, has(hash), true, { 'if-none-match': tag });
    assert.equal(again.status, 304);
    assert.match(again.headers['cache-control'] ?? '', /^private/);
    assert.equal(again.headers.vary, 'Accept-Encoding, Available-Dictionary');
    assert.equal((await askFor(all, undefined, true, { 'if-none-match': tag })).status, 200);
  });

  it('sends parts of the plain content only', async () => {
    const { status, headers } = await askFor(all, has(hash), true, { range: 'bytes=0-3' });
    assert.equal(status, 206);
    assert.equal(headers['content-encoding'], undefined);
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
  it('knows no ranges', async () => {
    const { status, headers, body } = await ask({ range: 'bytes=0-1' }, style, 'HEAD');
    assert.deepEqual([status, headers['content-length'], body], [200, String(bytes.length), undefined]);
  });

  it('has the headers of GET and no body', async () => {
    for (const headers of [{}, { 'accept-encoding': 'br' }]) {
      const get = await ask(headers);
      const head = await ask(headers, style, 'HEAD');
      assert.deepEqual(head.headers, get.headers);
      assert.equal(head.status, get.status);
      assert.equal(head.body, undefined);
    }
  });
});
