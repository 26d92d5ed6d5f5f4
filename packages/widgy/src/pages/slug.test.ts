import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { SEED } from '../tree/random-fixture.ts';
import { MAX_SLUG_LENGTH } from './limits.ts';
import { freeSlug, lengthOf, slugify } from './slug.ts';

describe('a slug', () => {
  const cases: readonly [text: string, slug: string][] = [
    ['About us', 'about-us'],
    ['  --About__us!?  ', 'about-us'],
    ['Über Größe', 'über-größe'],
    ['Ænima & ÅNGSTRÖM', 'ænima-ångström'],
    ['cafe\u0301', 'café'],
    ['İstanbul', 'i\u0307stanbul'],
    ['日本の船', '日本の船'],
    ['हिन्दी भाषा', 'हिन्दी-भाषा'],
    ['Кто мы?', 'кто-мы'],
    ["Ann's boats", 'anns-boats'],
    ['a/b/../c', 'a-b-c'],
    ['100 % \u{1f600} Wool', '100-wool'],
    ['<script>', 'script'],
    ['a\0b\ud800c\u202ed', 'a-b-c-d'],
    ['…', ''],
    ['', ''],
  ];
  for (const [text, slug] of cases) {
    it(`of ${JSON.stringify(text)} is ${slug}`, () => assert.equal(slugify(text), slug));
  }

  it('comes to itself, is bounded, and has nothing that means something in an address', () => {
    const property = fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      const slug = slugify(text);
      assert.equal(slugify(slug), slug);
      assert.equal(slug.normalize('NFC'), slug);
      assert.ok(lengthOf(slug) <= MAX_SLUG_LENGTH && slug.isWellFormed());
      assert.match(slug, /^(?:[\p{L}\p{M}\p{N}]+(?:-[\p{L}\p{M}\p{N}]+)*)?$/u);
    });
    fc.assert(property, { seed: SEED, numRuns: 2000 });
  });

  it('is cut at a whole character', () => {
    const slug = slugify('𐐀'.repeat(MAX_SLUG_LENGTH + 5));
    assert.equal(lengthOf(slug), MAX_SLUG_LENGTH);
    assert.ok(slug.isWellFormed());
  });

  it('is numbered until it is free, and stays as short', () => {
    const taken = new Set(['a', 'a-2', 'a-3']);
    assert.equal(
      freeSlug('a', (slug) => taken.has(slug)),
      'a-4',
    );
    const long = 'x'.repeat(MAX_SLUG_LENGTH);
    const numbered = freeSlug(long, (slug) => slug === long);
    assert.equal(numbered, `${'x'.repeat(MAX_SLUG_LENGTH - 2)}-2`);
  });
});
