import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type ShowableCommit, shownCommits } from './shown-commits.ts';

/** Commits numbered from 1: `past`, `future` or `never` shown, `+` approved, `-` a withdrawal. */
function commits(text: string): readonly ShowableCommit[] {
  return text.split(' ').map((word, at) => ({
    number: at + 1,
    publishAt: word.startsWith('past') ? 500 : word.startsWith('future') ? 2000 : null,
    isWithdrawal: word.includes('-'),
    approval: word.includes('+') ? { by: 'ann', at: 1 } : null,
  }));
}

describe('commits that may be shown', () => {
  const cases: readonly [text: string, shown: readonly number[], reviewed: readonly number[]][] = [
    ['never', [], []],
    ['past', [1], [1]],
    ['past past', [2], [1, 2]],
    ['past+ past', [2], [1, 2]],
    ['past+ past+ past', [3], [2, 3]],
    ['past+ future never', [1, 2], [1, 2]],
    ['future past+', [2], [2]],
    ['past+ past+-', [], []],
    ['past+ past- future', [3], [1, 3]],
    ['past+ future+-', [1], [1]],
  ];
  for (const [text, shown, reviewed] of cases) {
    it(`are ${shown.join() || 'none'} of ${text}, and ${reviewed.join() || 'none'} with review`, () => {
      for (const [isReviewed, expected] of [
        [false, shown],
        [true, reviewed],
      ] as const) {
        assert.deepEqual([...shownCommits(commits(text), { now: 1000, isReviewed })], expected);
      }
    });
  }
});
