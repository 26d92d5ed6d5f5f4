import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { escapeAttribute, startTag } from './html.ts';
import { fileTag, inlineTag, preloadTag, type TagFacts } from './tags.ts';

describe('startTag', () => {
  const cases: readonly [name: string, attributes: Record<string, string | undefined>, tag: string][] = [
    ['nothing', {}, '<x>'],
    ['escapes values', { title: `"a" & <b> 'c'` }, `<x title="&quot;a&quot; &amp; &lt;b&gt; 'c'">`],
    ['writes empty values as names', { async: '', nonce: '' }, '<x async nonce>'],
    ['but not empty URLs', { href: '', src: '' }, '<x href="" src="">'],
    ['leaves out what is undefined', { a: undefined, b: '1' }, '<x b="1">'],
  ];
  for (const [name, attributes, tag] of cases) it(name, () => assert.equal(startTag('x', attributes), tag));

  it('escapes entities as they are', () => assert.equal(escapeAttribute('&amp;'), '&amp;amp;'));
});

const facts = (
  goal: TagFacts['goal'],
  attributes: TagFacts['attributes'] = {},
  nonce?: string,
): TagFacts => ({
  goal,
  attributes,
  nonce,
});

describe('tags', () => {
  const fetching = { crossorigin: '', fetchpriority: 'low', referrerpolicy: 'origin' };
  const cases: readonly [name: string, tag: string, expected: string][] = [
    ['style, file', fileTag(facts('style'), '/a.css'), '<link rel="stylesheet" href="/a.css">'],
    [
      'style, file, with attributes',
      fileTag(facts('style', { media: 'print', id: 'x' }, 'n"1'), '/a.css'),
      '<link rel="stylesheet" href="/a.css" media="print" id="x" nonce="n&quot;1">',
    ],
    ['classic, file', fileTag(facts('classic'), '/a.js'), '<script src="/a.js"></script>'],
    [
      'classic, file, with attributes',
      fileTag(facts('classic', { defer: '', nomodule: '' }), '/a.js'),
      '<script src="/a.js" defer nomodule></script>',
    ],
    [
      'module, file',
      fileTag(facts('module', { async: '' }, 'n'), '/a.js'),
      '<script type="module" src="/a.js" async nonce="n"></script>',
    ],
    [
      'style, preload',
      preloadTag(facts('style', { media: 'print', id: 'x', 'data-a': '1' }), '/a.css'),
      '<link rel="preload" as="style" href="/a.css" media="print">',
    ],
    [
      'classic, preload',
      preloadTag(facts('classic', { async: '', ...fetching }, 'n'), '/a.js'),
      '<link rel="preload" as="script" href="/a.js" crossorigin referrerpolicy="origin" fetchpriority="low" nonce="n">',
    ],
    ['module, preload', preloadTag(facts('module'), '/a.js'), '<link rel="modulepreload" href="/a.js">'],
    [
      'style, inline',
      inlineTag(facts('style', { media: 'print', blocking: 'render' }, 'n'), 'a{}'),
      '<style media="print" nonce="n">a{}</style>',
    ],
    [
      'classic, inline',
      inlineTag(facts('classic', { async: '', class: 'x', ...fetching }), 'a'),
      '<script class="x">a</script>',
    ],
    [
      'classic, inline, deferred',
      inlineTag(facts('classic', { defer: '', nomodule: '' }), 'a'),
      '<script nomodule>a</script>',
    ],
    [
      'module, inline',
      inlineTag(facts('module', { async: '', ...fetching }), 'a'),
      '<script type="module" async>a</script>',
    ],
    [
      'URLs are escaped',
      fileTag(facts('style'), '/a.css?a&"b'),
      '<link rel="stylesheet" href="/a.css?a&amp;&quot;b">',
    ],
  ];
  for (const [name, tag, expected] of cases) it(name, () => assert.equal(tag, expected));
});
