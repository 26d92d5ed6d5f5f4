import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib';
import { type Artifact, createArtifact } from '../build/artifact.ts';
import { contentHash } from '../hash.ts';
import { encodedSiblings } from './encoded-siblings.ts';
import { BROTLI, encodings } from './encodings.ts';
import type { Sibling } from './sibling.ts';

const sheet = createArtifact(
  'site.css',
  Array.from({ length: 300 }, (_, index) => `.a${index * 7919}{color:red}`).join(''),
);

function siblingsOf(
  { name, bytes, type }: Artifact,
  kept: Readonly<Record<string, number>> = {},
  load: () => Promise<Buffer | undefined> = async () => bytes,
): Promise<readonly Sibling[]> {
  return encodedSiblings({ name, type, size: bytes.length }, encodings, load, (other) => kept[other]);
}

describe('encodedSiblings', () => {
  it('are three for what shrinks, and decode to it', async () => {
    const siblings = await siblingsOf(sheet);
    assert.deepEqual(
      siblings.map(({ name }) => name),
      ['.br', '.zst', '.gz'].map((suffix) => sheet.name + suffix),
    );
    const [brotli, zstd, gzip] = siblings.map(({ bytes }) => bytes);
    assert.ok(brotli && zstd && gzip);
    assert.deepEqual(brotliDecompressSync(brotli), sheet.bytes);
    assert.deepEqual(zstdDecompressSync(zstd), sheet.bytes);
    assert.deepEqual(gunzipSync(gzip), sheet.bytes);
    assert.deepEqual(await siblingsOf(sheet), siblings);
  });

  it('are those that are wanted', async () => {
    const { name, bytes, type } = sheet;
    const siblings = await encodedSiblings(
      { name, type, size: bytes.length },
      [BROTLI],
      async () => bytes,
      () => undefined,
    );
    assert.deepEqual(
      siblings.map((sibling) => sibling.name),
      [`${name}.br`],
    );
  });

  const noise = Array.from({ length: 100 }, (_, index) => contentHash(`${index}`)).join('');
  const none: readonly [what: string, artifact: Artifact][] = [
    ['small', createArtifact('a.css', 'a{}')],
    ['compressed in itself', createArtifact('a.png', Buffer.alloc(5000))],
    ['noise', createArtifact('a.svg', Buffer.from(noise, 'hex'))],
  ];
  for (const [what, artifact] of none) {
    it(`are none for what is ${what}`, async () => assert.deepEqual(await siblingsOf(artifact), []));
  }

  it('are none for what is too large for memory', async () => {
    assert.deepEqual(await siblingsOf(sheet, {}, async () => undefined), []);
  });

  it('are only those that are missing; if none is, nothing is loaded', async () => {
    const { name } = sheet;
    const some = await siblingsOf(sheet, { [`${name}.br`]: 100, [`${name}.gz`]: 200 });
    assert.deepEqual(
      some.map((sibling) => sibling.name),
      [`${name}.zst`],
    );
    const all = { [`${name}.br`]: 100, [`${name}.zst`]: 150, [`${name}.gz`]: 200 };
    assert.deepEqual(await siblingsOf(sheet, all, () => Promise.reject(new Error('loaded'))), []);
  });
});
