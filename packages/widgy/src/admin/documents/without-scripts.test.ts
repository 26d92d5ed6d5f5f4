import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { withoutScripts } from './without-scripts.ts';

describe('a page without scripts', () => {
  const pages: readonly [page: string, left: string][] = [
    ['<p>a</p>', '<p>a</p>'],
    ['a<script src="/x.js" nonce="y"></script>b', 'ab'],
    ['a<script type=module>let b = "<p>";</script>\n<SCRIPT>c</SCRIPT >d', 'a\nd'],
    ['a<script>b<script>c</script>d', 'ad'],
    ['<scripture>a</scripture>', '<scripture>a</scripture>'],
    ['a</script>b', 'a</script>b'],
    ['a<script>b</script>c<script>d', 'ac<script>d'],
    ['<template><script>b</script></template>', '<template></template>'],
  ];
  for (const [page, left] of pages) {
    it(`of ${page} is ${left}`, () => assert.equal(withoutScripts(page), left));
  }

  it('is made in one go, whatever it holds', () => {
    for (const piece of ['<script>', '</script>', '<script ', '<script><script></script>']) {
      const page = piece.repeat(200_000);
      assert.ok(withoutScripts(page).length <= page.length);
    }
  });
});
