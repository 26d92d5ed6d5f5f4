import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { divide, type Size, sumOf } from './size.ts';

const size = (raw: number, brotli: number, returning: number | null): Size => ({ raw, brotli, returning });

describe('sizes', () => {
  const sums: readonly [sizes: Size[], expected: Size][] = [
    [[], size(0, 0, 0)],
    [[size(1, 2, 3), size(10, 20, 30)], size(11, 22, 33)],
    [[size(1, 2, null), size(10, 20, null)], size(11, 22, null)],
  ];
  for (const [sizes, expected] of sums) {
    it(`add up: ${sizes.length}`, () => assert.deepEqual(sumOf(sizes), expected));
  }

  it('are divided as their shares are', () => {
    assert.deepEqual(divide(size(100, 10, null), [75, 25, 0]), [
      size(75, 8, null),
      size(25, 2, null),
      size(0, 0, null),
    ]);
    assert.deepEqual(divide(size(3, 3, 0), [1, 1]), [size(2, 2, 0), size(1, 1, 0)]);
  });

  it('are what their shares add up to', () => {
    const whole = fc.record({ raw: fc.nat(), brotli: fc.nat(), returning: fc.option(fc.nat()) });
    const shares = fc.array(fc.nat(100_000), { minLength: 1 }).filter((list) => list.some((one) => one > 0));
    fc.assert(
      fc.property(whole, shares, (given, parts) =>
        assert.deepEqual(sumOf(divide(given, parts)), { ...given }),
      ),
    );
  });
});
