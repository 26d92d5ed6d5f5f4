import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { mapLimited } from './limit.ts';

describe('mapLimited', () => {
  it('gives results in the order of the items, whoever is done first', async () => {
    const gates = [1, 2, 3].map(() => Promise.withResolvers<void>());
    const done = mapLimited(gates, 3, async ({ promise }, index) => {
      await promise;
      return index;
    });
    for (const { resolve } of gates.toReversed()) resolve();
    assert.deepEqual(await done, [0, 1, 2]);
  });

  it('never does more at once than it may', async () => {
    let [running, most] = [0, 0];
    await mapLimited([1, 2, 3, 4, 5], 2, async () => {
      running += 1;
      most = Math.max(most, running);
      await Promise.resolve();
      running -= 1;
    });
    assert.equal(most, 2);
  });

  it('begins nothing after a failure, and tells of the first one when all under way has ended', async () => {
    const begun: number[] = [];
    const ended: number[] = [];
    const first = Promise.withResolvers<void>();
    const done = mapLimited([0, 1, 2, 3], 2, async (item) => {
      begun.push(item);
      if (item === 0) await first.promise;
      else first.resolve();
      ended.push(item);
      throw new Error(`item ${item}`);
    });
    await assert.rejects(done, { message: 'item 1' });
    assert.deepEqual({ begun, ended }, { begun: [0, 1], ended: [1, 0] });
  });
});
