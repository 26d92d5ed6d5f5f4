import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { silentLogger } from '@widgy/compressor';
import type { FastifyInstance } from 'fastify';
import { buildSite } from './app.ts';
import type { Booking } from './booking.ts';
import { pages } from './pages.ts';

const secret = 'what both servers know';
const now = () => new Date('2026-06-18T11:00:00Z');

/** URLs of assets and static files in a page or in an asset, absolute. */
function urlsIn(text: string, base: string): string[] {
  const found = text.matchAll(
    /(?:href|src)="(\/(?:assets|static)\/[^"]+)"|url\(["']?((?!data:|#)[^"')]+)["']?\)|["'`](\.\/[\w.-]+\.js)["'`]/g,
  );
  return [...found].map(([, tag, reference, module]) => new URL(tag ?? reference ?? module ?? '', base).href);
}

describe('two servers of the site that share nothing but the secret', () => {
  const servers: { app: FastifyInstance; url: string; directory: string }[] = [];

  before(async () => {
    for (const name of ['a', 'b']) {
      const directory = await mkdtemp(join(tmpdir(), `widgy-site-${name}-`));
      const compressor = { mode: 'in-request', secret, output: { directory }, logger: silentLogger } as const;
      const app = await buildSite({ now, compressor });
      servers.push({ app, directory, url: await app.listen({ port: 0 }) });
    }
  });
  after(async () => {
    for (const { app, directory } of servers) {
      await app.close();
      await rm(directory, { recursive: true, force: true });
    }
  });

  it('answer every page and every asset with 200, asked in turn, from cold', async () => {
    let turn = 0;
    const ask = async (path: string) => {
      const server = servers[turn++ % servers.length];
      assert.ok(server);
      const response = await fetch(server.url + path);
      assert.equal(response.status, 200, `${path} of server ${turn % 2}`);
      return { text: await response.text(), caching: response.headers.get('cache-control') };
    };
    const seen = new Set<string>();
    const pending: string[] = [];
    const collect = (text: string, path: string) => {
      for (const url of urlsIn(text, `http://site.test${path}`)) {
        const { origin, pathname } = new URL(url);
        if (origin !== 'http://site.test' || seen.has(pathname)) continue;
        seen.add(pathname);
        pending.push(pathname);
      }
    };
    for (const { path } of pages.filter(({ path }) => path !== '/book/thanks'))
      collect((await ask(path)).text, path);
    for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
      const { text, caching } = await ask(path);
      assert.match(caching ?? '', /immutable/, path);
      if (/\.(css|js)$/.test(path)) collect(text, path);
    }
    const kinds = new Set([...seen].map((path) => path.split('.').at(-1)));
    assert.deepEqual([...kinds].toSorted(), ['css', 'js', 'svg', 'woff2']);
    assert.ok(seen.size > 25, `${seen.size} assets`);
  });

  it('write the same pages', async () => {
    for (const path of ['/', '/boats', '/yard', '/book']) {
      const [a, b] = await Promise.all(servers.map(async ({ url }) => (await fetch(url + path)).text()));
      assert.equal(a, b, path);
    }
  });
});

describe('the booking form', () => {
  const bookings: Booking[] = [];
  let app: FastifyInstance;
  before(async () => {
    app = await buildSite({
      now,
      onBooking: (booking) => {
        bookings.push(booking);
      },
      compressor: {
        mode: 'in-request',
        secret,
        logger: silentLogger,
        output: { directory: join(tmpdir(), 'widgy-form') },
      },
    });
  });
  after(() => app.close());

  const send = (fields: Record<string, string>) =>
    app.inject({
      method: 'POST',
      url: '/book',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams(fields).toString(),
    });

  it('says what is wrong and keeps what was typed, as text', async () => {
    const response = await send({ name: '<b>Ada</b>', email: 'nowhere' });
    assert.equal(response.statusCode, 422);
    assert.match(response.body, /value="&lt;b&gt;Ada&lt;\/b&gt;"/);
    assert.match(response.body, /aria-invalid="true"/);
    assert.deepEqual(bookings, []);
  });

  it('answers pages that are not there with 404 in its own words', async () => {
    const response = await app.inject('/nothing-here');
    assert.equal(response.statusCode, 404);
    assert.match(response.body, /<h1/);
  });
});
