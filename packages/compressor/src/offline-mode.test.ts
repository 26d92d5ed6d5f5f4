import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { Config, OnMiss } from './config/config.ts';
import { compressFiles, contentsOf } from './testing/offline-site.ts';
import { createFolder, startSite, type TestFolder, urlsIn } from './testing/site.ts';

const link = (name: string) => `<link rel="stylesheet" href="{% static '${name}' %}">`;
const FILES = {
  'static/a.css': 'a { background: url(p.png) }',
  'static/b.css': 'b { color: blue }',
  'static/p.png': 'png',
  'static/m.js': 'import("./n.js").then(console.log)',
  'static/n.js': 'export const n = "</script>"',
  'templates/fixed.liquid': `{% compress css %}${link('a.css')}${link('b.css')}{% endcompress %}`,
  'templates/kept.liquid': `{% compress css %}${link('a.css')}<!-- kept -->{% endcompress %}`,
  'templates/inline.liquid': `{% compress css inline %}${link('a.css')}{% endcompress %}`,
  'templates/preload.liquid': `{% compress js preload %}<script type="module" src="{% static 'm.js' %}"></script>{% endcompress %}`,
  'templates/varies.liquid': `{% compress css %}<link rel="stylesheet" href="{{ t | static }}" nonce="{{ nonce }}">{% endcompress %}`,
};
const OFFLINE: Config = { mode: 'offline', offline: { context: [{ t: 'a.css' }, { t: 'b.css' }] } };

/** The page without what only content decides. */
const shape = (html: string) =>
  html.replace(/ integrity="sha384-[\w+/]{64}"/g, ' integrity').replace(/[0-9a-f]{16}/g, '#');

async function compressed(files: Record<string, string> = FILES): Promise<TestFolder> {
  const { folder, findings } = await compressFiles(files, OFFLINE);
  assert.deepEqual(findings, []);
  return folder;
}

describe('offline mode', () => {
  const pages: readonly [template: string, variables: Record<string, unknown>, html: string][] = [
    ['fixed.liquid', {}, '<link rel="stylesheet" href="/assets/a.#.css" integrity>'],
    ['kept.liquid', {}, '<link rel="stylesheet" href="/assets/a.#.css" integrity>\n<!-- kept -->'],
    ['inline.liquid', {}, '<style>a{background:url(/assets/p.#.png)}</style>'],
    ['preload.liquid', {}, '<link rel="modulepreload" href="/assets/m.#.js" integrity>'],
    [
      'varies.liquid',
      { t: 'a.css', nonce: 'n1' },
      '<link rel="stylesheet" href="/assets/a.#.css" integrity nonce="n1">',
    ],
    [
      'varies.liquid',
      { t: 'b.css', nonce: 'n2' },
      '<link rel="stylesheet" href="/assets/b.#.css" integrity nonce="n2">',
    ],
  ];

  it('shows every block with the sources gone, and serves all that pages and files name', async () => {
    await using folder = await compressed();
    await rm(join(folder.path, 'static'), { recursive: true });
    await using site = await startSite(folder, OFFLINE);
    for (const [template, variables, expected] of pages) {
      const html = await site.compressor.render(template, variables);
      assert.equal(shape(html), expected);
      for (const url of urlsIn(html)) {
        const response = await site.get(url);
        assert.equal(response.status, 200);
        assert.match(response.headers['cache-control'] ?? '', /immutable/);
        for (const [, name] of response.text.matchAll(/[("](?:\.\/)?([\w.-]+\.[0-9a-f]{16}\.\w+)[")]/g)) {
          assert.equal((await site.get(`/assets/${name}`)).status, 200);
        }
      }
    }
    assert.deepEqual([site.log, site.built], [[], []]);
  });

  it('has one file for the same group in file and inline mode, and under another base URL', async () => {
    await using folder = await compressed();
    await using site = await startSite(folder, { ...OFFLINE, output: { url: 'https://cdn.test/x/' } });
    assert.equal(
      shape(await site.compressor.render('fixed.liquid')),
      '<link rel="stylesheet" href="https://cdn.test/x/a.#.css" integrity crossorigin="anonymous">',
    );
    assert.equal(
      shape(await site.compressor.render('inline.liquid')),
      '<style>a{background:url(https://cdn.test/x/p.#.png)}</style>',
    );
  });

  it('serves another checkout with another static URL', async () => {
    await using built = await compressed();
    await using other = await createFolder(FILES);
    const files = await contentsOf(join(built.path, 'public/assets'));
    await other.write({
      'compressor.manifest.json': (await contentsOf(built.path))['compressor.manifest.json'] ?? '',
      ...Object.fromEntries(
        Object.entries(files).map(([name, content]) => [`public/assets/${name}`, content]),
      ),
    });
    const config: Config = {
      ...OFFLINE,
      static: { url: 'https://static.test/s/' },
      output: { url: '/other/' },
    };
    await using site = await startSite(other, config);
    for (const [template, variables, expected] of pages) {
      const html = await site.compressor.render(template, variables);
      assert.equal(shape(html), expected.replaceAll('/assets/', '/other/'));
    }
    assert.deepEqual(site.log, []);
  });

  const misses: readonly [onMiss: OnMiss, html: RegExp | undefined, log: RegExp | undefined][] = [
    [
      'original',
      /^<link rel="stylesheet" href="\/static\/c\.css" nonce="">$/,
      /a block is not in the manifest/,
    ],
    [
      'build',
      /^<link rel="stylesheet" href="\/assets\/p[^/]+\/c\.[0-9a-f]{16}\.css">$/,
      /a block is not in the manifest/,
    ],
    ['error', undefined, undefined],
  ];
  for (const [onMiss, html, log] of misses) {
    it(`takes a block that the manifest lacks as "${onMiss}" says`, async () => {
      await using folder = await compressed();
      await folder.write({ 'static/c.css': 'c { top: 0 }' });
      await using site = await startSite(folder, { ...OFFLINE, offline: { onMiss } });
      const render = () => site.compressor.render('varies.liquid', { t: 'c.css' });
      if (html === undefined) {
        await assert.rejects(render(), {
          code: 'block-missing',
          place: { file: 'varies.liquid', line: 1, column: 1 },
          summary:
            /^a block is not in the manifest: source 1 is "c.css" here, and "[ab].css" in the nearest$/,
        });
        return;
      }
      const page = await render();
      assert.match(page, html);
      assert.equal(await render(), page);
      assert.equal(site.log.length, 1);
      assert.match(site.log[0] ?? '', log ?? /^$/);
      const [url = ''] = urlsIn(page);
      assert.equal((await site.get(url)).status, 200);
    });
  }

  it('never parses what is in a block without variables', async () => {
    await using folder = await compressed();
    // Were it looked up by what is in it, this page would be a miss.
    await using site = await startSite(folder, {
      ...OFFLINE,
      static: { url: '/elsewhere/' },
      offline: { onMiss: 'error' },
    });
    await rm(join(folder.path, 'static'), { recursive: true });
    assert.equal(
      shape(await site.compressor.render('fixed.liquid')),
      '<link rel="stylesheet" href="/assets/a.#.css" integrity>',
    );
  });

  const wrong: readonly [name: string, manifest: string | undefined, code: string, summary: RegExp][] = [
    ['missing', undefined, 'manifest-missing', /there is no manifest/],
    ['empty', '', 'manifest-invalid', /cut off or damaged/],
    [
      'truncated',
      '{"format": "widgy-compressor-manifest", "version"',
      'manifest-invalid',
      /cut off or damaged/,
    ],
    ['something else', '{"name": "x"}', 'manifest-invalid', /no manifest/],
    ['a list', '[]', 'manifest-invalid', /no manifest/],
    [
      'newer',
      '{"format": "widgy-compressor-manifest", "version": 2}',
      'manifest-invalid',
      /version 2, which a newer/,
    ],
    [
      'incomplete',
      '{"format": "widgy-compressor-manifest", "version": 1}',
      'manifest-invalid',
      /damaged at "groups"/,
    ],
  ];
  for (const [name, text, code, summary] of wrong) {
    it(`does not start with a manifest that is ${name}`, async () => {
      await using folder = await createFolder(FILES);
      if (text !== undefined) await writeFile(join(folder.path, 'compressor.manifest.json'), text);
      await assert.rejects(startSite(folder, OFFLINE), { code, summary });
    });
  }

  const unknown = [
    'constructor',
    '__proto__',
    'x.css',
    '../compressor.manifest.json',
    'releases/x',
    '%2e%2e',
    '',
  ];
  for (const path of unknown) {
    it(`does not serve /assets/${path}`, async () => {
      await using folder = await compressed();
      await using site = await startSite(folder, OFFLINE);
      assert.equal((await site.get(`/assets/${path}`)).status, 404);
    });
  }
});
