import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { contentHash } from '../hash.ts';
import { isIntact } from './is-intact.ts';

const CONTENT = Buffer.from('a{}');
const HASH = contentHash(CONTENT);
const OTHER = '0123456789abcdef';

describe('isIntact', () => {
  const cases: readonly [name: string, isIntact: boolean][] = [
    [`a.${HASH}.css`, true],
    [`a.${OTHER}.css`, false],
    [`static/img/a.${HASH}.svg`, true],
    [`static/img/a.${OTHER}.svg`, false],
    [`a.${OTHER}.js`, true],
    [`a.${OTHER}.css.br`, true],
    [`a.${OTHER}.css.${OTHER}.dcb`, true],
    [`builds/${OTHER}.json`, true],
    ['gc.lock', true],
  ];
  for (const [name, expected] of cases) {
    it(`${expected ? 'accepts' : 'refuses'} ${name}`, () => assert.equal(isIntact(name, CONTENT), expected));
  }
});
