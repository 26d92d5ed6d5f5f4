import assert from 'node:assert/strict';
import { it } from 'node:test';
import { rememberedByTwo } from './remembered.ts';

it('works out once for each two things, also where the answer is nothing', () => {
  let count = 0;
  const workOut = rememberedByTwo((_first: object, _second: object) => {
    count += 1;
    return undefined;
  });
  const [a, b, c] = [{}, {}, {}];
  for (const [first, second] of [
    [a, b],
    [a, b],
    [b, a],
    [a, c],
    [a, b],
  ] as const)
    workOut(first, second);
  assert.equal(count, 3);
});
