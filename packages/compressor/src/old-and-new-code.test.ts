import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { Config } from './config/config.ts';
import { type FailingStorage, failingStorage } from './storage/failing-fixture.ts';
import { FAKE_BUCKET, FAKE_KEYS, startFakeS3 } from './storage/s3/fake-s3-fixture.ts';
import { s3Storage } from './storage/s3/s3.ts';
import type { Storage } from './storage/storage.ts';
import { compressFolder, contentsOf } from './testing/offline-site.ts';
import { createFolder, startSite, type TestFolder, type TestSite, urlsIn } from './testing/site.ts';

const IMMUTABLE = 'public, max-age=31536000, immutable';
const rules = (color: string) =>
  Array.from({ length: 30 }, (_, index) => `.a${index} { top: ${index}px; color: ${color} }`).join(' ');
const filesOf = (color: string) => ({
  'static/a.css': `a { background: url(${color}.png) } ${rules(color)}`,
  [`static/${color}.png`]: color,
  'static/m.js': 'import("./n.js").then(console.log)',
  'static/n.js': `export const n = "${color}"`,
  'templates/page.liquid': `{% compress css %}<link rel="stylesheet" href="{% static 'a.css' %}">{% endcompress %}{% compress js %}<script type="module" src="{% static 'm.js' %}"></script>{% endcompress %}`,
  'templates/mail/inline.liquid': `{% compress css inline %}<link rel="stylesheet" href="{% static 'a.css' %}">{% endcompress %}`,
});

/** Old and new code of one site, published into one storage, and a server of each. */
interface Deploy extends AsyncDisposable {
  readonly storage: FailingStorage;
  readonly old: TestSite & { readonly folder: TestFolder };
  readonly new: TestSite & { readonly folder: TestFolder };
}

async function deploy(inner?: Storage): Promise<Deploy> {
  const storage = failingStorage('far', inner);
  const start = async (color: string) => {
    const folder = await createFolder(filesOf(color));
    const config: Config = {
      mode: 'offline',
      output: { storage, directory: 'near' },
      offline: { exclude: 'mail/**' },
    };
    const { findings } = await compressFolder(folder, config);
    assert.deepEqual(findings, []);
    // Servers are other machines than the one that published.
    await rm(join(folder.path, 'near'), { recursive: true });
    return { folder, ...(await startSite(folder, config)) };
  };
  const sites = { old: await start('teal'), new: await start('plum') };
  storage.calls.length = 0;
  return {
    storage,
    ...sites,
    async [Symbol.asyncDispose]() {
      for (const site of [sites.old, sites.new]) {
        await site.compressor.close();
        await site.folder[Symbol.asyncDispose]();
      }
    },
  };
}

/** All URLs that a page and its files name, in the order in which a browser asks for them, with what a server answers. */
async function all(
  page: TestSite,
  server: TestSite,
): Promise<Map<string, Awaited<ReturnType<TestSite['get']>>>> {
  const answers = new Map<string, Awaited<ReturnType<TestSite['get']>>>();
  const pending = urlsIn(await page.compressor.render('page.liquid'));
  for (let url = pending.shift(); url !== undefined; url = pending.shift()) {
    const answer = await server.get(url);
    answers.set(url, answer);
    for (const [, name = ''] of answer.text.matchAll(/[("`](?:\.\/)?([\w.-]+\.[0-9a-f]{16}\.\w+)[)"`]/g))
      pending.push(`/assets/${name}`);
  }
  return answers;
}

describe('old and new code, running side by side', () => {
  for (const [page, server] of [
    ['old', 'new'],
    ['new', 'old'],
  ] as const) {
    it(`a ${server} server serves all files of a page by an ${page} one, for ever`, async () => {
      await using both = await deploy();
      const answers = await all(both[page], both[server]);
      assert.equal(answers.size, 4);
      for (const [url, { status, headers, text }] of answers) {
        assert.deepEqual([status, headers['cache-control']], [200, IMMUTABLE], url);
        assert.equal(text, (await both[page].get(url)).text);
      }
      assert.deepEqual([both.old.log, both.new.log], [[], []]);
    });
  }

  it('works the same with a bucket, whose objects a CDN may serve', async () => {
    await using fake = await startFakeS3();
    const bucket = s3Storage({
      bucket: FAKE_BUCKET,
      prefix: 'assets',
      endpoint: fake.endpoint,
      region: 'us-east-1',
      pathStyle: true,
      credentials: FAKE_KEYS,
    });
    await using both = await deploy(bucket);
    for (const [url, { status, headers }] of await all(both.new, both.old)) {
      assert.equal(status, 200, url);
      const object = fake.objects.get(url.slice(1));
      assert.equal(object?.headers['content-type'], headers['content-type'], url);
      assert.equal(object?.headers['cache-control'], IMMUTABLE, url);
    }
    const writes = fake.requests.filter((request) => request.startsWith('PUT'));
    assert.equal(new Set(writes).size, writes.length, 'each is written once');
    assert.ok(!fake.requests.some((request) => request.startsWith('DELETE')));
  });

  it('a server keeps what it fetched, and asks no more', async () => {
    await using both = await deploy();
    const urls = [...(await all(both.new, both.old)).keys()];
    const near = await contentsOf(join(both.old.folder.path, 'near'));
    for (const url of urls) assert.ok(near[url.replace('/assets/', '')] !== undefined, url);
    both.storage.calls.length = 0;
    await all(both.new, both.old);
    assert.deepEqual(both.storage.calls, []);
  });

  it('a server writes nothing into the storage, not even the encodings that it makes', async () => {
    await using both = await deploy();
    const [url = ''] = urlsIn(await both.new.compressor.render('page.liquid'));
    for (const site of [both.old, both.new]) {
      for (const encoding of ['br', 'gzip', 'zstd']) {
        const { headers } = await site.get(url, { 'accept-encoding': encoding });
        assert.equal(headers['content-encoding'], encoding);
      }
      const near = Object.keys(await contentsOf(join(site.folder.path, 'near')));
      assert.ok(near.some((name) => name.endsWith('.css.gz')));
    }
    assert.deepEqual(
      both.storage.calls.filter((call) => !call.startsWith('read')),
      [],
    );
  });

  it('a name that is nowhere is answered 404, and nobody keeps that', async () => {
    await using both = await deploy();
    for (const path of ['a.0123456789abcdef.css', 'releases/0123456789abcdef.json', 'gc.lock', 'a.css.br']) {
      const { status, headers } = await both.new.get(`/assets/${path}`);
      assert.deepEqual([status, headers['cache-control']], [404, 'no-store'], path);
    }
    assert.deepEqual(both.storage.calls, ['read a.0123456789abcdef.css']);
  });

  it('a file that is damaged in the storage is not served', async () => {
    await using both = await deploy();
    const [url = ''] = urlsIn(await both.new.compressor.render('page.liquid'));
    const name = url.replace('/assets/', '');
    await both.storage.remove(name);
    await both.storage.write(name, Buffer.from('half a fi'));
    assert.equal((await both.old.get(url)).status, 404);
  });
});

describe('while the storage fails', () => {
  it('pages and what is near are served as always; for the rest visitors are asked to come again', async () => {
    await using both = await deploy();
    const near = urlsIn(await both.new.compressor.render('page.liquid'));
    const far = urlsIn(await both.old.compressor.render('page.liquid'));
    both.storage.isFailing = true;
    for (const url of near) assert.equal((await both.new.get(url)).status, 200, url);
    for (const url of far) {
      const { status, headers } = await both.new.get(url);
      assert.deepEqual(
        [status, headers['cache-control'], headers['retry-after']],
        [503, 'no-store', '5'],
        url,
      );
    }
    assert.equal((await both.new.get('/assets/a.0123456789abcdef.css')).status, 503);
    assert.deepEqual(urlsIn(await both.new.compressor.render('page.liquid')), near);
    assert.equal(both.new.log.length, 1, both.new.log.join('\n'));
  });

  it('a server starts with what is near', async () => {
    const storage = failingStorage();
    await using folder = await createFolder(filesOf('teal'));
    const config: Config = { mode: 'offline', output: { storage, directory: 'near' } };
    await compressFolder(folder, config);
    storage.isFailing = true;
    const start = async () => {
      await using site = await startSite(folder, config);
      return site.compressor.render('mail/inline.liquid');
    };
    assert.match(await start(), /^<style>/);
    await rm(join(folder.path, 'near'), { recursive: true });
    await assert.rejects(start(), { code: 'storage-failed' });
  });

  it('nothing is published, and the manifest stays what it was', async () => {
    const storage = failingStorage();
    await using folder = await createFolder(filesOf('teal'));
    const config: Config = { mode: 'offline', output: { storage, directory: 'near' } };
    await compressFolder(folder, config);
    const manifest = (await contentsOf(folder.path))['compressor.manifest.json'];
    await folder.write({ 'static/a.css': 'a { top: 0 }' });
    storage.isFailing = true;
    const { result, findings } = await compressFolder(folder, config);
    assert.equal(result.isDone, false);
    assert.match(findings.join(), /error storage-failed .*far is down/);
    assert.equal((await contentsOf(folder.path))['compressor.manifest.json'], manifest);
  });

  it('a block whose text cannot be had is written as it stands in the template', async () => {
    await using both = await deploy();
    await rm(join(both.new.folder.path, 'near'), { recursive: true });
    both.storage.isFailing = true;
    const inline = () => both.new.compressor.render('mail/inline.liquid');
    assert.match(await inline(), /^<link rel="stylesheet" href="\/static\/a\.css">$/);
    assert.equal(both.new.log.length, 1);
  });
});
