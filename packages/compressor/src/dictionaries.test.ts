import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingHttpHeaders, request } from 'node:http';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { describe, it } from 'node:test';
import { type BrotliOptions, brotliDecompressSync } from 'node:zlib';
import { nodeCompressor } from './adapters/node.ts';
import type { Config } from './config/config.ts';
import { dictionaryHash } from './storage/dictionary-encodings.ts';
import { folderStorage } from './storage/folder.ts';
import { compressFolder, manifestOf } from './testing/offline-site.ts';
import { createFolder, startSite, type TestFolder, type TestSite, urlsIn } from './testing/site.ts';

const ALL = 'gzip, deflate, br, zstd, dcb, dcz';
const RULES = Array.from({ length: 300 }, (_, index) => `.a${index * 7919} { top: ${index}px }`).join('\n');
const FILES = {
  'static/site.css': RULES,
  'templates/page.liquid': `{% compress css %}<link rel="stylesheet" href="{% static 'site.css' %}">{% endcompress %}`,
};
const OFFLINE: Config = { mode: 'offline' };

/** Compresses a folder, changes a line, and compresses it again for those who have the first version. */
async function publishTwice(folder: TestFolder): Promise<void> {
  await compressFolder(folder, OFFLINE, { encodings: true });
  await folder.write({ 'static/site.css': RULES.replace('top: 7px', 'top: 8px') });
  const { findings } = await compressFolder(folder, OFFLINE, { encodings: true });
  assert.deepEqual(findings, []);
}

async function bundleUrl({ compressor }: TestSite): Promise<string> {
  const urls = urlsIn(await compressor.render('page.liquid'));
  return urls.find((url) => url.endsWith('.css')) ?? assert.fail();
}

const has = (dictionary: Buffer) => `:${dictionaryHash(dictionary).toString('base64')}:`;

function decode(body: Buffer, dictionary: Buffer): Buffer {
  const options: BrotliOptions & { dictionary: Buffer } = { dictionary };
  return brotliDecompressSync(body.subarray(36), options);
}

describe('a bundle of which the browser has the previous version', () => {
  const modes: readonly [mode: string, config: Config, prepare: (folder: TestFolder) => Promise<Buffer>][] = [
    [
      'offline',
      OFFLINE,
      async (folder) => {
        await compressFolder(folder, OFFLINE);
        let old: Buffer;
        {
          await using site = await startSite(folder, OFFLINE);
          old = Buffer.from((await site.get(await bundleUrl(site))).text);
        }
        await publishTwice(folder);
        return old;
      },
    ],
    [
      'in-request',
      {},
      async (folder) => {
        let old: Buffer;
        {
          await using site = await startSite(folder);
          old = Buffer.from((await site.get(await bundleUrl(site))).text);
        }
        await folder.write({ 'static/site.css': RULES.replace('top: 7px', 'top: 8px') });
        return old;
      },
    ],
  ];
  for (const [mode, config, prepare] of modes) {
    it(`comes as the difference in the mode ${mode}`, async () => {
      await using folder = await createFolder(FILES);
      const old = await prepare(folder);
      await using site = await startSite(folder, config);
      const url = await bundleUrl(site);
      const ask = async (headers: Record<string, string>, isSecure = true) => {
        const answer = await site.compressor.handle({ method: 'GET', url, headers, isSecure });
        assert.ok(answer !== undefined && Buffer.isBuffer(answer.body));
        return { headers: answer.headers, body: answer.body };
      };
      const plain = await ask({});
      const brotli = await ask({ 'accept-encoding': 'br' });
      const delta = await ask({ 'accept-encoding': ALL, 'available-dictionary': has(old) });
      assert.equal(delta.headers['content-encoding'], 'dcb');
      assert.ok(delta.body.length < brotli.body.length / 5, `${delta.body.length} bytes`);
      assert.deepEqual(decode(delta.body, old), plain.body);
      const match = url.replace(/\.[0-9a-f]{16}\./, '.*.');
      for (const { headers } of [plain, brotli, delta]) {
        assert.equal(headers['use-as-dictionary'], `match="${match}"`);
        assert.equal(headers.vary, 'Accept-Encoding, Available-Dictionary');
      }
      assert.match(delta.headers['cache-control'] ?? '', /^private,/);
      assert.match(brotli.headers['cache-control'] ?? '', /^public,/);

      const unknown = await ask({ 'accept-encoding': ALL, 'available-dictionary': has(Buffer.from('?')) });
      assert.equal(unknown.headers['content-encoding'], 'br');
      const insecure = await ask({ 'accept-encoding': ALL, 'available-dictionary': has(old) }, false);
      assert.equal(insecure.headers['content-encoding'], 'br');
      assert.equal(insecure.headers['use-as-dictionary'], undefined);
      assert.deepEqual(site.log, []);
    });
  }

  it('needs nothing of the version before but what was published', async () => {
    await using folder = await createFolder(FILES);
    await compressFolder(folder, OFFLINE);
    const [name = ''] = Object.keys((await manifestOf(folder)).artifacts);
    const storage = folderStorage(join(folder.path, 'public/assets'));
    const old = (await storage.read(name)) ?? assert.fail();
    await publishTwice(folder);
    await storage.remove(name);
    await using site = await startSite(folder, OFFLINE);
    const headers = { 'accept-encoding': 'dcz', 'available-dictionary': has(old) };
    const url = await bundleUrl(site);
    const answer = await site.compressor.handle({ method: 'GET', url, headers, isSecure: true });
    assert.equal(answer?.headers['content-encoding'], 'dcz');
    const [file = ''] = Object.keys((await manifestOf(folder)).artifacts);
    const short = dictionaryHash(old).toString('hex').slice(0, 16);
    const published = await readFile(join(folder.path, `public/assets/${file}.${short}.dcz`));
    assert.deepEqual(answer.body, published);
  });

  it('is secure where the configured URL is, whatever way the request came', async () => {
    await using folder = await createFolder(FILES);
    await compressFolder(folder, OFFLINE);
    await using site = await startSite(folder, { ...OFFLINE, output: { url: 'https://cdn.test/assets/' } });
    const { pathname } = new URL(await bundleUrl(site));
    const { headers } = await site.get(pathname);
    assert.match(headers['use-as-dictionary'] ?? '', /^match="\/assets\/site\.\*\.css"$/);
  });

  it('has no dictionary in the mode development', async () => {
    await using folder = await createFolder(FILES);
    await using site = await startSite(folder, { mode: 'development' });
    const url = await bundleUrl(site);
    const answer = await site.compressor.handle({ method: 'GET', url, headers: {}, isSecure: true });
    assert.equal(answer?.headers['use-as-dictionary'], undefined);
    assert.equal(answer?.headers.vary, 'Accept-Encoding');
  });
});

interface Answer {
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

function fetchRaw(url: string, headers: Record<string, string>): Promise<Answer> {
  return new Promise((resolve, reject) => {
    request(url, { headers }, (response) => {
      buffer(response).then((body) => resolve({ headers: response.headers, body }), reject);
    })
      .on('error', reject)
      .end();
  });
}

/** A shared cache with a widespread fault: it does not look at `Vary`. It does honour `private`. */
function careless(origin: string) {
  const kept = new Map<string, Answer>();
  return async (path: string, headers: Record<string, string>): Promise<Answer & { isHit: boolean }> => {
    const hit = kept.get(path);
    if (hit !== undefined) return { ...hit, isHit: true };
    const answer = await fetchRaw(origin + path, headers);
    if (!/private|no-store/.test(answer.headers['cache-control'] ?? '')) kept.set(path, answer);
    return { ...answer, isHit: false };
  };
}

it('a shared cache that ignores Vary gives a difference to nobody who cannot read it', async () => {
  await using folder = await createFolder(FILES);
  await compressFolder(folder, OFFLINE);
  const [name = ''] = Object.keys((await manifestOf(folder)).artifacts);
  const old = await readFile(join(folder.path, 'public/assets', name));
  await publishTwice(folder);
  await using site = await startSite(folder, OFFLINE);
  const server = createServer(nodeCompressor(site.compressor));
  await new Promise<void>((resolve) => server.listen(0, resolve));
  try {
    const address = server.address();
    assert.ok(typeof address === 'object' && address !== null);
    const proxy = careless(`http://localhost:${address.port}`);
    const url = await bundleUrl(site);
    const returning = { 'accept-encoding': ALL, 'available-dictionary': has(old) };
    const newcomer = { 'accept-encoding': ALL };
    const first = await proxy(url, returning);
    assert.equal(first.headers['content-encoding'], 'dcb');
    const second = await proxy(url, newcomer);
    assert.equal(second.headers['content-encoding'], 'br');
    assert.deepEqual(brotliDecompressSync(second.body), decode(first.body, old));
    // What is for everybody is kept, also for those who could have had less.
    const third = await proxy(url, returning);
    assert.ok(third.isHit);
    assert.deepEqual(third.body, second.body);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});
