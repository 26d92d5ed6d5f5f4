import assert from 'node:assert/strict';
import { rm, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { OnMiss } from '../config/config.ts';
import { failingStorage } from '../storage/failing-fixture.ts';
import { compressFiles, manifestOf } from '../testing/offline-site.ts';
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

  it('names published static files without having them', async () => {
    const storage = failingStorage();
    const page = { 'templates/page.liquid': "{% static 'p.png' %} {% static 'none.png' %}" };
    const { folder } = await compressFiles({ ...FILES, ...page }, { output: { storage } }, { statics: true });
    await using _ = folder;
    await rm(join(folder.path, 'static'), { recursive: true });
    await using site = await startSite(folder, { mode: 'offline', output: { storage } });
    const html = await site.compressor.render('page.liquid');
    assert.match(html, /^\/static\/p\.[0-9a-f]{16}\.png \/static\/none\.png$/);
  });
});
