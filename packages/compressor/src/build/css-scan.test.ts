import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scanStyle } from './css-scan.ts';

/** A style sheet, and the URLs in it as they are written. */
const URLS: readonly (readonly [css: string, urls: readonly string[]])[] = [
  ['a{b:url(x.png)}', ['x.png']],
  ['a{b:url("x.png")}', ['x.png']],
  ["a{b:url('x y.png')}", ['x y.png']],
  ['a{b:url( \n x.png\t )}', ['x.png']],
  ['a{b:url( \n "x.png"\t )}', ['x.png']],
  ['a{b:URL(X.png), Url("y")}', ['X.png', 'y']],
  ['a{b:\\75 rl(x.png)}', ['x.png']],
  ['a{b:url(x\\ y\\29.png)}', ['x y).png']],
  ['a{b:url("x\\"y.png")}', ['x"y.png']],
  ['a{b:src("x.png" type("y"))}', ['x.png']],
  ['a{b:src(/* c */ "x.png")}', ['x.png']],
  ['a{b:src(var(--x))}', []],
  ['a{b:url(var(--x))}', []],
  ['a{b:image-set("x.png" 1x, url(y.png) 2x type("image/png"))}', ['x.png', 'y.png']],
  ['a{b:-webkit-image-set(url("x.png") 1x)}', ['x.png']],
  ['a{b:IMAGE-SET("x.png" 1x)}', ['x.png']],
  ['a{b:cross-fade(url(x.png), "no")}', ['x.png']],
  ['a{b:myurl(x.png), my-url("x.png"), image-set-x("x")}', []],
  ['a{b:format("woff2")}', []],
  ['a{content:"url(x.png)"}', []],
  ['a{content:"\\"url(x.png)"}', []],
  ['a{content:\'image-set("x")\'}', []],
  ['a{/* url(x.png) */b:c}', []],
  ['/* " */a{b:url(x.png)}/* " */', ['x.png']],
  ['a{--b:url(x.png)}', ['x.png']],
  ['a{--b:{c:url(x.png)}}', ['x.png']],
  ["a{filter:f(src='x.png')}", []],
  ['a{b:url()}', ['']],
  ['a{b:url(data:image/png;base64,AA==)}', ['data:image/png;base64,AA==']],
  ['a{b:url("data:image/svg+xml,<svg a=\'url(x)\'/>")}', ["data:image/svg+xml,<svg a='url(x)'/>"]],
  ['@import url(x.css);@import "y.css";a{b:url(z)}', ['z']],
  ['@namespace url(x);@namespace s "y";', []],
  ['@font-face{src:url(x.woff2)format("woff2"),local("no")}', ['x.woff2']],
  ['@supports (b:url(x)){a{b:url(y)}}', ['x', 'y']],
  ['a#url(x){}', []],
  ['a{b:url(x.png', ['x.png']],
  ['a{b:url("x.png', ['x.png']],
  ['a{b:"unclosed\n;c:url(x.png)}', ['x.png']],
];

test('URLs are found where they are URLs, and their offsets are those of their text', () => {
  for (const [css, urls] of URLS) {
    const found = scanStyle(css).urls;
    assert.deepEqual(
      found.map(({ url }) => url),
      urls,
      css,
    );
    for (const { url, start, end } of found) {
      if (!css.includes('\\')) assert.equal(css.slice(start, end), url, css);
    }
  }
});

test('imports are found with their conditions', () => {
  const cases: readonly (readonly [rule: string, url: string, isConditional: boolean])[] = [
    ['@import "a.css";', 'a.css', false],
    ['@import url(a.css);', 'a.css', false],
    ['@import url("a.css") ;', 'a.css', false],
    ['@IMPORT/**/"a.css";', 'a.css', false],
    ['@import "a.css" layer;', 'a.css', true],
    ['@import "a.css" layer(x);', 'a.css', true],
    ['@import url(a.css) supports(b:url(c));', 'a.css', true],
    ['@import "a.css" (width > 3px);', 'a.css', true],
    ['@import "a.css" print;', 'a.css', true],
  ];
  for (const [rule, url, isConditional] of cases) {
    const css = `@charset "utf-8";@layer x;${rule} a{b:c}`;
    const [found, ...more] = scanStyle(css).imports;
    assert.deepEqual([found?.url, found?.isConditional, more.length], [url, isConditional, 0], rule);
    assert.ok(css.slice(found?.start).startsWith(rule.slice(0, 7)), rule);
  }
});

test('licences, links to source maps and default namespaces are found outside strings only', () => {
  const css = '/*! a */a{b:"/*! no */"}/*# sourceMappingURL=x *//* ! no *//*! c';
  const { licences, mapLinks } = scanStyle(css);
  assert.deepEqual(
    licences.map(({ start, end }) => css.slice(start, end)),
    ['/*! a */', '/*! c'],
  );
  assert.deepEqual(
    mapLinks.map(({ start, end }) => css.slice(start, end)),
    ['/*# sourceMappingURL=x */'],
  );
  const namespaces: readonly (readonly [css: string, isDefault: boolean])[] = [
    ['@namespace "x";', true],
    ['@namespace url(x);', true],
    ['@namespace svg url(x);', false],
    ['a{b:"@namespace x"}', false],
  ];
  for (const [text, isDefault] of namespaces) {
    assert.equal(scanStyle(text).hasDefaultNamespace, isDefault, text);
  }
});

test('large and hostile style sheets are scanned in time that grows with their size', () => {
  const hostile = ['/*', '"', 'url(', '\\', '@import ', 'a(', '"\\', 'url("', '-'].map((part) =>
    part.repeat(200_000),
  );
  for (const css of [...hostile, `a{b:url(data:${'x'.repeat(5_000_000)})}`, 'a{b:url(x)} '.repeat(400_000)]) {
    const started = performance.now();
    scanStyle(`/*! */${css}`);
    assert.ok(performance.now() - started < 20_000, css.slice(0, 10));
  }
});
