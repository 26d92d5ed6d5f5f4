import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { trustedAuthor } from '../../documents/author.ts';
import { tellPresence } from '../../documents/presence/tell-presence.ts';
import { makePage, testApi } from '../api-fixture.ts';
import type { PeopleNames } from '../people.ts';
import { createPresenceFeed, type PeopleNow } from './presence-feed.ts';

const ann = trustedAuthor('ann');
const nobody: PeopleNames = () => new Map();

/** Documents `one` and `two`, and a feed of who is there. */
async function opened({ pollMs = 2 ** 30, people = nobody } = {}) {
  const { ask, documents } = await testApi();
  for (const id of ['one', 'two']) await makePage({ ask }, id);
  const problems: unknown[] = [];
  const feed = createPresenceFeed(documents, people, {
    pollMs,
    onProblem: (problem) => problems.push(problem),
  });
  after(() => feed.close());
  const tell = (document: string, client: string, widget: string | null = null) =>
    tellPresence(documents, document, { client, widget }, ann);
  return { documents, feed, problems, tell };
}

/** Collects what is told. */
function collect() {
  const told: string[] = [];
  let wake = (): void => undefined;
  const listener = ({ document, json }: PeopleNow) => {
    told.push(`${document} ${json}`);
    wake();
  };
  const until = async (isEnough: () => boolean) => {
    while (!isEnough()) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };
  return { told, listener, until };
}

describe('a feed of who is there', () => {
  it('asks one statement for all documents, and none while nobody watches', async () => {
    const { documents, feed } = await opened({ pollMs: 5 });
    const known = [await feed.read('one'), await feed.read('two'), await feed.read('one')];
    const statements: string[] = [];
    documents.database.onStatement(({ sql }) => statements.push(sql));
    await setTimeout(20);
    assert.deepEqual(statements, []);
    const stops = known.map((now) => feed.watch(now, () => assert.fail('nothing has changed')));
    while (statements.length < 3) await setTimeout(5);
    for (const stop of stops) stop();
    await setTimeout(20);
    const { length } = statements;
    await setTimeout(20);
    assert.equal(statements.length, length);
    assert.equal(new Set(statements).size, 1);
  });

  it('asks for the names of all together, and only when there is something to tell', async () => {
    const asked: (readonly string[])[] = [];
    const people: PeopleNames = (ids) => {
      asked.push(ids);
      return new Map(ids.map((id) => [id, `Captain ${id}`]));
    };
    const { feed, tell } = await opened({ people });
    const { told, listener, until } = collect();
    feed.watch(await feed.read('one'), listener);
    assert.deepEqual(asked, []);
    await tell('one', 'a');
    await until(() => told.length === 1);
    await tell('one', 'b');
    await until(() => told.length === 2);
    assert.match(told[1] ?? '', /"client":"a",.*"name":"Captain ann".*"client":"b"/);
    assert.deepEqual(asked, [['ann'], ['ann']]);
  });

  it('tells at once what this process is told, to those who watch that document and do not know it', async () => {
    const { feed, tell } = await opened();
    const [one, two, late] = [collect(), collect(), collect()];
    feed.watch(await feed.read('one'), one.listener);
    feed.watch(await feed.read('two'), two.listener);
    await tell('one', 'a', 'w');
    await one.until(() => one.told.length === 1);
    const now = await feed.read('one');
    feed.watch(now, late.listener);
    await tell('one', 'a', 'w');
    await tell('two', 'b');
    await two.until(() => two.told.length === 1);
    assert.deepEqual(one.told, [`one ${now.json}`]);
    assert.deepEqual(late.told, []);
  });

  it('tells once what is said while it looks', async () => {
    let letGo = (): void => undefined;
    const isLetGo = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    let asked = 0;
    const people: PeopleNames = async () => {
      asked += 1;
      if (asked === 1) await isLetGo;
      return new Map();
    };
    const { feed, tell } = await opened({ people });
    const { told, listener, until } = collect();
    feed.watch(await feed.read('one'), listener);
    await tell('one', 'a', 'first');
    for (const widget of ['second', 'third', 'fourth']) await tell('one', 'a', widget);
    letGo();
    await until(() => told.length === 2);
    assert.match(told[0] ?? '', /"first"/);
    assert.match(told[1] ?? '', /"fourth"/);
  });

  it('goes on when the database fails once', async () => {
    const { documents, tell } = await opened();
    const problems: unknown[] = [];
    let isBroken = false;
    const { kysely } = documents.database;
    const database = {
      ...documents.database,
      get kysely() {
        if (isBroken) throw new Error('broken');
        return kysely;
      },
    };
    const feed = createPresenceFeed({ ...documents, database }, nobody, {
      pollMs: 5,
      onProblem: (problem) => problems.push(problem),
    });
    after(() => feed.close());
    const { told, listener, until } = collect();
    feed.watch(await feed.read('one'), listener);
    isBroken = true;
    while (problems.length < 2) await setTimeout(5);
    await tell('one', 'a');
    isBroken = false;
    await until(() => told.length === 1);
    assert.match(told[0] ?? '', /"client":"a"/);
  });
});
