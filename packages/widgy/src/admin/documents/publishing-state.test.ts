import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Commit, CommitStatus, DocumentState } from '../../documents/index.ts';
import { publishingState } from './publishing-state.ts';

function commit(number: number, status: CommitStatus, publishAt: number | null = 1): Commit {
  const isWithdrawal = status === 'withdrawal';
  const rest = { author: null, message: '', approval: null, at: 0, parent: null };
  return { ...rest, number, hash: `tree-${number}`, publishAt, isWithdrawal, status };
}

/** The state of a document whose newest commit is one of these, with the draft as that has it or not. */
function stateAfter(
  [newest]: readonly Commit[],
  hash: string,
): Pick<DocumentState, 'head' | 'hash' | 'hasChanges'> {
  if (newest === undefined) return { head: null, hash, hasChanges: true };
  const { number, isWithdrawal } = newest;
  return { head: { number, hash: newest.hash, isWithdrawal }, hash, hasChanges: hash !== newest.hash };
}

describe('what a document is to visitors', () => {
  const rows: readonly {
    readonly what: string;
    readonly commits: readonly Commit[];
    readonly draft: string;
    readonly live?: number;
    /** The badge, and what may be done: publish, unpublish, discard, and what is pending. */
    readonly expected: readonly [badge: string, may: string, pending?: number];
  }[] = [
    { what: 'nothing was published', commits: [], draft: 'new', expected: ['draft', 'publish'] },
    {
      what: 'all of it is shown',
      commits: [commit(1, 'live')],
      live: 1,
      draft: 'tree-1',
      expected: ['published', 'unpublish'],
    },
    {
      what: 'the draft went on',
      commits: [commit(1, 'live')],
      live: 1,
      draft: 'new',
      expected: ['changed', 'publish unpublish discard'],
    },
    {
      what: 'it is still to come',
      commits: [commit(1, 'scheduled')],
      draft: 'tree-1',
      expected: ['scheduled', 'publish unpublish', 1],
    },
    {
      what: 'something else is still to come',
      commits: [commit(2, 'scheduled'), commit(1, 'live')],
      live: 1,
      draft: 'tree-2',
      expected: ['changed', 'publish unpublish', 2],
    },
    {
      what: 'it was only kept',
      commits: [commit(1, 'kept', null)],
      draft: 'tree-1',
      expected: ['draft', 'publish', 1],
    },
    {
      what: 'it was only kept, and the draft went on',
      commits: [commit(1, 'kept', null)],
      draft: 'new',
      expected: ['draft', 'publish discard'],
    },
    {
      what: 'it waits for approval',
      commits: [commit(1, 'waiting')],
      draft: 'tree-1',
      expected: ['scheduled', ''],
    },
    {
      what: 'it was taken off',
      commits: [commit(2, 'withdrawal'), commit(1, 'past')],
      draft: 'tree-2',
      expected: ['expired', 'publish'],
    },
  ];
  for (const { what, commits, draft, live, expected } of rows) {
    it(what, () => {
      const shown = live === undefined ? undefined : { commit: live, hash: `tree-${live}` };
      const state = publishingState(stateAfter(commits, draft), shown, commits, 0);
      const may = [
        state.mayPublish && 'publish',
        state.mayUnpublish && 'unpublish',
        state.mayDiscard && 'discard',
      ].filter((word) => word !== false);
      const { badge, pending } = state;
      const found = [badge.name, may.join(' '), ...(pending === undefined ? [] : [pending.number])];
      assert.deepEqual(found, expected);
    });
  }

  it('lists what is to come in the order of its time', () => {
    const commits = [commit(3, 'scheduled', 50), commit(2, 'scheduled', 90), commit(1, 'scheduled', 50)];
    const { scheduled } = publishingState(stateAfter(commits, 'new'), undefined, commits, 0);
    assert.deepEqual(
      scheduled.map(({ number }) => number),
      [1, 3, 2],
    );
  });
});
