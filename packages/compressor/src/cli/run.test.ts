import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { createFolder } from '../testing/site.ts';
import type { Status } from './run.ts';
import { runIn } from './run-fixture.ts';

const block = (inside: string) => `{% compress css %}${inside}{% endcompress %}`;
const FILES = {
  'compressor.config.ts': `export default { offline: { context: [{ t: 'a' }, { t: 'b' }] } }`,
  'static/a.css': 'a { top: 0 }',
  'static/b.css': 'b { top: 0 }',
  'templates/home.liquid': block(`<link rel="stylesheet" href="{{ t | append: '.css' | static }}">`),
};
const BROKEN = { ...FILES, 'templates/bad.liquid': `\n${block('{{ x }}')}` };

/** Times and hashes are different each time. */
const steady = (text: string) =>
  text
    .replace(/\d+(?:\.\d+)? m?s\b/g, '# ms')
    .replace(/"durationMs":\d+/g, '"durationMs":0')
    .replace(/ integrity="sha384-[^"]+"/g, ' integrity')
    .replace(/\b[0-9a-f]{16}\b/g, 'HASH');

/** The id in a summary. */
const release = (text: string) => /release ([0-9a-f]{16})/.exec(text)?.[1] ?? assert.fail(text);

describe('compressor compress', () => {
  it('says what it did', async () => {
    await using folder = await createFolder(FILES);
    const { status, stdout, stderr } = await runIn(folder, 'compress', '--no-encodings');
    assert.equal(status, 0);
    assert.equal(
      steady(stdout).replace(/\b[ab] #/g, 'NAME #'),
      [
        '1 block in 1 template, 2 recipes, 2 contexts',
        '2 artifacts, 16 B',
        'slowest: NAME # ms, NAME # ms',
        'release HASH written to compressor.manifest.json in # ms',
        '',
      ].join('\n'),
    );
    assert.equal(stderr, 'exploring 1 template\nbuilding 2 bundles\nwriting 2 files\n');
  });

  it('prints one JSON object and nothing else', async () => {
    await using folder = await createFolder(FILES);
    const { status, stdout, stderr } = await runIn(folder, 'compress', '--json');
    assert.deepEqual([status, stderr], [0, '']);
    const { manifest, release, durationMs, ...rest } = JSON.parse(stdout);
    assert.deepEqual(rest, { blocks: 1, recipes: 2, artifacts: 2, contexts: 2, diagnostics: [] });
    assert.equal(manifest, join(folder.path, 'compressor.manifest.json'));
    assert.match(release, /^[0-9a-f]{16}$/);
    assert.equal(typeof durationMs, 'number');
  });

  it('prints findings, and writes nothing', async () => {
    await using folder = await createFolder(BROKEN);
    const { status, stdout, stderr } = await runIn(folder, 'compress');
    assert.equal(status, 1);
    assert.equal(stdout, 'nothing was written\n');
    assert.match(
      stderr,
      /^error bad\.liquid:2:19: the block at bad\.liquid:2:1 reads "x", which context 1 of 2, context 2 of 2 lack \[variable-missing\]\n {4}Add the variable/m,
    );
    const json = JSON.parse((await runIn(folder, 'compress', '--json')).stdout);
    assert.deepEqual(
      json.diagnostics.map(({ help, message, ...rest }: Record<string, unknown>) => rest),
      [{ code: 'variable-missing', severity: 'error', template: 'bad.liquid', line: 2, column: 19 }],
    );
  });

  it('does everything but writing with --dry-run, and is quiet with --quiet', async () => {
    await using folder = await createFolder(FILES);
    const { status, stdout, stderr } = await runIn(folder, 'compress', '--dry-run', '--quiet');
    assert.deepEqual([status, stdout, stderr], [0, '', '']);
    const { stderr: missing } = await runIn(folder, 'render', 'home.liquid', '--mode', 'offline');
    assert.match(missing, /manifest-missing/);
  });

  it('looks at the templates that are asked for', async () => {
    await using folder = await createFolder(BROKEN);
    for (const given of [
      ['--exclude', 'bad*'],
      ['--include', 'home.liquid', '--include', 'none'],
    ]) {
      assert.equal((await runIn(folder, 'compress', ...given)).status, 0);
    }
  });

  it('leaves the build cache alone with --no-cache, and says the same', async () => {
    await using folder = await createFolder({
      ...FILES,
      'compressor.config.ts': `export default { cache: { directory: 'kept' }, offline: { context: { t: 'a' } } }`,
    });
    const cache = join(folder.path, 'kept');
    const without = await runIn(folder, 'compress', '--no-cache', '--dry-run');
    assert.deepEqual([without.status, existsSync(cache)], [0, false]);
    const first = await runIn(folder, 'compress', '--dry-run');
    assert.deepEqual([first.status, existsSync(cache)], [0, true]);
    const again = await runIn(folder, 'compress', '--dry-run');
    for (const { stdout } of [first, again]) assert.equal(release(stdout), release(without.stdout));
  });

  it('keeps standard output to itself, whatever the code of the site writes', async () => {
    await using folder = await createFolder({
      ...FILES,
      'compressor.config.ts': `console.log('configuring'); export default { offline: { context() { console.log('here'); return { t: 'a' } } } }`,
    });
    const bin = join(import.meta.dirname, 'bin.ts');
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ['--conditions=widgy-source', bin, 'compress', '--json'],
      { cwd: folder.path, encoding: 'utf8' },
    );
    assert.equal(status, 0);
    assert.equal(JSON.parse(stdout).recipes, 1);
    assert.equal(stderr, 'configuring\nhere\n');
  });

  it('ends although something of the site keeps running', async () => {
    await using folder = await createFolder({
      ...FILES,
      'compressor.config.ts': `setInterval(() => {}, 1000); export default { offline: { context: { t: 'a' } } }`,
    });
    const bin = join(import.meta.dirname, 'bin.ts');
    const { status, signal } = spawnSync(process.execPath, ['--conditions=widgy-source', bin, 'compress'], {
      cwd: folder.path,
      timeout: 30_000,
    });
    assert.deepEqual([status, signal], [0, null]);
  });
});

describe('compressor check', () => {
  it('says what each block hangs on', async () => {
    await using folder = await createFolder(FILES);
    const { status, stdout } = await runIn(folder, 'check');
    assert.equal(status, 0);
    assert.equal(
      steady(stdout),
      [
        'home.liquid:1:1 css file',
        '  reads t at home.liquid:1:48',
        '  variant 1, from context 1 of 2',
        '    a.css',
        '  variant 2, from context 2 of 2',
        '    b.css',
        '',
        '1 block in 1 template, 2 contexts, in # ms',
        '0 errors, 0 warnings',
        '',
      ].join('\n'),
    );
  });

  it('fails for what compress fails for, and says who lacks what', async () => {
    await using folder = await createFolder(BROKEN);
    const text = await runIn(folder, 'check');
    assert.deepEqual([text.status, text.stdout.split('\n').slice(-2)], [1, ['1 error, 0 warnings', '']]);
    const { status, stdout } = await runIn(folder, 'check', '--json');
    assert.equal(status, 1);
    const { blocks } = JSON.parse(stdout);
    assert.deepEqual(blocks[0].variables, [
      {
        name: 'x',
        template: 'bad.liquid',
        line: 2,
        column: 19,
        lackedBy: ['context 1 of 2', 'context 2 of 2'],
        looksPerRequest: false,
      },
    ]);
  });
});

describe('compressor report', () => {
  it('says what everything weighs, and writes nothing', async () => {
    await using folder = await createFolder(FILES);
    const { status, stdout, stderr } = await runIn(folder, 'report', '--verbose');
    assert.deepEqual([status, existsSync(join(folder.path, 'public'))], [0, false]);
    assert.equal(
      steady(stdout).replaceAll(/ +/g, ' '),
      [
        'Pages brotli raw',
        ' home.liquid, context 1 of 2 8 B 8 B',
        ' home.liquid, context 2 of 2 8 B 8 B',
        '',
        'Blocks brotli raw',
        ' home.liquid:1:1, variant 1 css 8 B 8 B',
        ' home.liquid:1:1, variant 2 css 8 B 8 B',
        '',
        'Artifacts brotli raw',
        ' a.HASH.css 8 B 8 B',
        ' a.css 8 B 8 B',
        ' b.HASH.css 8 B 8 B',
        ' b.css 8 B 8 B',
        '',
        '2 pages, 2 blocks, 2 artifacts, release HASH',
        '',
      ].join('\n'),
    );
    assert.match(stderr, /^measuring 2 bundles$/m);
    for (const line of stdout.split('\n')) assert.ok(line.length <= 80, line);
  });

  it('compares with the release before', async () => {
    await using folder = await createFolder(FILES);
    await runIn(folder, 'compress', '--quiet');
    await folder.write({ 'static/b.css': 'b { top: 1px }' });
    const { stdout } = await runIn(folder, 'report');
    assert.match(
      stdout,
      /^Pages +brotli +raw +returning\n {2}home\.liquid, context 2 of 2 +10 B +10 B +10 B\n/,
    );
    assert.match(stdout, /^ {2}a\.[0-9a-f]{16}\.css +8 B +8 B +0 B$/m);
    assert.match(stdout, /^returning: what differs from release [0-9a-f]{16}$/m);
    for (const line of stdout.split('\n')) assert.ok(line.length <= 80, line);
  });

  it('prints one JSON object and nothing else, with what is wrong', async () => {
    await using folder = await createFolder(BROKEN);
    const { status, stdout } = await runIn(folder, 'report', '--json');
    assert.equal(status, 1);
    const { pages, diagnostics, ...rest } = JSON.parse(stdout);
    assert.deepEqual(Object.keys(rest), [
      ...['release', 'previous', 'blocks', 'artifacts', 'sources', 'findings', 'durationMs'],
    ]);
    assert.deepEqual(
      pages.map(({ template }: { template: string }) => template),
      ['home.liquid', 'home.liquid'],
    );
    assert.equal(diagnostics[0].code, 'variable-missing');
  });

  it('writes a page, or says why it cannot', async () => {
    await using folder = await createFolder(FILES);
    const { status, stdout } = await runIn(folder, 'report', '--html', 'sizes.html');
    assert.equal(status, 0);
    assert.match(stdout, /the page was written to sizes\.html\n$/);
    assert.match(await readFile(join(folder.path, 'sizes.html'), 'utf8'), /^<!doctype html>/);
    const failed = await runIn(folder, 'report', '--html', 'none/sizes.html');
    assert.equal(failed.status, 2);
    assert.match(failed.stderr, /the page cannot be written to none\/sizes\.html \(ENOENT\) \[usage\]/);
  });

  it('fails when a budget is exceeded', async () => {
    await using folder = await createFolder({
      ...FILES,
      'compressor.config.ts': `export default { offline: { context: { t: 'a' } }, budgets: [{ page: 'home.liquid', bytes: 7 }] }`,
    });
    for (const command of ['report', 'check', 'compress']) {
      const { status, stderr } = await runIn(folder, command);
      assert.equal(status, 1);
      assert.match(stderr, /^error home\.liquid: the page weighs 8 B with Brotli, 1 B more than the budget/m);
    }
  });
});

describe('compressor render', () => {
  it('prints the page in any mode, and what became of each block', async () => {
    await using folder = await createFolder({ ...FILES, 'page.json': '{ "t": "b" }' });
    assert.equal((await runIn(folder, 'compress', '--quiet')).status, 0);
    const pages: readonly [mode: string, page: RegExp][] = [
      [
        'offline',
        /^<link rel="stylesheet" href="\/assets\/b\.[0-9a-f]{16}\.css" integrity="sha384-[^"]+">\n$/,
      ],
      ['in-request', /^<link rel="stylesheet" href="\/assets\/p.+\/b\.[0-9a-f]{16}\.css">\n$/],
      ['development', /live-reload/],
    ];
    for (const [mode, page] of pages) {
      const { status, stdout } = await runIn(
        folder,
        'render',
        'home.liquid',
        '--context',
        'page.json',
        '--mode',
        mode,
      );
      assert.equal(status, 0);
      assert.match(stdout, page);
    }
    const { stderr } = await runIn(
      folder,
      'render',
      'home.liquid',
      '--context',
      'page.json',
      '--mode',
      'offline',
      '-v',
    );
    assert.equal(
      steady(stderr),
      [
        'home.liquid:1:1 css file',
        '  from <link rel="stylesheet" href="/static/b.css">',
        '  to   <link rel="stylesheet" href="/assets/b.HASH.css" integrity>',
        '',
      ].join('\n'),
    );
  });
});

describe('wrong usage and configuration', () => {
  const cases: readonly [given: readonly string[], status: Status, stderr: RegExp][] = [
    [['frob'], 2, /there is no command "frob" \[usage\]/],
    [['compress', '--frob'], 2, /unknown option '--frob' \[usage\]/],
    [['compress', 'home'], 2, /compress takes no "home"/],
    [['compress', '--workers', '0'], 2, /--workers needs a number from 1 to 256, not "0"/],
    [['compress', '--workers', 'x'], 2, /not "x"/],
    [['compress', '--workers'], 2, /argument missing/],
    [['compress', '--release', '../x'], 2, /--release needs .* not "\.\.\/x"/],
    [['compress', '--keep', '3'], 2, /compress has no option --keep/],
    [['gc', '--keep', '0'], 2, /--keep needs a number from 1 to 10000, not "0"/],
    [['gc', '--older-than', '7'], 2, /--older-than needs a time such as 30m, 12h or 7d, not "7"/],
    [['releases', 'v1'], 2, /releases takes no "v1"/],
    [['compress', '--mode', 'offline'], 2, /compress has no option --mode/],
    [['render'], 2, /render needs the name of one template/],
    [['render', 'a', 'b'], 2, /render needs the name of one template/],
    [['render', 'home.liquid', '--mode', 'frob'], 2, /"mode" is wrong/],
    [['render', 'home.liquid', '--context', 'none.json'], 2, /none\.json cannot be read as JSON/],
    [['compress', '--config', 'none.ts'], 2, /there is no file .*none\.ts \[config-not-found\]/],
    [['compress', '--config', 'wrong.ts'], 2, /there is no option "offlin"/],
    [['compress', '--config', 'broken.ts'], 2, /cannot be loaded/],
    [
      ['compress', '--config', 'nowhere.ts'],
      2,
      /the folder .*nowhere, which templates\.roots names, cannot be read/,
    ],
    [['compress', '--engine', 'frob'], 2, /"templates\.engine" is wrong/],
    [['render', 'none.liquid', '--mode', 'development'], 1, /none\.liquid/],
  ];
  for (const [given, expected, message] of cases) {
    it(given.join(' '), async () => {
      await using folder = await createFolder({
        ...FILES,
        'wrong.ts': 'export default { offlin: {} }',
        'broken.ts': 'export default {',
        'nowhere.ts': `export default { templates: { roots: ['nowhere'] } }`,
      });
      const { status, stdout, stderr } = await runIn(folder, ...given);
      assert.deepEqual([status, stdout], [expected, ''], stderr);
      assert.match(stderr, message);
    });
  }

  it('is JSON with --json', async () => {
    await using folder = await createFolder(FILES);
    const { status, stdout } = await runIn(folder, 'compress', '--json', '--config', 'none.ts');
    assert.equal(status, 2);
    assert.equal(JSON.parse(stdout).diagnostics[0].code, 'config-not-found');
  });

  it('help and version are no errors', async () => {
    await using folder = await createFolder({});
    for (const given of [['--help'], ['-h'], [], ['compress', '--help']]) {
      const { status, stdout } = await runIn(folder, ...given);
      assert.equal(status, 0);
      assert.match(stdout, /^compressor COMMAND/);
    }
    assert.deepEqual(await runIn(folder, '--version'), { status: 0, stdout: '1.2.3\n', stderr: '' });
  });
});
