import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { availableDictionary, DICTIONARY_PATH_LENGTH, dictionaryHeader } from './dictionary-headers.ts';

const HASH = '0123456789abcdef';

describe('dictionaryHeader', () => {
  const cases: readonly [path: string, header: string | undefined][] = [
    [`/assets/site.${HASH}.css`, 'match="/assets/site.*.css"'],
    [`/assets/site.menu.${HASH}.js`, 'match="/assets/site.menu.*.js"'],
    [`/assets/p.ab-c_/site.${HASH}.css`, 'match="/assets/p.ab-c_/site.*.css"'],
    [`/assets/LICENSE.${HASH}`, 'match="/assets/LICENSE.*"'],
    [`/it's,$1;~!@&=/site.${HASH}.css`, `match="/it's,$1;~!@&=/site.*.css"`],
    [`/*/site.${HASH}.css`, undefined],
    [`/:id/site.${HASH}.css`, undefined],
    [`/(.*)/site.${HASH}.css`, undefined],
    [`/{a}?/site.${HASH}.css`, undefined],
    [`/"quoted"/site.${HASH}.css`, undefined],
    ['/a\\b/site.0123456789abcdef.css', undefined],
    [`/%C3%A9/site.${HASH}.css`, 'match="/%C3%A9/site.*.css"'],
    [`/é/site.${HASH}.css`, undefined],
    [`/a\r\nx: y/site.${HASH}.css`, undefined],
    ['/assets/site.css', undefined],
    [`/${'x'.repeat(DICTIONARY_PATH_LENGTH)}/site.${HASH}.css`, undefined],
  ];
  for (const [path, header] of cases) {
    it(`${JSON.stringify(path.slice(0, 50))} gives ${header}`, () =>
      assert.equal(dictionaryHeader(path), header));
  }

  it('matches other versions in the same folder, and neither other names nor other folders', () => {
    const name = fc.stringMatching(/^[a-z][\w-]{0,8}$/);
    const folder = fc.stringMatching(/^(?:\/[a-z][\w.%~!$&',;=@-]{0,5}){0,2}\/$/);
    fc.assert(
      fc.property(name, folder, name, (plain, path, other) => {
        const header = dictionaryHeader(`${path}${plain}.${HASH}.css`) ?? assert.fail();
        const [, text = ''] = /^match="([^"\\]*)"$/.exec(header) ?? [];
        const pattern = new URLPattern(text, 'https://site.test/');
        const matches = (url: string) => pattern.test(`https://site.test${url}`);
        assert.ok(matches(`${path}${plain}.fedcba9876543210.css`));
        assert.ok(!matches(`${path}${plain}.fedcba9876543210.js`));
        assert.ok(!matches(`/elsewhere${path}${plain}.fedcba9876543210.css`));
        if (other !== plain) assert.ok(!matches(`${path}${other}.fedcba9876543210.css`));
      }),
    );
  });
});

describe('availableDictionary', () => {
  const hash = createHash('sha256').update('dictionary').digest();
  const value = hash.toString('base64');
  const cases: readonly [what: string, header: string | string[] | undefined, isKnown: boolean][] = [
    ['a hash', `:${value}:`, true],
    ['a hash between spaces', `  :${value}: `, true],
    ['no header', undefined, false],
    ['an empty one', '', false],
    ['no colons', value, false],
    ['one colon', `:${value}`, false],
    ['half a hash', `:${value.slice(0, 24)}:`, false],
    ['no padding', `:${value.slice(0, -1)}:`, false],
    ['another alphabet', `:${'-'.repeat(43)}=:`, false],
    ['two hashes', `:${value}:, :${value}:`, false],
    ['two headers', [`:${value}:`, `:${value}:`], false],
    ['a string', `"${value}"`, false],
    ['a very long text', ':'.repeat(100_000), false],
  ];
  for (const [what, header, isKnown] of cases) {
    it(`${isKnown ? 'knows' : 'ignores'} ${what}`, () =>
      assert.deepEqual(availableDictionary(header), isKnown ? hash : undefined));
  }
});
