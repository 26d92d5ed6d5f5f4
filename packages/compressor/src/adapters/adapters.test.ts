import assert from 'node:assert/strict';
import { createServer, type RequestListener, request, type Server } from 'node:http';
import { describe, it } from 'node:test';
import express from 'express';
import fastify from 'fastify';
import { createFolder, startSite, type TestFolder, urlsIn } from '../testing/site.ts';
import { fastifyCompressor } from './fastify.ts';
import { nodeCompressor } from './node.ts';

type Site = Awaited<ReturnType<typeof startSite>>;

/** A running server that serves a site's assets, and its own page at `/`. */
interface Running extends AsyncDisposable {
  readonly url: string;
}

const servers: [name: string, start: (site: Site) => Promise<Running>][] = [
  [
    'node:http',
    (site) => {
      const assets = nodeCompressor(site.compressor);
      return listen((req, res) => assets(req, res, () => res.end('own page')));
    },
  ],
  [
    'Express',
    (site) => {
      const app = express();
      app.use(nodeCompressor(site.compressor));
      app.get('/', (_req, res) => {
        res.send('own page');
      });
      return listen(app);
    },
  ],
  [
    'Fastify',
    async (site) => {
      const app = fastify({ forceCloseConnections: true });
      await app.register(fastifyCompressor, { compressor: site.compressor });
      app.get('/', async () => 'own page');
      const url = await app.listen();
      return { url, [Symbol.asyncDispose]: () => app.close() };
    },
  ],
];

async function listen(handler: RequestListener): Promise<Running> {
  const server: Server = createServer(handler);
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const address = server.address();
  assert.ok(typeof address === 'object' && address !== null);
  return {
    url: `http://localhost:${address.port}`,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const video = Buffer.alloc(300_000, 'v');

function createFiles(): Promise<TestFolder> {
  return createFolder({
    'static/css/a.css': Array.from({ length: 100 }, (_, index) => `.a${index} { top: ${index}px }`).join(
      '\n',
    ),
    'static/video.mp4': video,
    'templates/page.liquid': `{% compress css %}<link rel="stylesheet" href="{% static 'css/a.css' %}">{% endcompress %}`,
  });
}

for (const [name, start] of servers) {
  describe(`served by ${name}`, () => {
    it('answers assets as the compressor says, and leaves other paths alone', async () => {
      await using folder = await createFiles();
      await using site = await startSite(folder);
      await using server = await start(site);
      const [url = ''] = urlsIn(await site.compressor.render('page.liquid'));
      const asset = await fetch(server.url + url, { headers: { 'accept-encoding': 'br' } });
      assert.equal(asset.status, 200);
      assert.equal(asset.headers.get('content-type'), 'text/css; charset=utf-8');
      assert.equal(asset.headers.get('content-encoding'), 'br');
      assert.match(asset.headers.get('cache-control') ?? '', /immutable/);
      assert.match(await asset.text(), /\.a99/);
      const head = await fetch(server.url + url, { method: 'HEAD' });
      assert.equal(await head.text(), '');
      const known = await fetch(server.url + url, {
        headers: {
          'if-none-match': asset.headers.get('etag') ?? '',
          // Without it fetch asks for a forced reload.
          'cache-control': 'max-age=0',
          'accept-encoding': 'br',
        },
      });
      assert.equal(known.status, 304);
      assert.equal((await fetch(server.url + url, { method: 'POST' })).status, 405);
      assert.equal((await fetch(`${server.url}/assets/nothing`)).status, 404);
      assert.equal(await (await fetch(server.url)).text(), 'own page');
    });

    it('streams parts of large files, and survives a visitor who leaves', async () => {
      await using folder = await createFiles();
      await using site = await startSite(folder);
      await using server = await start(site);
      const part = await fetch(`${server.url}/static/video.mp4`, {
        headers: { range: 'bytes=100000-100009' },
      });
      assert.equal(part.status, 206);
      assert.equal(await part.text(), 'v'.repeat(10));
      await new Promise<void>((resolve) => {
        const visitor = request(`${server.url}/static/video.mp4`, (response) => {
          response.once('data', () => visitor.destroy());
        });
        visitor.once('close', resolve);
        visitor.once('error', () => {});
        visitor.end();
      });
      assert.deepEqual(
        Buffer.from(await (await fetch(`${server.url}/static/video.mp4`)).arrayBuffer()),
        video,
      );
      assert.deepEqual(site.log, []);
    });
  });
}
