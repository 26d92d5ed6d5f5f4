import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { SEED } from '../tree/random-fixture.ts';
import { addressOfPath, pathsTowards, readAddress, restBehind } from './address.ts';
import { MAX_ASKED_LENGTH, MAX_PAGE_DEPTH } from './limits.ts';
import { slugify } from './slug.ts';

describe('an address', () => {
  const cases: readonly [asked: string, path: string | undefined][] = [
    ['/', ''],
    ['', ''],
    ['/a', 'a'],
    ['/a/b/', 'a/b'],
    ['/caf%C3%A9', 'café'],
    ['/cafe%CC%81', 'café'],
    ['/a%20b', 'a b'],
    ['//', undefined],
    ['/a//b', undefined],
    ['/a%2Fb', undefined],
    ['/a%2fb', undefined],
    ['/%', undefined],
    ['/%C3', undefined],
    ['/%00', undefined],
    ['/\ud800', undefined],
    [`/${'x'.repeat(MAX_ASKED_LENGTH)}`, undefined],
  ];
  for (const [asked, path] of cases) {
    it(`${JSON.stringify(asked.slice(0, 20))} is that of ${path}`, () =>
      assert.equal(readAddress(asked), path));
  }

  it('of a path leads back to it', () => {
    const slug = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
      .map(slugify)
      .filter((text) => text !== '');
    const property = fc.property(fc.array(slug, { maxLength: 5 }), (slugs) => {
      const path = slugs.join('/');
      const address = addressOfPath(path);
      assert.match(address, /^[!-~]+$/);
      assert.equal(readAddress(address), path);
      if (path !== '') assert.equal(readAddress(`${address}/`), path);
    });
    fc.assert(property, { seed: SEED, numRuns: 500 });
  });

  it('may be that of a page, or of what is mounted above', () => {
    assert.deepEqual(pathsTowards(''), []);
    assert.deepEqual(pathsTowards('a/b/c'), ['a', 'a/b', 'a/b/c']);
    assert.equal(pathsTowards('x/'.repeat(50)).length, MAX_PAGE_DEPTH);
    assert.deepEqual(pathsTowards(`a/${'x'.repeat(501)}`), ['a']);
    assert.equal(restBehind('a/b/c', 'a'), 'b/c');
    assert.equal(restBehind('a', 'a'), '');
    assert.equal(restBehind('a/b', ''), 'a/b');
  });
});
