import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { signal } from '@preact/signals';
import type { CommitStatus } from '../../documents/commits/history.ts';
import { sessionOf } from '../commands/commands-fixture.ts';
import type { ToldCommit, ToldState } from '../history/commit.ts';
import { followOnSite, type OnSite, onSiteOf } from './on-site.ts';

const stateOf = (head: number | null, hasChanges: boolean, sequence = 1): ToldState => ({
  ...{ sequence, hasChanges, hash: hasChanges ? 'draft' : `h${head}` },
  head: head === null ? null : { number: head, hash: `h${head}`, isWithdrawal: false },
});

const commitOf = (number: number, status: CommitStatus): ToldCommit => ({
  ...{ number, status, hash: `h${number}`, hasAuthor: false, authorName: null, message: '' },
  ...{ publishAt: 0, isWithdrawal: status === 'withdrawal', at: number },
});

describe('what visitors see beside the draft', () => {
  const cases: readonly (readonly [string, ToldState, number | null, OnSite])[] = [
    ['nothing was ever published', stateOf(null, true), null, 'nothing'],
    ['what was published was taken off', stateOf(3, false), null, 'nothing'],
    ['the draft is the newest commit, which they see', stateOf(3, false), 3, 'same'],
    ['the draft has changed since', stateOf(3, true), 3, 'older'],
    ['a newer commit is only kept, or comes later', stateOf(4, false), 3, 'older'],
  ];
  for (const [what, state, live, wanted] of cases)
    it(`is ${wanted} where ${what}`, () => assert.equal(onSiteOf(state, live), wanted));
});

describe('following what visitors see', () => {
  /** A page of which the newest commit is shown, as it was when the editor was opened. */
  const open = () => {
    const { data } = sessionOf('page');
    const state = signal<ToldState | undefined>(undefined);
    const acknowledged = signal({ ...sessionOf('page').acknowledged.value, sequence: 1 });
    let commits: readonly ToldCommit[] = [commitOf(1, 'live')];
    const asked: number[] = [];
    const session = {
      ...{ state, acknowledged },
      data: { ...data, sequence: 1, state: { ...stateOf(1, false), live: 1 } },
    };
    const api = {
      commits: () => {
        asked.push(commits.length);
        return Promise.resolve({ kind: 'done', value: { commits, next: null } } as const);
      },
    };
    const done = (sequence: number) => {
      acknowledged.value = { ...acknowledged.peek(), sequence };
    };
    const tell = async (next: ToldState, all = commits) => {
      commits = all;
      state.value = next;
      await Promise.resolve();
      await Promise.resolve();
    };
    return { ...followOnSite({ session, api }), done, tell, asked };
  };

  it('is older from the first change on', () => {
    const { onSite, done, end } = open();
    assert.equal(onSite.value, 'same');
    done(2);
    assert.equal(onSite.value, 'older');
    end();
  });

  it('is the same again once all is published, and asks the server only for new commits', async () => {
    const { onSite, done, tell, asked, end } = open();
    await tell(stateOf(1, false));
    assert.deepEqual([onSite.value, asked], ['same', []]);
    done(2);
    await tell(stateOf(2, false, 2), [commitOf(2, 'live'), commitOf(1, 'past')]);
    assert.deepEqual([onSite.value, asked], ['same', [2]]);
    done(2);
    assert.equal(onSite.value, 'same');
    end();
  });

  it('is older where the newest commit comes later, and nothing after it was taken off', async () => {
    const { onSite, tell, end } = open();
    await tell(stateOf(2, false), [commitOf(2, 'scheduled'), commitOf(1, 'live')]);
    assert.equal(onSite.value, 'older');
    await tell(stateOf(3, false), [commitOf(3, 'withdrawal'), commitOf(2, 'past'), commitOf(1, 'past')]);
    assert.equal(onSite.value, 'nothing');
    end();
  });

  it('is told nothing more once it has ended', async () => {
    const { onSite, done, tell, end } = open();
    end();
    done(2);
    await tell(stateOf(2, false), []);
    assert.equal(onSite.value, 'same');
  });
});
