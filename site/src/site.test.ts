import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createCallout } from 'widgy/callouts';
import { trustedAuthor } from 'widgy/documents';
import { library, unsafeHtml } from 'widgy/library';
import { createPage, deletePage, listRecentPages, readPage, readPublicPage } from 'widgy/pages';
import { readSettings, writeSettings } from 'widgy/settings';
import { walk } from 'widgy/tree';
import { testDatabases } from '../../packages/widgy/src/testing/test-databases.ts';
import { RING } from './seed/content.ts';
import { seed } from './seed/seed.ts';
import { yardWidgets } from './site.ts';
import { openTestServer, type TestServer } from './site-fixture.ts';

const inRequest = (folder: string) =>
  ({ mode: 'in-request', output: { directory: join(folder, 'assets') } }) as const;

/** The addresses of all pages that visitors can open without having done something before. */
const PATHS = ['/', '/boats', '/yard', '/book', '/library', '/library/two-columns'];

/** URLs of assets and static files in a page or in an asset, absolute. */
function urlsIn(text: string, base: string): string[] {
  const found = text.matchAll(
    /(?:href|src)="(\/(?:assets|static)\/[^"]+)"|url\(["']?((?!data:|#)[^"')]+)["']?\)|["'`](\.\/[\w.-]+\.js)["'`]/g,
  );
  return [...found].map(([, tag, reference, module]) => new URL(tag ?? reference ?? module ?? '', base).href);
}

const withoutNonces = (html: string) => html.replaceAll(/ nonce="[^"]*"/g, '');

/** Builds two servers that share the database and the media. */
async function openTwo(database: string, media: string): Promise<readonly [TestServer, TestServer]> {
  const open = () => openTestServer({ database, media, compressor: inRequest });
  return [await open(), await open()];
}

describe('filling an empty database', () => {
  for (const { name, createUrl } of testDatabases.filter(({ isShared }) => isShared))
    it(`is done once though two servers begin it, and one names the administrator: ${name}`, async () => {
      const media = await mkdtemp(join(tmpdir(), 'widgy-media-'));
      const servers = await openTwo(await createUrl(), media);
      const made = await Promise.all(servers.map(({ widgy }) => seed(widgy)));
      assert.equal(made.filter((one) => one !== undefined).length, 1);
      for (const { widgy, app } of servers) {
        assert.equal((await listRecentPages(widgy.pages)).total, 7);
        assert.equal((await app.inject('/library')).statusCode, 200);
        assert.equal(await seed(widgy), undefined);
      }
      for (const server of servers) await server[Symbol.asyncDispose]();
      await rm(media, { recursive: true, force: true });
    });

  it('goes on where a server that died has left it', async () => {
    await using server = await openTestServer({ compressor: inRequest });
    const { callouts, pages } = server.widgy;
    assert.ok(callouts);
    assert.ok((await createCallout(callouts, RING, trustedAuthor())).ok);
    assert.ok((await createPage(pages, { id: 'yard', title: 'The yard', slug: 'yard' }, trustedAuthor())).ok);
    assert.ok((await seed(server.widgy)) !== undefined);
    assert.match((await server.app.inject('/book')).body, /Sooner than tomorrow\?/);
    assert.equal((await server.app.inject('/yard')).statusCode, 200);
  });

  it('leaves a site alone that people have, even when they changed it', async () => {
    await using server = await openTestServer({ compressor: inRequest });
    await seed(server.widgy);
    const { pages } = server.widgy;
    const seen = (await readPage(pages, 'library'))?.page.revision ?? 0;
    assert.ok((await deletePage(pages, 'library', { seen }, trustedAuthor())).ok);
    assert.equal(await seed(server.widgy), undefined);
    assert.equal((await server.app.inject('/library')).statusCode, 404);
  });
});

describe('two servers of the site that share the database, the media and the secret', () => {
  const servers: (TestServer & { url: string })[] = [];
  let shared: string;

  before(async () => {
    shared = await mkdtemp(join(tmpdir(), 'widgy-shared-'));
    for (const server of await openTwo(`sqlite:${join(shared, 'site.db')}`, join(shared, 'media')))
      servers.push({ ...server, url: await server.app.listen({ port: 0 }) });
    const [first = assert.fail()] = servers;
    await seed(first.widgy);
  });
  after(async () => {
    for (const server of servers) await server[Symbol.asyncDispose]();
    await rm(shared, { recursive: true, force: true });
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
    for (const path of PATHS) collect((await ask(path)).text, path);
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
    for (const path of PATHS) {
      const [a = '', b] = await Promise.all(
        servers.map(async ({ url }) => withoutNonces(await (await fetch(url + path)).text())),
      );
      assert.equal(a, b, path);
    }
  });

  it('have nothing that the command widgy check finds fault with', async () => {
    const bin = fileURLToPath(new URL('../../packages/widgy/src/cli/bin.ts', import.meta.url));
    const { stdout, stderr } = await promisify(execFile)(
      process.execPath,
      ['--conditions=widgy-source', bin, 'check'],
      {
        cwd: fileURLToPath(new URL('..', import.meta.url)),
        env: { PATH: process.env.PATH, DATABASE_URL: `sqlite:${join(shared, 'site.db')}` },
      },
    );
    assert.match(stdout, /^0 errors, 0 warnings$/m);
    assert.equal(stderr, '');
  });

  it('show a change of the colour that one of them was told, both', async () => {
    const [first = assert.fail()] = servers;
    const { settings } = first.widgy;
    const seen = (await readSettings(settings)).find('site.colour')?.revision ?? 0;
    const change = { kind: 'set', name: 'site.colour', value: '#123456', seen } as const;
    assert.ok((await writeSettings(settings, [change], { id: null })).ok);
    for (const { url } of servers) {
      const html = await (await fetch(url)).text();
      assert.match(html, /<style nonce="[^"]+">:root \{ --brand: #123456 \}<\/style>/);
    }
  });
});

describe('the site that was filled', () => {
  let server: TestServer;
  before(async () => {
    server = await openTestServer({ compressor: inRequest });
    const administrator = await seed(server.widgy);
    assert.equal(administrator?.email, 'admin@site.test');
  });
  after(() => server?.[Symbol.asyncDispose]());

  const get = (url: string) => server.app.inject({ method: 'GET', url });

  it('shows every widget of the library, and every one of its own', async () => {
    const shown = new Set<string>();
    for (const path of [...PATHS, '/book/thanks']) {
      const found = await readPublicPage(server.widgy.pages, { path, isSignedIn: false });
      assert.ok(found.kind === 'page', path);
      for (const { type } of walk(found.tree.root)) shown.add(type);
    }
    const all = [...library, unsafeHtml, ...yardWidgets].map(({ type }) => type);
    // The content of a call-out is not in the tree of the pages that show it.
    assert.deepEqual(
      all.filter((type) => !shown.has(type)),
      ['callout-body'],
    );
  });

  it('shows its call-out on two pages', async () => {
    for (const path of ['/book', '/library'])
      assert.match((await get(path)).body, /Sooner than tomorrow\?/, path);
  });

  it('marks the page that is shown in the menu, and only that', async () => {
    for (const [path, title] of [
      ['/', 'Home'],
      ['/yard', 'The yard'],
    ] as const) {
      const marked = [...(await get(path)).body.matchAll(/aria-current="page">([^<]+)</g)];
      assert.deepEqual(
        marked.map(([, text]) => text),
        [title],
      );
    }
  });

  it('finds boats without any script', async () => {
    const { body } = await get('/boats?kind=electric&people=7');
    assert.match(body, />1 of 9 boats</);
    assert.equal([...body.matchAll(/ data-boat [^>]*hidden>/g)].length, 8);
  });

  it('says which boat and which day were asked for', async () => {
    const named = await get('/book/thanks?boat=teal&date=2026-06-25');
    assert.match(named.body, /You asked for Teal on Thursday,? 25 June\./);
    const other = await get('/book/thanks?boat=<b>&date=soon');
    assert.match(other.body, /Ines will write back by tomorrow morning/);
    assert.doesNotMatch(other.body, /You asked for/);
  });

  for (const path of ['/nothing-here', '/boats/teal', '/book/thanks/again'])
    it(`answers ${path} with 404 in its own words`, async () => {
      const response = await get(path);
      assert.equal(response.statusCode, 404);
      assert.match(response.body, /<h1>You have run aground<\/h1>/);
    });

  describe('its booking form', () => {
    const complete = {
      ...{ boat: 'teal', date: '2026-06-25', people: '2', session: 'day', experience: 'some', swim: 'yes' },
      ...{ name: 'Ada', email: 'ada@example.org', phone: '01632 960 147', notes: '' },
    };
    const send = (fields: Record<string, string>) =>
      server.app.inject({
        method: 'POST',
        url: '/book',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        payload: new URLSearchParams(fields).toString(),
      });

    it('says what is wrong and keeps what was typed, as text', async () => {
      const response = await send({ name: '<b>Ada</b>', email: 'nowhere' });
      assert.equal(response.statusCode, 422);
      assert.match(response.body, /<title>Please check: Book a boat/);
      assert.match(response.body, /value="&lt;b&gt;Ada&lt;\/b&gt;"/);
      assert.match(response.body, /aria-invalid="true"/);
      assert.match(String(response.headers['content-security-policy']), /script-src 'self' 'nonce-/);
      assert.deepEqual(server.bookings, []);
      // Nobody else gets to see it.
      assert.doesNotMatch((await get('/book')).body, /Please check/);
    });

    it('takes nothing from what fills in every field', async () => {
      const response = await send({ ...complete, website: 'https://spam.example' });
      assert.deepEqual([response.statusCode, response.headers.location], [303, '/book/thanks']);
      assert.deepEqual(server.bookings, []);
    });

    it('takes what is complete, and leads to the thanks', async () => {
      const response = await send({ ...complete, website: '' });
      const { statusCode, headers } = response;
      assert.deepEqual([statusCode, headers.location], [303, '/book/thanks?boat=teal&date=2026-06-25']);
      assert.deepEqual(
        server.bookings.map(({ name, people }) => [name, people]),
        [['Ada', 2]],
      );
    });
  });
});
