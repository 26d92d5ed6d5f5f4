import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { CompressorError, type ErrorCode } from '../../errors.ts';
import type { Source } from '../../recipe/recipe.ts';
import { createBuildSite, type SiteBuild } from '../../testing/build-site.ts';
import { type Files, temporaryFolder } from '../../testing/folder.ts';

const SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="3px" height="4px"/>';

/** The bundle of `a.less` or `a.styl`, what was read for it, and what was logged. */
async function build(
  files: Files,
  beside: Files = {},
  source?: Source,
): Promise<SiteBuild & { read: string[]; logged: string[] }> {
  const outside = {
    'outside.less': '.o { top: 0 }',
    'outside.styl': '.o\n  top 0',
    'site/package.json': '{}',
  };
  const folder = await temporaryFolder(outside);
  await using site = await createBuildSite(files, { beside, folder: join(folder, 'site') });
  const main: Source = source ?? { file: 'a.less' in files ? 'a.less' : 'a.styl' };
  const [part] = await site.builder.plan({ goal: 'style', sources: [main] });
  const read = [...(part?.inputs.values() ?? [])].map(({ name }) => name).sort();
  const built = await site.build('style', main);
  return { ...built, read, logged: site.logged.map(({ level, message }) => `${level}: ${message}`) };
}

/** What is built of files, and what is read for that. */
const cases: readonly {
  readonly what: string;
  readonly files: Files;
  readonly beside?: Files;
  readonly text: string | RegExp;
  readonly read: readonly string[];
}[] = [
  {
    what: 'Less: variables, nesting and an import beside the file',
    files: { 'a.less': '@import "b"; .a { .c { color: @tone } }', 'b.less': '@tone: red;' },
    text: '.a .c{color:red}',
    read: ['a.less', 'b.less'],
  },
  {
    what: 'Less: a name beside the importing file comes before one in a static folder',
    files: {
      'a.less': '@import "x/b";',
      'x/b.less': '@import "c";',
      'x/c.less': '.near { top: 0 }',
      'c.less': '.far { top: 0 }',
    },
    text: '.near{top:0}',
    read: ['a.less', 'x/b.less', 'x/c.less'],
  },
  {
    what: 'Less: a name from the static folder',
    files: { 'a.less': '@import "x/b";', 'x/b.less': '@import "y/c";', 'y/c.less': '.c { top: 0 }' },
    text: '.c{top:0}',
    read: ['a.less', 'x/b.less', 'y/c.less'],
  },
  {
    what: 'Less: a file of a package, and a reference in it',
    files: { 'a.less': '@import "box/style";' },
    beside: {
      'node_modules/box/package.json': '{"name":"box"}',
      'node_modules/box/style.less': '.box { background: url(dot.svg) }',
      'node_modules/box/dot.svg': SVG,
    },
    text: /^\.box\{background:url\(dot\.\w{16}\.svg\)\}$/,
    read: ['a.less', 'npm:box/dot.svg', 'npm:box/style.less'],
  },
  {
    what: 'Less: an optional import that is missing, and CSS written in as it is',
    files: { 'a.less': '@import (optional) "no"; @import (inline) "b.css";', 'b.css': '.b { top: 0 }' },
    text: '.b{top:0}',
    read: ['a.less', 'b.css'],
  },
  {
    what: 'Less: a picture as data URI',
    files: { 'a.less': '.a { background: data-uri("dot.svg") }', 'dot.svg': SVG },
    text: /^\.a\{background:url\("?data:image\/svg\+xml,%3Csvg/,
    read: ['a.less', 'dot.svg'],
  },
  {
    what: 'Less: an import of CSS, left to the bundler',
    files: { 'a.less': '@import "b.css"; .a { top: 0 }', 'b.css': '.b { top: 0 }' },
    text: '.b{top:0}.a{top:0}',
    read: ['a.less', 'b.css'],
  },
  {
    what: 'Stylus: variables, nesting and an import beside the file',
    files: { 'a.styl': '@import "b"\n.a\n  .c\n    color tone', 'b.styl': 'tone = red' },
    text: '.a .c{color:red}',
    read: ['a.styl', 'b.styl'],
  },
  {
    what: 'Stylus: only what is really imported is read',
    files: { 'a.styl': 'if false\n  @import "b"\n.a\n  top 0', 'b.styl': '.b\n  top 0' },
    text: '.a{top:0}',
    read: ['a.styl'],
  },
  {
    what: 'Stylus: a name beside the importing file comes before one in a static folder',
    files: {
      'a.styl': '@import "x/b"',
      'x/b.styl': '@import "c"',
      'x/c.styl': '.near\n  top 0',
      'c.styl': '.far\n  top 0',
    },
    text: '.near{top:0}',
    read: ['a.styl', 'x/b.styl', 'x/c.styl'],
  },
  {
    what: 'Stylus: a name from the static folder, an index, and several files at once',
    files: {
      'a.styl': '@import "x/b"\n@import "many/*"',
      'x/b.styl': '@import "y"',
      'y/index.styl': '.y\n  top 0',
      'many/1.styl': '.one\n  top 0',
      'many/2.styl': '.two\n  top 0',
    },
    text: '.y,.one,.two{top:0}',
    read: ['a.styl', 'many/1.styl', 'many/2.styl', 'x/b.styl', 'y/index.styl'],
  },
  {
    what: 'Stylus: a file of a package, and a reference in it',
    files: { 'a.styl': '@import "box/style"' },
    beside: {
      'node_modules/box/package.json': '{"name":"box"}',
      'node_modules/box/style.styl': '.box\n  background url(dot.svg)',
      'node_modules/box/dot.svg': SVG,
    },
    text: /^\.box\{background:url\(dot\.\w{16}\.svg\)\}$/,
    read: ['a.styl', 'npm:box/dot.svg', 'npm:box/style.styl'],
  },
  {
    what: 'Stylus: values from JSON, and the size of a picture',
    files: {
      'a.styl': 'v = json("x/v.json", { hash: true })\n.a\n  color v.tone\n  width image-size("dot.svg")[0]',
      'x/v.json': '{"tone":"red"}',
      'dot.svg': SVG,
    },
    text: '.a{color:red;width:3px}',
    read: ['a.styl', 'dot.svg', 'x/v.json'],
  },
];

describe('Less and Stylus', () => {
  for (const { what, files, beside, text, read } of cases) {
    it(`give what they should, and say what they read: ${what}`, async () => {
      const built = await build(files, beside);
      if (typeof text === 'string') assert.equal(built.text, text);
      else assert.match(built.text, text);
      assert.deepEqual(built.read, read);
    });
  }

  const inline: readonly (readonly [language: string, text: string])[] = [
    ['.less', '@import "part/b"; .a { color: @tone }'],
    ['.styl', '@import "part/b"\n.a\n  color tone'],
  ];
  for (const [language, text] of inline) {
    it(`start in the first static folder for inline text: ${language}`, async () => {
      const files = { 'part/b.less': '@tone: red;', 'part/b.styl': 'tone = red' };
      const built = await build(files, {}, { language, text });
      assert.equal(built.text, '.a{color:red}');
      assert.deepEqual(built.read, [`part/b${language}`]);
    });
  }

  /** Sources that cannot be built: the code, where, and what is said. */
  const failures: readonly (readonly [code: ErrorCode, place: string, files: Files, message?: RegExp])[] = [
    ['style-syntax', 'a.less:2:8', { 'a.less': '\na { b: @no }' }, /@no is undefined/],
    ['style-syntax', 'x/b.less:3:5', { 'a.less': '@import "x/b";', 'x/b.less': '\n\na { $: }' }],
    ['import-missing', 'a.less:2:1', { 'a.less': '\n@import "no";' }, /no\.less/],
    ['import-missing', 'a.less:1:1', { 'a.less': '@import (less) "https://x.org/y.less";' }],
    ['path-outside-root', 'a.less:2:1', { 'a.less': '\n@import "../../outside";' }],
    ['path-outside-root', 'a.less', { 'a.less': 'a { b: data-uri("../package.json") }' }],
    ['path-outside-root', 'a.less', { 'a.less': 'a { b: data-uri(".env") }', '.env': 'SECRET=1' }],
    ['style-syntax', 'a.less:1:9', { 'a.less': '@plugin "x.js";', 'x.js': '' }, /not allowed/],
    ['style-syntax', 'a.less:1:8', { 'a.less': 'a { b: `1 + 1` }' }, /JavaScript is not enabled/],
    ['source-encoding', 'a.less:1:1', { 'a.less': '@import "b";', 'b.less': Buffer.from([0xe9]) }],
    ['reference-missing', 'x/b.less:1:3', { 'a.less': '@import "x/b";', 'x/b.less': 'a{b:url(no.png)}' }],
    ['style-syntax', 'a.styl:3:14', { 'a.styl': '\n.a\n  color: foo(' }],
    [
      'style-syntax',
      'x/b.styl:4:8',
      { 'a.styl': '@import "x/b"', 'x/b.styl': '\n\na\n  foo: error("oh")' },
      /oh/,
    ],
    ['import-missing', 'a.styl:2:9', { 'a.styl': '\n@import "no"' }, /no\.styl/],
    ['import-missing', 'a.styl:1:5', { 'a.styl': 'x = json("no.json")' }, /no\.json/],
    ['path-outside-root', 'a.styl:2:9', { 'a.styl': '\n@import "../../outside"' }],
    ['path-outside-root', 'a.styl:1:5', { 'a.styl': 'x = json("/etc/passwd")' }],
    ['style-syntax', 'a.styl:1:1', { 'a.styl': 'use("x.js")', 'x.js': '' }, /not supported/],
  ];
  for (const [code, place, files, message = /./] of failures) {
    it(`say where it is wrong: ${code} ${Object.values(files).join(' ').trim()}`, async () => {
      await assert.rejects(build(files), (error) => {
        assert.ok(error instanceof CompressorError);
        assert.equal(error.code, code, error.message);
        assert.ok(error.message.startsWith(`${place}: `), error.message);
        assert.match(error.summary, message);
        return true;
      });
    });
  }

  it('print into the log only', async () => {
    const { logged } = await build({ 'a.styl': 'p(1px 2px)\nwarn("mind")\n.a\n  top 0' });
    assert.deepEqual(logged, ['info: 1px 2px', 'warn: mind']);
  });
});
