import assert from 'node:assert/strict';
import { test } from 'node:test';
import { originalPositionFor, TraceMap } from '@jridgewell/trace-mapping';
import type { Goal } from '../recipe/recipe.ts';
import { createBuildSite, PICTURE, type SiteBuild } from '../testing/build-site.ts';
import { LineIndex } from './edited-text.ts';
import { composeMaps, joinTexts, plainMap } from './map-steps.ts';
import { prependLines } from './source-map.ts';

type Files = Readonly<Record<string, string>>;

/** Where a text of a bundle leads to: the source, and what stands there. */
function trace(text: string, map: string, token: string): { source: string | null; found: string } {
  const offset = text.indexOf(token);
  assert.notEqual(offset, -1, `no ${token} in ${text}`);
  const { line, column } = new LineIndex(text).positionOf(offset);
  const traced = new TraceMap(map);
  const origin = originalPositionFor(traced, { line, column: column - 1 });
  if (origin.source === null) return { source: null, found: '' };
  const content = traced.sourcesContent?.[traced.sources.indexOf(origin.source)] ?? '';
  const at = new LineIndex(content).offsetOf({ line: origin.line, column: origin.column + 1 });
  return { source: origin.source, found: content.slice(at) };
}

/** A build, tokens of its text, the source each leads to, and what stands there. */
type Case = readonly [
  goal: Goal,
  sources: readonly string[],
  tokens: readonly (readonly [string, string, string])[],
];

const FILES: Files = {
  'i/p.svg': PICTURE,
  'a.css':
    '/*! licence\n */\n@import "x/b.css";\n.é { background: url(i/p.svg) } .long-name, .after { color: red }\n' +
    '.second { background: image-set("i/p.svg" 1x); width: 1px } .last { color: red }',
  'x/b.css': '/* comment */ .imported { background: url("../i/p.svg"); } .imported-after { color: blue }',
  'c.scss': '@use "x/d";\n\n.sass { .nested { background: url(i/p.svg) } .nested-after { color: red } }',
  'x/_d.scss': '$c: 1px;\n.partial { background: url("../i/p.svg"); .within { width: $c } }',
  'c.less': '@import "x/e";\n\n.less { .nested { background: url(i/p.svg) } .after { color: red } }',
  'x/e.less': '@c: 1px;\n.less-part { background: url("../i/p.svg"); .within { width: @c } }',
  'c.styl': '@import "x/f"\n\n.styl\n  .nested\n    background: url(i/p.svg)\n  .after\n    color: red',
  'x/f.styl': 'c = 1px\n.styl-part\n  background: url("../i/p.svg")\n  .within\n    width: c',
  'vendor.css': '.vendor { color: red }\n/*# sourceMappingURL=data:application/json;base64,e30= */',
  'a.js': '/* c */\nvar first = "😀"; function named() { return marked1 } marked2()\n// end',
  'b.ts': 'interface I {}\nenum Kind { One }\nvar typed: I = marked3("é") as I; marked4<string>()',
  'm.ts':
    'import { shared } from "./x/s.tsx";\ninterface I {}\nconsole.log("marked5", shared as I);\nimport("./x/lazy.ts");',
  'x/s.tsx': 'interface P {}\nexport const shared = console.log("marked6" as string);',
  'x/lazy.ts': 'type T = 1;\nconsole.log("marked7");',
  'n.js': 'console.log("marked8");',
};

const CASES: readonly Case[] = [
  [
    'style',
    ['a.css', 'c.scss', 'c.less', 'c.styl', 'vendor.css'],
    [
      ['.imported', 'static:///x/b.css', '.imported {'],
      ['.imported-after', 'static:///x/b.css', '.imported-after {'],
      ['.é', 'static:///a.css', '.é {'],
      ['.long-name', 'static:///a.css', '.long-name,'],
      ['.second', 'static:///a.css', '.second {'],
      ['.last', 'static:///a.css', '.last {'],
      ['.partial', 'static:///x/_d.scss', '.partial {'],
      ['.less-part', 'static:///x/e.less', '.less-part {'],
      ['.less-part .within', 'static:///x/e.less', '.less-part {'],
      ['.less .nested', 'static:///c.less', '.less {'],
      ['.styl-part', 'static:///x/f.styl', '.styl-part\n'],
      ['.styl-part .within', 'static:///x/f.styl', '.within\n'],
      ['.styl .nested', 'static:///c.styl', '.nested\n'],
      ['.partial .within', 'static:///x/_d.scss', '.within {'],
      ['.sass .nested', 'static:///c.scss', '.nested {'],
      ['.sass .nested-after', 'static:///c.scss', '.nested-after {'],
      ['.vendor', 'static:///vendor.css', '.vendor {'],
    ],
  ],
  [
    'classic',
    ['a.js', 'b.ts', 'npm:lodash/_root.js'],
    [
      ['named', 'static:///a.js', 'named()'],
      ['marked1', 'static:///a.js', 'marked1 }'],
      ['marked2', 'static:///a.js', 'marked2()'],
      ['marked3', 'static:///b.ts', 'marked3("'],
      ['marked4', 'static:///b.ts', 'marked4<'],
      ['freeGlobal', 'npm:///lodash/_root.js', 'freeGlobal'],
    ],
  ],
  [
    'module',
    ['n.js', 'm.ts'],
    [
      ['console', 'static:///n.js', 'console.log("marked8'],
      ['marked5', 'static:///m.ts', 'marked5'],
      ['marked6', 'static:///x/s.tsx', 'marked6'],
    ],
  ],
];

for (const minify of [true, false]) {
  for (const [goal, sources, tokens] of CASES) {
    test(`tokens lead to their sources: ${goal}${minify ? ', minified' : ''}`, async () => {
      await using site = await createBuildSite(FILES, { build: { minify, sourceMaps: true } });
      const build = await site.build(goal, ...sources);
      for (const [token, source, found] of tokens) {
        if (token === 'freeGlobal' && minify) continue; // Renamed.
        const traced = trace(build.text, build.map, token);
        assert.equal(traced.source, source, token);
        // Strings are mapped as a whole, from their quotes on.
        const start = traced.found.replace(/^"(?=marked[56])/, '');
        assert.ok(start.startsWith(found), `${token}: ${start.slice(0, 30)}`);
      }
      checkSources(build, site.folder);
    });
  }
}

test('chunks have maps of their own', async () => {
  await using site = await createBuildSite(FILES, { build: { sourceMaps: true } });
  const build = await site.build('module', 'm.ts');
  const chunk = build.files.find(({ name }) => /^lazy\..*\.js$/.test(name));
  const text = chunk?.bytes.toString() ?? '';
  const link = /\n\/\/# sourceMappingURL=(\S+)$/.exec(text)?.[1];
  const map = build.files.find(({ name }) => name === link)?.bytes.toString() ?? '';
  const { source, found } = trace(text, map, 'console');
  assert.equal(source, 'static:///x/lazy.ts');
  assert.ok(found.startsWith('console.log("marked7")'));
  checkSources(build, site.folder);
});

/** No path of this machine, and the text of every source. */
function checkSources({ artifacts }: SiteBuild, folder: string): void {
  for (const { name, bytes } of artifacts) {
    assert.ok(!bytes.includes(folder), `${name} holds ${folder}`);
    if (!name.endsWith('.map')) continue;
    const { sources, sourcesContent } = new TraceMap(bytes.toString());
    assert.ok(sources.length > 0, name);
    for (const [index, source] of sources.entries()) {
      assert.match(source ?? '', /^(?:static|npm):\/\/\/(?!\/|\.\.)/, name);
      assert.equal(typeof sourcesContent?.[index], 'string', `${name}: ${source}`);
      const file = FILES[(source ?? '').replace('static:///', '')];
      if (file !== undefined) assert.equal(sourcesContent?.[index], file, `${name}: ${source}`);
    }
  }
}

test('sources are told apart, in whatever order imports are read', async () => {
  const names = Array.from({ length: 12 }, (_, index) => `s${index}`);
  const files = Object.fromEntries(
    names.map((name, index) => [`${name}.css`, `${'\n'.repeat(index % 3)}.${name} { order: ${index} }`]),
  );
  const all = names.map((name) => `@import "${name}.css";`).join('');
  for (let round = 0; round < 20; round += 1) {
    await using site = await createBuildSite({ ...files, 'all.css': all }, { build: { sourceMaps: true } });
    const { text, map } = await site.build('style', 'all.css');
    for (const name of names) {
      const { source, found } = trace(text, map, `.${name}{`);
      assert.equal(source, `static:///${name}.css`);
      assert.ok(found.startsWith(`.${name} {`));
    }
  }
});

test('without source maps nothing links one', async () => {
  await using site = await createBuildSite(FILES);
  for (const [goal, sources] of CASES) {
    const { text, artifacts } = await site.build(goal, ...sources);
    assert.doesNotMatch(text, /sourceMappingURL/, goal);
    assert.ok(!artifacts.some(({ name }) => name.endsWith('.map')));
  }
});

test('maps of texts that are joined, moved down and composed', () => {
  const a = { text: 'one two\nthree', map: plainMap('a', 'one two\nthree') };
  const joined = joinTexts([{ text: 'unmapped\n' }, prependLines('x\ny', a), { text: 'end' }]);
  assert.equal(joined.text, 'unmapped\n\nx\ny\none two\nthree\nend');
  const map = JSON.stringify(joined.map);
  assert.deepEqual(trace(joined.text, map, 'two'), { source: 'a', found: 'two\nthree' });
  assert.deepEqual(trace(joined.text, map, 'three'), { source: 'a', found: 'three' });
  assert.equal(trace(joined.text, map, 'end').source, null);
  assert.equal(trace(joined.text, map, 'unmapped').source, null);
  const composed = composeMaps(plainMap('middle', 'one two\nthree'), a.map);
  assert.deepEqual(composed.sources, ['a']);
  assert.deepEqual(joinTexts([{ text: 'a' }, { text: 'b' }]), { text: 'a\nb' });
});
