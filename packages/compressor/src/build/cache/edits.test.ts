import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { makeFolder, removeFolder, writeFiles } from '../../testing/folder.ts';
import { group, runCached } from './cache-fixture.ts';

/** Files that the groups read, may find instead, or do not know. */
const NAMES = [
  ...[
    'a.css',
    'b.css',
    'deep/c.css',
    'dot.svg',
    'main.scss',
    'main.less',
    'main.styl',
    'part.less',
    'part.styl',
    'part/index.styl',
    '_part.scss',
    'part.scss',
    'part/_index.scss',
  ],
  ...['one.js', 'two.js', 'app.js', 'dep.js', 'dep.ts', 'dep/index.js', 'dep.json', 'other.txt'],
];
const GROUPS = [
  group('style', 'a.css', 'b.css'),
  group('style', 'b.css', 'a.css', 'main.scss'),
  group('style', 'main.less'),
  group('style', 'main.styl'),
  group('classic', 'one.js', 'two.js'),
  group('classic', 'two.js'),
  group('module', 'app.js'),
];

/** What may stand in a file, by its extension; some of it is wrong. */
const TEXTS: Readonly<Record<string, readonly string[]>> = {
  css: [
    '.x { color: red }',
    '@import "deep/c.css"; .y { background: url(dot.svg) }',
    '@import "b.css";',
    '@import url(//other.example/x.css); .z { top: 0 }',
    '.broken {',
  ],
  scss: ['@use "part"; .s { color: part.$c }', '$c: red;', '$c: blue; .t { left: 0 }', '@use "deep/c";'],
  less: [
    '@import (optional) "part"; .l { background: data-uri("dot.svg") }',
    '.p { color: red }',
    '@import "part"; .l { color: @c }',
    '@c: blue;',
  ],
  styl: [
    '@import "part"\n.y\n  color c',
    '.p\n  color red',
    'c = json("dep.json", { optional: true })',
    '@import "p*"',
  ],
  js: [
    'window.a = 1;',
    'function f() {} window.b = 2;',
    '"use strict"; window.c = 3;',
    'let f = 4;',
    'import "./dep"; console.log(5);',
    'export default 6;',
    'var (',
  ],
  ts: ['export default 7 as number;', 'console.log("ts")'],
  json: ['{"eight":8}'],
  svg: ['<svg xmlns="http://www.w3.org/2000/svg"/>', '<svg/>'],
  txt: ['nobody reads this'],
};

const edit = fc.constantFrom(...['static', 'first']).chain((root) =>
  fc.constantFrom(...NAMES).chain((name) =>
    fc.record({
      path: fc.constant(`${root}/${name}`),
      text: fc.option(fc.constantFrom(...(TEXTS[name.split('.').at(-1) ?? ''] ?? [''])), { nil: undefined }),
    }),
  ),
);

test('after any edits, a build with the cache gives what a build without it gives', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(edit, { maxLength: 4 }), { minLength: 2, maxLength: 5 }),
      async (steps) => {
        const folder = await makeFolder({
          'static/a.css': '@import "deep/c.css"; .y { background: url(dot.svg) }',
          'static/b.css': '.x { color: red }',
          'static/deep/c.css': '.c { color: teal }',
          'static/dot.svg': '<svg/>',
          'static/main.scss': '@use "part"; .s { color: part.$c }',
          'static/main.less': '@import (optional) "part"; .l { background: data-uri("dot.svg") }',
          'static/main.styl': '@import "part"\n.y\n  color c',
          'static/part.styl': 'c = red',
          'static/_part.scss': '$c: red;',
          'static/one.js': 'function f() {} window.b = 2;',
          'static/two.js': 'window.a = 1;',
          'static/app.js': 'import "./dep"; console.log(5);',
          'static/dep.js': 'console.log("dep")',
          'first/.keep': '',
        });
        try {
          const config = { static: { roots: ['first', 'static'] } };
          await runCached(folder, GROUPS, config);
          for (const step of steps) {
            for (const { path, text } of step) {
              // What stands in the way of a file, or of its folder, makes way.
              await writeFiles(folder, { [path]: text ?? '' }).catch(() => {});
              if (text === undefined) await rm(join(folder, path), { recursive: true, force: true });
            }
            const { results } = await runCached(folder, GROUPS, config);
            assert.deepEqual(results, (await runCached(folder, GROUPS, config, false)).results);
          }
        } finally {
          await removeFolder(folder);
        }
      },
    ),
    { numRuns: 25, seed: 7 },
  );
});
