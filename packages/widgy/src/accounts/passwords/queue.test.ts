import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createQueue } from './queue.ts';

describe('createQueue', () => {
  it('does work in order, and never more at once than it may', async () => {
    const queue = createQueue(2, 10);
    const begun: number[] = [];
    let going = 0;
    let most = 0;
    const work = (index: number) => async () => {
      begun.push(index);
      going += 1;
      most = Math.max(most, going);
      await new Promise(setImmediate);
      going -= 1;
      return index;
    };
    const all = await Promise.all([0, 1, 2, 3, 4, 5].map((index) => queue.run(work(index))));
    assert.deepEqual([all, begun, most], [[0, 1, 2, 3, 4, 5], [0, 1, 2, 3, 4, 5], 2]);
  });

  it('goes on after work that fails', async () => {
    const queue = createQueue(1, 1);
    const failing = queue.run(() => Promise.reject(new Error('no')));
    const waiting = queue.run(async () => 'done');
    assert.equal(await queue.run(async () => 'never'), undefined);
    await assert.rejects(failing, /no/);
    assert.equal(await waiting, 'done');
    assert.equal(await queue.run(async () => 'again'), 'again');
  });
});
