import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { withCode } from '../../database/contract/fixtures.ts';
import { SEED } from '../../tree/random-fixture.ts';
import { BUILT_IN_KINDS } from './built-in-kinds.ts';
import { formatReference, isLinkUrl, parseReference, type Reference } from './reference.ts';
import { isSafeUrl } from './safe-url.ts';

const WELL_FORMED: readonly [text: string, reference: Reference][] = [
  ['widgy:page/42', { type: 'page', id: '42' }],
  ['widgy:page/a-B_9', { type: 'page', id: 'a-B_9' }],
  ['widgy:shop/price-list/7', { type: 'shop/price-list', id: '7' }],
  ['widgy:forms.input/7', { type: 'forms.input', id: '7' }],
  [`widgy:page/${'x'.repeat(100)}`, { type: 'page', id: 'x'.repeat(100) }],
  [`widgy:${'x'.repeat(100)}/1`, { type: 'x'.repeat(100), id: '1' }],
];

const MALFORMED = [
  'widgy:',
  'widgy:/',
  'widgy:page',
  'widgy:page/',
  'widgy:/42',
  'widgy://page/42',
  'widgy:page/4 2',
  'widgy:page/42#top',
  'widgy:page/42?a',
  'widgy:page/42\n',
  ' widgy:page/42',
  'Widgy:page/42',
  'WIDGY:page/42',
  'widgy:7page/42',
  'widgy:page//42',
  'widgy:page/../42',
  'widgy:page/é',
  'widgy:page/%34%32',
  'widgy:__proto__/1',
  'widgy:page/__proto__',
  'widgy:page/constructor',
  `widgy:page/${'x'.repeat(101)}`,
  `widgy:${'x'.repeat(101)}/1`,
];

describe('a reference', () => {
  for (const [text, reference] of WELL_FORMED) {
    it(`${JSON.stringify(text)} is read and written`, () => {
      assert.deepEqual(parseReference(text), reference);
      assert.equal(formatReference(reference), text);
      assert.equal(isLinkUrl(text), true);
      // It must not get to a browser as it is.
      assert.equal(isSafeUrl(text), false);
    });
  }

  for (const text of MALFORMED) {
    it(`${JSON.stringify(text)} is none`, () => {
      assert.equal(parseReference(text), undefined);
      assert.equal(isLinkUrl(text), false);
    });
  }

  it('that is read is written as it was, whatever text it is', () => {
    const part = fc.constantFrom(
      'page',
      'shop/boat',
      'a.b',
      '4',
      'x-y',
      '-',
      ' ',
      '/',
      '__proto__',
      'é',
      '\0',
      '',
    );
    let found = 0;
    fc.assert(
      fc.property(part, fc.constantFrom('/', '/', '.', ''), part, (type, between, id) => {
        const text = `widgy:${type}${between}${id}`;
        const reference = parseReference(text);
        if (reference === undefined) return;
        found += 1;
        assert.equal(formatReference(reference), text);
      }),
      { seed: SEED, numRuns: 1000 },
    );
    assert.ok(found > 50, `only ${found}`);
  });

  const unusable: readonly Reference[] = [
    { type: 'page', id: '' },
    { type: 'page', id: 'a/b' },
    { type: 'page', id: 'constructor' },
    { type: '', id: '1' },
    { type: 'a b', id: '1' },
  ];
  for (const reference of unusable) {
    it(`is not made of ${JSON.stringify(reference)}`, () =>
      assert.throws(() => formatReference(reference), withCode('reference-invalid')));
  }
});

describe('what a link takes', () => {
  const ADDRESS = 'Enter a path, or an address that begins with http, https, mailto, tel.';
  const REFERENCE = 'Write widgy:, a type, "/" and an id, such as widgy:page/42, or choose what to link to.';
  const cases: readonly [value: string, message: string | undefined][] = [
    ['', undefined],
    ['/about', undefined],
    ['https://example.com/', undefined],
    ['widgy:page/42', undefined],
    ['javascript:alert(1)', ADDRESS],
    ['widgets:page/42', ADDRESS],
    ['widgy:page', REFERENCE],
    [' WIDGY:page/42', REFERENCE],
    ['widgy:javascript:alert(1)', REFERENCE],
  ];
  for (const kind of ['link', 'image', 'file'] as const) {
    for (const [value, message] of cases) {
      it(`${kind}: ${JSON.stringify(value)} ${message === undefined ? 'is taken' : 'is refused'}`, () =>
        assert.equal(BUILT_IN_KINDS[kind].check?.(value), message));
    }
  }
});
