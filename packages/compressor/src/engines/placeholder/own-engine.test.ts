import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import ejs from 'ejs';
import type { Config } from '../../config/config.ts';
import { compressFiles, manifestOf } from '../../testing/offline-site.ts';
import { createFolder, startSite } from '../../testing/site.ts';
import type { OwnEngine } from './own-engine.ts';

const TEMPLATES: Readonly<Record<string, string>> = {
  'home.ejs': `<% if (user) { %><p><%= user %></p><% } %><%- compress('css', '<link rel="stylesheet" href="' + staticUrl(theme + '.css') + '">') %><%- compress('js inline', () => '<script src="' + staticUrl('a.js') + '"></script>') %>`,
  'bad.ejs': '<%= nothing.at.all %>',
};

const engine = (): OwnEngine => ({
  render: (template, variables, page) =>
    ejs.render(TEMPLATES[template] ?? '', { ...page, ...own(variables), ...variables }),
});

/** EJS asks whether a name is there before it reads it. */
const own = (variables: object) =>
  Object.defineProperties(
    {},
    Object.fromEntries(
      Object.keys(variables).map((key) => [
        key,
        { get: () => Reflect.get(variables, key), enumerable: true },
      ]),
    ),
  );

const FILES = {
  'static/a.css': 'a { top: 0 }',
  'static/b.css': 'b { top: 0 }',
  'static/a.js': 'window.a = 1',
  'templates/home.ejs': 'found by its name',
};
const CONFIG: Config = {
  templates: { engine, extensions: ['.ejs'] },
  offline: {
    context: [
      { theme: 'a', user: null },
      { theme: async () => 'b', user: null },
    ],
    onMiss: 'error',
  },
};

describe('an engine of the site', () => {
  it('works in all modes, offline with what its contexts show', async () => {
    const { folder: made, findings, result } = await compressFiles(FILES, CONFIG);
    await using folder = made;
    assert.deepEqual(findings, []);
    assert.deepEqual([result.analysis.blocks, result.recipes], [2, 3]);
    assert.equal((await manifestOf(folder)).blocks.length, 2);
    for (const mode of ['development', 'in-request', 'offline'] as const) {
      await using site = await startSite(folder, { ...CONFIG, mode });
      for (const theme of ['a', 'b']) {
        const html = await site.compressor.render('home.ejs', { theme, user: 'Ada' });
        assert.match(html, new RegExp(`<p>Ada</p>.*/${theme}\\.[0-9a-f]{16}\\.css`, 's'));
        assert.match(html, /<script>window\.a ?= ?1/);
      }
      assert.deepEqual(site.log, []);
    }
  });

  it('is handed the nonce of a page, which its tags get too', async () => {
    const own: OwnEngine = {
      render: (_template, _variables, { compress, nonce }) =>
        `${nonce} ${compress('js inline data-a="1"', '<script>window.a = 1</script>')}`,
    };
    await using folder = await createFolder({});
    await using site = await startSite(folder, { templates: { engine: () => own } });
    const html = await site.compressor.render('home', {}, { nonce: 'abc' });
    assert.equal(html, 'abc <script data-a="1" nonce="abc">window.a=1;</script>');
    assert.doesNotMatch(await site.compressor.render('home'), /nonce/);
    // It cannot be looked into, so nobody knows what its pages surely show.
    const { folder: made } = await compressFiles(FILES, CONFIG);
    await using _made = made;
    assert.deepEqual((await manifestOf(made)).pages, {});
  });

  it('fails where its template fails', async () => {
    const { folder, findings } = await compressFiles({ ...FILES, 'templates/bad.ejs': '' }, CONFIG);
    await using _folder = folder;
    assert.equal(findings.length, 1);
    assert.match(findings[0] ?? '', /^error template-failed bad\.ejs .*nothing is not defined/s);
  });
});
