import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isLasting } from './is-lasting.ts';

const HASH = '0123456789abcdef';

describe('isLasting', () => {
  const cases: readonly [name: string, isLasting: boolean][] = [
    [`a.${HASH}.css`, true],
    [`a.${HASH}.css.br`, true],
    [`a.${HASH}.css.${HASH}.dcb`, true],
    [`LICENSE.${HASH}`, true],
    [`static/img/a.${HASH}.svg`, true],
    [`static/${HASH}.br`, true],
    [`builds/${HASH}.json`, true],
    ['recipes/XlP69iUskQHFtzMFIJTBSg', true],
    [`releases/${HASH}.json`, false],
    [`releases/v1.${HASH}.json`, false],
    ['releases/v42.json', false],
    ['gc.lock', false],
    ['a.css', false],
  ];
  for (const [name, expected] of cases) {
    it(`${expected ? 'copies' : 'asks again for'} ${name}`, () => assert.equal(isLasting(name), expected));
  }
});
