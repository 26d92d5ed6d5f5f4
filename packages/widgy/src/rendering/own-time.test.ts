import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { OwnTime, TooSlow } from './own-time.ts';

/** A clock that stands still unless it is moved. */
function clock() {
  let time = 1_000;
  return {
    now: () => time,
    pass(milliseconds: number) {
      time += milliseconds;
    },
  };
}

describe('the time of a widget', () => {
  it('is over after its limit, and not before', async () => {
    const { now, pass } = clock();
    const time = new OwnTime(60_000, now);
    await time.wait(async () => {
      pass(60_000);
      time.check();
      pass(1);
      assert.throws(() => time.check(), TooSlow);
    });
  });

  it('stands still while others work', async () => {
    const { now, pass } = clock();
    const time = new OwnTime(60_000, now);
    await time.wait(async () => {
      pass(40_000);
      await time.others(async () => pass(1_000_000));
      time.check();
      pass(20_000);
      time.check();
      pass(1);
      assert.throws(() => time.check(), TooSlow);
    });
  });

  it('is over when what was waited for is done: nothing of it goes on', async () => {
    const time = new OwnTime(60_000, clock().now);
    assert.equal(await time.wait(async () => 'done'), 'done');
    assert.throws(() => time.check(), TooSlow);
    await assert.rejects(
      time.others(async () => assert.fail('this was begun')),
      TooSlow,
    );
  });

  it('ends what waits for ever', async () => {
    const time = new OwnTime(1, () => performance.now());
    await assert.rejects(
      time.wait(() => new Promise(() => {})),
      { message: 'it took more than 1 ms of its own' },
    );
  });
});
