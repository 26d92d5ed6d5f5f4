import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { after, before, describe, it } from 'node:test';
import {
  type Compressor,
  compressSite,
  createCompressor,
  type Mode,
  resolveConfig,
  silentLogger,
} from '@widgy/compressor';
import { sendEarlyHints } from '@widgy/compressor/node';
import type { Browser } from 'playwright-core';
import { createFolder, type TestFolder } from '../packages/compressor/src/testing/site.ts';
import { launch, observe } from './browser.ts';

const style = `<link rel="stylesheet" href="{% static 'a.css' %}">`;
const printed = `<link rel="stylesheet" href="{% static 'wide.css' %}" media="(min-width: 1px)">`;
const script = `<script src="{% static 's.js' %}"></script>`;
const module = `<script type="module" src="{% static 'm.js' %}"></script>`;
const block = (words: string, content: string) => `{% compress ${words} %}${content}{% endcompress %}`;

const FILES = {
  'static/a.css': 'body { color: rgb(1, 2, 3) }',
  'static/wide.css': 'body { margin-top: 7px }',
  'static/s.js': 'document.documentElement.dataset.script = "ran"',
  'static/m.js': 'import { ran } from "./n.js"; document.documentElement.dataset.module = ran;',
  'static/n.js': 'export const ran = "ran";',
  'templates/page.liquid': `<!doctype html><html lang="en"><head><title>Page</title><link rel="icon" href="data:,">
${block('css preload', style + printed)}
${block('js preload crossorigin referrerpolicy="no-referrer"', script + module)}
${block('css', style + printed)}
${block('js file crossorigin referrerpolicy="no-referrer"', script + module)}
</head><body>Page</body></html>`,
};

/** A running server, and how often each asset was asked for. */
interface Running extends AsyncDisposable {
  readonly url: string;
  readonly counts: Map<string, number>;
}

async function listen(
  handler: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
): Promise<Server> {
  const server = createServer((request, response) => {
    handler(request, response).catch((error) => response.destroy(error));
  });
  await new Promise<void>((done) => server.listen(0, done));
  return server;
}

function portOf(server: Server): number {
  const address = server.address();
  assert.ok(typeof address === 'object' && address !== null);
  return address.port;
}

function close(server: Server): Promise<void> {
  return new Promise((done) => {
    server.close(() => done());
    server.closeAllConnections();
  });
}

interface Setting {
  readonly mode: Mode;
  /** Whether assets come from another server. */
  readonly isElsewhere: boolean;
  /** Whether headers name them, too. */
  readonly withHeaders: boolean;
}

const settings: readonly Setting[] = (['development', 'in-request', 'offline'] as const).flatMap((mode) =>
  [false, true].flatMap((isElsewhere) =>
    // Without a manifest there are no headers.
    [false, ...(mode === 'offline' ? [true] : [])].map((withHeaders) => ({ mode, isElsewhere, withHeaders })),
  ),
);

/** Serves the page and, on a server of their own, its assets. Nothing may be kept, so that each fetch is seen. */
async function start(folder: TestFolder, { mode, isElsewhere, withHeaders }: Setting): Promise<Running> {
  const config = resolveConfig({ mode, secret: 'a secret of the test', logger: silentLogger }, folder.path);
  const compressor: Compressor = await createCompressor(config);
  const counts = new Map<string, number>();
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<boolean> => {
    const { method = 'GET', url = '/', headers } = request;
    const answer = await compressor.handle({ method, url, headers });
    if (answer === undefined) return false;
    if (!url.includes('live-reload')) counts.set(url, (counts.get(url) ?? 0) + 1);
    response.writeHead(answer.status, { ...answer.headers, 'cache-control': 'no-store' });
    if (answer.body === undefined || Buffer.isBuffer(answer.body)) response.end(answer.body);
    else answer.body.pipe(response);
    return true;
  };
  const assets = await listen(async (request, response) => void (await serve(request, response)));
  const options = isElsewhere ? { url: `http://127.0.0.1:${portOf(assets)}/assets/` } : {};
  const pages = await listen(async (request, response) => {
    if (await serve(request, response)) return;
    if (withHeaders) sendEarlyHints(compressor, request, response, 'page.liquid', options);
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(await compressor.render('page.liquid', {}, options));
  });
  return {
    url: `http://localhost:${portOf(pages)}/`,
    counts,
    async [Symbol.asyncDispose]() {
      compressor.disconnect();
      await Promise.all([close(pages), close(assets)]);
      await compressor.close();
    },
  };
}

describe('what a page preloads', () => {
  let browser: Browser;
  let folder: TestFolder;
  before(async () => {
    browser = await launch();
    folder = await createFolder(FILES);
    const config = resolveConfig({ mode: 'offline', logger: silentLogger }, folder.path);
    assert.deepEqual((await compressSite(config)).diagnostics, []);
  });
  after(async () => {
    await browser?.close();
    await folder?.[Symbol.asyncDispose]();
  });

  for (const setting of settings) {
    const { mode, isElsewhere, withHeaders } = setting;
    const where = isElsewhere ? ', from another server' : '';
    it(`is fetched once: ${mode}${where}${withHeaders ? ', with headers' : ''}`, async () => {
      await using running = await start(folder, setting);
      const page = await browser.newPage();
      const observed = observe(page);
      await page.goto(running.url, { waitUntil: 'load' });
      const state = await page.evaluate(() => ({
        ...document.documentElement.dataset,
        color: getComputedStyle(document.body).color,
        margin: getComputedStyle(document.body).marginTop,
      }));
      assert.deepEqual(state, { script: 'ran', module: 'ran', color: 'rgb(1, 2, 3)', margin: '7px' });
      assert.ok(running.counts.size >= 4, [...running.counts.keys()].join());
      for (const [url, count] of running.counts) assert.equal(count, 1, url);
      assert.deepEqual(observed, { console: [], failures: [] });
      await page.close();
    });
  }
});
