import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { longestIncreasing } from './increasing.ts';
import { SEED } from './random-fixture.ts';

/** The length that trying all of them finds. */
function longest(numbers: readonly number[], above = -1): number {
  return numbers.reduce(
    (best, number, at) =>
      number > above ? Math.max(best, 1 + longest(numbers.slice(at + 1), number)) : best,
    0,
  );
}

describe('longestIncreasing', () => {
  const cases: readonly [numbers: number[], run: number[]][] = [
    [[], []],
    [[1], [1]],
    [[2, 1], [1]],
    [
      [0, 1, 2],
      [0, 1, 2],
    ],
    [
      [3, 0, 1, 2],
      [0, 1, 2],
    ],
  ];
  for (const [numbers, run] of cases) {
    it(JSON.stringify(numbers), () => assert.deepEqual([...longestIncreasing(numbers)].sort(), run));
  }

  it('is increasing, and as long as can be', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6, 7]), (numbers) => {
        const run = longestIncreasing(numbers);
        const kept = numbers.filter((number) => run.has(number));
        assert.deepEqual(
          kept,
          kept.toSorted((a, b) => a - b),
        );
        assert.equal(kept.length, longest(numbers));
      }),
      { seed: SEED, numRuns: 300 },
    );
  });
});
