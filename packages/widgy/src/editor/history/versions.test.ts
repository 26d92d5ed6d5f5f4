import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { treeOf } from '../../tree/outline-fixture.ts';
import { sessionOf } from '../commands/commands-fixture.ts';
import type { StepLabel } from '../draft/index.ts';
import type { Answer } from '../server/answer.ts';
import type { ToldCommit } from './commit.ts';
import { Versions } from './versions.ts';
import type { VersionsApi } from './versions-api.ts';

const commit = (number: number, status: ToldCommit['status'] = 'past'): ToldCommit => ({
  ...{ number, status, hash: '', hasAuthor: false, authorName: null, message: '', at: 0, publishAt: null },
  isWithdrawal: status === 'withdrawal',
});
const done = <Value>(value: Value): Answer<Value> => ({ kind: 'done', value });
const TREES = ['page/page(a/text)', 'page/page(a/text b/text)'];

/** A page with `a` and `c` in its draft, and versions. */
function open(pages: readonly (readonly ToldCommit[])[], answers: Partial<VersionsApi> = {}) {
  const asked: unknown[] = [];
  const recorded: (readonly [StepLabel, number])[] = [];
  const none = async (): Promise<Answer<never>> => ({ kind: 'unreachable' });
  const api: VersionsApi = {
    ...{ state: none, commit: none, schedule: none, withdraw: none, discard: none },
    async commits(before) {
      const at = before === undefined ? 0 : pages.findIndex((page) => page.at(-1)?.number === before) + 1;
      const commits = pages[at] ?? [];
      return done({ commits, next: at + 1 < pages.length ? (commits.at(-1)?.number ?? null) : null });
    },
    tree: async (number) => done(treeOf(TREES[number - 1] ?? 'page/page')),
    async restore(wanted) {
      asked.push(wanted);
      return done({ sequence: 9, hasChanged: true });
    },
    ...answers,
  };
  const session = {
    ...sessionOf('page/page(a/text c/text)'),
    record: (label: StepLabel, sequence: number) => void recorded.push([label, sequence]),
  };
  return { versions: new Versions(session, api), asked, recorded, session };
}

describe('versions', () => {
  it('begin with the draft compared with what visitors see', async () => {
    const { versions } = open([[commit(2, 'kept'), commit(1, 'live')]]);
    assert.equal(versions.hasOlder.value, undefined);
    await versions.loadOlder();
    assert.deepEqual(versions.pair.value, { from: 1, to: 'draft' });
    assert.deepEqual(
      versions.comparison.value?.differences.map(({ kind, id }) => `${kind} ${id}`),
      ['added c'],
    );
    await versions.compare({ from: 2, to: 1 });
    assert.deepEqual(
      versions.comparison.value?.differences.map(({ kind, id }) => `${kind} ${id}`),
      ['removed b'],
    );
  });

  it('compare with the newest where visitors see nothing, but not with one that took it off the site', async () => {
    const { versions } = open([[commit(3, 'withdrawal'), commit(2), commit(1)]]);
    await versions.loadOlder();
    assert.deepEqual(versions.pair.value, { from: 2, to: 'draft' });
  });

  it('are loaded page by page, and stay what is compared', async () => {
    const { versions } = open([[commit(4), commit(3)], [commit(2), commit(1, 'live')], []]);
    const numbers = () => versions.commits.value.map(({ number }) => number);
    await versions.loadOlder();
    assert.deepEqual([numbers(), versions.hasOlder.value], [[4, 3], true]);
    await versions.loadOlder();
    await versions.loadOlder();
    assert.deepEqual([numbers(), versions.hasOlder.value], [[4, 3, 2, 1], false]);
    assert.deepEqual(versions.pair.value, { from: 4, to: 'draft' });
  });

  it('are brought back as steps: one widget, or all of it', async () => {
    const { versions, asked, recorded, session } = open([[commit(2, 'live')]]);
    await versions.loadOlder();
    await versions.restoreWidget('b', 2);
    assert.equal(session.announcement.value, 'Restored Text from version 2');
    await versions.restorePage(2);
    assert.equal(session.announcement.value, 'The draft is version 2 now.');
    assert.deepEqual(asked, [
      { key: 'n1', widget: 'b', commit: 2 },
      { key: 'n2', widget: 'page', commit: 2 },
    ]);
    assert.deepEqual(recorded, [
      [{ kind: 'restore', what: 'Text' }, 9],
      [{ kind: 'restore', what: 'Version 2' }, 9],
    ]);
  });

  it('say why nothing was brought back, and record nothing of it', async () => {
    const problem = { code: 'conflict', status: 409, detail: '', details: {} };
    const { versions, recorded, session } = open([[commit(2, 'live')]], {
      restore: async () => ({ kind: 'refused', problem }),
    });
    await versions.loadOlder();
    await versions.restoreWidget('b', 2);
    const { history, errors } = session.words;
    assert.equal(versions.failure.value, history.cannotRestore({ why: errors.problems.conflict }));
    assert.deepEqual([recorded, versions.isBusy.value], [[], false]);
  });
});
