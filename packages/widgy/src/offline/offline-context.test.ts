import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { type Config, type ContextSource, compressSite } from '@widgy/compressor';
import { source } from '../cli/run-fixture.ts';
import { testDatabases } from '../testing/test-databases.ts';
import { offlineContext } from './index.ts';
import { configIn, makeSite, renderPages, setSettings } from './site-fixture.ts';

/** For a database that must not be asked for. */
const ABSENT = `database() { throw new Error('the database was asked for'); },`;
const FIXED = `settingsFile: { 'site.colour': 'teal' },`;
const PAGES = ['home.liquid', 'admin.liquid'];

async function compressIn(folder: string, changes: Config = {}) {
  const { diagnostics, isDone, analysis } = await compressSite(await configIn(folder, [], changes), {
    encodings: false,
  });
  return { diagnostics, isDone, contexts: analysis.contexts, blocks: analysis.blocks };
}

/** The addresses of all that pages load, in order. */
const loadedBy = (pages: readonly string[]) =>
  pages.flatMap((page) => page.match(/(?<=(?:href|src)=")[^"]*/g) ?? []);

describe('offlineContext', () => {
  it('builds all that a site loads, without a database where no setting of a block is in it', async () => {
    const folder = await makeSite(ABSENT + FIXED);
    const { diagnostics, isDone, blocks, contexts } = await compressIn(folder);
    assert.deepEqual([diagnostics, isDone, blocks, contexts], [[], true, 3, 1]);
    const log: string[] = [];
    const pages = await renderPages(folder, ':memory:', PAGES, { log });
    assert.deepEqual(log, []);
    const urls = loadedBy(pages);
    assert.equal(urls.length, 3);
    for (const url of urls) assert.match(url, /^\/assets\/[\w-]+\.[0-9a-f]{16}\.(?:css|js)$/);
    const texts = await Promise.all(urls.map((url) => readFile(join(folder, `public${url}`), 'utf8')));
    for (const part of ['margin:3rem', '.note{', '.map{height', '--brand:', 'outline', 'title=`map`'])
      assert.ok(
        texts.some((text) => text.includes(part)),
        `${part} is in none of ${texts}`,
      );
  });

  it('loads nothing before a block uses it', async () => {
    const context = offlineContext(() => assert.fail('the configuration was loaded'));
    context satisfies ContextSource;
    const [only = {}, ...others] = context({ staticUrl: '/files/' });
    assert.deepEqual([Object.keys(only), others], [['site', 'settings', 'static_url'], []]);
    assert.equal(only.static_url, '/files/');
    const folder = await makeSite('', {
      'widgy.config.ts': `throw new Error('the configuration was loaded');`,
      'templates/base.liquid':
        '{{ site.styles }}{{ settings.site.colour }}{% compress css %}<link rel="stylesheet" href="{{ static_url }}page.css">{% endcompress %}',
      'templates/admin.liquid': '',
    });
    assert.deepEqual((await compressIn(folder)).diagnostics, []);
  });

  it('says where a block needs a database that is not there, and which setting', async () => {
    const folder = await makeSite(`database: 'sqlite:' + import.meta.dirname + '/none.db',`);
    const { diagnostics, isDone } = await compressIn(folder);
    assert.deepEqual([isDone, existsSync(join(folder, 'none.db'))], [false, false]);
    assert.deepEqual(diagnostics, [
      {
        ...{ code: 'context-failed', severity: 'error', template: 'base.liquid', line: 5, column: 37 },
        message: `the function that supplies "settings.site.colour" from the database failed: there is no database ${join(folder, 'none.db')}`,
        help: 'Run widgy migrate, which makes it, or name another one as database in the configuration. To build without a database, use the setting outside of the block, or give its value as settingsFile.',
      },
    ]);
  });

  for (const { name, createUrl } of testDatabases.filter(({ isShared }) => isShared)) {
    it(`builds what ${name} holds, names the setting, and lets a server look it up`, async () => {
      const url = await createUrl();
      const folder = await makeSite(`database: ${JSON.stringify(url)},`);
      await setSettings(folder, url, { 'site.colour': 'navy' });
      const { diagnostics, isDone } = await compressIn(folder);
      assert.equal(isDone, true);
      assert.deepEqual(
        diagnostics.map(({ help: _, ...rest }) => rest),
        [
          {
            ...{ code: 'variable-changes', severity: 'warning' },
            ...{ template: 'base.liquid', line: 5, column: 37 },
            message:
              'the block at base.liquid:2:1 reads "settings.site.colour", which comes from the database and may be changed there after the build',
          },
        ],
      );

      const log: string[] = [];
      const render = () => renderPages(folder, url, PAGES, { log });
      const built = await render();
      assert.deepEqual([log, loadedBy(built).length], [[], 3]);
      // The title is in no block.
      await setSettings(folder, url, { 'site.title': 'Slipway' });
      const [home = ''] = await render();
      assert.deepEqual([log, home.includes('<title>Slipway</title>')], [[], true]);
      assert.deepEqual(loadedBy([home]), loadedBy(built.slice(0, 1)));

      await setSettings(folder, url, { 'site.colour': 'red' });
      const [changed = ''] = await render();
      assert.match(changed, /<style>:root \{ --brand: red \}<\/style>/);
      assert.equal(log.length, 1);
      assert.match(
        log.join(),
        /base\.liquid:2:1: a block is not in the manifest: .*--brand: red.*--brand: navy.*\[block-missing\]/,
      );
      // And a new build has the new colour.
      assert.equal((await compressIn(folder)).isDone, true);
      assert.equal(loadedBy(await render()).length, 3);
      assert.equal(log.length, 1);
    });
  }

  it('closes the database as soon as its settings were read, and opens it once', async () => {
    const folder = await makeSite(
      `
      async database() {
        const { appendFileSync } = await import('node:fs');
        appendFileSync(import.meta.dirname + '/opened', '.');
        return 'sqlite:' + import.meta.dirname + '/site.db';
      },`,
      {
        'templates/title.liquid':
          '{% compress css %}<style>a::after { content: "{{ settings.site.title }} {{ settings.site.colour }}" }</style>{% endcompress %}',
      },
    );
    await setSettings(folder, `sqlite:${join(folder, 'site.db')}`, { 'site.colour': 'navy' });
    assert.equal((await compressIn(folder)).isDone, true);
    assert.equal(await readFile(join(folder, 'opened'), 'utf8'), '.');
    // The last connection that is closed takes the log of SQLite away.
    assert.equal(existsSync(join(folder, 'site.db-wal')), false);
  });

  it('gives one context for each host, with its own settings and theme', async () => {
    const themed = `{% compress css %}<link rel="stylesheet" href="{{ theme | append: '.css' | static }}"><style>:root { --brand: {{ settings.site.colour }}; --at: {{ place }} }</style>{% endcompress %}`;
    const folder = await makeSite(`database: 'sqlite:' + import.meta.dirname + '/site.db',`, {
      'templates/themed.liquid': themed,
      'compressor.config.ts': `import { offlineContext } from ${source('../offline/index.ts')};
const context = offlineContext(() => import('./widgy.config.ts'), {
  variables: { place: 'all' },
  contexts: [
    { siteId: 'harbour', variables: { theme: () => 'harbour' } },
    { siteId: 'dune', variables: { theme: 'dune', place: 'dune' } },
  ],
});
export default { mode: 'offline', offline: { context, onMiss: 'error' } };`,
    });
    const url = `sqlite:${join(folder, 'site.db')}`;
    await setSettings(folder, url, { 'site.colour': 'navy' }, 'harbour');
    await setSettings(folder, url, { 'site.colour': 'wheat' }, 'dune');
    const { contexts, isDone, blocks } = await compressIn(folder);
    assert.deepEqual([contexts, isDone, blocks], [2, true, 4]);
    const sheets: string[] = [];
    for (const [site, variables] of [
      ['harbour', { theme: 'harbour', place: 'all' }],
      ['dune', { theme: 'dune', place: 'dune' }],
    ] as const) {
      const log: string[] = [];
      const options = { log, site, variables };
      const pages = await renderPages(folder, url, ['themed.liquid', ...PAGES], options);
      assert.deepEqual([log, loadedBy(pages).length], [[], 4]);
      sheets.push(...loadedBy(pages.slice(0, 2)));
    }
    assert.equal(new Set(sheets.filter((name) => name.endsWith('.css'))).size, 4);
    const texts = await Promise.all(sheets.map((name) => readFile(join(folder, `public${name}`), 'utf8')));
    assert.ok(texts.some((text) => /navy.*--at:all/.test(text)));
    assert.ok(texts.some((text) => /wheat.*--at:dune/.test(text)));
  });

  const broken: readonly [what: string, files: Record<string, string>, message: RegExp, help: RegExp][] = [
    [
      'has no settings',
      { 'widgy.config.ts': `export default { site: () => import('./site.ts').then(({ site }) => site) };` },
      /"settings" failed: the configuration of the site has no settings/,
      /Give what defineSettings gives/,
    ],
    [
      'is none',
      { 'widgy.config.ts': 'export default [];' },
      /"site" failed: .* is no configuration/,
      /defineConfig/,
    ],
    [
      'has a mistyped key',
      { 'widgy.config.ts': 'export default { siet: 1 };' },
      /"site" failed: .*there is no option "siet"/,
      /Did you mean "site"/,
    ],
    [
      'cannot be loaded',
      { 'widgy.config.ts': `throw new Error('no')` },
      /"site" failed: the configuration of the site cannot be loaded: Error: no$/,
      /Correct the file/,
    ],
    [
      'has a site that cannot be made',
      { 'site.ts': `throw new Error('no')` },
      /"site" failed: site of the configuration failed: Error: no$/,
      /Correct the file/,
    ],
  ];
  for (const [what, files, message, help] of broken) {
    it(`says where a block needs a configuration that ${what}`, async () => {
      const { diagnostics, isDone } = await compressIn(await makeSite(ABSENT, files));
      assert.equal(isDone, false);
      const found = diagnostics.findLast((one) => message.test(one.message));
      assert.ok(found !== undefined, JSON.stringify(diagnostics));
      assert.match(`${found.template}:${found.line}`, /^base\.liquid:\d/);
      assert.match(found.help, help);
    });
  }

  it('says which names templates get nothing for, and what to do about each', async () => {
    const read = ['settings.site.color', 'settings.sight.colour', 'site.stiles', 'brand'];
    const folder = await makeSite(ABSENT + FIXED, {
      'templates/typo.liquid': `{% compress css %}<style>${read.map((name) => `{{ ${name} }}`).join()}</style>{% endcompress %}`,
    });
    const { diagnostics } = await compressIn(folder);
    const help = [/^Correct its name, or say isPublic/, /^Correct its name, or say isPublic/, /defineSite/];
    const expected = [...help, /to variables of offlineContext/];
    assert.equal(diagnostics.length, read.length);
    for (const [at, { code, template, line, message, help }] of diagnostics.entries()) {
      assert.deepEqual(
        [code, template, line, message],
        [
          ...['variable-missing', 'typo.liquid', 1],
          `the block at typo.liquid:1:1 reads "${read[at]}", which the context lacks`,
        ],
      );
      assert.match(help, expected[at] ?? /never/);
    }
  });
});

describe('compressor check and compress on a Widgy site', () => {
  const run = (folder: string, ...given: string[]) => {
    const bin = source('../../../compressor/src/cli/bin.ts');
    const program = new URL(JSON.parse(bin)).pathname;
    return spawnSync(process.execPath, ['--conditions=widgy-source', program, ...given], {
      cwd: folder,
      encoding: 'utf8',
      env: { PATH: process.env.PATH },
    });
  };

  it('name the settings that blocks take from the database, and end well', async () => {
    const folder = await makeSite(`database: 'sqlite:site.db',`);
    await setSettings(folder, `sqlite:${join(folder, 'site.db')}`, { 'site.colour': 'navy' });
    const check = run(folder, 'check');
    assert.deepEqual([check.status, check.stdout.includes('settings.site.title')], [0, false]);
    assert.match(check.stdout, /^ {2}reads settings\.site\.colour at base\.liquid:5:37, from the database$/m);
    // What was found is remembered by then, and said again.
    for (const { status, stderr } of [check, run(folder, 'compress')]) {
      assert.equal(status, 0);
      assert.match(
        stderr,
        /^warning base\.liquid:5:37: .*"settings\.site\.colour".* \[variable-changes\]\n {4}Use it outside/m,
      );
    }
    assert.ok(existsSync(join(folder, 'compressor.manifest.json')));
  });

  it('fail where the database cannot be reached', async () => {
    const folder = await makeSite(`database: 'postgres://me:secret@127.0.0.1:1/site',`);
    for (const command of ['check', 'compress']) {
      const { status, stderr } = run(folder, command, '--quiet');
      assert.equal(status, 1);
      assert.match(
        stderr,
        /^error base\.liquid:5:37: the function that supplies "settings\.site\.colour" from the database failed: .* \[context-failed\]\n/,
      );
      assert.doesNotMatch(stderr, /secret/);
    }
  });
});
