import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CodeGoal, Source } from '../recipe/recipe.ts';
import { type BuildSite, type BuildSiteOptions, createBuildSite, PICTURE } from '../testing/build-site.ts';
import { type Build, entryNames } from './builder.ts';
import type { Part } from './plan.ts';
import type { Transformer } from './transformer.ts';

type Files = Readonly<Record<string, string>>;

const FILES: Files = {
  'a.scss': '@use "x/b"; .a { color: red }',
  'x/_b.scss': '.b { background: url("../i/p.svg") }',
  'c.css': '@import "x/d.css";',
  'x/d.css': '.d{color:red}',
  'i/p.svg': PICTURE,
  'a.js': 'log(1)',
  'b.ts': 'log(2 as number)',
  'm.js': 'import { x } from "./x/s.js"; console.log(x);',
  'x/s.js': 'export const x = 1;',
  'unread.css': '.unread{color:red}',
};

const GROUPS: Readonly<Record<CodeGoal, readonly string[]>> = {
  style: ['a.scss', 'c.css'],
  classic: ['a.js', 'b.ts'],
  module: ['m.js'],
};

async function onePart(site: BuildSite, goal: CodeGoal): Promise<Part> {
  const sources: Source[] = GROUPS[goal].map((file) => ({ file }));
  const [part, ...more] = await site.builder.plan({ goal, sources });
  assert.ok(part !== undefined && more.length === 0);
  return part;
}

const GOALS: readonly CodeGoal[] = ['style', 'classic', 'module'];

test('asked for fifty times at once, it builds once', async () => {
  for (const goal of GOALS) {
    const built: Build[] = [];
    await using site = await createBuildSite(FILES, {
      builder: { onBuild: (build) => void built.push(build) },
    });
    const builds = await Promise.all(
      Array.from({ length: 50 }, async () => site.builder.build(await onePart(site, goal))),
    );
    assert.equal(built.length, 1, goal);
    assert.equal(new Set(builds).size, 1, goal);
    assert.equal(builds[0]?.key, (await onePart(site, goal)).key);
  }
});

test('each source is compiled once, whatever groups it is in', async () => {
  let calls = 0;
  const upper: Transformer = {
    name: 'upper',
    version: '1',
    extensions: ['.up'],
    output: 'css',
    async transform({ text }) {
      calls += 1;
      return { text: text.toUpperCase(), dependencies: [] };
    },
  };
  await using site = await createBuildSite({ ...FILES, 'a.up': 'a{}' }, { build: { transformers: [upper] } });
  await Promise.all([
    site.build('style', 'a.up'),
    site.build('style', 'a.up', 'c.css'),
    site.build('style', 'c.css', 'a.up'),
  ]);
  assert.equal(calls, 1);
});

test('a change of anything that was read gives another key, a change of anything else the same', async () => {
  const cases: readonly (readonly [goal: CodeGoal, file: string, content: string])[] = [
    ['style', 'a.scss', '@use "x/b"; .a { color: blue }'],
    ['style', 'x/_b.scss', '.b { color: red }'],
    ['style', 'x/d.css', '.d{color:blue}'],
    ['style', 'i/p.svg', `${PICTURE} `],
    ['classic', 'a.js', 'log(3)'],
    ['classic', 'b.ts', 'log(4)'],
    ['module', 'm.js', 'console.log(2)'],
    ['module', 'x/s.js', 'export const x = 2;'],
  ];
  for (const [goal, file, content] of cases) {
    await using site = await createBuildSite(FILES);
    const before = await onePart(site, goal);
    await site.change({ 'unread.css': 'b{}' });
    assert.equal((await onePart(site, goal)).key, before.key, `${goal} unread`);
    await site.change({ [file]: content });
    const after = await onePart(site, goal);
    assert.notEqual(after.key, before.key, `${goal} ${file}`);
    assert.equal((await site.builder.build(after)).key, after.key);
    await site.change({ [file]: FILES[file] ?? '' });
    assert.equal((await onePart(site, goal)).key, before.key, `${goal} ${file} back again`);
  }
});

test('two files of one name, in two static folders, are two files', async () => {
  const theme = { 'theme/css/_part.scss': '.theme { top: 1px }' };
  await using site = await createBuildSite(
    {
      'css/a.scss': '@use "part"; @use "../../theme/css/part" as other;',
      'css/_part.scss': '.own { top: 1px }',
    },
    { static: { roots: ['static', 'theme'] }, beside: theme },
  );
  const first = await site.build('style', 'css/a.scss');
  await site.change({ '../theme/css/_part.scss': '.theme { top: 2px }' });
  const second = await site.build('style', 'css/a.scss');
  await site.change({ 'css/_part.scss': '.own { top: 2px }' });
  const third = await site.build('style', 'css/a.scss');
  assert.match(second.text, /\.theme\s*\{\s*top:\s*2px/);
  assert.equal(new Set([first.key, second.key, third.key]).size, 3);
});

test('each option that shapes results is part of the key', async () => {
  const noop: Transformer = {
    name: 'noop',
    version: '1',
    extensions: ['.noop'],
    output: 'css',
    transform: async ({ text }) => ({ text, dependencies: [] }),
  };
  const options: readonly BuildSiteOptions[] = [
    {},
    { build: { minify: false } },
    { build: { sourceMaps: true } },
    { build: { browsers: 'chrome 100' } },
    { build: { jsx: { runtime: 'classic' } } },
    { build: { jsx: { importSource: 'preact' } } },
    { build: { transformers: [noop] } },
    { build: { transformers: [{ ...noop, version: '2' }] } },
    { build: { transformers: [{ ...noop, extensions: ['.x'] }] } },
    { static: { url: '/s/' } },
    { builder: { separateModules: true } },
  ];
  const keys = new Set<string>();
  for (const option of options) {
    await using site = await createBuildSite(FILES, option);
    keys.add((await onePart(site, 'module')).key);
  }
  assert.equal(keys.size, options.length);
});

test('the goal, the order and the kind of sources are part of the key', async () => {
  await using site = await createBuildSite({ 'a.js': '', 'b.js': '' });
  const a: Source = { file: 'a.js' };
  const b: Source = { file: 'b.js' };
  const groups: readonly (readonly [CodeGoal, readonly Source[]])[] = [
    ['classic', [a]],
    ['module', [a]],
    ['classic', [a, b]],
    ['classic', [b, a]],
    ['classic', [{ file: 'a.js', charset: 'latin1' }]],
    ['classic', [{ text: '', language: '.js' }]],
    ['classic', [{ text: '', language: '.ts' }]],
  ];
  const keys = new Set<string>();
  for (const [goal, sources] of groups) {
    for (const { key } of await site.builder.plan({ goal, sources })) keys.add(key);
  }
  assert.equal(keys.size, groups.length);
});

test('a failure is remembered until something changes', async () => {
  for (const [goal, file, wrong] of [
    ['style', 'x/d.css', '.d{background:url(no.png)}'],
    ['classic', 'a.js', 'log('],
    ['module', 'x/s.js', 'export const y = 1;'],
  ] as const) {
    await using site = await createBuildSite({ ...FILES, [file]: wrong });
    const first = await onePart(site, goal).catch((error: unknown) => error);
    assert.ok(first instanceof Error);
    assert.equal(await onePart(site, goal).catch((error: unknown) => error), first);
    await site.change({ [file]: FILES[file] ?? '' });
    assert.match((await onePart(site, goal)).key, /^[0-9a-f]{16}$/);
  }
});

test('a missing file that appears mends what failed for want of it', async () => {
  const { 'x/d.css': appears = '', ...files } = FILES;
  await using site = await createBuildSite(files);
  await assert.rejects(onePart(site, 'style'), /import-missing/);
  await site.change({ 'x/d.css': appears });
  assert.match((await onePart(site, 'style')).key, /^[0-9a-f]{16}$/);
});

/** A transformer that waits in the middle until it is told to go on. */
function slow(): { transformer: Transformer; reached: Promise<void>; go: () => void } {
  const reached = Promise.withResolvers<void>();
  const go = Promise.withResolvers<void>();
  return {
    reached: reached.promise,
    go: go.resolve,
    transformer: {
      name: 'slow',
      version: '1',
      extensions: ['.slow'],
      output: 'css',
      async transform({ text }) {
        reached.resolve();
        await go.promise;
        return { text, dependencies: [] };
      },
    },
  };
}

test('a change that arrives while something is built is not lost', async () => {
  const { transformer, reached, go } = slow();
  await using site = await createBuildSite(
    { 'a.slow': 'a{color:red}' },
    { build: { transformers: [transformer] } },
  );
  const early = site.build('style', 'a.slow');
  await reached;
  await site.change({ 'a.slow': 'a{color:#00f}' });
  const late = site.build('style', 'a.slow');
  go();
  assert.equal((await late).text, 'a{color:#00f}');
  assert.equal((await site.build('style', 'a.slow')).text, 'a{color:#00f}');
  const { key, text } = await early;
  assert.equal(key === (await late).key, text === 'a{color:#00f}', 'the key is that of what it holds');
});

test('a build whose sources changed since it was planned bears the key of what it holds', async () => {
  for (const [goal, file, content] of [
    ['style', 'x/d.css', '.d{color:blue}'],
    ['classic', 'a.js', 'log(3)'],
    ['module', 'x/s.js', 'export const x = 2;'],
  ] as const) {
    await using site = await createBuildSite(FILES);
    const planned = await onePart(site, goal);
    await site.change({ [file]: content });
    const build = await site.builder.build(planned);
    assert.notEqual(build.key, planned.key);
    assert.equal(build.key, (await onePart(site, goal)).key);
    // Back to what was planned: nothing may be remembered under that key that is not its own.
    await site.change({ [file]: FILES[file] ?? '' });
    assert.equal((await site.builder.build(planned)).key, planned.key);
  }
});

test('who wants to know is told of every file that is read', async () => {
  const read = new Set<string>();
  await using site = await createBuildSite(FILES, { builder: { onRead: (path) => read.add(path) } });
  for (const goal of GOALS) await onePart(site, goal);
  const expected = Object.keys(FILES).filter((name) => name !== 'unread.css');
  assert.deepEqual([...read].sort(), expected.map(site.path).sort());
});

test('names of entries are those of their sources, all different', () => {
  const sources: Source[] = [
    { file: 'x/a.js' },
    { file: 'y/a.ts' },
    { text: '', language: '.js' },
    { text: '', language: '.js' },
    { file: 'a b.js' },
  ];
  const part = { name: 'own', goal: 'module' as const, sources };
  assert.deepEqual(entryNames(part, 5), ['a', 'a-2', 'script', 'script-2', 'a-b']);
  assert.deepEqual(entryNames(part, 1), ['own']);
});

test('an artifact has the name of its block, or of its first file', async () => {
  const cases: readonly (readonly [
    name: string | undefined,
    sources: readonly Source[],
    expected: RegExp,
  ])[] = [
    [undefined, [{ file: 'x/d.css' }, { file: 'c.css' }], /^d\.[0-9a-f]{16}\.css$/],
    [undefined, [{ text: 'a{}', language: '.css' }], /^style\./],
    ['../my block', [{ file: 'x/d.css' }], /^my-block\.[0-9a-f]{16}\.css$/],
  ];
  for (const [name, sources, expected] of cases) {
    await using site = await createBuildSite(FILES);
    const [part] = await site.builder.plan({ goal: 'style', sources }, name);
    assert.ok(part !== undefined);
    assert.match((await site.builder.build(part)).entries[0]?.name ?? '', expected);
  }
});
