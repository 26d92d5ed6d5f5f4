import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { brotliDecompressSync, constants, gunzipSync, zstdDecompressSync } from 'node:zlib';
import {
  compressBytes,
  type Encoding,
  encodings,
  isCompressible,
  isWorthwhile,
  ZSTANDARD,
} from './encodings.ts';

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
    for (const effort of ['waiting', 'publishing'] as const) {
      for (const [name, content] of contents) {
        it(`${encoding.name} of ${name}, ${effort}, decodes to the same`, async () => {
          assert.deepEqual(decoders[encoding.name](await compressBytes(content, encoding, effort)), content);
        });
      }

      it(`${encoding.name}, ${effort}, is smaller, and the same each time`, async () => {
        const content = contents[1]?.[1] ?? Buffer.alloc(0);
        const [once, again] = await Promise.all([
          compressBytes(content, encoding, effort),
          compressBytes(content, encoding, effort),
        ]);
        assert.ok(once.length < content.length / 10);
        assert.deepEqual(once, again);
      });
    }

    it(`${encoding.name} is no larger when there is time`, async () => {
      const content = await readFile(new URL(import.meta.url));
      const quick = await compressBytes(content, encoding, 'waiting');
      assert.ok((await compressBytes(content, encoding, 'publishing')).length <= quick.length);
    });
  }

  it('gives Zstandard no larger window than browsers take', async () => {
    const content = Buffer.concat([Buffer.alloc(9_000_000, 'a'), Buffer.alloc(9_000_000, 'b')]);
    const encoded = await compressBytes(content, ZSTANDARD, 'waiting');
    const params = { [constants.ZSTD_d_windowLogMax]: 23 };
    assert.deepEqual(zstdDecompressSync(encoded, { params }), content);
  });

  it('prefers no two encodings under one suffix', () => {
    assert.equal(new Set(encodings.map(({ suffix }) => suffix)).size, encodings.length);
  });
});

describe('isWorthwhile', () => {
  for (const [size, expected] of [
    [950, true],
    [951, false],
    [1000, false],
    [1001, false],
  ] as const) {
    it(`${size} instead of 1000: ${expected}`, () => assert.equal(isWorthwhile(size, 1000), expected));
  }
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
