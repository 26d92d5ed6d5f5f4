import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { temporaryFolder, writeFiles } from '../../testing/folder.ts';
import type { Transformer } from '../transformer.ts';
import { group, runCached } from './cache-fixture.ts';

const FILES = {
  'static/less.less': '@import (optional) "part"; .l { background: data-uri("dot.svg") }',
  'static/styl.styl': '@import "parts/*"\nv = json("v.json", { optional: true })\n.s\n  top 0',
  'static/parts/one.styl': '.one\n  top 0',
  'static/dot.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
  'first/.keep': '',
};
const GROUPS = [group('style', 'less.less'), group('style', 'styl.styl')];
const CONFIG = { static: { roots: ['first', 'static'] } };

/** What comes, and which results that changes. */
const cases: readonly (readonly [what: string, file: string, text: string, changed: readonly string[]])[] = [
  ['an optional import', 'static/part.less', '.p { top: 0 }', ['less']],
  ['an optional import in another static folder', 'first/part.less', '.p { top: 0 }', ['less']],
  ['another picture', 'static/dot.svg', '<svg xmlns="http://www.w3.org/2000/svg"><g/></svg>', ['less']],
  ['a file that a pattern matches', 'static/parts/two.styl', '.two\n  top 0', ['styl']],
  ['a file that is read by a pattern', 'static/parts/one.styl', '.one\n  top 1px', ['styl']],
  ['optional JSON', 'static/v.json', '{"y":1}', []],
  ['a file that nobody reads', 'static/notes.md', 'x', []],
];

describe('the build cache with Less and Stylus', () => {
  for (const [what, file, text, changed] of cases) {
    it(`gives what a build without it gives after this came: ${what}`, async () => {
      const folder = await temporaryFolder(FILES);
      const before = await runCached(folder, GROUPS, CONFIG);
      await writeFiles(folder, { [file]: text });
      const after = await runCached(folder, GROUPS, CONFIG);
      assert.deepEqual(after.results, (await runCached(folder, GROUPS, CONFIG, false)).results);
      const names = [...after.results.keys()].filter((name) => !before.results.has(name));
      assert.deepEqual(
        names.flatMap((name) => /^(\w+)\.\w+\.css$/.exec(name)?.[1] ?? []),
        changed,
      );
      assert.deepEqual((await runCached(folder, GROUPS, CONFIG)).compiled, []);
    });
  }
});

describe('the build cache with a transformer of the site', () => {
  const kinds: readonly (readonly [looksFor: Transformer['looksFor'], compiled: readonly string[]])[] = [
    ['nothing', []],
    ['code', []],
    ['all', ['a.plain']],
    [undefined, ['a.plain']],
  ];
  for (const [looksFor, compiled] of kinds) {
    it(`compiles again when a picture came, if it may be looked for: ${looksFor}`, async () => {
      const plain: Transformer = {
        name: 'sass-embedded',
        version: '1',
        extensions: ['.plain'],
        output: 'css',
        ...(looksFor && { looksFor }),
        transform: async ({ text }) => ({ text, dependencies: [] }),
      };
      const folder = await temporaryFolder({ 'static/a.plain': '.a { top: 0 }' });
      const config = { build: { transformers: [plain] } };
      await runCached(folder, [group('style', 'a.plain')], config);
      await writeFiles(folder, { 'static/new.png': 'x' });
      assert.deepEqual((await runCached(folder, [group('style', 'a.plain')], config)).compiled, compiled);
    });
  }
});
