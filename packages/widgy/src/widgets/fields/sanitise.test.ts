import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { SEED } from '../../tree/random-fixture.ts';
import { elementsOf } from '../submit-fixture.ts';
import { isSafeUrl } from './safe-url.ts';
import { denyAllMarkup } from './sanitise.ts';

const parts = [
  '<',
  '>',
  '"',
  "'",
  '&',
  '&amp;',
  '&#60;',
  '&lt',
  'lt;',
  '<b>',
  '<!--',
  '</p>',
  'a',
  ' ',
  '#',
  '\n',
];
const marked = fc.array(fc.constantFrom(...parts)).map((list) => list.join(''));

describe('denyAllMarkup', () => {
  for (const kind of ['richText', 'markdown'] as const) {
    const clean = denyAllMarkup[kind];
    it(`lets no element of ${kind} through, and changes nothing twice`, () => {
      fc.assert(
        fc.property(marked, (text) => {
          assert.deepEqual(elementsOf(clean(text)), []);
          assert.doesNotMatch(clean(text), /</);
          assert.equal(clean(clean(text)), clean(text));
        }),
        { seed: SEED },
      );
    });
  }
});

describe('isSafeUrl', () => {
  const urls: readonly [url: string, isSafe: boolean][] = [
    ['', true],
    ['/a/b?c=d:e#f', true],
    ['a/b:c', true],
    ['#top', true],
    ['?page=1:2', true],
    ['//example.com/', true],
    ['HTTPS://example.com', true],
    ['mailto:a@b.c', true],
    ['tel:+49123', true],
    ['javascript:alert(1)', false],
    ['JavaScript:alert(1)', false],
    ['\u0001 javascript:alert(1)', false],
    ['java\nscript:alert(1)', false],
    ['java\u0000script:alert(1)', false],
    ['data:text/html,x', false],
    ['vbscript:x', false],
    ['blob:x', false],
    ['file:///etc/passwd', false],
    ['a:b', false],
    [':', false],
  ];
  for (const [url, isSafe] of urls) {
    it(`${JSON.stringify(url)} is ${isSafe ? 'safe' : 'not safe'}`, () =>
      assert.equal(isSafeUrl(url), isSafe));
  }
});
