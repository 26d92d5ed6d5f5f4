import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createWorkshop } from './workshop.ts';

describe('a workshop', () => {
  it('lets so many in, and others once they have left', () => {
    const { enter } = createWorkshop({ uploads: 2 });
    const first = enter();
    assert.ok(first !== undefined && enter() !== undefined);
    assert.equal(enter(), undefined);
    first();
    assert.ok(enter() !== undefined);
    assert.equal(enter(), undefined);
  });

  it('does so much at once, in the order in which it came, whatever fails', async () => {
    const { work } = createWorkshop({ pictures: 2 });
    const begun: number[] = [];
    const gates = Array.from({ length: 6 }, () => Promise.withResolvers<void>());
    const done = gates.map((gate, at) =>
      work(async () => {
        begun.push(at);
        await gate.promise;
        return at;
      }),
    );
    const settled = Promise.allSettled(done);
    const until = async (at: number) => await Promise.allSettled([done[at]]);
    await Promise.resolve();
    assert.deepEqual(begun, [0, 1]);
    gates[1]?.reject(new Error('no picture'));
    await until(1);
    assert.deepEqual(begun, [0, 1, 2]);
    gates[0]?.resolve();
    await until(0);
    assert.deepEqual(begun, [0, 1, 2, 3]);
    for (const gate of gates) gate.resolve();
    assert.deepEqual(
      (await settled).map((one) => (one.status === 'fulfilled' ? one.value : 'failed')),
      [0, 'failed', 2, 3, 4, 5],
    );
    assert.deepEqual(begun, [0, 1, 2, 3, 4, 5]);
    assert.equal(await work(async () => 'again'), 'again');
  });
});
