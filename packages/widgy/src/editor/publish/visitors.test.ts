import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ToldCommit, ToldState } from '../history/commit.ts';
import { visitorsOf } from './visitors.ts';

/** A commit like `3 live`, `2 scheduled 500` or `4 withdrawal off`. */
function commit(text: string): ToldCommit {
  const [number = '', status = '', at] = text.split(' ');
  const found = (['live', 'withdrawal', 'scheduled', 'kept', 'waiting', 'past'] as const).find(
    (each) => each === status,
  );
  assert.ok(found);
  return {
    ...{
      number: Number(number),
      hash: `h${number}`,
      authorName: null,
      hasAuthor: false,
      message: '',
      at: 0,
      status: found,
    },
    publishAt: at === undefined || at === 'off' ? null : Number.parseInt(at, 10),
    isWithdrawal: status === 'withdrawal' || text.endsWith('off'),
  };
}

/** The draft has what a commit has, or something of its own. */
function stateAt(draft: string, commits: readonly ToldCommit[]): ToldState {
  const [newest] = commits;
  const head =
    newest === undefined
      ? null
      : { number: newest.number, hash: newest.hash, isWithdrawal: newest.isWithdrawal };
  return { sequence: 1, hash: draft, head, hasChanges: head?.hash !== draft };
}

describe('what visitors see', () => {
  const rows: readonly (readonly [
    name: string,
    draft: string,
    commits: readonly string[],
    shown: object,
    may: string,
  ])[] = [
    ['nothing yet', 'x', [], { kind: 'nothing' }, 'publish'],
    ['all of the draft', 'h2', ['2 live', '1 past'], { kind: 'draft' }, 'unpublish'],
    [
      'an older version',
      'x',
      ['2 live', '1 past'],
      { kind: 'version', number: 2 },
      'publish unpublish discard',
    ],
    [
      'an older version, the newer one later',
      'h3',
      ['3 scheduled 500', '2 live'],
      { kind: 'version', number: 2 },
      'publish unpublish pending-3',
    ],
    [
      'nothing until a time',
      'h1',
      ['1 scheduled 500'],
      { kind: 'later', at: 500 },
      'publish unpublish pending-1',
    ],
    ['nothing before approval', 'h1', ['1 waiting'], { kind: 'waiting' }, ''],
    ['nothing any more', 'x', ['2 withdrawal', '1 past'], { kind: 'withdrawn' }, 'publish discard'],
    ['what was kept is not shown', 'h1', ['1 kept'], { kind: 'nothing' }, 'publish pending-1'],
    [
      'a version until it is taken off',
      'h1',
      ['2 scheduled 900off', '1 live'],
      { kind: 'draft' },
      'publish discard',
    ],
  ];
  for (const [name, draft, texts, shown, may] of rows) {
    it(name, () => {
      const commits = texts.map(commit);
      const found = visitorsOf(stateAt(draft, commits), commits, null);
      assert.deepEqual(found.shown, shown);
      const can = [
        found.mayPublish ? 'publish' : '',
        found.mayUnpublish ? 'unpublish' : '',
        found.mayDiscard ? 'discard' : '',
        found.pending === undefined ? '' : `pending-${found.pending.number}`,
      ];
      assert.equal(can.filter((each) => each !== '').join(' '), may);
    });
  }

  it('is what was seen when the page was loaded, where that is older than all that is looked at', () => {
    const commits = [commit('90 kept'), commit('89 kept')];
    const state = stateAt('x', commits);
    assert.deepEqual(visitorsOf(state, commits, 3).shown, { kind: 'version', number: 3 });
    const over = [commit('91 withdrawal'), ...commits];
    assert.deepEqual(visitorsOf(stateAt('x', over), over, 3).shown, { kind: 'withdrawn' });
  });

  it('has what comes first at the top', () => {
    const commits = [commit('3 scheduled 200'), commit('2 scheduled 900'), commit('1 scheduled 100')];
    const { scheduled } = visitorsOf(stateAt('x', commits), commits, null);
    assert.deepEqual(
      scheduled.map(({ number }) => number),
      [1, 3, 2],
    );
  });
});
