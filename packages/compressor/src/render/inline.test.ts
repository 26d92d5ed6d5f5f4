import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { runInNewContext } from 'node:vm';
import { absoluteReferences, escapeInline } from './inline.ts';
import { RequestValues } from './request-values.ts';
import { TagText } from './tag-text.ts';

describe('escapeInline of scripts', () => {
  /** Each is an expression; its value must be the same after escaping. */
  const same: readonly [name: string, script: string][] = [
    ['an end tag in a string', `"</script>"`],
    ['an end tag in another case, with a space', `'</SCRIPT >'`],
    ['a comment in a string', `"<!-- <script> -->"`],
    ['an escaped bracket in a string', `"\\</script>"`],
    ['a backslash before the bracket in a string', `"\\\\</script>"`],
    ['a template', `\`</script>\${1 + 1}<!--\``],
    ['an escaped bracket in a template', '`\\</script>`'],
    [
      'a string in a template in a tagged template',
      `((parts, value) => parts.raw[0] + value)\`a\${"</script>"}\``,
    ],
    ['a regular expression with a comment', `/<!--/.test("<" + "!--")`],
    ['a regular expression with a class', `/[</script]+/.exec("x</" + "script")[0]`],
    ['a regular expression with an escaped bracket', `/\\<!--/.test("<" + "!--")`],
    ['a group named script', `/(?<script>a)\\k<script>/.exec("aa").groups.script`],
    ['a bracket and a regular expression', `1</script/.lastIndex`],
    ['a comment', `/* </script> <!-- */ 1`],
    ['characters of two units before it', `"😀😀</script>"`],
    ['a property', `({ "</script>": 1 })["<" + "/script>"]`],
  ];
  for (const [name, script] of same) {
    it(`keeps the meaning of ${name}`, async () => {
      const escaped = await escapeInline('classic', script);
      assert.doesNotMatch(escaped, /<\/script|<!--/i);
      assert.deepEqual(runInNewContext(escaped), runInNewContext(script));
    });
  }

  it('knows the comment of old pages', async () => {
    const script = 'var a = 1;\n<!-- hidden\nvar b = a + 1;\n-->\nb';
    const escaped = await escapeInline('classic', script);
    assert.doesNotMatch(escaped, /<!--/);
    assert.equal(runInNewContext(escaped), 2);
  });

  it('keeps operators of modules apart, where that is no comment', async () => {
    assert.equal(await escapeInline('module', 'export default a<!--b;'), 'export default a< !--b;');
  });

  const untouched = ['a < b', '"<script>"', '"<\\/script>"', 'a<!-b', '"</scrip"', '"</style>"', ''];
  for (const script of untouched) {
    it(`leaves ${JSON.stringify(script)} as it is`, async () =>
      assert.equal(await escapeInline('classic', script), script));
  }

  const impossible: readonly [name: string, script: string][] = [
    ['a tagged template, which sees how it is written', 'String.raw`</script>`'],
    ['a look-behind', '/(?<!--)x/'],
    ['what is no script', '"</script>" +'],
  ];
  for (const [name, script] of impossible) {
    it(`refuses ${name}`, async () =>
      assert.rejects(escapeInline('module', script), { code: 'script-syntax' }));
  }
});

describe('escapeInline of styles', () => {
  const cases: readonly [name: string, style: string, expected: string][] = [
    ['a string', 'a{content:"</style>"}', 'a{content:"<\\/style>"}'],
    ['another case', "a{content:'</STYLE '}", "a{content:'<\\/STYLE '}"],
    ['a comment', '/*! </style> */', '/*! <\\/style> */'],
    ['a URL', 'a{background:url(</style>)}', 'a{background:url(<\\/style>)}'],
    ['other tags', 'a{content:"</script><!--"}', 'a{content:"</script><!--"}'],
    ['ranges', '@media (width<600px){}', '@media (width<600px){}'],
  ];
  for (const [name, style, expected] of cases) {
    it(name, async () => assert.equal(await escapeInline('style', style), expected));
  }
});

const inFolder = (...given: Parameters<typeof absoluteReferences>): string =>
  new TagText(absoluteReferences(...given), '/').fill(RequestValues.none);

describe('absoluteReferences', () => {
  const [png, js, map] = ['a.0123456789abcdef.png', 'b.0123456789abcdef.js', 'b.0123456789abcdef.js.map'];
  const cases: readonly [name: string, text: string, expected: string][] = [
    [
      'of styles',
      `a{background:url(${png})}b{background:url("./${png}")}`,
      `a{background:url(/x/${png})}b{background:url("/x/${png}")}`,
    ],
    ['of modules', `import "./${js}";import("./${js}")`, `import "/x/${js}";import("/x/${js}")`],
    ['that begin with another', `//# sourceMappingURL=${map}`, `//# sourceMappingURL=/x/${map}`],
    ['but nothing else', 'url(aX0123456789abcdef.png) $& ./c.js', 'url(aX0123456789abcdef.png) $& ./c.js'],
  ];
  for (const [name, text, expected] of cases) {
    it(name, () => assert.equal(inFolder(text, [png, js, map], 'x/'), expected));
  }

  it('takes the folder as it is', () => assert.equal(inFolder(png, [png], '$&/$1/'), `/$&/$1/${png}`));
  it('does nothing without names', () => assert.equal(inFolder('./a', [], 'x/'), './a'));
});
