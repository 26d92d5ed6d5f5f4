import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { CodeGoal } from '../recipe/recipe.ts';
import { escapeAttribute, writeAttributes } from './html.ts';
import { type RequestOptions, RequestValues } from './request-values.ts';
import { type Piece, TagText } from './tag-text.ts';
import { fileTag, inlineTag, mergeAttributes, originalTag, preloadTag, type TagFacts } from './tags.ts';

describe('writeAttributes', () => {
  const cases: readonly [name: string, attributes: Record<string, string | undefined>, text: string][] = [
    ['nothing', {}, ''],
    ['escapes values', { title: `"a" & <b> 'c'` }, ` title="&quot;a&quot; &amp; &lt;b&gt; 'c'"`],
    ['writes empty values as names', { async: '', nonce: '' }, ' async nonce'],
    ['leaves out what is undefined', { a: undefined, b: '1' }, ' b="1"'],
  ];
  for (const [name, attributes, text] of cases) {
    it(name, () => assert.equal(writeAttributes(attributes), text));
  }

  it('escapes entities as they are', () => assert.equal(escapeAttribute('&amp;'), '&amp;amp;'));
});

const facts = (
  goal: CodeGoal,
  attributes: TagFacts['attributes'] = {},
  nonce?: string,
  integrity?: string,
): TagFacts => ({ goal, attributes, nonce, integrity });

const fill = (pieces: readonly Piece[], request: RequestOptions = {}): string =>
  new TagText(pieces, '/').fill(RequestValues.check(request));

describe('tags', () => {
  const fetching = { crossorigin: '', fetchpriority: 'low', referrerpolicy: 'origin' };
  const cases: readonly [name: string, tag: Piece[], expected: string][] = [
    ['style, file', fileTag(facts('style'), 'a.css'), '<link rel="stylesheet" href="/a.css">'],
    [
      'style, file, with attributes',
      fileTag(facts('style', { media: 'print', id: 'x' }, 'n"1'), 'a.css'),
      '<link rel="stylesheet" href="/a.css" media="print" id="x" nonce="n&quot;1">',
    ],
    ['classic, file', fileTag(facts('classic'), 'a.js'), '<script src="/a.js"></script>'],
    [
      'classic, file, with attributes',
      fileTag(facts('classic', { defer: '', nomodule: '' }), 'a.js'),
      '<script src="/a.js" defer nomodule></script>',
    ],
    [
      'module, file',
      fileTag(facts('module', { async: '' }, 'n'), 'a.js'),
      '<script type="module" src="/a.js" async nonce="n"></script>',
    ],
    [
      'style, preload',
      preloadTag(facts('style', { media: 'print', id: 'x', 'data-a': '1' }), 'a.css'),
      '<link rel="preload" as="style" href="/a.css" media="print">',
    ],
    [
      'classic, preload',
      preloadTag(facts('classic', { async: '', ...fetching }, 'n'), 'a.js'),
      '<link rel="preload" as="script" href="/a.js" crossorigin referrerpolicy="origin" fetchpriority="low" nonce="n">',
    ],
    ['module, preload', preloadTag(facts('module'), 'a.js'), '<link rel="modulepreload" href="/a.js">'],
    [
      'style, inline',
      inlineTag(facts('style', { media: 'print', blocking: 'render' }, 'n'), ['a{}']),
      '<style media="print" nonce="n">a{}</style>',
    ],
    [
      'classic, inline',
      inlineTag(facts('classic', { async: '', class: 'x', ...fetching }), ['a']),
      '<script class="x">a</script>',
    ],
    [
      'classic, inline, deferred',
      inlineTag(facts('classic', { defer: '', nomodule: '' }), ['a']),
      '<script nomodule>a</script>',
    ],
    [
      'module, inline',
      inlineTag(facts('module', { async: '', ...fetching }), ['a']),
      '<script type="module" async>a</script>',
    ],
    ['original', originalTag('<SCRIPT src="a">', undefined), '<SCRIPT src="a">'],
  ];
  for (const [name, tag, expected] of cases) it(name, () => assert.equal(fill(tag), expected));
});

describe('tags for a request', () => {
  const cdn = 'https://cdn.example.com/';
  const checked = (goal: CodeGoal, attributes = {}) => facts(goal, attributes, undefined, 'sha384-x');
  const cases: readonly [name: string, tag: Piece[], request: RequestOptions, expected: string][] = [
    [
      'bear its nonce',
      fileTag(facts('classic'), 'a.js'),
      { nonce: 'n' },
      '<script src="/a.js" nonce="n"></script>',
    ],
    [
      'bear the nonce of their elements, where these have one',
      fileTag(facts('classic', {}, 'own'), 'a.js'),
      { nonce: 'n' },
      '<script src="/a.js" nonce="own"></script>',
    ],
    ['bear it inline', inlineTag(facts('style'), ['a']), { nonce: 'n' }, '<style nonce="n">a</style>'],
    [
      'bear it as they were written',
      originalTag('<script src="a">', undefined),
      { nonce: 'n' },
      '<script nonce="n" src="a">',
    ],
    [
      'except with a nonce of their own',
      originalTag('<script nonce="o">', 'o'),
      { nonce: 'n' },
      '<script nonce="o">',
    ],
    [
      'name its URL',
      fileTag(facts('style'), 'a.css'),
      { url: '/b/' },
      '<link rel="stylesheet" href="/b/a.css">',
    ],
    [
      'are checked',
      fileTag(checked('style'), 'a.css'),
      {},
      '<link rel="stylesheet" href="/a.css" integrity="sha384-x">',
    ],
    [
      'are checked when they come from elsewhere',
      fileTag(checked('classic'), 'a.js'),
      { url: cdn },
      `<script src="${cdn}a.js" integrity="sha384-x" crossorigin="anonymous"></script>`,
    ],
    [
      'are fetched as their attributes say',
      preloadTag(checked('style', { crossorigin: 'use-credentials' }), 'a.css'),
      { url: cdn },
      `<link rel="preload" as="style" href="${cdn}a.css" integrity="sha384-x" crossorigin="use-credentials">`,
    ],
    [
      'of modules are fetched in that way anyway',
      preloadTag(checked('module'), 'a.js'),
      { url: cdn },
      `<link rel="modulepreload" href="${cdn}a.js" integrity="sha384-x">`,
    ],
  ];
  for (const [name, tag, request, expected] of cases) {
    it(name, () => assert.equal(fill(tag, request), expected));
  }
});

describe('mergeAttributes', () => {
  it('takes elements before the tag of the block, and that before the configuration', () =>
    assert.deepEqual(
      mergeAttributes('classic', { b: '1' }, { a: '2', b: '2' }, { a: '3', b: '3', c: '3', defer: '' }),
      { a: '2', b: '1', c: '3', defer: '' },
    ));
  it('leaves out what modules do anyway', () =>
    assert.deepEqual(mergeAttributes('module', {}, {}, { async: '', defer: '' }), { async: '' }));
});
