import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createSharedReads } from './shared-reads.ts';

describe('shared reads', () => {
  it('read once for all who ask before the reading begins, and anew for those who ask later', async () => {
    const reads = createSharedReads<number>();
    let count = 0;
    const { promise: isRead, resolve: finish } = Promise.withResolvers<void>();
    const reading = async () => {
      count += 1;
      const own = count;
      await isRead;
      return own;
    };
    const first = [reads.read('a', reading), reads.read('a', reading), reads.read('b', reading)];
    await new Promise((resolve) => setImmediate(resolve));
    assert.equal(count, 2);
    // The first reading goes on; whoever asks now may know of something newer.
    const later = reads.read('a', reading);
    await new Promise((resolve) => setImmediate(resolve));
    assert.equal(count, 3);
    finish();
    assert.deepEqual(await Promise.all(first), [1, 1, 2]);
    assert.equal(await later, 3);
  });

  it('tell all of them when a reading fails, and nobody afterwards', async () => {
    const reads = createSharedReads<number>();
    const fail = () => Promise.reject(new Error('gone'));
    const asked = [reads.read('a', fail), reads.read('a', fail)];
    for (const answer of asked) await assert.rejects(answer, /gone/);
    assert.equal(await reads.read('a', async () => 7), 7);
  });
});
