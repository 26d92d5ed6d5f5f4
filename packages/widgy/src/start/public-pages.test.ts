import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { readState } from '../documents/drafts/read-state.ts';
import { trustedAuthor, withdrawDocument } from '../documents/index.ts';
import { changePage, deletePage, readPage } from '../pages/index.ts';
import { writeSettings } from '../settings/index.ts';
import { cuttable } from '../testing/cuttable.ts';
import { testDatabases } from '../testing/test-databases.ts';
import { addHeading, get, publish, publishedPage, signedIn, testServer } from './server-fixture.ts';

describe('a public page', () => {
  it('is shown with its headers, and each time with another nonce', async () => {
    const server = await testServer();
    await publishedPage(server, { title: 'Café', isHome: true });
    const [first, second] = [await get(server.app, '/'), await get(server.app, '/')];
    assert.equal(first.statusCode, 200);
    assert.match(first.body, /<title>Café – Boatyard<\/title>/);
    const nonces = [first, second].map(({ body, headers }) => {
      const [, nonce = ''] = /nonce="([^"]+)"/.exec(body) ?? [];
      assert.ok(String(headers['content-security-policy']).includes(`'nonce-${nonce}'`));
      return nonce;
    });
    assert.notEqual(nonces[0], nonces[1]);
    assert.equal(first.body.replaceAll(nonces[0] ?? '', ''), second.body.replaceAll(nonces[1] ?? '', ''));
    assert.equal(first.headers['x-content-type-options'], 'nosniff');
  });

  it('costs the same few statements however many widgets and pages there are, and one when it is kept', async () => {
    const server = await testServer();
    const { document } = await publishedPage(server, { title: 'Home', isHome: true, menus: ['main'] });
    const counts: number[] = [];
    for (const more of [0, 30]) {
      for (let at = 0; at < more; at += 1) {
        await addHeading(server, document, `Heading ${at}`);
        await publishedPage(server, { title: `Page ${at}`, menus: ['main'] });
      }
      if (more > 0) await publish(server.widgy.documents, document);
      let count = 0;
      const stop = server.widgy.database.onStatement(() => {
        count += 1;
      });
      await get(server.app, '/');
      counts.push(count);
      count = 0;
      await get(server.app, '/');
      counts.push(count);
      stop();
    }
    // Generation, next change, page with what is live, tree, settings, menus; then the generation alone.
    assert.deepEqual(counts, [6, 1, 6, 1]);
    let count = 0;
    server.widgy.database.onStatement(() => {
      count += 1;
    });
    await get(server.app, '/page-7');
    // What all pages show is known.
    assert.equal(count, 3);
  });

  it('is never stale', async () => {
    let time = Date.now();
    const server = await testServer({ now: () => time });
    const { app, widgy } = server;
    const { id, document } = await publishedPage(server, { title: 'One', menus: ['main'] });
    await publishedPage(server, { title: 'Two' });
    const shown = async (path: string) => {
      const { statusCode, body, headers } = await get(app, path);
      return statusCode === 200 ? body : `${statusCode} ${headers.location ?? ''}`;
    };
    const author = trustedAuthor();
    const revision = async () => (await readPage(widgy.pages, id))?.page.revision ?? 0;
    assert.match(await shown('/two'), /href="\/one"/);
    const steps: readonly [what: string, () => Promise<unknown>, path: string, expected: RegExp][] = [
      ['nothing', async () => {}, '/one', /<h1>One/],
      ['a draft changed', () => addHeading(server, document, 'Ahoy'), '/one', /^(?!.*Ahoy)/s],
      ['it was published', () => publish(widgy.documents, document), '/one', /Ahoy/],
      [
        'its title changed',
        async () => changePage(widgy.pages, id, { title: 'Uno', seen: await revision() }, author),
        '/one',
        /<h1>Uno/,
      ],
      ['another page has it in its menu', async () => {}, '/two', />Uno</],
      [
        'a setting changed',
        () =>
          writeSettings(widgy.settings, [{ kind: 'set', name: 'site.colour', value: '#aa0000', seen: 0 }], {
            id: null,
          }),
        '/two',
        /--brand: #aa0000/,
      ],
      [
        'it moved',
        async () => changePage(widgy.pages, id, { slug: 'uno', seen: await revision() }, author),
        '/one',
        /^301 \/uno$/,
      ],
      ['it is where it moved to', async () => {}, '/uno', /<h1>Uno/],
      [
        'it expires tomorrow',
        async () =>
          changePage(widgy.pages, id, { expiresAt: time + 86_400_000, seen: await revision() }, author),
        '/uno',
        /<h1>Uno/,
      ],
      [
        'it has expired',
        async () => {
          time += 86_400_001;
        },
        '/uno',
        /^404/,
      ],
      [
        'it does not expire',
        async () => changePage(widgy.pages, id, { expiresAt: null, seen: await revision() }, author),
        '/uno',
        /<h1>Uno/,
      ],
      [
        'it was taken off the site',
        async () => {
          const state = await readState(widgy.database.kysely, document);
          return await withdrawDocument(
            widgy.documents,
            document,
            { head: state?.head?.number ?? 0 },
            author,
          );
        },
        '/uno',
        /^404/,
      ],
      ['it is in no menu then', async () => {}, '/two', /^(?!.*>Uno<)/s],
      [
        'it is in the bin',
        async () => deletePage(widgy.pages, id, { seen: await revision() }, author),
        '/uno',
        /^404/,
      ],
    ];
    for (const [what, step, path, expected] of steps) {
      await step();
      // Twice: made, and kept.
      assert.match(await shown(path), expected, what);
      assert.match(await shown(path), expected, `${what}, again`);
    }
  });

  it('is shown while the database is away, if it was kept; all else says when to try again, until it is back', async () => {
    const [, , postgres] = testDatabases;
    const way = await cuttable((await postgres?.createUrl()) ?? '');
    const server = await testServer({ environment: { DATABASE_URL: way.url } });
    const { app } = server;
    await publishedPage(server, { title: 'Home', isHome: true });
    await publishedPage(server, { title: 'Other' });
    await get(app, '/');
    way.cut();
    assert.equal((await get(app, '/')).statusCode, 200);
    const other = await get(app, '/other');
    assert.equal(other.statusCode, 503);
    assert.equal(other.headers['retry-after'], '5');
    assert.match(other.body, /Back in a moment/);
    assert.equal((await get(app, '/readyz')).statusCode, 503);
    assert.equal((await get(app, '/healthz')).statusCode, 200);
    way.mend();
    const deadline = Date.now() + 20_000;
    while ((await get(app, '/readyz')).statusCode !== 200) {
      assert.ok(Date.now() < deadline, 'it does not come back');
      await setTimeout(50);
    }
    assert.equal((await get(app, '/other')).statusCode, 200);
  });

  it('is kept once, however its address is spelt and whatever cookies come along', async () => {
    const server = await testServer();
    await publishedPage(server, { title: 'Library' });
    const first = await get(server.app, '/library');
    // It is signed too, and proves no session.
    const { cookie: cookies } = await signedIn(server, 'reader', ['pages.read']);
    const [, signed = assert.fail()] = /widgy-browser=([^;]+)/.exec(cookies) ?? [];
    let count = 0;
    server.widgy.database.onStatement(() => {
      count += 1;
    });
    for (const [url, cookie] of [
      ['/library', ''],
      ['/%6cibrary', ''],
      ['/library/', ''],
      ['/library?a=b', ''],
      ['/library', 'widgy=anything'],
      ['/library', `widgy=${'x'.repeat(32)}.${'y'.repeat(43)}`],
      ['/library', `widgy=${signed}`],
    ] as const) {
      count = 0;
      const answer = await get(server.app, url, cookie);
      assert.equal(answer.statusCode, first.statusCode, url);
      assert.equal(count, 1, `${url} ${cookie}`);
    }
  });

  it('is private for who is signed in, and only for them', async () => {
    const server = await testServer();
    await publishedPage(server, { title: 'Library' });
    const { cookie } = await signedIn(server, 'reader', ['pages.read']);
    assert.equal((await get(server.app, '/library', cookie)).headers['cache-control'], 'private, no-cache');
    assert.equal((await get(server.app, '/library')).headers['cache-control'], 'no-cache');
  });

  const transport: readonly [
    environment: Readonly<Record<string, string>>,
    own: number | undefined,
    sent: string | undefined,
  ][] = [
    [{}, undefined, undefined],
    [{ BASE_URL: 'https://site.test' }, undefined, undefined],
    [{ BASE_URL: 'http://site.test', NODE_ENV: 'production' }, undefined, undefined],
    [{ BASE_URL: 'https://site.test', NODE_ENV: 'production' }, undefined, 'max-age=2592000'],
    [{ BASE_URL: 'https://site.test', NODE_ENV: 'production' }, 0, undefined],
    [{ BASE_URL: 'https://site.test' }, 60, 'max-age=60'],
  ];
  it('says for how long it is reached over HTTPS alone, where it is', async () => {
    for (const [environment, own, sent] of transport) {
      const options = { environment, stopPause: 0, ...(own === undefined ? {} : { strictTransport: own }) };
      const { app } = await testServer(options);
      for (const url of ['/', '/admin', '/healthz', '/media/none'])
        assert.equal((await get(app, url)).headers['strict-transport-security'], sent, url);
    }
  });

  it('that mounts something is asked what stands behind its address', async () => {
    const server = await testServer({
      mounts: {
        echo: ({ rest, query }) => (rest === 'no' ? undefined : { note: `${rest}/${query.get('q')}` }),
      },
    });
    await publishedPage(server, { title: 'Boats', mount: 'echo' });
    const cases = [
      ['/boats?q=1', 200, /\/1/],
      ['/boats/teal?q=<b>', 200, /teal\/&lt;b&gt;/],
      ['/boats/no', 404, /Not found/],
    ] as const;
    for (const [url, status, body] of cases) {
      const answer = await get(server.app, url);
      assert.equal(answer.statusCode, status, url);
      assert.match(answer.body, body);
    }
  });

  const hostile = [
    '/%00',
    '/%2e%2e/%2e%2e/etc/passwd',
    '//evil.example/',
    '/a%2Fb',
    '/%c3',
    `/${'a'.repeat(5000)}`,
  ];
  it('is not what no page can have as an address', async () => {
    const { app } = await testServer();
    for (const url of hostile) {
      const { statusCode } = await get(app, url);
      assert.ok(statusCode >= 400 && statusCode < 500, `${url.slice(0, 20)}: ${statusCode}`);
    }
  });

  it('names no page to strangers that is for people who are signed in', async () => {
    const server = await testServer();
    const { id } = await publishedPage(server, { title: 'Secret plans', needsSignIn: true });
    const link = `widgy:page/${id}`;
    const children = [
      { id: 'b', type: 'button', slot: 'main', fields: { link } },
      { id: 't', type: 'text', slot: 'main', fields: { text: `<p><a href="${link}">Here</a></p>` } },
    ];
    const start = { tree: { id: 'root', type: 'one-column', children } };
    await publishedPage(server, { title: 'Open', start });
    const stranger = await get(server.app, '/open');
    assert.match(stranger.body, /Here/);
    assert.doesNotMatch(stranger.body, /secret/i);
    const { cookie } = await signedIn(server, 'reader', ['pages.read']);
    const reader = await get(server.app, '/open', cookie);
    assert.match(reader.body, /<a class="[^"]*" href="\/secret-plans">Secret plans<\/a>/);
    assert.match(reader.body, /<a href="\/secret-plans">Here<\/a>/);
    assert.doesNotMatch((await get(server.app, '/open')).body, /secret/i);
  });

  it('that needs one to sign in leads there', async () => {
    const server = await testServer();
    await publishedPage(server, { title: 'Members', needsSignIn: true });
    const answer = await get(server.app, '/members?a=b');
    assert.equal(answer.statusCode, 302);
    assert.equal(answer.headers.location, '/admin/sign-in?next=%2Fmembers%3Fa%3Db');
    assert.equal(answer.headers['cache-control'], 'no-store');
  });
});

describe('what search engines ask for', () => {
  it('names the pages that everybody sees, and is not to be found before production', async () => {
    const server = await testServer();
    await publishedPage(server, { title: 'Home', isHome: true });
    await publishedPage(server, { title: 'Members', needsSignIn: true });
    const sitemap = await get(server.app, '/sitemap.xml');
    assert.match(sitemap.body, /<loc>http:\/\/site\.test\/<\/loc>/);
    assert.doesNotMatch(sitemap.body, /members/);
    assert.match((await get(server.app, '/robots.txt')).body, /Disallow: \/\n/);
    assert.equal((await get(server.app, '/sitemap-2.xml')).statusCode, 404);
  });
});
