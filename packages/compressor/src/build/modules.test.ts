import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { CompressorError, type ErrorCode } from '../errors.ts';
import type { Source } from '../recipe/recipe.ts';
import { type BuildSite, type BuildSiteOptions, createBuildSite } from '../testing/build-site.ts';
import type { Build } from './builder.ts';

type Files = Readonly<Record<string, string | Uint8Array>>;

const node = promisify(execFile);

/** Loads the entries of a build one after the other, as a page does, and gives what was logged. */
async function run({ folder }: BuildSite, build: Build): Promise<string[]> {
  const out = join(folder, `out-${build.key}`);
  await mkdir(out);
  await writeFile(join(out, 'package.json'), '{"type":"module"}');
  // An entry is served under a name that holds its key, not under that of the artifact.
  const entries = build.entries.map(({ bytes }, index) => ({ name: `served-${index}.js`, bytes }));
  for (const { name, bytes } of [...build.files, ...entries]) await writeFile(join(out, name), bytes);
  const page = entries.map(({ name }) => `import ${JSON.stringify(`./${name}`)};`).join('\n');
  await writeFile(join(out, 'page.js'), page);
  const { stdout } = await node(process.execPath, [join(out, 'page.js')]);
  return stdout.trim().split('\n');
}

/** A site, its sources in order, and what they log. */
const SITES: Readonly<
  Record<string, readonly [files: Files, sources: readonly (string | Source)[], log: string]>
> = {
  'several run in order and share modules once': [
    {
      'a.js': 'import { x } from "./s.js"; console.log("a", x);',
      'b.js': 'import { x } from "./s.js"; console.log("b", x);',
      's.js': 'console.log("s"); export const x = 1;',
    },
    ['a.js', 'b.js'],
    's,a 1,b 1',
  ],
  'one imports another': [
    {
      'a.js': 'console.log("a"); export const x = 1;',
      'b.js': 'import { x } from "./a.js"; console.log("b", x);',
    },
    ['b.js', 'a.js'],
    'a,b 1',
  ],
  'a lazy chunk shares code with an entry': [
    {
      'a.js':
        'import { x } from "./s.js"; console.log("a", x()); import("./lazy.js").then((m) => console.log(m.y));',
      's.js': 'console.log("s"); let n = 0; export const x = () => ++n;',
      'lazy.js': 'import { x } from "./s.js"; console.log("lazy", x()); export const y = x();',
    },
    ['a.js'],
    's,a 1,lazy 2,3',
  ],
  'a lazy chunk loads an entry': [
    {
      'a.js': 'console.log("a"); export const x = 1; import("./lazy.js");',
      'lazy.js':
        'import { x } from "./a.js"; console.log("lazy", x); import("./b.js").then((m) => console.log(m.b));',
      'b.js': 'console.log("b"); export const b = 2;',
    },
    ['a.js', 'b.js'],
    'a,b,lazy 1,2',
  ],
  'lazy chunks that load each other': [
    {
      'a.js': 'import("./b.js").then((m) => m.f());',
      'b.js': 'console.log("b"); export const f = () => import("./c.js").then((m) => m.g());',
      'c.js':
        'console.log("c"); export const g = () => import("./b.js").then((m) => console.log(typeof m.f));',
    },
    ['a.js'],
    'b,c,function',
  ],
  'await at the top level': [
    {
      'a.js': 'import { x } from "./s.js"; console.log("a", x); import("./lazy.js");',
      's.js': 'export const x = await Promise.resolve(1);',
      'lazy.js': 'import { x } from "./s.js"; console.log("lazy", x);',
    },
    ['a.js'],
    'a 1,lazy 1',
  ],
  'inline modules import as if they stood in the static folder': [
    { 'x/s.ts': 'export const q: number = 1;' },
    [
      { text: 'import { q } from "./x/s.ts"; console.log(q);', language: '.js' },
      { text: 'import { q } from "./x/s.ts"; console.log(q as number + 1);', language: '.ts' },
      { text: 'console.log(3);', language: '.js' },
    ],
    '1,2,3',
  ],
  'packages, CommonJS among them': [
    {
      'a.ts':
        'import chunk from "lodash/chunk.js"; import { createElement } from "react"; console.log(chunk([1, 2, 3], 2).length, createElement("p").type);',
      'b.js': 'import _ from "lodash"; console.log(_.add(1, 2));',
    },
    ['a.ts', 'b.js'],
    '2 p,3',
  ],
  'JSX by the automatic runtime': [
    {
      'a.tsx':
        'const el = <p id={"x" as string}>y</p>; console.log(el.type, el.props.id, el.props.children);',
    },
    ['a.tsx'],
    'p x y',
  ],
  'process.env.NODE_ENV': [{ 'a.js': 'console.log(process.env.NODE_ENV);' }, ['a.js'], 'ENV'],
};

for (const [name, [files, sources, log]] of Object.entries(SITES)) {
  for (const separateModules of [false, true]) {
    for (const minify of [true, false]) {
      test(`${name}${separateModules ? ', kept separate' : ''}${minify ? ', minified' : ''}`, async () => {
        await using site = await createBuildSite(files, {
          build: { minify, sourceMaps: !minify },
          builder: { separateModules },
        });
        const build = await site.build('module', ...sources);
        assert.equal(build.entries.length, separateModules ? sources.length : 1);
        const expected = log.replace('ENV', minify ? 'production' : 'development').split(',');
        assert.deepEqual(await run(site, build), expected);
        const served = new Set(build.files.map((file) => file.name));
        for (const { bytes, references, name: own } of [...build.entries, ...build.files]) {
          for (const reference of references)
            assert.ok(served.has(reference), `${own} refers to ${reference}`);
          if (!own.endsWith('.js')) continue;
          for (const [, target = ''] of bytes.toString().matchAll(/["'`]\.\/([\w.-]+\.js)["'`]/g)) {
            if (/\.[0-9a-f]{16}\.js$/.test(target))
              assert.ok(references.includes(target), `${own}: ${target}`);
            else assert.fail(`${own} imports ${target}`);
          }
        }
      });
    }
  }
}

test('exports that nobody uses are dropped', async () => {
  await using site = await createBuildSite({
    'a.js': 'import { used } from "./s.js"; console.log(used);',
    's.js':
      'export const used = "USED"; export const unused = "DROPPED"; export function alsoUnused() { return "DROPPED" }',
  });
  const { text } = await site.build('module', 'a.js');
  assert.match(text, /USED/);
  assert.doesNotMatch(text, /DROPPED/);
});

test('errors are located in the source as it was written', async () => {
  const cases: readonly (readonly [code: ErrorCode, place: string, files: Files])[] = [
    ['script-syntax', 'a.ts:2:23', { 'a.ts': 'type T = 1\nvar é = "😀"; var x = ;' }],
    ['script-syntax', 'x/s.tsx:2:8', { 'a.ts': 'import "./x/s.tsx"', 'x/s.tsx': '\nlet x: = 3' }],
    ['import-missing', 'a.ts:2:17', { 'a.ts': 'var é = 1;\nimport {x} from "./no.js"; x()' }],
    ['import-missing', 'a.ts:1:17', { 'a.ts': 'import {x} from "no-such-package"; x()' }],
    ['import-missing', 'a.ts:1:9', { 'a.ts': 'import {y} from "./s.js"; y()', 's.js': 'export const x = 1' }],
    ['script-syntax', 'a.ts:1:8', { 'a.ts': 'import "./s.js"', 's.js': Buffer.from('f("\xe9")', 'latin1') }],
    ['source-encoding', 'a.ts:1:4', { 'a.ts': Buffer.from('f("\xe9")', 'latin1') }],
  ];
  for (const [code, place, files] of cases) {
    await using site = await createBuildSite(files);
    await assert.rejects(site.build('module', 'a.ts'), (error) => {
      assert.ok(error instanceof CompressorError);
      assert.equal(error.code, code, error.message);
      assert.ok(error.message.startsWith(`${place}: `), `${place}, not ${error.message}`);
      assert.ok(!error.message.includes(site.folder), error.message);
      return true;
    });
  }
});

test('an error in an inline module is located in its text', async () => {
  await using site = await createBuildSite({});
  await assert.rejects(
    site.build('module', { text: '\n\nlet x = ;', language: '.js' }),
    /^CompressorError: inline-1\.js:3:9: /,
  );
});

test('a package.json that says "commonjs" does not turn modules into CommonJS', async () => {
  const files = {
    'a.ts':
      'import { x } from "./s.js"; import c from "./c.js"; import _ from "lodash"; console.log(x as number, c.y, _.add(1, 2));',
    's.js': 'export const x = 1; export const unused = "DROPPED";',
    'c.js': 'module.exports = { y: 2 };',
  };
  const options = (type: string): BuildSiteOptions => ({
    build: { minify: false },
    beside: { 'package.json': JSON.stringify({ name: 'x', type }) },
  });
  const texts: string[] = [];
  for (const type of ['commonjs', 'neither']) {
    await using site = await createBuildSite(files, options(type));
    const build = await site.build('module', 'a.ts');
    assert.deepEqual(await run(site, build), ['1 2 3']);
    assert.doesNotMatch(build.text, /__esmMin|DROPPED/);
    texts.push(build.text);
  }
  assert.equal(texts[0], texts[1]);
});

test("the site's own transformers work on modules and on what they import", async () => {
  await using site = await createBuildSite(
    { 'a.shout': 'import "./b.shout"; console.log("a")', 'b.shout': 'console.log("b")' },
    {
      build: {
        transformers: [
          {
            name: 'shout',
            version: '1',
            extensions: ['.shout'],
            output: 'js',
            transform: async ({ text }) => ({
              text: text.replace(/log\("(.)"\)/, 'log("$1!")'),
              dependencies: [],
            }),
          },
        ],
      },
    },
  );
  assert.deepEqual(await run(site, await site.build('module', 'a.shout')), ['b!', 'a!']);
});

test('a chunk whose source map differs has another name', async () => {
  const names: (string | undefined)[] = [];
  for (const comment of ['', '/* longer */ ']) {
    await using site = await createBuildSite(
      { 'a.js': 'import("./lazy.js")', 'lazy.js': `${comment}console.log("lazy")` },
      { build: { sourceMaps: true } },
    );
    names.push((await site.build('module', 'a.js')).files.find(({ name }) => name.endsWith('.js'))?.name);
  }
  assert.notEqual(names[0], undefined);
  assert.notEqual(names[0], names[1]);
});

test('names of chunks need no escaping', async () => {
  await using site = await createBuildSite({
    'a.js': 'import("./ü (1)\'.js")',
    "ü (1)'.js": 'console.log("lazy")',
  });
  const build = await site.build('module', 'a.js');
  for (const { name } of build.files) assert.match(name, /^\w[\w.-]*$/);
  assert.deepEqual(await run(site, build), ['lazy']);
});

test('what is read is recorded, and no more', async () => {
  await using site = await createBuildSite({
    'a.tsx': 'import "./s.js"; console.log(<p/>);',
    's.js': '',
    'other.js': '',
  });
  const [part] = await site.builder.plan({ goal: 'module', sources: [{ file: 'a.tsx' }] });
  const names = [...(part?.inputs.values() ?? [])].map(({ name }) => name);
  assert.ok(names.includes('a.tsx') && names.includes('s.js'), names.join());
  assert.ok(names.includes('npm:react/jsx-runtime.js'), names.join());
  assert.ok(!names.includes('other.js'));
});

test('a source of five megabytes builds', async () => {
  await using site = await createBuildSite({
    'a.ts': 'console.log("some text" as string);\n'.repeat(140_000),
  });
  assert.match((await site.build('module', 'a.ts')).text, /some text/);
});
