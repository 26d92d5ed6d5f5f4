import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { OwnTime, TooSlow } from './own-time.ts';
import { runSteps, type Steps } from './steps.ts';

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
  it('is over after its limit, and not before', () => {
    const { now, pass } = clock();
    const time = new OwnTime(60_000, now);
    const work = function* (): Steps<string> {
      yield;
      pass(60_000);
      time.check();
      pass(1);
      assert.throws(() => time.check(), TooSlow);
      return 'done';
    };
    assert.equal(runSteps(time.within(work)), 'done');
  });

  it('stands still while others work', () => {
    const { now, pass } = clock();
    const time = new OwnTime(60_000, now);
    const work = function* (): Steps<string> {
      pass(40_000);
      yield* time.others(function* () {
        yield;
        pass(1_000_000);
      });
      time.check();
      pass(20_000);
      time.check();
      pass(1);
      assert.throws(() => time.check(), TooSlow);
      return 'done';
    };
    assert.equal(runSteps(time.within(work)), 'done');
  });

  it('is over when what was waited for is done: nothing of it goes on', () => {
    const time = new OwnTime(60_000, clock().now);
    const never = function* (): Steps<void> {
      yield assert.fail('this was begun');
    };
    runSteps(time.within(function* () {}));
    assert.throws(() => time.check(), TooSlow);
    assert.throws(() => runSteps(time.others(never)), TooSlow);
  });

  it('ends what waits for ever', async () => {
    const time = new OwnTime(1, clock().now);
    const work = function* (): Steps<void> {
      yield new Promise(() => {});
    };
    await assert.rejects(async () => await runSteps(time.within(work)), {
      message: 'it took more than 1 ms of its own',
    });
  });

  it('does not end what waits for others, and goes on behind them', async () => {
    const time = new OwnTime(1, clock().now);
    const slow = new Promise((resolve) => setTimeout(resolve, 30, 'shown'));
    const waiting = Promise.withResolvers<void>();
    const work = function* (): Steps<void> {
      yield* time.others(function* () {
        assert.equal(yield slow, 'shown');
      });
      waiting.resolve();
      yield new Promise(() => {});
    };
    const done = assert.rejects(async () => await runSteps(time.within(work)), TooSlow);
    // Had the time gone on, the work would have ended before the others did.
    await waiting.promise;
    await done;
  });
});
