import assert from 'node:assert/strict';
import { rm, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { OnMiss } from '../config/config.ts';
import { failingStorage } from '../storage/failing-fixture.ts';
import { compressFiles, compressFolder, manifestOf } from '../testing/offline-site.ts';
import { startSite, urlsIn } from '../testing/site.ts';

const link = (name: string) => `<link rel="stylesheet" href="{% static '${name}' %}">`;
const original = (name: string) => `<link rel="stylesheet" href="/static/${name}">`;
const FILES = {
  'static/a.css': 'a { background: url(p.png) }',
  'static/b.css': 'b { color: blue }',
  'static/i.css': 'i { color: red }',
  'static/p.png': 'png',
  'templates/a.liquid': `{% compress css file main %}${link('a.css')}{% endcompress %}`,
  'templates/b.liquid': `{% compress css %}${link('b.css')}{% endcompress %}`,
  'templates/i.liquid': `{% compress css inline %}${link('i.css')}{% endcompress %}`,
};
const TEMPLATES = ['a.liquid', 'b.liquid', 'i.liquid'] as const;

const harm: readonly {
  readonly what: string;
  readonly file: string;
  readonly do: (path: string) => Promise<void>;
  /** The templates that show what was harmed. */
  readonly templates: readonly string[];
}[] = [
  { what: 'a bundle is gone', file: 'main.', do: (path) => rm(path), templates: ['a.liquid'] },
  { what: 'a bundle is cut off', file: 'b.', do: (path) => truncate(path, 3), templates: ['b.liquid'] },
  { what: 'a picture of a bundle is gone', file: 'p.', do: (path) => rm(path), templates: ['a.liquid'] },
  { what: 'an inline text is gone', file: 'i.', do: (path) => rm(path), templates: ['i.liquid'] },
];

describe('a server whose release lacks a file', () => {
  for (const { what, file, do: damage, templates } of harm) {
    const harmed = async (onMiss: OnMiss) => {
      const { folder } = await compressFiles(FILES);
      const names = Object.keys((await manifestOf(folder)).artifacts);
      const name = names.find((candidate) => candidate.startsWith(file)) ?? assert.fail();
      await damage(join(folder.path, 'public/assets', name));
      return { folder, name, config: { mode: 'offline', offline: { onMiss } } as const };
    };

    it(`shows the elements as they were written, and says so: ${what}`, async () => {
      const { folder, name, config } = await harmed('original');
      await using _ = folder;
      await using site = await startSite(folder, config);
      const said = site.log.filter((line) => line.includes('[artifact-missing]'));
      assert.deepEqual([said.length, said[0]?.includes(name)], [1, true]);
      for (const template of TEMPLATES) {
        const html = await site.compressor.render(template);
        const isOriginal = html === original(template.replace('.liquid', '.css'));
        assert.equal(isOriginal, templates.includes(template), `${template}: ${html}`);
      }
    });

    it(`builds it from the sources: ${what}`, async () => {
      const { folder, name, config } = await harmed('build');
      await using _ = folder;
      await using site = await startSite(folder, config);
      assert.deepEqual(site.log, []);
      assert.equal((await site.get(`/assets/${name}`)).status, 200);
      for (const template of TEMPLATES) {
        const html = await site.compressor.render(template);
        assert.doesNotMatch(html, /static/);
        for (const url of urlsIn(html)) assert.match(url, /^\/assets\/[\w.]+$/);
      }
    });

    it(`does not start: ${what}`, async () => {
      const { folder, name, config } = await harmed('error');
      await using _ = folder;
      await assert.rejects(startSite(folder, config), {
        code: 'artifact-missing',
        summary: new RegExp(name.replaceAll('.', '\\.')),
      });
    });
  }

  it('shows the elements where the sources have changed since', async () => {
    const { folder } = await compressFiles(FILES);
    await using _ = folder;
    const names = Object.keys((await manifestOf(folder)).artifacts);
    await rm(
      join(folder.path, 'public/assets', names.find((name) => name.startsWith('b.')) ?? assert.fail()),
    );
    await folder.write({ 'static/b.css': 'b { color: green }' });
    await using site = await startSite(folder, { mode: 'offline', offline: { onMiss: 'build' } });
    const [url = ''] = urlsIn(await site.compressor.render('b.liquid'));
    assert.equal((await site.get(url)).text, 'b{color:green}');
    assert.equal(site.log.filter((line) => line.includes('[artifact-missing]')).length, 1);
  });
});

describe('a server with a release from the storage', () => {
  it('needs no manifest beside its code', async () => {
    const storage = failingStorage();
    const { folder } = await compressFiles(FILES, { output: { storage } }, { release: 'v1' });
    await using _ = folder;
    await rm(join(folder.path, 'compressor.manifest.json'));
    const config = { mode: 'offline', output: { storage, directory: 'other' } } as const;
    await using site = await startSite(folder, { ...config, offline: { release: 'v1' } });
    const [url = ''] = urlsIn(await site.compressor.render('b.liquid'));
    assert.equal((await site.get(url)).text, 'b{color:#00f}');
    await assert.rejects(startSite(folder, { ...config, offline: { release: 'v2' } }), {
      code: 'release-missing',
    });
  });

  it('starts although the storage fails, if it has what its pages show inline', async () => {
    const storage = failingStorage();
    const config = { mode: 'offline', output: { storage } } as const;
    const { folder } = await compressFiles(FILES, config);
    await using _ = folder;
    storage.isFailing = true;
    await using site = await startSite(folder, config);
    assert.match(await site.compressor.render('b.liquid'), /\/assets\/b\./);
  });

  it('has all of its files once it started, and can do without the storage then', async () => {
    const storage = failingStorage();
    const { folder } = await compressFiles(FILES, { output: { storage } });
    await using _ = folder;
    const config = { mode: 'offline', output: { storage, directory: 'other' } } as const;
    await using site = await startSite(folder, config);
    storage.isFailing = true;
    const names = Object.keys((await manifestOf(folder)).artifacts);
    assert.equal(names.length, 4);
    for (const name of names) assert.equal((await site.get(`/assets/${name}`)).status, 200, name);
  });

  it('replaces a copy of its own that was cut off', async () => {
    const storage = failingStorage();
    const { folder } = await compressFiles(FILES, { output: { storage } });
    await using _ = folder;
    const names = Object.keys((await manifestOf(folder)).artifacts);
    for (const name of names) await truncate(join(folder.path, 'public/assets', name), 1);
    await using site = await startSite(folder, { mode: 'offline', output: { storage } });
    assert.deepEqual(site.log, []);
    for (const name of names) assert.equal((await site.get(`/assets/${name}`)).status, 200, name);
  });

  const published = {
    ...FILES,
    'static/one.css': '.one { background: url(img/p.png) }',
    'static/img/p.png': 'png',
    'static/with space.txt': 'text\n'.repeat(100),
    'templates/page.liquid': "{% static 'one.css' %} {% static 'with space.txt' %} {% static 'none.png' %}",
  };

  it('names and serves published static files without having them', async () => {
    const storage = failingStorage();
    const { folder } = await compressFiles(published, { output: { storage } }, { statics: true });
    await using _ = folder;
    await rm(join(folder.path, 'static'), { recursive: true });
    await using site = await startSite(folder, { mode: 'offline', output: { storage, directory: 'other' } });
    const page = await site.compressor.render('page.liquid');
    assert.match(
      page,
      /^\/static\/one\.[0-9a-f]{16}\.css \/static\/with%20space\.[0-9a-f]{16}\.txt \/static\/none\.png$/,
    );
    const [sheet = '', text = '', none = ''] = page.split(' ');
    const style = await site.get(sheet);
    const [, picture = ''] = /url\(\.\/(img\/p\.[0-9a-f]{16}\.png)\)/.exec(style.text) ?? [];
    const answers = [
      style,
      await site.get(`/static/${picture}`),
      await site.get(text),
      await site.get('/static/img/p.png'),
      await site.get(none),
      await site.get('/static/%2e%2e/compressor.manifest.json'),
      await site.get('/static/%ff.css'),
    ];
    assert.deepEqual(
      answers.map(({ status, headers }) => [status, headers['cache-control']]),
      [
        [200, 'public, max-age=31536000, immutable'],
        [200, 'public, max-age=31536000, immutable'],
        [200, 'public, max-age=31536000, immutable'],
        [200, 'no-cache'],
        [404, 'no-store'],
        [404, 'no-store'],
        [404, 'no-store'],
      ],
    );
    assert.equal((await site.get(text, { 'accept-encoding': 'br' })).headers['content-encoding'], 'br');
  });

  it('serves static files of the release before, though newer ones lie on its disk', async () => {
    const storage = failingStorage();
    const config = { mode: 'offline', output: { storage } } as const;
    const { folder } = await compressFiles(published, config, { statics: true });
    await using _ = folder;
    const old = (await manifestOf(folder)).statics?.['with space.txt'] ?? assert.fail();
    await folder.write({ 'static/with space.txt': 'new' });
    await compressFolder(folder, config, { statics: true });
    await using site = await startSite(folder, config);
    const { status, text, headers } = await site.get(`/static/${encodeURIComponent(old)}`);
    assert.deepEqual(
      [status, text, headers['cache-control']?.includes('immutable')],
      [200, published['static/with space.txt'], true],
    );
    const [, current = ''] = (await site.compressor.render('page.liquid')).split(' ');
    assert.equal((await site.get(current)).text, 'new');
  });
});
