import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { after, before, describe, it } from 'node:test';
import {
  type Compressor,
  compressSite,
  createCompressor,
  resolveConfig,
  silentLogger,
} from '@widgy/compressor';
import { nodeCompressor } from '@widgy/compressor/node';
import type { Browser, Page } from 'playwright-core';
import { createFolder, type TestFolder, urlsIn } from '../packages/compressor/src/testing/site.ts';
import { launch, observe } from './browser.ts';

/** An answer as it left the server. */
interface Sent {
  readonly path: string;
  readonly encoding: string | undefined;
  /** Of the body. */
  readonly bytes: number;
}

/** A server on `localhost` that can be given another compressor while it runs, and notes what bundles it sends. */
async function startServer() {
  const sent: Sent[] = [];
  let current: Compressor | undefined;
  const server = createServer((request, response) => {
    if (current === undefined) return response.writeHead(503).end();
    const compressor = current;
    // Headers that are given with the status can be asked for later only if there were some before.
    response.setHeader('x-noted', 'yes');
    response.on('finish', () => {
      const [encoding, length] = [
        response.getHeader('content-encoding'),
        response.getHeader('content-length'),
      ];
      sent.push({ path: request.url ?? '', encoding: encoding?.toString(), bytes: Number(length) });
    });
    nodeCompressor(compressor)(request, response, () => {
      compressor.render('page.liquid').then((html) => {
        response.setHeader('content-type', 'text/html');
        response.end(html);
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const address = server.address();
  assert.ok(address !== null && typeof address === 'object');
  return {
    url: `http://localhost:${address.port}/`,
    sent,
    use(compressor: Compressor) {
      current = compressor;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const library = createRequire(import.meta.url).resolve('lodash/lodash.js');

describe('a bundle in a browser that has the version before', () => {
  let browser: Browser;
  before(async () => {
    browser = await launch();
  });
  after(() => browser?.close());

  for (const mode of ['offline', 'in-request'] as const) {
    it(`comes as the difference, and is byte for byte the new version, in the mode ${mode}`, async () => {
      await using folder = await createFolder({
        'static/lodash.js': await readFile(library),
        'static/site.js': siteScript('one'),
        'templates/page.liquid': `<!doctype html><html lang="en"><head><link rel="icon" href="data:,"><title></title></head><body>
{% compress js %}<script src="{% static 'lodash.js' %}"></script><script src="{% static 'site.js' %}"></script>{% endcompress %}
</body></html>`,
      });
      await using server = await startServer();
      const page = await (await browser.newContext()).newPage();
      const observed = observe(page);

      const first = await open(page, server, await start(folder, mode), 'one');
      assert.equal(first.sent.encoding, 'br');
      await folder.write({ 'static/site.js': siteScript('two') });
      const compressor = await start(folder, mode);
      const second = await open(page, server, compressor, 'two');
      assert.notEqual(second.sent.path, first.sent.path);
      assert.equal(second.sent.encoding, 'dcb');
      assert.ok(second.sent.bytes * 20 <= first.sent.bytes, `${second.sent.bytes} of ${first.sent.bytes}`);

      const plain = await compressor.handle({ method: 'GET', url: second.sent.path, headers: {} });
      assert.ok(Buffer.isBuffer(plain?.body));
      assert.equal(second.hash, createHash('sha256').update(plain.body).digest('hex'));
      assert.deepEqual(observed, { console: [], failures: [] });
      await page.context().close();
    });
  }

  /** Opens the page of a compressor; says how the bundle was sent, and what the page has in the end. */
  async function open(
    page: Page,
    server: Awaited<ReturnType<typeof startServer>>,
    compressor: Compressor,
    title: string,
  ): Promise<{ sent: Sent; hash: string }> {
    server.use(compressor);
    const [bundle = ''] = urlsIn(await compressor.render('page.liquid')).filter((url) => url.startsWith('/'));
    await page.goto(server.url);
    await page.waitForFunction((wanted) => document.title === wanted, title);
    // What the page fetches is what the script element got: it comes from the cache, as the server's notes show.
    const hash = await page.evaluate(async (url) => {
      const bytes = await (await fetch(url)).arrayBuffer();
      const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
      return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    }, bundle);
    const sent = server.sent.filter(({ path }) => path === bundle);
    assert.equal(sent.length, 1);
    const [only = assert.fail()] = sent;
    return { sent: only, hash };
  }
});

/** The script that differs from version to version. It uses the library, so that both must have run. */
function siteScript(title: string): string {
  return `document.title = _.trim(' ${title} ');\n`;
}

async function start(folder: TestFolder, mode: 'offline' | 'in-request'): Promise<Compressor> {
  const config = resolveConfig(
    { mode, secret: 'a secret for tests only', logger: silentLogger, cache: false },
    folder.path,
  );
  if (mode === 'offline') {
    const { isDone, diagnostics } = await compressSite(config);
    assert.ok(isDone, JSON.stringify(diagnostics));
  }
  const compressor = await createCompressor(config);
  after(() => compressor.close());
  return compressor;
}
