import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { type FailingStorage, failingStorage } from './storage/failing-fixture.ts';
import { contentsOf } from './testing/offline-site.ts';
import { createFolder, startSite, type TestFolder, type TestSite, urlsIn } from './testing/site.ts';

const link = (name: string) => `<link rel="stylesheet" href="{% static '${name}' %}">`;
const files = {
  'static/a.css': `a { background: url(p.png) } ${Array.from({ length: 30 }, (_, index) => `.a${index} { top: ${index}px }`).join(' ')}`,
  'static/b.css': 'b { color: blue }',
  'static/p.png': 'png',
  'templates/page.liquid': `{% compress css %}${link('a.css')}${link('b.css')}{% endcompress %}`,
  'templates/inline.liquid': `{% compress css inline %}${link('b.css')}{% endcompress %}`,
};

/** Asks for all that a page and its style sheets name. */
async function all(site: TestSite, html: string): Promise<number[]> {
  const statuses: number[] = [];
  const pending = urlsIn(html);
  for (let url = pending.shift(); url !== undefined; url = pending.shift()) {
    const { status, text } = await site.get(url);
    statuses.push(status);
    for (const [, name = ''] of text.matchAll(/background:\s*url\(["']?([^)"']+)/g))
      pending.push(new URL(name, `http://x${url}`).pathname);
  }
  return statuses;
}

function start(folder: TestFolder, storage: FailingStorage, directory: string): Promise<TestSite> {
  return startSite(folder, { output: { storage, directory } });
}

describe('in-request mode with a storage for all servers', () => {
  it('builds once for all', async () => {
    await using folder = await createFolder(files);
    const storage = failingStorage();
    await using a = await start(folder, storage, 'a');
    await using b = await start(folder, storage, 'b');
    const html = await a.compressor.render('page.liquid');
    assert.deepEqual(await all(a, html), [200, 200]);
    assert.deepEqual(await all(b, html), [200, 200]);
    assert.deepEqual([a.built.length, b.built.length], [1, 0]);
    assert.deepEqual(
      Object.keys(await contentsOf(join(folder.path, 'b'))).filter((name) => /\.(css|png)$/.test(name)),
      Object.keys(await contentsOf(join(folder.path, 'a'))).filter((name) => /\.(css|png)$/.test(name)),
    );
  });

  it('serves everything from its folder or its sources while the storage fails, and says so once', async () => {
    await using folder = await createFolder(files);
    const storage = failingStorage();
    storage.isFailing = true;
    await using site = await start(folder, storage, 'a');
    const html = await site.compressor.render('page.liquid');
    assert.deepEqual(await all(site, html), [200, 200]);
    const [url = ''] = urlsIn(html);
    const encoded = await site.get(url, { 'accept-encoding': 'br' });
    assert.deepEqual([encoded.status, encoded.headers['content-encoding']], [200, 'br']);
    assert.match(await site.compressor.render('inline.liquid'), /^<style>/);
    assert.equal(site.log.length, 1, site.log.join('\n'));
    assert.match(site.log[0] ?? '', /far is down/);
  });

  it('keeps a long recipe where every server finds it', async () => {
    await using folder = await createFolder(files);
    const storage = failingStorage();
    const config = { limits: { urlLength: 20 } };
    await using a = await startSite(folder, { ...config, output: { storage, directory: 'a' } });
    await using b = await startSite(folder, { ...config, output: { storage, directory: 'b' } });
    const html = await a.compressor.render('page.liquid');
    assert.match(urlsIn(html)[0] ?? '', /^\/assets\/s/);
    assert.deepEqual(await all(b, html), [200, 200]);
  });

  it('asks a visitor to come again when the recipe itself cannot be had', async () => {
    await using folder = await createFolder(files);
    const storage = failingStorage();
    const config = { limits: { urlLength: 20 } };
    await using a = await startSite(folder, { ...config, output: { storage, directory: 'a' } });
    const [url = ''] = urlsIn(await a.compressor.render('page.liquid'));
    await using b = await startSite(folder, { ...config, output: { storage, directory: 'b' } });
    storage.isFailing = true;
    const { status, headers } = await b.get(url);
    assert.deepEqual([status, headers['cache-control'], headers['retry-after']], [503, 'no-store', '5']);
  });

  it('loses nothing but time with its folder', async () => {
    await using folder = await createFolder({ ...files, a: 'a file where the folder should be' });
    const storage = failingStorage();
    await using site = await start(folder, storage, 'a');
    assert.deepEqual(await all(site, await site.compressor.render('page.liquid')), [200, 200]);
    assert.equal(site.log.length, 1, site.log.join('\n'));
  });
});

describe('development', () => {
  it('keeps nothing in the storage of all', async () => {
    await using folder = await createFolder(files);
    const storage = failingStorage();
    await using site = await startSite(folder, { mode: 'development', output: { storage } });
    assert.deepEqual(new Set(await all(site, await site.compressor.render('page.liquid'))), new Set([200]));
    assert.deepEqual(storage.calls, []);
  });
});
