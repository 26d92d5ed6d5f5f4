import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { parseMarkup } from '../recipe/markup.ts';
import { RequestValues } from './request-values.ts';
import { TagText } from './tag-text.ts';
import { fileTag, inlineTag } from './tags.ts';

describe('what a request gives', () => {
  const right: readonly [name: string, given: unknown, nonce?: string | undefined, url?: string][] = [
    ['nothing', undefined],
    ['null', null],
    ['something else', 'nonce'],
    ['other properties', { tags: 1 }],
    ['a nonce', { nonce: 'mF8+q/1w_-==' }, 'mF8+q/1w_-=='],
    ['a path', { url: '/a/b-c.d/%20/' }, undefined, '/a/b-c.d/%20/'],
    ['the root', { url: '/' }, undefined, '/'],
    ['an origin', { url: 'https://cdn.example.com:8443/' }, undefined, 'https://cdn.example.com:8443/'],
    ['an address', { url: 'http://[::1]/x/' }, undefined, 'http://[::1]/x/'],
    [
      'a server with the scheme of the page',
      { url: '//cdn.example.com/x/' },
      undefined,
      '//cdn.example.com/x/',
    ],
  ];
  for (const [name, given, nonce, url] of right) {
    it(`may be ${name}`, () => {
      const values = RequestValues.check(given);
      assert.deepEqual([values.nonce, values.url], [nonce, url]);
    });
  }

  const wrong: readonly [name: string, given: unknown][] = [
    ['a nonce with a quote', { nonce: 'a"b' }],
    ['a nonce with a space', { nonce: 'a b' }],
    ['an empty nonce', { nonce: '' }],
    ['a nonce with a line break at its end', { nonce: 'abc\n' }],
    ['a nonce that is no text', { nonce: 12345678 }],
    ['a nonce with its end in the middle', { nonce: 'a=b' }],
    ['a URL with a quote', { url: '/"/' }],
    ['a URL with a space', { url: '/a b/' }],
    ['a URL without a slash at its end', { url: '/a' }],
    ['a URL without a slash at its beginning', { url: 'a/' }],
    ['a script', { url: 'javascript:alert(1)/' }],
    ['a URL with a query', { url: '/a/?b=/' }],
    ['a URL that ends something in CSS', { url: '/a)/' }],
    ['a server that ends an attribute', { url: 'https://a"b/' }],
    ['a URL in a list', { url: ['/a/'] }],
  ];
  for (const [name, given] of wrong) {
    it(`cannot be ${name}`, () =>
      assert.throws(() => RequestValues.check(given), { code: 'request-invalid' }));
  }

  it('never becomes markup, whatever it is', () => {
    const tags = new TagText(
      [
        ...fileTag({ goal: 'classic', attributes: {}, nonce: undefined, integrity: 'sha384-x' }, 'a.js'),
        ...inlineTag({ goal: 'style', attributes: {}, nonce: undefined, integrity: undefined }, ['a']),
      ],
      '/',
    );
    const text = fc.oneof(
      fc.string(),
      fc.webUrl().map((url) => `${url}/`),
      fc.stringMatching(/^\/[\w"'<>&\\() ]*\/$/),
      fc.stringMatching(/^[\w+/="'<>]{0,12}$/),
    );
    fc.assert(
      fc.property(text, text, (nonce, url) => {
        let values: RequestValues;
        try {
          values = RequestValues.check({ nonce, url });
        } catch {
          return; // Refused, as most are.
        }
        const elements = parseMarkup(tags.fill(values)).flatMap((piece) =>
          piece.type === 'element' ? [piece] : [],
        );
        assert.deepEqual(
          elements.map(({ name, attributes }) => [name, attributes.src, attributes.nonce]),
          [
            ['script', `${url}a.js`, nonce],
            ['style', undefined, nonce],
          ],
        );
      }),
    );
  });
});
