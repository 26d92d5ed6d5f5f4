import assert from 'node:assert/strict';
import { createServer, type RequestListener, request, type Server } from 'node:http';
import { createServer as createSecureServer, request as secureRequest } from 'node:https';
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

async function listen(handler: RequestListener, server: Server = createServer()): Promise<Running> {
  server.on('request', handler);
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

/** Whether an answer says that it may be a dictionary, which only answers in a secure context do. */
async function saysDictionary(
  server: Running,
  site: Site,
  headers: Record<string, string>,
): Promise<boolean> {
  const [url = ''] = urlsIn(await site.compressor.render('page.liquid'));
  const said = await new Promise<unknown>((resolve, reject) => {
    request(server.url + url, { headers }, (response) => {
      response.resume();
      resolve(response.headers['use-as-dictionary']);
    })
      .on('error', reject)
      .end();
  });
  return said !== undefined;
}

describe('a secure context', () => {
  const start: Record<string, (site: Site, trustProxy: boolean) => Promise<Running>> = {
    'node:http': (site, trustProxy) => listen(nodeCompressor(site.compressor, { trustProxy })),
    Express: (site, trustProxy) => {
      const app = express();
      app.set('trust proxy', trustProxy);
      app.use(nodeCompressor(site.compressor));
      return listen(app);
    },
    Fastify: async (site, trustProxy) => {
      const app = fastify({ forceCloseConnections: true, trustProxy });
      await app.register(fastifyCompressor, { compressor: site.compressor });
      return { url: await app.listen(), [Symbol.asyncDispose]: () => app.close() };
    },
  };
  const far = { host: 'example.com' };
  const cases: readonly [headers: Record<string, string>, trusted: boolean, untrusted: boolean][] = [
    [{}, true, true],
    [far, false, false],
    [{ ...far, 'x-forwarded-proto': 'http' }, false, false],
    [{ ...far, 'x-forwarded-proto': 'https' }, true, false],
  ];
  for (const [name, startWith] of Object.entries(start)) {
    it(`is told from the host and from proxies that are trusted, in ${name}`, async () => {
      await using folder = await createFiles();
      await using site = await startSite(folder);
      for (const trustProxy of [true, false]) {
        await using server = await startWith(site, trustProxy);
        for (const [headers, trusted, untrusted] of cases) {
          const expected = trustProxy ? trusted : untrusted;
          assert.equal(await saysDictionary(server, site, headers), expected, JSON.stringify(headers));
        }
      }
    });
  }

  it('is an encrypted connection', async () => {
    await using folder = await createFiles();
    await using site = await startSite(folder);
    // A shared key takes the place of a certificate.
    const psk = Buffer.from('a key for tests only');
    const secrets = { ciphers: 'PSK+HIGH', minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2' } as const;
    await using server = await listen(
      nodeCompressor(site.compressor),
      createSecureServer({ ...secrets, pskCallback: () => psk }),
    );
    const [url = ''] = urlsIn(await site.compressor.render('page.liquid'));
    const said = await new Promise<unknown>((resolve, reject) => {
      const options = {
        ...secrets,
        headers: { host: 'example.com' },
        checkServerIdentity: () => undefined,
        pskCallback: () => ({ psk, identity: 'test' }),
      };
      secureRequest(server.url.replace('http:', 'https:') + url, options, (response) => {
        response.resume();
        resolve(response.headers['use-as-dictionary']);
      })
        .on('error', reject)
        .end();
    });
    assert.match(String(said), /^match=/);
  });
});
