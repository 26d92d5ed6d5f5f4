import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createArtifact } from '../build/artifact.ts';
import { type FinishedFile, factsOf, finishedOf } from '../build/finished.ts';
import { withoutHash } from '../hash.ts';
import { memoryStorage } from '../storage/memory.ts';
import { createReturningScales, createScales } from './scales.ts';

/** A finished file, and how often its content was asked for. */
function finish(name: string, text: string): { file: FinishedFile; loads: () => number } {
  const artifact = createArtifact(name, text);
  const build = { key: '', entries: [artifact], files: [] };
  let loads = 0;
  const [file] = finishedOf(factsOf(build), async () => {
    loads += 1;
    return build;
  }).entries;
  assert.ok(file);
  return { file, loads: () => loads };
}

const TEXT = Array.from({ length: 200 }, (_, index) => `window.w${index}=${index};`).join('');

describe('scales', () => {
  it('compress what browsers get compressed, once', async () => {
    const facts = new Map<string, unknown>();
    const { file, loads } = finish('a.js', TEXT);
    const size = await createScales(facts)(file);
    assert.ok(size.brotli < size.raw / 2);
    assert.deepEqual([await createScales(facts)(file), loads()], [size, 1]);
  });

  it('leave alone what is sent plain', async () => {
    for (const [name, text] of [
      ['a.js', 'short'],
      ['a.woff2', TEXT],
    ] as const) {
      // biome-ignore format: one row each
      const { file, loads } = finish(name, text);
      const size = await createScales(new Map())(file);
      assert.deepEqual([size, loads()], [{ raw: text.length, brotli: text.length, returning: null }, 0]);
    }
  });

  it('weigh the difference for who has the previous release', async () => {
    const storage = memoryStorage(1_000_000);
    const old = createArtifact('a.js', TEXT);
    const unlike = createArtifact('b.js', 'alert("something else")');
    for (const { name, bytes } of [old, unlike]) await storage.write(name, bytes);
    const counterparts = new Map([
      ['a.js', old.name],
      ['b.js', unlike.name],
      ['gone.js', 'gone.0123456789abcdef.js'],
    ]);
    const previous = {
      id: '0'.repeat(16),
      has: (name: string) => name === old.name,
      counterpart: (name: string) => counterparts.get(withoutHash(name)?.name ?? ''),
    };
    const weigh = createReturningScales(new Map(), previous, storage);
    const cases: readonly [
      name: string,
      text: string,
      isRight: (returning: number, brotli: number) => boolean,
    ][] = [
      ['a.js', TEXT, (returning) => returning === 0],
      ['a.js', `${TEXT}more()`, (returning) => returning > 36 && returning < 70],
      ['a.js', 'short', (returning, brotli) => returning === brotli],
      ['b.js', TEXT, (returning, brotli) => returning === brotli],
      ['new.js', TEXT, (returning, brotli) => returning === brotli],
      ['gone.js', TEXT, (returning, brotli) => returning === brotli],
    ];
    for (const [name, text, isRight] of cases) {
      const { brotli, returning } = await weigh(finish(name, text).file);
      assert.ok(returning !== null && isRight(returning, brotli), `${name} ${returning} of ${brotli}`);
    }
  });
});
