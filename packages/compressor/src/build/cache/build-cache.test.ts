import assert from 'node:assert/strict';
import { chmod, mkdir, readdir, rename, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { Config } from '../../config/config.ts';
import { linkPackages, temporaryFolder, writeFiles } from '../../testing/folder.ts';
import type { Transformer } from '../transformer.ts';
import { group, runCached } from './cache-fixture.ts';

const GROUPS = [
  group('style', 'site.css', 'plain.css'),
  group('style', 'main.scss'),
  group('classic', 'one.js', 'two.js'),
  group('classic', 'typed.ts'),
  group('module', 'app.js'),
];
const ALL = ['app.js', 'main.scss', 'one.js', 'plain.css', 'site.css', 'two.js', 'typed.ts'];

/** A small site with something of each kind. */
async function site(): Promise<string> {
  const folder = await temporaryFolder({
    'static/site.css': '@import "part.css"; .a { background: url(img/dot.svg) }',
    'static/part.css': '@import "deep/inner.css"; .part { color: red }',
    'static/deep/inner.css': '.inner { color: blue }',
    'static/plain.css': '.plain { color: green }',
    'static/img/dot.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
    'static/main.scss': '@use "colors"; .m { color: colors.$main }',
    'static/_colors.scss': '@use "deep/tone"; $main: tone.$dark;',
    'static/deep/_tone.scss': '$dark: navy;',
    'static/one.js': 'function start() { return 1 }',
    'static/two.js': 'window.two = start();',
    'static/typed.ts': 'var typed: number = 1;',
    'static/app.js': 'import { dep } from "./dep"; import { box } from "box"; console.log(dep, box);',
    'static/dep.js': 'export const dep = "js";',
    'extra/readme.md': 'Nothing yet.',
    'node_modules/box/package.json': '{"name":"box","version":"1.0.0","main":"main.js","type":"module"}',
    'node_modules/box/main.js': 'export const box = "main";',
    'node_modules/box/other.js': 'export const box = "other";',
  });
  return folder;
}

const shout = (version: string): Transformer => ({
  name: 'shout',
  version,
  extensions: ['.loud'],
  output: 'css',
  transform: async ({ text }) => ({ text: `${text} .v { content: "${version}" }`, dependencies: [] }),
});

/** What changes, and what must then be compiled again. */
const cases: readonly {
  readonly what: string;
  readonly change: (folder: string) => Promise<unknown>;
  readonly compiled: readonly string[];
  readonly config?: Config;
}[] = [
  { what: 'nothing', change: async () => {}, compiled: [] },
  {
    what: 'only the time of a file',
    change: (folder) => writeFiles(folder, { 'static/one.js': 'function start() { return 1 }' }),
    compiled: [],
  },
  {
    what: 'the content of a script',
    change: (folder) => writeFiles(folder, { 'static/one.js': 'function start() { return 2 }' }),
    compiled: ['one.js'],
  },
  {
    what: 'an import of an import of a style sheet',
    change: (folder) => writeFiles(folder, { 'static/deep/inner.css': '.inner { color: black }' }),
    compiled: ['site.css'],
  },
  {
    what: 'a picture',
    change: (folder) => writeFiles(folder, { 'static/img/dot.svg': '<svg><g/></svg>' }),
    compiled: ['site.css'],
  },
  {
    what: 'a partial of a partial',
    change: (folder) => writeFiles(folder, { 'static/deep/_tone.scss': '$dark: teal;' }),
    compiled: ['main.scss'],
  },
  {
    what: 'a partial that now lies beside',
    change: (folder) => writeFiles(folder, { 'static/deep/tone.scss': '$dark: olive;' }),
    compiled: ['app.js', 'main.scss'],
  },
  {
    what: 'a partial that a nearer name hides',
    change: async (folder) => {
      await rename(join(folder, 'static/_colors.scss'), join(folder, 'static/colors.scss'));
    },
    compiled: ['app.js', 'main.scss'],
  },
  {
    what: 'a file that the bundler prefers',
    change: (folder) => writeFiles(folder, { 'static/dep.ts': 'export const dep: string = "ts";' }),
    compiled: ['app.js', 'main.scss'],
  },
  {
    what: 'a file of the same name in an earlier static folder',
    change: (folder) => writeFiles(folder, { 'first/plain.css': '.plain { color: gold }' }),
    compiled: ['app.js', 'main.scss', 'plain.css'],
    config: { static: { roots: ['first', 'static'] } },
  },
  {
    what: 'a picture of the same name in an earlier static folder',
    change: (folder) => writeFiles(folder, { 'first/img/dot.svg': '<svg><path/></svg>' }),
    compiled: ['site.css'],
    config: { static: { roots: ['first', 'static'] } },
  },
  {
    what: 'a file that was read is deleted',
    change: (folder) => rm(join(folder, 'static/part.css')),
    compiled: ['app.js', 'main.scss', 'site.css'],
  },
  {
    what: 'the content of a package',
    change: (folder) => writeFiles(folder, { 'node_modules/box/main.js': 'export const box = "new";' }),
    compiled: ['app.js'],
  },
  {
    what: 'which file a package means',
    change: (folder) =>
      writeFiles(folder, {
        'node_modules/box/package.json': '{"name":"box","version":"1.0.0","main":"other.js","type":"module"}',
      }),
    compiled: ['app.js'],
  },
  {
    what: 'a package is installed nearer',
    change: (folder) =>
      writeFiles(folder, {
        'static/node_modules/box/package.json': '{"name":"box","main":"a.js","type":"module"}',
        'static/node_modules/box/a.js': 'export const box = "near";',
      }),
    compiled: ['app.js', 'main.scss'],
  },
  {
    what: 'a package becomes a link to another folder',
    change: async (folder) => {
      await writeFiles(folder, {
        'linked/package.json': '{"name":"box","main":"main.js","type":"module"}',
        'linked/main.js': 'export const box = "linked";',
      });
      await rm(join(folder, 'node_modules/box'), { recursive: true });
      await symlink('../linked', join(folder, 'node_modules/box'));
    },
    compiled: ['app.js', 'main.scss'],
  },
  {
    what: 'a file that no build reads',
    change: (folder) => writeFiles(folder, { 'static/img/new.png': 'x', 'extra/notes.md': 'x' }),
    compiled: [],
  },
];

/** Options that shape results: with each, all is compiled anew. */
const options: readonly (readonly [name: string, config: Config])[] = [
  ['build.minify', { build: { minify: false } }],
  ['build.browsers', { build: { browsers: 'chrome 90' } }],
  ['build.sourceMaps', { build: { sourceMaps: true } }],
  ['build.dataUris', { build: { dataUris: 1 } }],
  ['build.jsx', { build: { jsx: { importSource: 'preact' } } }],
  ['static.url', { static: { url: '/files/' } }],
  ['limits.sourceBytes', { limits: { sourceBytes: 1000 } }],
  ['a new transformer', { build: { transformers: [shout('1')] } }],
];

describe('the build cache', () => {
  for (const { what, change, compiled, config } of cases) {
    it(`compiles what hangs on it, and gives what a build without it gives: ${what}`, async () => {
      const folder = await site();
      if (config?.static?.roots) await mkdir(join(folder, 'first'));
      const first = await runCached(folder, GROUPS, config);
      assert.deepEqual(first.compiled, ALL);
      await change(folder);
      const second = await runCached(folder, GROUPS, config);
      assert.deepEqual(second.results, (await runCached(folder, GROUPS, config, false)).results);
      assert.deepEqual(second.compiled, compiled);
      assert.deepEqual((await runCached(folder, GROUPS, config)).results, second.results);
    });
  }

  for (const [name, config] of options) {
    it(`compiles all again when an option is another: ${name}`, async () => {
      const folder = await site();
      await runCached(folder, GROUPS);
      const { compiled, results } = await runCached(folder, GROUPS, config);
      assert.deepEqual(compiled, ALL);
      assert.deepEqual(results, (await runCached(folder, GROUPS, config, false)).results);
      assert.deepEqual((await runCached(folder, GROUPS)).compiled, [], 'what was kept before is still there');
    });
  }

  it('compiles again when a transformer has another version', async () => {
    const folder = await temporaryFolder({ 'static/a.loud': '.a { color: red }' });
    const groups = [group('style', 'a.loud')];
    const of = (version: string) => ({ build: { transformers: [shout(version)] } });
    const first = await runCached(folder, groups, of('1'));
    const second = await runCached(folder, groups, of('2'));
    assert.deepEqual([first.compiled, second.compiled], [['a.loud'], ['a.loud']]);
    assert.notDeepEqual(first.results, second.results);
  });

  it('finds both states when a source goes back and forth', async () => {
    const folder = await site();
    const states = ['.plain { color: green }', '.plain { color: red }'];
    for (const text of states) {
      await writeFiles(folder, { 'static/plain.css': text });
      await runCached(folder, GROUPS);
    }
    for (const text of states) {
      await writeFiles(folder, { 'static/plain.css': text });
      assert.deepEqual((await runCached(folder, GROUPS)).compiled, []);
    }
  });

  it('says again what a tool said', async () => {
    const folder = await temporaryFolder({ 'static/a.scss': '@warn "mind the gap"; .a { color: red }' });
    await linkPackages(folder);
    const groups = [group('style', 'a.scss')];
    for (const times of ['first', 'second']) {
      const { logged } = await runCached(folder, groups);
      assert.ok(
        logged.some((line) => line.includes('mind the gap')),
        times,
      );
    }
  });

  it('does not keep failures', async () => {
    const folder = await temporaryFolder({ 'static/a.js': 'var (' });
    const groups = [group('classic', 'a.js')];
    const [first] = (await runCached(folder, groups)).results.values();
    const [second] = (await runCached(folder, groups)).results.values();
    assert.match(String(first), /script-syntax|a\.js/);
    assert.equal(second, first);
  });

  it('serves another checkout of the same sources', async () => {
    const [here, there] = [await site(), await site()];
    const first = await runCached(here, GROUPS);
    await rename(join(here, '.cache'), join(there, '.cache'));
    const second = await runCached(there, GROUPS);
    assert.deepEqual(second.compiled, []);
    assert.deepEqual(second.results, first.results);
  });

  it('may be used by several builds at once', async () => {
    const folder = await site();
    const expected = await runCached(folder, GROUPS, {}, false);
    const runs = await Promise.all(Array.from({ length: 4 }, () => runCached(folder, GROUPS)));
    for (const { results } of runs) assert.deepEqual(results, expected.results);
    assert.deepEqual((await runCached(folder, GROUPS)).compiled, []);
  });

  const damage: readonly (readonly [what: string, harm: (cache: string) => Promise<unknown>])[] = [
    ['an index cut off', (cache) => truncate(join(cache, 'index.json'), 100)],
    ['an empty index', (cache) => writeFile(join(cache, 'index.json'), '')],
    ['a foreign index', (cache) => writeFile(join(cache, 'index.json'), '{"units":{}}')],
    ['all units cut off', (cache) => eachUnit(cache, (path) => truncate(path, 30))],
    ['all units foreign', (cache) => eachUnit(cache, (path) => writeFile(path, 'something else'))],
    ['no units', (cache) => rm(join(cache, 'units'), { recursive: true })],
    [
      'a file where the folder was',
      async (cache) => {
        await rm(cache, { recursive: true });
        await writeFile(cache, 'a file');
      },
    ],
  ];
  for (const [what, harm] of damage) {
    it(`builds without what is damaged: ${what}`, async () => {
      const folder = await site();
      await runCached(folder, GROUPS);
      await harm(join(folder, '.cache'));
      await writeFiles(folder, { 'static/two.js': 'window.two = start() + 1;' });
      const { results } = await runCached(folder, GROUPS);
      assert.deepEqual(results, (await runCached(folder, GROUPS, {}, false)).results);
    });
  }

  it('says once that nothing can be kept, and builds', async () => {
    const folder = await site();
    await writeFiles(folder, { closed: 'a file, so nothing can be in it' });
    const { results, logged } = await runCached(folder, GROUPS, { cache: { directory: 'closed/cache' } });
    assert.deepEqual(results, (await runCached(folder, GROUPS, {}, false)).results);
    assert.equal(logged.filter((line) => line.includes('cannot be written')).length, 1);
  });

  it('uses a folder that it may only read', async () => {
    const folder = await site();
    await runCached(folder, GROUPS);
    await chmod(join(folder, '.cache'), 0o555);
    await chmod(join(folder, '.cache/units'), 0o555);
    const { compiled } = await runCached(folder, GROUPS);
    await chmod(join(folder, '.cache'), 0o755);
    await chmod(join(folder, '.cache/units'), 0o755);
    assert.deepEqual(compiled, []);
  });
});

async function eachUnit(cache: string, harm: (path: string) => Promise<unknown>): Promise<void> {
  for (const name of await readdir(join(cache, 'units'))) await harm(join(cache, 'units', name));
}
