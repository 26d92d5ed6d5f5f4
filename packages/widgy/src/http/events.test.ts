import assert from 'node:assert/strict';
import { once } from 'node:events';
import { Socket } from 'node:net';
import { describe, it } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { foldDraft } from '../documents/drafts/fold-draft.ts';
import { readDraft } from '../documents/drafts/read-draft.ts';
import { openMigrated, testDatabases } from '../testing/test-databases.ts';
import { expectStatus, makePage, type TestApiOptions, testApi, testPolicies } from './api-fixture.ts';
import { listen, type OpenEvents, openEvents, request } from './client-fixture.ts';

/** Looks often, so that tests need not wait. */
const QUICK = { pollMs: 10, heartbeatMs: 60_000 };

async function server(options: TestApiOptions = {}) {
  const api = await testApi({ ...options, api: { limits: QUICK, ...options.api } });
  return { ...api, base: await listen(api.app) };
}

const set = (after: number, a: unknown = after) => ({
  body: { after, operations: [{ kind: 'set', id: 'one', fields: { a } }] },
});

/** The numbers of the next so many changes. */
async function numbers(events: OpenEvents, count: number): Promise<readonly string[]> {
  const got: string[] = [];
  while (got.length < count) {
    const event = (await events.next()) ?? assert.fail(`the stream ended after ${got}`);
    if (event.name === 'change') got.push(`${event.id} ${event.data.sequence} ${event.data.author}`);
  }
  return got;
}

describe('the events of a document', () => {
  it('are its state, and what is done to it, in order', async () => {
    const { ask, base } = await server();
    const page = await makePage({ ask }, 'page');
    const events = await openEvents(base, `${page}/events`);
    const first = await events.next();
    assert.deepEqual([first?.name, first?.id, first?.data.sequence], ['state', undefined, 0]);
    for (let after = 0; after < 3; after++) expectStatus(await ask(`POST ${page}/changes`, set(after)), 200);
    assert.deepEqual(await numbers(events, 3), ['1 1 ann', '2 2 ann', '3 3 ann']);
    expectStatus(await ask(`POST ${page}/commits`, { body: { after: 3 } }), 201);
    const committed = await events.next();
    assert.deepEqual(
      [committed?.name, committed?.data.head, committed?.data.hasChanges],
      ['state', { number: 1, hash: committed?.data.hash, isWithdrawal: false }, false],
    );
    expectStatus(await ask(`DELETE ${page}?after=3`), 204);
    assert.deepEqual((await events.next())?.data, { reason: 'deleted' });
    assert.equal(await events.next(), undefined);
  });

  it('go on where a client stopped', async () => {
    const { ask, base } = await server();
    const page = await makePage({ ask }, 'page');
    for (let after = 0; after < 5; after++) expectStatus(await ask(`POST ${page}/changes`, set(after)), 200);
    const headers = { 'last-event-id': '3' };
    const again = await openEvents(base, `${page}/events?after=1`, { headers });
    assert.deepEqual(await numbers(again, 2), ['4 4 ann', '5 5 ann']);
    const from = await openEvents(base, `${page}/events?after=1`, { headers: { 'last-event-id': 'x' } });
    assert.deepEqual(await numbers(from, 4), ['2 2 ann', '3 3 ann', '4 4 ann', '5 5 ann']);
    expectStatus(await request(base, `GET ${page}/events?after=6`), 400, 'sequence-unknown');
    expectStatus(await ask(`HEAD ${page}/events`), 405);
    again.close();
    from.close();
  });

  it('end where the log does not go back far enough', async () => {
    const { ask, base, documents } = await server();
    const page = await makePage({ ask }, 'page');
    for (let after = 0; after < 2; after++) expectStatus(await ask(`POST ${page}/changes`, set(after)), 200);
    const read = (await readDraft(documents, 'page')) ?? assert.fail();
    await foldDraft(documents, read.draft);
    await documents.database.kysely.deleteFrom('operations').where('sequence', '=', 1).execute();
    documents.drafts.clear();
    const events = await openEvents(base, `${page}/events?after=0`);
    assert.equal((await events.next())?.name, 'state');
    assert.deepEqual((await events.next())?.data, { reason: 'log-gone' });
    assert.equal(await events.next(), undefined);
  });

  it('are told only while the policy allows it, and to nobody else', async () => {
    let isOpen = true;
    const policies = { ...testPolicies, read: () => isOpen };
    const { ask, base } = await server({ api: { policies } });
    const page = await makePage({ ask }, 'page');
    const events = await openEvents(base, `${page}/events`);
    await events.next();
    isOpen = false;
    expectStatus(await request(base, `GET ${page}/events`), 403, 'forbidden');
    const owner = { type: 'page', id: '1', field: 'body' };
    expectStatus(await ask(`PUT ${page}/owner`, { body: { owner, seen: null } }), 200);
    assert.deepEqual((await events.next())?.data, { reason: 'not-allowed' });
    assert.equal(await events.next(), undefined);
  });

  it('are told only while somebody is logged in, and nothing happening is told too', async () => {
    let user: string | undefined = 'ann';
    const { ask, base } = await server({
      api: {
        authenticate: () =>
          user === undefined ? undefined : { id: user, allowed: ['read', 'create'], mayWidgets: true },
        limits: { pollMs: 10, heartbeatMs: 20 },
      },
    });
    const page = await makePage({ ask }, 'page');
    const events = await openEvents(base, `${page}/events`);
    for (const name of ['state', 'presence', 'comment']) {
      assert.equal((await events.nextOfAll())?.name, name);
    }
    user = undefined;
    assert.deepEqual((await events.next())?.data, { reason: 'not-allowed' });
    assert.equal(await events.next(), undefined);
  });

  it('are told to so many clients and no more', async () => {
    const { ask, base } = await server({ api: { limits: { ...QUICK, eventStreams: 2 } } });
    const page = await makePage({ ask }, 'page');
    const one = await openEvents(base, `${page}/events`);
    const two = await openEvents(base, `${page}/events`);
    await Promise.all([one.next(), two.next()]);
    const full = await request(base, `GET ${page}/events`);
    expectStatus(full, 503, 'streams-full');
    assert.equal(full.headers['retry-after'], '1');
    one.close();
    // The server notices in its own time that a client is gone.
    let third = await tryToOpen(base, page);
    while (third === undefined) third = await tryToOpen(base, page);
    assert.equal((await third.next())?.name, 'state');
    third.close();
    two.close();
  });

  it('are told to one user so many times and no more', async () => {
    const { ask, base } = await server({ api: { limits: { ...QUICK, eventStreamsPerUser: 1 } } });
    const page = await makePage({ ask }, 'page');
    const one = await openEvents(base, `${page}/events`);
    await one.next();
    const full = await request(base, `GET ${page}/events`);
    assert.match(String(expectStatus(full, 503, 'streams-full').detail), /^1 streams of yours /);
    const other = await openEvents(base, `${page}/events`, { user: 'bob' });
    assert.equal((await other.next())?.name, 'state');
    one.close();
    other.close();
  });

  it('leave no place taken by a client that is gone before they begin', async () => {
    const silent = new Socket();
    let letGo = (): void => undefined;
    const isLetThrough = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const policies: typeof testPolicies = {
      ...testPolicies,
      async read(question) {
        if (question.user.id === 'bob') {
          const closed = once(question.request.raw.socket, 'close');
          silent.destroy();
          await closed;
          letGo();
        }
        return testPolicies.read(question);
      },
    };
    const { ask, base } = await server({ api: { policies, limits: { ...QUICK, eventStreams: 1 } } });
    const page = await makePage({ ask }, 'page');
    const { hostname, port, pathname } = new URL(`${base}${page}/events`);
    silent.connect(Number(port), hostname);
    silent.write(`GET ${pathname} HTTP/1.1\r\nHost: localhost\r\nx-user: bob\r\n\r\n`);
    await isLetThrough;
    const events = await openEvents(base, `${page}/events`);
    assert.equal((await events.next())?.name, 'state');
    events.close();
  });

  it('end when the server stops, which does not wait for them', async () => {
    const { app, ask, base } = await server();
    const page = await makePage({ ask }, 'page');
    const events = await openEvents(base, `${page}/events`);
    await events.next();
    await app.close();
    assert.equal(await events.next(), undefined);
  });

  for (const { name, createUrl } of testDatabases.filter(({ isShared }) => isShared)) {
    it(`are those of all servers, with ${name}`, async () => {
      const url = await createUrl();
      const one = await server({ database: await openMigrated(url) });
      const two = await server({ database: await openMigrated(url) });
      const page = await makePage(one, 'page');
      const events = await openEvents(one.base, `${page}/events`);
      for (let after = 0; after < 10; after++) {
        const { ask } = after % 3 === 0 ? one : two;
        const user = after % 3 === 0 ? 'ann' : 'bob';
        expectStatus(await ask(`POST ${page}/changes`, { ...set(after), user }), 200);
      }
      const expected = Array.from(
        { length: 10 },
        (_, at) => `${at + 1} ${at + 1} ${at % 3 === 0 ? 'ann' : 'bob'}`,
      );
      assert.deepEqual(await numbers(events, 10), expected);
      expectStatus(await two.ask(`POST ${page}/commits`, { body: { after: 10 } }), 201);
      const committed = await events.next();
      assert.deepEqual([committed?.name, committed?.data.hasChanges], ['state', false]);
      expectStatus(await two.ask(`DELETE ${page}?after=10`), 204);
      assert.deepEqual((await events.next())?.data, { reason: 'deleted' });
    });

    it(`end where another document has the id, with ${name}`, async () => {
      const url = await createUrl();
      const one = await server({
        database: await openMigrated(url),
        api: { limits: { pollMs: 300, heartbeatMs: 60_000 } },
      });
      const two = await server({ database: await openMigrated(url) });
      const page = await makePage(one, 'page');
      for (let after = 0; after < 3; after++)
        expectStatus(await one.ask(`POST ${page}/changes`, set(after)), 200);
      const events = await openEvents(one.base, `${page}/events`);
      await events.next();
      expectStatus(await two.ask(`DELETE ${page}?after=3`), 204);
      await makePage(two, 'page');
      expectStatus(await two.ask(`POST ${page}/changes`, set(0)), 200);
      const anew = await openEvents(one.base, `${page}/events?after=0`);
      assert.deepEqual(await numbers(anew, 1), ['1 1 ann']);
      assert.deepEqual((await events.next())?.data, { reason: 'deleted' });
      assert.equal(await events.next(), undefined);
      expectStatus(await two.ask(`POST ${page}/changes`, set(1)), 200);
      assert.deepEqual(await numbers(anew, 1), ['2 2 ann']);
      anew.close();
    });
  }
});

/** A stream, or undefined where there are too many. */
async function tryToOpen(base: string, page: string): Promise<OpenEvents | undefined> {
  await setTimeout(5);
  return await openEvents(base, `${page}/events`).catch((error: unknown) => {
    assert.match(String(error), /503/);
    return undefined;
  });
}
