import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { type Rectangle, squarify } from './client/squarify.ts';

const whole: Rectangle = { x: 10, y: 20, width: 600, height: 400 };
const area = ({ width, height }: Rectangle) => width * height;

describe('squarify', () => {
  it('lays out the example of its inventors', () => {
    const rectangles = squarify([6, 6, 4, 3, 2, 2, 1], { x: 0, y: 0, width: 6, height: 4 });
    const round = (number: number) => Math.round(number * 100) / 100;
    assert.deepEqual(
      rectangles.map(({ x, y, width, height }) => [x, y, width, height].map(round)),
      [
        [0, 0, 3, 2],
        [0, 2, 3, 2],
        [3, 0, 1.71, 2.33],
        [4.71, 0, 1.29, 2.33],
        [3, 2.33, 1.2, 1.67],
        [4.2, 2.33, 1.2, 1.67],
        [5.4, 2.33, 0.6, 1.67],
      ],
    );
  });

  it('gives nothing for nothing', () => {
    assert.deepEqual(squarify([], whole), []);
    assert.deepEqual(squarify([0, 0], whole).map(area), [0, 0]);
  });

  it('gives each weight its share, inside, and without overlap', () => {
    const weights = fc
      .array(fc.nat(100_000), { minLength: 1, maxLength: 40 })
      .filter((list) => list.some((weight) => weight > 0))
      .map((list) => list.toSorted((a, b) => b - a));
    fc.assert(
      fc.property(weights, (given) => {
        const rectangles = squarify(given, whole);
        const total = given.reduce((sum, weight) => sum + weight, 0);
        for (const [index, one] of rectangles.entries()) {
          const share = ((given[index] ?? 0) / total) * area(whole);
          assert.ok(Math.abs(area(one) - share) < 0.01, `${area(one)} is not ${share}`);
          assert.ok(one.x >= whole.x - EPSILON && one.y >= whole.y - EPSILON);
          assert.ok(one.x + one.width <= whole.x + whole.width + EPSILON);
          assert.ok(one.y + one.height <= whole.y + whole.height + EPSILON);
          for (const other of rectangles.slice(index + 1)) assert.ok(overlap(one, other) < 0.01);
        }
      }),
    );
  });
});

const EPSILON = 0.001;

function overlap(one: Rectangle, other: Rectangle): number {
  const width = Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x);
  const height = Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y);
  return Math.max(0, width) * Math.max(0, height);
}
