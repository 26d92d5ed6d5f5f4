import assert from 'node:assert/strict';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { Config } from '../config/config.ts';
import { STREAMED_FROM } from '../storage/encodings.ts';
import { type FailingStorage, failingStorage } from '../storage/failing-fixture.ts';
import { compressFiles, manifestOf } from '../testing/offline-site.ts';
import { startSite, type TestFolder, type TestSite } from '../testing/site.ts';
import { LOOKED_UP_AT_ONCE } from './other-releases.ts';

const LARGE = `${'0123456789'.repeat(STREAMED_FROM / 10 + 1)}end`;
const FILES = {
  'static/notes.txt': 'text\n'.repeat(100),
  'static/a b.txt': 'spaces',
  'static/large.txt': LARGE,
  'templates/home.liquid': '{% compress css %}<style>a { top: 0 }</style>{% endcompress %}',
};

interface Published extends AsyncDisposable {
  readonly folder: TestFolder;
  readonly storage: FailingStorage;
  readonly site: TestSite;
  /** The URL of a static file. */
  url(name: string): string;
}

/** A server that has a release and no static files of its own. */
async function published(config: Config = {}, server: Config = {}): Promise<Published> {
  const storage = failingStorage();
  const { folder } = await compressFiles(
    FILES,
    { ...config, output: { ...config.output, storage } },
    { statics: true },
  );
  const statics = (await manifestOf(folder)).statics ?? {};
  await rm(join(folder.path, 'static'), { recursive: true });
  await mkdir(join(folder.path, 'static'));
  const output = { ...config.output, storage, directory: 'near' };
  const site = await startSite(folder, { ...config, mode: 'offline', output, ...server });
  storage.calls.length = 0;
  return {
    folder,
    storage,
    site,
    url: (name) => (config.static?.url ?? '/static/') + encodeURIComponent(statics[name] ?? assert.fail()),
    async [Symbol.asyncDispose]() {
      await site[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    },
  };
}

const unknown = (index: number) => `/static/x.${index.toString(16).padStart(16, '0')}.css`;

describe('published static files', () => {
  it('of this release are served while somebody makes up names', async () => {
    const gate = Promise.withResolvers<void>();
    await using all = await published();
    const { storage, site, url } = all;
    const { stat } = storage;
    storage.stat = async (name) => {
      if (name.startsWith('static/x.')) await gate.promise;
      return stat(name);
    };
    const flood = Array.from({ length: LOOKED_UP_AT_ONCE }, (_, index) => site.get(unknown(index)));
    assert.equal((await site.get(unknown(1000))).status, 503);
    assert.equal((await site.get(url('notes.txt'))).status, 200);
    gate.resolve();
    for (const answer of await Promise.all(flood)) assert.equal(answer.status, 404);
  });

  const ranges: readonly [range: string | undefined, status: number, text: string][] = [
    [undefined, 200, LARGE],
    ['bytes=3-5', 206, '345'],
    ['bytes=-3', 206, 'end'],
    [`bytes=${LARGE.length}-`, 416, 'The range lies outside the content.\n'],
  ];
  for (const [range, status, text] of ranges) {
    it(`that are large are sent bit by bit, without encodings: ${range ?? 'all'}`, async () => {
      await using all = await published();
      const { storage, site, url } = all;
      const headers = { 'accept-encoding': 'br', ...(range !== undefined && { range }) };
      const name = `static/${decodeURIComponent(url('large.txt').slice('/static/'.length))}`;
      for (const far of [[`stat ${name}`, `open ${name}`], []]) {
        const answer = await site.get(url('large.txt'), headers);
        assert.equal(answer.status, status);
        assert.equal(answer.text === text, true);
        assert.equal(answer.headers['content-encoding'], undefined);
        assert.deepEqual(storage.calls.splice(0), far, 'the second time it is near');
      }
    });
  }

  it('that are large are sent from far where they cannot be kept near', async () => {
    await using all = await published();
    await rm(join(all.folder.path, 'near'), { recursive: true, force: true });
    await all.folder.write({ near: 'a file where the folder should be' });
    const answer = await all.site.get(all.url('large.txt'), { range: 'bytes=10-12' });
    assert.deepEqual([answer.status, answer.text], [206, '012']);
  });

  it('are served by servers whose own release has none', async () => {
    await using all = await published();
    await using before = await compressFiles({
      'templates/home.liquid': FILES['templates/home.liquid'],
    }).then(({ folder }) => folder);
    const output = { storage: all.storage, directory: 'other' };
    await using old = await startSite(before, { mode: 'offline', output });
    const answer = await old.get(all.url('notes.txt'));
    assert.deepEqual([answer.status, answer.text], [200, FILES['static/notes.txt']]);
  });

  it('may have URLs below those of artifacts', async () => {
    const origin = 'https://cdn.example.com';
    await using all = await published({
      output: { url: `${origin}/assets/` },
      static: { url: `${origin}/assets/static/` },
    });
    for (const name of ['a b.txt', 'notes.txt'] as const) {
      const answer = await all.site.get(all.url(name).slice(origin.length));
      assert.deepEqual([answer.status, answer.text], [200, FILES[`static/${name}`]]);
    }
    const [artifact = ''] = Object.keys((await manifestOf(all.folder)).artifacts);
    assert.equal((await all.site.get(`/assets/${artifact}`)).status, 200);
  });
});

describe('static files on the disk', () => {
  it('are served whatever size sources may have', async () => {
    const { folder } = await compressFiles(FILES);
    await using _ = folder;
    await using site = await startSite(folder, { limits: { sourceBytes: 100 } });
    assert.equal((await site.get('/static/notes.txt')).text, FILES['static/notes.txt']);
  });
});
