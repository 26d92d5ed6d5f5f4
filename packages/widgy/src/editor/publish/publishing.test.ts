import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { sessionOf } from '../commands/commands-fixture.ts';
import type { StepLabel } from '../draft/index.ts';
import type { CommitPage, ToldState } from '../history/commit.ts';
import type { VersionsApi } from '../history/versions-api.ts';
import type { Answer } from '../server/answer.ts';
import { createSurface } from '../session/surface.ts';
import { Publishing } from './publishing.ts';

const HEAD = { number: 2, hash: 'h2', isWithdrawal: false };
const STATE: ToldState = { sequence: 0, hash: 'x', head: HEAD, hasChanges: true };
const COMMITS: CommitPage = {
  next: null,
  commits: [
    {
      ...{ number: 2, hash: 'h2', hasAuthor: false, authorName: null, message: '', at: 0, publishAt: 0 },
      ...{ isWithdrawal: false, status: 'live' },
    },
  ],
};

const done = <Value>(value: Value): Answer<Value> => ({ kind: 'done', value });
const refused = (code: string, details = {}): Answer<never> => ({
  kind: 'refused',
  problem: { code, status: 409, detail: 'no', details },
});

/** What visitors see of a page with a published version and changes, with an API that gives some answers. */
function open(answers: Partial<VersionsApi> = {}, isReached = true) {
  const asked: unknown[] = [];
  const recorded: (readonly [StepLabel, number])[] = [];
  const note =
    <Value>(name: string, value: Value) =>
    async (...told: readonly unknown[]): Promise<Answer<Value>> => {
      asked.push([name, ...told]);
      return done(value);
    };
  const api: VersionsApi = {
    state: async () => done(STATE),
    commits: async () => done(COMMITS),
    tree: async () => ({ kind: 'unreachable' }),
    commit: note('commit', null),
    schedule: note('schedule', null),
    withdraw: note('withdraw', null),
    discard: note('discard', { sequence: 7, hasChanged: true }),
    restore: note('restore', { sequence: 7, hasChanged: true }),
    ...answers,
  };
  const session = {
    ...sessionOf('page/page(a/text)'),
    flush: async () => isReached,
    record: (label: StepLabel, sequence: number) => void recorded.push([label, sequence]),
  };
  return { publishing: new Publishing(session, api, createSurface()), asked, recorded, session };
}

describe('publishing', () => {
  it('publishes what was looked at, once all of it is saved', async () => {
    const { publishing, asked, session } = open();
    await publishing.publish('now', 'too early');
    assert.deepEqual(asked, []);
    await publishing.look();
    assert.equal(publishing.looked.value.kind, 'found');
    await publishing.publish('now', 'A note');
    const wanted = { after: 0, head: 2, message: 'A note', publishAt: 'now' };
    assert.deepEqual(asked, [['commit', { key: 'n1', ...wanted }]]);
    assert.equal(session.announcement.value, session.words.publishing.published);
    assert.equal(publishing.told.value?.isPublished, true);
  });

  it('does nothing without a connection', async () => {
    const { publishing, session } = open({}, false);
    await publishing.look();
    assert.deepEqual(publishing.looked.value, { kind: 'failed', why: session.words.publishing.notOffline });
    await publishing.publish('now', '');
    assert.equal(publishing.told.value, undefined);
  });

  it('asks with the same key again for what got no answer, and with another one for something else', async () => {
    const keys: string[] = [];
    const { publishing } = open({
      commit: async ({ key }) => {
        keys.push(key);
        return keys.length === 3 ? done(null) : { kind: 'unreachable' };
      },
    });
    await publishing.look();
    for (const message of ['one', 'one', 'two']) await publishing.publish('now', message);
    await publishing.publish('now', 'two');
    assert.deepEqual(keys, ['n1', 'n1', 'n2', 'n3']);
  });

  it('says what was refused, and looks again', async () => {
    let looks = 0;
    const { publishing, session } = open({
      state: async () => {
        looks += 1;
        return done(STATE);
      },
      commit: async () => refused('stale'),
    });
    await publishing.look();
    await publishing.publish('now', '');
    const { publishing: texts, errors } = session.words;
    assert.equal(publishing.told.value?.text, texts.failed({ why: errors.problems.stale }));
    assert.deepEqual([publishing.told.value?.isDone, looks, publishing.isBusy.value], [false, 2, false]);
  });

  it('names the links that lead nowhere', async () => {
    const links = [{ widget: 'a', field: 'to' }];
    const { publishing } = open({ commit: async () => refused('links-missing', { links }) });
    await publishing.look();
    await publishing.publish('now', '');
    const missing = publishing.told.value?.missing ?? [];
    assert.deepEqual(
      missing.map(({ widget, field }) => [widget, field]),
      [['a', '/to']],
    );
  });

  it('lets go of what is to come, takes off the site, and discards as a step that can be undone', async () => {
    const { publishing, asked, recorded } = open();
    await publishing.look();
    const [commit] = COMMITS.commits;
    assert.ok(commit);
    await publishing.schedule({ ...commit, publishAt: 900 }, null);
    await publishing.unpublish();
    await publishing.discard();
    assert.deepEqual(asked, [
      ['schedule', 2, { publishAt: null, seen: 900 }],
      ['withdraw', { key: 'n1', head: 2 }],
      ['discard', { key: 'n2', after: 0, head: 2 }],
    ]);
    assert.deepEqual(recorded, [[{ kind: 'discard' }, 7]]);
  });
});
