import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { NO_STEPS } from '../draft/index.ts';
import { BURST_MS, StepNumbers } from './step-numbers.ts';

/** An edit, one that was refused, or something else between two edits. */
type Act = readonly [at: number, burst?: string] | 'refused' | 'undo';

describe('the steps of a tab', () => {
  const cases: readonly (readonly [what: string, acts: readonly Act[], numbers: readonly number[]])[] = [
    ['one for each edit', [[0], [1], [2]], [1, 2, 3]],
    [
      'one for what is typed in one go',
      [
        [0, 'a'],
        [1, 'a'],
        [2, 'a'],
      ],
      [1, 1, 1],
    ],
    [
      'another one for another field',
      [
        [0, 'a'],
        [1, 'b'],
        [2, 'a'],
      ],
      [1, 2, 3],
    ],
    ['another one after something else', [[0, 'a'], [1], [2, 'a']], [1, 2, 3]],
    [
      'another one after a pause',
      [
        [0, 'a'],
        [BURST_MS, 'a'],
      ],
      [1, 2],
    ],
    [
      'one as long as there is no pause',
      [
        [0, 'a'],
        [BURST_MS - 1, 'a'],
        [2 * BURST_MS - 2, 'a'],
      ],
      [1, 1, 1],
    ],
    [
      'one though the clock is set back a little',
      [
        [BURST_MS, 'a'],
        [1, 'a'],
      ],
      [1, 1],
    ],
    [
      'another one where the clock is set back by a day',
      [
        [86_400_000, 'a'],
        [1, 'a'],
        [2, 'a'],
      ],
      [1, 2, 2],
    ],
    ['another one after an undo', [[0, 'a'], 'undo', [1, 'a']], [1, 2]],
    ['none for what was refused', [[0, 'a'], 'refused', [1, 'a']], [1, 1]],
  ];
  for (const [what, acts, wanted] of cases) {
    it(`are ${what}`, () => {
      const numbers = new StepNumbers(NO_STEPS);
      const found = acts.flatMap((act) => {
        if (act === 'undo') numbers.endBurst();
        else if (act === 'refused') numbers.next(1, 'other');
        else {
          const step = numbers.next(...act);
          numbers.take(step);
          return [step.number];
        }
        return [];
      });
      assert.deepEqual(found, wanted);
    });
  }

  it('go on with the last one that was done or taken back before', () => {
    const label = { kind: 'set' } as const;
    const step = (number: number) => ({ number, label, changes: [] });
    for (const [done, undone, wanted] of [
      [[step(1), step(2)], [step(3)], 4],
      [[step(7)], [], 8],
    ] as const)
      assert.equal(new StepNumbers({ done, undone }).next(0).number, wanted);
  });
});
