import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import type { Change, DocumentState } from '../../documents/drafts/draft.ts';
import { readState } from '../../documents/drafts/read-state.ts';
import { expectStatus, makePage, testApi } from '../api-fixture.ts';
import { createFeed, type DocumentFeed, markOf, type News } from './feed.ts';
import { createInbox } from './inbox.ts';

describe('a feed', () => {
  it('asks one statement for all documents, and none while nobody watches', async () => {
    const { ask, documents } = await testApi();
    await makePage({ ask }, 'one');
    await makePage({ ask }, 'two');
    const statements: string[] = [];
    documents.database.onStatement(({ sql }) => statements.push(sql));
    const feed = createFeed(documents, { pollMs: 5, onProblem: (problem) => assert.fail(String(problem)) });
    await setTimeout(20);
    assert.deepEqual(statements, []);
    const owner = null;
    const state = { owner, sequence: 0, hash: '', head: null, hasChanges: true };
    const stops = ['one', 'two', 'one'].map((document) =>
      feed.watch({ ...state, document }, () => undefined),
    );
    while (statements.length < 3) await setTimeout(5);
    for (const stop of stops) stop();
    await setTimeout(20);
    const { length } = statements;
    await setTimeout(20);
    assert.equal(statements.length, length);
    assert.deepEqual(new Set(statements).size, 1);
    feed.close();
  });

  it('goes on when the database fails once', async () => {
    const { ask, documents } = await testApi();
    await makePage({ ask }, 'one');
    const problems: unknown[] = [];
    let isBroken = true;
    const { kysely } = documents.database;
    const database = {
      ...documents.database,
      get kysely() {
        if (isBroken) throw new Error('broken');
        return kysely;
      },
    };
    const feed = createFeed(
      { ...documents, database },
      { pollMs: 5, onProblem: (problem) => problems.push(problem) },
    );
    const told = new Promise((resolve) => {
      const state = { document: 'one', owner: null, sequence: -1, hash: '', head: null, hasChanges: true };
      feed.watch(state, resolve);
    });
    while (problems.length < 2) await setTimeout(5);
    isBroken = false;
    assert.deepEqual(await told, { kind: 'changed', sequence: 0, change: undefined });
    feed.close();
  });
});

describe('what a feed tells somebody who watches', () => {
  /** A feed that does not look by itself while a test lasts. */
  async function still() {
    const api = await testApi();
    const page = await makePage(api, 'page');
    const feed = createFeed(api.documents, {
      pollMs: 2 ** 30,
      onProblem: (problem) => assert.fail(String(problem)),
    });
    after(() => feed.close());
    const stateNow = async () => (await readState(api.documents.database.kysely, 'page')) ?? assert.fail();
    const change = async (after: number) => {
      const body = { after, operations: [{ kind: 'set', id: 'one', fields: { a: after } }] };
      expectStatus(await api.ask(`POST ${page}/changes`, { body }), 200);
    };
    return { ...api, page, feed, stateNow, change };
  }

  /** The first news of somebody. */
  const firstNews = (feed: DocumentFeed, state: DocumentState): Promise<News> =>
    new Promise((resolve) => feed.watch(state, resolve));

  it('is what happened since their state was read, though others have heard it', async () => {
    const { ask, page, feed, stateNow, change } = await still();
    const old = await stateNow();
    const other = firstNews(feed, old);
    await change(0);
    assert.equal((await other).kind, 'changed');
    assert.deepEqual(await firstNews(feed, old), { kind: 'changed', sequence: 1, change: undefined });
    const before = await stateNow();
    const owner = { type: 'page', id: '1', field: 'body' };
    expectStatus(await ask(`PUT ${page}/owner`, { body: { owner, seen: null } }), 200);
    const now = await stateNow();
    feed.watch(now, () => undefined);
    assert.deepEqual(await firstNews(feed, before), { kind: 'state', mark: markOf(now) });
  });

  it('is that it is gone where another document has the id, and nothing of that one', async () => {
    const { feed, stateNow, change } = await still();
    const now = await stateNow();
    const told: News[] = [];
    const gone = new Promise<void>((resolve) => {
      feed.watch({ ...now, sequence: 3 }, (news) => {
        told.push(news);
        resolve();
      });
    });
    const anew: News[] = [];
    feed.watch(now, (news) => anew.push(news));
    await gone;
    for (let after = 0; after < 4; after++) await change(after);
    assert.deepEqual(told, [{ kind: 'gone' }]);
    assert.deepEqual(
      anew.map((news) => news.kind === 'changed' && news.sequence),
      [1, 2, 3, 4],
    );
  });

  it('is that it is gone when one is made with its id here', async () => {
    const { documents, feed, stateNow } = await still();
    const told = firstNews(feed, await stateNow());
    documents.events.emit({ kind: 'created', document: 'page', author: null });
    assert.deepEqual(await told, { kind: 'gone' });
  });
});

describe('an inbox', () => {
  it('keeps so many changes, and of the others the last number', () => {
    const inbox = createInbox(4, 2);
    for (const sequence of [5, 6, 7]) inbox.put({ kind: 'changed', sequence, change: changeOf(sequence) });
    assert.equal(inbox.sequence(), 7);
    assert.deepEqual(
      [5, 6, 7].map((at) => inbox.take(at)?.sequence),
      [5, 6, undefined],
    );
    inbox.put({ kind: 'changed', sequence: 8, change: changeOf(8) });
    assert.equal(inbox.take(8)?.sequence, 8);
  });
});

function changeOf(sequence: number): Change {
  return { sequence, operations: [], inverses: [], kind: 'edit', undoes: null, author: null, at: 0, size: 4 };
}
