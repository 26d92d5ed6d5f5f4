import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { contentHash, withHash, withoutHash } from './hash.ts';

const HASH = '0123456789abcdef';

describe('contentHash', () => {
  it('is the start of SHA-256, the same for a text and its bytes', () => {
    assert.equal(contentHash('abc'), 'ba7816bf8f01cfea');
    assert.equal(contentHash(Buffer.from('abc')), 'ba7816bf8f01cfea');
  });
});

describe('withHash', () => {
  const cases: readonly [name: string, expected: string][] = [
    ['img/logo.svg', `img/logo.${HASH}.svg`],
    ['a.tar.gz', `a.tar.${HASH}.gz`],
    ['LICENSE', `LICENSE.${HASH}`],
    ['v1.2/LICENSE', `v1.2/LICENSE.${HASH}`],
    ['.htaccess', `.htaccess.${HASH}`],
    ['a/.htaccess', `a/.htaccess.${HASH}`],
    ['a.', `a.${HASH}.`],
    [`a.${HASH}.css`, `a.${HASH}.${HASH}.css`],
  ];
  for (const [name, expected] of cases) {
    it(`of ${name} is ${expected}, and back`, () => {
      assert.equal(withHash(name, HASH), expected);
      assert.deepEqual(withoutHash(expected), { name, hash: HASH });
    });
  }

  it('is reversed by withoutHash', () => {
    const name = fc
      .stringMatching(/^[a-z./-]{1,12}$/)
      .filter((text) => !/^\/|\/$|\/\/|^\.$|\/\.$/.test(text));
    fc.assert(
      fc.property(name, (text) =>
        assert.deepEqual(withoutHash(withHash(text, HASH)), { name: text, hash: HASH }),
      ),
    );
  });
});

describe('withoutHash', () => {
  const names = [
    'a.css',
    HASH,
    `.${HASH}`,
    `a-${HASH}.css`,
    'a.0123456789ABCDEF.css',
    'a.0123456789abcde.css',
    `a.${HASH}0.css`,
  ];
  for (const name of names) it(`finds no hash in ${name}`, () => assert.equal(withoutHash(name), undefined));
});
