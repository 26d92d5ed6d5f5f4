import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib';
import { compressBytes, type Encoding, encodings, isCompressible } from './encodings.ts';

const decoders: Record<Encoding['name'], (bytes: Buffer) => Buffer> = {
  br: brotliDecompressSync,
  zstd: zstdDecompressSync,
  gzip: gunzipSync,
};

describe('compressBytes', () => {
  const contents: readonly [name: string, content: Buffer][] = [
    ['nothing', Buffer.alloc(0)],
    ['text', Buffer.from('body { color: red }\n'.repeat(1000))],
    ['bytes', Buffer.from(Array.from({ length: 1000 }, (_, index) => (index * 7919) % 256))],
  ];
  for (const encoding of encodings) {
    for (const [name, content] of contents) {
      it(`${encoding.name} of ${name} decodes to the same`, async () => {
        assert.deepEqual(decoders[encoding.name](await compressBytes(content, encoding)), content);
      });
    }

    it(`${encoding.name} is smaller, and the same each time`, async () => {
      const content = contents[1]?.[1] ?? Buffer.alloc(0);
      const [once, again] = await Promise.all([
        compressBytes(content, encoding),
        compressBytes(content, encoding),
      ]);
      assert.ok(once.length < content.length / 10);
      assert.deepEqual(once, again);
    });
  }

  it('prefers no two encodings under one suffix', () => {
    assert.equal(new Set(encodings.map(({ suffix }) => suffix)).size, encodings.length);
  });
});

describe('isCompressible', () => {
  const cases: readonly [type: string, expected: boolean][] = [
    ['text/css; charset=utf-8', true],
    ['text/javascript; charset=utf-8', true],
    ['application/json', true],
    ['application/manifest+json', true],
    ['image/svg+xml', true],
    ['application/wasm', true],
    ['font/ttf', true],
    ['image/x-icon', true],
    ['font/woff2', false],
    ['image/png', false],
    ['image/webp', false],
    ['video/mp4', false],
    ['application/zip', false],
    ['application/octet-stream', false],
  ];
  for (const [type, expected] of cases)
    it(`${type}: ${expected}`, () => assert.equal(isCompressible(type), expected));
});
