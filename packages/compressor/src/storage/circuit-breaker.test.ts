import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { breakCircuit, LEFT_ALONE } from './circuit-breaker.ts';
import { failingStorage } from './failing-fixture.ts';

describe('breakCircuit', () => {
  it('asks a storage that failed again only after a while, and then as before', async () => {
    const storage = failingStorage();
    let time = 0;
    const guarded = breakCircuit(storage, () => time);
    const read = () =>
      guarded.read('a.css').then(
        () => 'answered',
        () => 'failed',
      );
    await storage.write('a.css', Buffer.from('a'));
    storage.calls.length = 0;
    const steps: readonly [time: number, isFailing: boolean, answer: string, asked: number][] = [
      [0, false, 'answered', 1],
      [0, true, 'failed', 2],
      [1, true, 'failed', 2],
      [LEFT_ALONE - 1, false, 'failed', 2],
      [LEFT_ALONE, true, 'failed', 3],
      [2 * LEFT_ALONE - 1, false, 'failed', 3],
      [2 * LEFT_ALONE, false, 'answered', 4],
      [2 * LEFT_ALONE, false, 'answered', 5],
    ];
    for (const [at, isFailing, answer, asked] of steps) {
      time = at;
      storage.isFailing = isFailing;
      assert.deepEqual([await read(), storage.calls.length], [answer, asked], `at ${at}`);
    }
  });

  it('keeps reading where writing is not allowed', async () => {
    const storage = failingStorage();
    const guarded = breakCircuit({
      ...storage,
      write: () => Promise.reject(new Error('not allowed')),
    });
    await assert.rejects(guarded.write('a.css', Buffer.from('a')), /not allowed/);
    assert.equal(await guarded.read('a.css'), undefined);
  });
});
