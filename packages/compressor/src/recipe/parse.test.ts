import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseBlock } from './parse.ts';
import { css, js, outline, resolve } from './parse-fixture.ts';
import type { Kind } from './recipe.ts';

type Cases = readonly [name: string, markup: string, segments: readonly string[]][];

function table(kind: Kind, cases: Cases): void {
  for (const [name, markup, segments] of cases)
    it(name, () => assert.deepEqual(outline(kind, markup), segments));
}

describe('groups of styles', () => {
  table('css', [
    [
      'keep the order of files and inline text',
      `${css('a')}<style>b{}</style>\n${css('c')}`,
      ['style[] a.css, .css:b{}, c.css'],
    ],
    [
      'join neighbours of one media',
      css('a', ' media="print"') + css('b', ' media="print"'),
      ['style[media=print] a.css, b.css'],
    ],
    [
      'are cut where the media changes',
      css('a') + css('b', ' media="print"') + css('c'),
      ['style[] a.css', 'style[media=print] b.css', 'style[] c.css'],
    ],
    [
      'see through case and spaces of media',
      css('a', ' media="  Screen  and (COLOR) "') + css('b', ' media="screen and (color)"'),
      ['style[media=screen and (color)] a.css, b.css'],
    ],
    [
      'take no media, empty and "all" for the same',
      css('a', ' media="ALL"') + css('b', ' media') + css('c'),
      ['style[] a.css, b.css, c.css'],
    ],
    [
      'carry attributes, sorted',
      css('a', ' id="x" data-z="1" class="y"'),
      ['style[class=y data-z=1 id=x] a.css'],
    ],
    [
      'join where attributes only differ in their order',
      css('a', ' class="x" data-a="1"') + css('b', ' data-a="1" class="x"'),
      ['style[class=x data-a=1] a.css, b.css'],
    ],
    [
      'are cut where carried attributes differ',
      css('a', ' data-a="1"') + css('b', ' data-a="2"'),
      ['style[data-a=1] a.css', 'style[data-a=2] b.css'],
    ],
    [
      'know languages by type and lang',
      '<style lang="scss">a</style><style type="text/x-sass">b</style><style type="TEXT/CSS">c</style>' +
        '<style lang="less">d</style><style type="text/stylus">e</style>',
      ['style[] .scss:a, .sass:b, .css:c, .less:d, .styl:e'],
    ],
    [
      'note the declared encoding of files',
      `${css('a', ' charset=" Windows-1252 "')}${css('b', ' charset=""')}`,
      ['style[] a.css (windows-1252), b.css'],
    ],
    ['understand upper case', '<LINK REL="StyleSheet" HREF="/static/A.css">', ['style[] A.css']],
  ]);
});

describe('groups of scripts', () => {
  table('js', [
    [
      'keep the order of files and inline text',
      `${js('a')}<script>b</script>${js('c')}`,
      ['classic[] a.js, .js:b, c.js'],
    ],
    [
      'are cut at async and defer',
      js('a') + js('b', ' async') + js('c', ' defer') + js('d'),
      ['classic[] a.js', 'classic[async] b.js', 'classic[defer] c.js', 'classic[] d.js'],
    ],
    [
      'join neighbours that defer',
      js('a', ' defer') + js('b', ' defer="defer"'),
      ['classic[defer] a.js, b.js'],
    ],
    [
      'take async with defer for async',
      js('a', ' async defer') + js('b', ' async'),
      ['classic[async] a.js, b.js'],
    ],
    [
      'ignore async and defer on inline classic scripts, as browsers do',
      `<script async>a</script><script defer>b</script>${js('c')}`,
      ['classic[] .js:a, .js:b, c.js'],
    ],
    [
      'heed async on inline modules',
      '<script type="module" async>a</script><script type="module">b</script>',
      ['module[async] .js:a', 'module[] .js:b'],
    ],
    [
      'ignore defer on modules, as browsers do',
      js('a', ' type="module" defer') + js('b', ' type="Module"'),
      ['module[] a.js, b.js'],
    ],
    [
      'are cut between classic scripts and modules',
      js('a') + js('b', ' type="module"') + js('c'),
      ['classic[] a.js', 'module[] b.js', 'classic[] c.js'],
    ],
    ['keep nomodule apart', js('a', ' nomodule') + js('b'), ['classic[nomodule] a.js', 'classic[] b.js']],
    [
      'carry attributes',
      js('a', ' crossorigin fetchpriority="low" blocking="render" referrerpolicy="origin"'),
      ['classic[blocking=render crossorigin fetchpriority=low referrerpolicy=origin] a.js'],
    ],
    [
      'know languages by type and lang',
      '<script lang="ts">a</script><script type="text/jsx">b</script><script type="text/JavaScript1.5">c</script><script type="">d</script>',
      ['classic[] .ts:a, .jsx:b, .js:c, .js:d'],
    ],
    ['know a module in TypeScript', '<script type="module" lang="ts">a</script>', ['module[] .ts:a']],
    [
      'take a script with a file for its file only',
      '<script src="/static/a.js">ignored()</script>',
      ['classic[] a.js'],
    ],
    [
      'take names of packages',
      '<script src="npm:jquery/dist/jquery.js"></script>',
      ['classic[] npm:jquery/dist/jquery.js'],
    ],
    [
      'take inline scripts with the text they have',
      '<script>\n  "</style>" + `&amp;`\n</script>',
      ['classic[] .js:\n  "</style>" + `&amp;`\n'],
    ],
  ]);

  it('are cut where the nonce changes, and do not hold it', () => {
    const { segments, recipe } = parseBlock(
      'js',
      js('a', ' nonce="1"') + js('b', ' nonce="1"') + js('c', ' nonce="2"'),
      resolve,
    );
    assert.deepEqual(
      segments.map((segment) => segment.type === 'group' && [segment.nonce, segment.group.sources.length]),
      [
        ['1', 2],
        ['2', 1],
      ],
    );
    assert.ok(!JSON.stringify(recipe).includes('nonce'));
  });

  it('remember each element as it was written', () => {
    const { segments } = parseBlock('js', `${js('a')}\n${js('b')}`, resolve);
    const [segment] = segments;
    assert.deepEqual(segment?.type === 'group' && segment.originals, [js('a'), js('b')]);
  });
});

describe('URLs of sources', () => {
  table('css', [
    ['lose query and fragment', '<link rel="stylesheet" href="/static/a.css?v=3#x">', ['style[] a.css']],
    [
      'may hold entities',
      '<link rel="stylesheet" href="/static/a&amp;b.css?c=1&amp;d=2">',
      ['style[] a&b.css'],
    ],
    [
      'are percent-decoded',
      '<link rel="stylesheet" href="/static/a%20b/%C3%A9%23.css">',
      ['style[] a b/é#.css'],
    ],
    ['may have space around them', '<link rel="stylesheet" href=" /static/a.css\n">', ['style[] a.css']],
  ]);
  const wrong: readonly [url: string, code: string][] = [
    ['/static/../secret.css', 'path-outside-root'],
    ['/static/%2e%2e/secret.css', 'path-outside-root'],
    ['/static/a%00.css', 'path-invalid'],
    ['/static/a%5cb.css', 'path-invalid'],
    ['/static//etc/passwd', 'path-invalid'],
    ['/static/%ff.css', 'path-invalid'],
    ['npm:bootstrap', 'path-invalid'],
    ['npm:bootstrap/../../x.css', 'path-outside-root'],
  ];
  for (const [url, code] of wrong) {
    it(`refuse ${url}`, () => {
      assert.throws(() => parseBlock('css', `<link rel="stylesheet" href="${url}">`, resolve), { code });
    });
  }
});
