import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { parseBlock } from './parse.ts';
import { css, js, outline, resolve } from './parse-fixture.ts';
import { isFile, type Kind } from './recipe.ts';

describe('what is not understood stays in its place and ends the group', () => {
  const between = (kind: Kind, name: string, markup: string): void => {
    const [before, after] = kind === 'css' ? [css('a'), css('b')] : [js('a'), js('b')];
    const group = kind === 'css' ? 'style[]' : 'classic[]';
    it(`${name} (${kind})`, () => {
      assert.deepEqual(outline(kind, `${before}\n${markup}\n${after}`), [
        `${group} a.${kind}`,
        `kept ${markup}`,
        `${group} b.${kind}`,
      ]);
    });
  };
  for (const kind of ['css', 'js'] as const) {
    between(kind, 'a comment', '<!-- here -->');
    between(
      kind,
      'a conditional comment',
      '<!--[if lt IE 9]><script src="/static/x.js"></script><![endif]-->',
    );
    between(kind, 'noscript', '<noscript><link rel="stylesheet" href="/static/x.css"></noscript>');
    between(kind, 'text', 'some text');
    between(kind, 'another element', '<meta charset="utf-8">');
    between(
      kind,
      'an element around others',
      '<div><script src="/static/x.js"></script><style>x</style></div>',
    );
  }
  const styles: readonly [name: string, markup: string][] = [
    ['an alternate style sheet', '<link rel="alternate stylesheet" href="/static/x.css">'],
    ['a titled style sheet', css('x', ' title="Dark"')],
    ['a disabled style sheet', css('x', ' disabled')],
    ['a link without rel', '<link href="/static/x.css">'],
    ['a link to something else', '<link rel="icon" href="/static/x.png">'],
    ['a link without href', '<link rel="stylesheet">'],
    ['a link with an empty href', '<link rel="stylesheet" href="">'],
    ['a style sheet of another site', '<link rel="stylesheet" href="https://example.org/static/x.css">'],
    ['a protocol-relative URL', '<link rel="stylesheet" href="//example.org/static/x.css">'],
    ['a URL of the site that is not static', '<link rel="stylesheet" href="/theme.css">'],
    ['a relative URL', '<link rel="stylesheet" href="static/x.css">'],
    ['a data URL', '<link rel="stylesheet" href="data:text/css,a{}">'],
    ['integrity', css('x', ' integrity="sha256-x"')],
    ['onload', css('x', ' media="print" onload="this.media=\'all\'"')],
    ['an unknown attribute', css('x', ' hx-swap')],
    ['an unknown type', '<style type="text/fancy">x</style>'],
    ['an unknown language', '<style lang="myth">x</style>'],
    ['a type every object has', '<style type="constructor">x</style>'],
    ['a script', js('x')],
  ];
  for (const [name, markup] of styles) between('css', name, markup);
  const scripts: readonly [name: string, markup: string][] = [
    ['an import map', '<script type="importmap">{"imports":{}}</script>'],
    ['a JSON island', '<script type="application/json" id="data">{"a":1}</script>'],
    ['linked data', '<script type="application/ld+json">{}</script>'],
    ['speculation rules', '<script type="speculationrules">{}</script>'],
    ['a template of a library', '<script type="text/x-template"><p></p></script>'],
    ['a script of another site', '<script src="https://example.org/x.js"></script>'],
    ['a protocol-relative URL', '<script src="//example.org/static/x.js"></script>'],
    ['an empty src', '<script src=""></script>'],
    ['integrity', js('x', ' integrity="sha256-x"')],
    ['onerror', js('x', ' onerror="fail()"')],
    ['an unknown attribute', js('x', ' hx-swap')],
    ['the attribute "language"', js('x', ' language="vbscript"')],
    ['media, which means nothing on a script', js('x', ' media="print"')],
    ['an unknown language', js('x', ' lang="coffee"')],
    ['a type every object has', '<script type="constructor">x</script>'],
    ['a language every object has', '<script lang="__proto__">x</script>'],
    ['nomodule on a module', js('x', ' type="module" nomodule')],
    ['a style', '<style>a{}</style>'],
    ['a style sheet', css('x')],
  ];
  for (const [name, markup] of scripts) between('js', name, markup);
});

it('every element is in the result once and in order, whatever stands beside it', () => {
  const bit = fc.constantFrom(
    'file',
    'module',
    'async',
    'inline',
    'json',
    'comment',
    'text',
    'div',
    'link',
    'space',
  );
  fc.assert(
    fc.property(fc.array(bit, { maxLength: 25 }), (bits) => {
      const parts = bits.map((name, index) => {
        if (name === 'file') return js(`f${index}`);
        if (name === 'module') return js(`f${index}`, ' type="module"');
        if (name === 'async') return js(`f${index}`, ' async');
        if (name === 'inline') return `<script>f${index}</script>`;
        if (name === 'json') return `<script type="application/json">f${index}</script>`;
        if (name === 'comment') return `<!-- f${index} -->`;
        if (name === 'div') return `<div><p>f${index}</p></div>`;
        if (name === 'link') return `<link href="f${index}">`;
        return name === 'text' ? ` f${index} ` : ' \n ';
      });
      const { segments, recipe } = parseBlock('js', parts.join('\n'), resolve);
      const written = segments.flatMap((segment) =>
        segment.type === 'kept' ? [segment.markup] : segment.originals,
      );
      const numbers = written.flatMap((markup) =>
        [...markup.matchAll(/\bf(\d+)/g)].map(([, number]) => Number(number)),
      );
      assert.deepEqual(
        numbers,
        bits.flatMap((name, index) => (name === 'space' ? [] : [index])),
      );
      const groups = segments.flatMap((segment) => (segment.type === 'group' ? [segment] : []));
      assert.deepEqual(
        recipe.groups,
        groups.map(({ group }) => group),
      );
      for (const { group, originals } of groups) {
        assert.equal(originals.length, group.sources.length);
        for (const [index, source] of group.sources.entries()) {
          assert.ok(originals[index]?.includes(isFile(source) ? source.file : source.text));
        }
      }
    }),
    { numRuns: 500 },
  );
});
