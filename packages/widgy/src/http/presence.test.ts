import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { MAX_PRESENT_OF_AUTHOR, PRESENCE_MS } from '../documents/limits.ts';
import { openMigrated, testDatabases } from '../testing/test-databases.ts';
import { expectStatus, makePage, type TestApiOptions, testApi, testPolicies } from './api-fixture.ts';
import { listen, type OpenEvents, openEvents } from './client-fixture.ts';

/** Looks often, so that tests need not wait. */
const QUICK = { pollMs: 10, heartbeatMs: 60_000 };
/** Does not look by itself while a test lasts. */
const STILL = { pollMs: 2 ** 30, heartbeatMs: 60_000 };

/** Bob's name is not known any more. */
const people = (ids: readonly string[]) =>
  new Map(ids.filter((id) => id !== 'bob').map((id) => [id, id.toUpperCase()]));

async function server({ api, ...options }: TestApiOptions = {}) {
  const clock = { now: 1_000_000 };
  const made = await testApi({
    documents: { now: () => clock.now },
    ...options,
    api: { limits: QUICK, people, ...api },
  });
  const base = await listen(made.app);
  const tell = (asked: string, user: string, widget: string | null = null) =>
    made.ask(`PUT ${asked}`, { user, body: { widget } });
  return { ...made, base, clock, tell };
}

/** A list of people: `tab ANN one, other (bob) -`. */
function listed(found: readonly Readonly<Record<string, unknown>>[] | undefined): string | undefined {
  return found
    ?.map(({ client, author, name, widget }) => `${client} ${name ?? `(${author})`} ${widget ?? '-'}`)
    .join(', ');
}

const nextList = async (events: OpenEvents) => listed(await events.nextPeople());

describe('who is at a document', () => {
  it('is told first, and whenever it is not what it was, but not when it is said again', async () => {
    const { ask, base, tell } = await server({ api: { limits: STILL } });
    const page = await makePage({ ask }, 'page');
    expectStatus(await tell(`${page}/presence/a`, 'ann', 'one'), 200);
    const events = await openEvents(base, `${page}/events`);
    const [state, presence] = [await events.nextOfAll(), await events.nextOfAll()];
    assert.deepEqual([state?.name, presence?.name, presence?.id], ['state', 'presence', undefined]);
    assert.deepEqual(presence?.data, {
      people: [{ client: 'a', author: 'ann', name: 'ANN', widget: 'one' }],
    });
    const told = expectStatus(await tell(`${page}/presence/b`, 'bob'), 200);
    assert.deepEqual(told.people, [
      { client: 'a', author: 'ann', name: 'ANN', widget: 'one' },
      { client: 'b', author: 'bob', name: null, widget: null },
    ]);
    assert.equal(await nextList(events), 'a ANN one, b (bob) -');
    expectStatus(await tell(`${page}/presence/a`, 'ann', 'one'), 200);
    expectStatus(await tell(`${page}/presence/b`, 'bob', 'box'), 200);
    assert.equal(await nextList(events), 'a ANN one, b (bob) box');
    expectStatus(await ask(`DELETE ${page}/presence/a`), 204);
    assert.equal(await nextList(events), 'b (bob) box');
    events.close();
  });

  it('ends without a word from anybody, and a client that connects again is told so', async () => {
    const { ask, base, clock, tell } = await server();
    const page = await makePage({ ask }, 'page');
    expectStatus(await tell(`${page}/presence/a`, 'ann'), 200);
    const events = await openEvents(base, `${page}/events`);
    assert.equal(await nextList(events), 'a ANN -');
    clock.now += PRESENCE_MS;
    assert.equal(await nextList(events), '');
    const again = await openEvents(base, `${page}/events`);
    assert.equal(await nextList(again), '');
    events.close();
    again.close();
  });

  it('is told by whoever may read, of themselves alone', async () => {
    const { ask, tell } = await server();
    const page = await makePage({ ask }, 'page');
    const client = `${page}/presence/a`;
    expectStatus(await tell(client, 'reader', 'one'), 200);
    expectStatus(await tell(client, 'ann', 'box'), 409, 'client-taken');
    expectStatus(await ask(`DELETE ${client}`), 204);
    const { people: found } = expectStatus(await tell(`${page}/presence/b`, 'ann'), 200);
    assert.deepEqual(found, [
      { client: 'a', author: 'reader', name: 'READER', widget: 'one' },
      { client: 'b', author: 'ann', name: 'ANN', widget: null },
    ]);
    const headers = { 'sec-fetch-site': 'cross-site' };
    for (const method of ['PUT', 'DELETE']) {
      const sent = { headers, ...(method === 'PUT' ? { body: { widget: null } } : {}) };
      expectStatus(await ask(`${method} ${client}`, sent), 403, 'cross-origin');
    }
  });

  it('is nobody any more, some time after they may not read', async () => {
    let isOpen = true;
    const policies: typeof testPolicies = {
      ...testPolicies,
      read: (question) => question.user.id === 'ann' || isOpen,
    };
    const { ask, base, clock, tell } = await server({ api: { policies } });
    const page = await makePage({ ask }, 'page');
    expectStatus(await tell(`${page}/presence/b`, 'bob'), 200);
    const events = await openEvents(base, `${page}/events`);
    assert.equal(await nextList(events), 'b (bob) -');
    isOpen = false;
    expectStatus(await tell(`${page}/presence/b`, 'bob'), 403, 'forbidden');
    clock.now += PRESENCE_MS;
    assert.equal(await nextList(events), '');
    events.close();
  });

  it('is told without names where those cannot be read', async () => {
    const lines: string[] = [];
    const broken = () => {
      throw new Error('no names today');
    };
    const { ask, base, tell } = await server({ api: { people: broken }, log: (line) => lines.push(line) });
    const page = await makePage({ ask }, 'page');
    expectStatus(await tell(`${page}/presence/a`, 'ann'), 200);
    const events = await openEvents(base, `${page}/events`);
    assert.equal(await nextList(events), 'a (ann) -');
    assert.ok(lines.some((line) => line.includes('no names today')));
    events.close();
  });

  it('is no more than so many of one author, who may go on editing', async () => {
    const { ask, tell } = await server();
    const page = await makePage({ ask }, 'page');
    for (let at = 0; at < MAX_PRESENT_OF_AUTHOR; at++) {
      expectStatus(await tell(`${page}/presence/a${at}`, 'ann'), 200);
    }
    expectStatus(await tell(`${page}/presence/more`, 'ann'), 409, 'presence-full');
    expectStatus(await tell(`${page}/presence/more`, 'bob'), 200);
    const operations = [{ kind: 'remove', id: 'one' }];
    expectStatus(await ask(`POST ${page}/changes`, { body: { after: 0, operations } }), 200);
  });

  for (const { name, createUrl } of testDatabases.filter(({ isShared }) => isShared)) {
    it(`is told by all servers, with ${name}`, async () => {
      const url = await createUrl();
      const one = await server({ database: await openMigrated(url) });
      const two = await server({ database: await openMigrated(url) });
      const page = await makePage(one, 'page');
      const events = await openEvents(one.base, `${page}/events`);
      assert.equal(await nextList(events), '');
      expectStatus(await two.tell(`${page}/presence/a`, 'ann', 'one'), 200);
      assert.equal(await nextList(events), 'a ANN one');
      expectStatus(await one.tell(`${page}/presence/b`, 'reader'), 200);
      assert.equal(await nextList(events), 'a ANN one, b READER -');
      expectStatus(await two.ask(`DELETE ${page}/presence/a`), 204);
      assert.equal(await nextList(events), 'b READER -');
      expectStatus(await two.ask(`DELETE ${page}?after=0`), 204);
      assert.deepEqual((await events.next())?.data, { reason: 'deleted' });
    });
  }
});
