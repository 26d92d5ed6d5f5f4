import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { toPromise } from 'liquidjs';
import { keepSettled, runSteps, type Steps, waitFor } from './steps.ts';

function* giving(value: unknown): Steps<unknown> {
  yield;
  return value;
}

function* failing(message: string): Steps<never> {
  yield;
  throw new Error(message);
}

/** What a step around others gets of them. */
function* around(inner: () => unknown): Steps<string> {
  try {
    return `got ${String(yield inner())}`;
  } catch (error) {
    return `caught ${error instanceof Error ? error.message : String(error)}`;
  }
}

describe('work in steps', () => {
  const cases: readonly [what: string, work: () => Steps<unknown>, gives: unknown, isAtOnce: boolean][] = [
    ['a value', () => giving(7), 7, true],
    ['a value that is yielded', () => around(() => 7), 'got 7', true],
    ['steps that are yielded', () => around(() => giving(7)), 'got 7', true],
    ['steps that steps give', () => giving(giving(7)), 7, true],
    ['steps that fail', () => around(() => failing('no')), 'caught no', true],
    ['steps in steps that fail', () => around(() => around(() => failing('no'))), 'got caught no', true],
    ['a promise', () => around(() => Promise.resolve(7)), 'got 7', false],
    ['a promise that steps give', () => giving(Promise.resolve(7)), 7, false],
    ['a promise that fails', () => around(() => Promise.reject(new Error('no'))), 'caught no', false],
    ['a promise within steps', () => around(() => around(() => Promise.resolve(7))), 'got got 7', false],
    ['what was there', () => waitFor(7), 7, true],
    ['what was not there yet', () => waitFor(Promise.resolve(7)), 7, false],
  ];
  for (const [what, work, gives, isAtOnce] of cases) {
    it(`with ${what} gives what LiquidJS gives${isAtOnce ? ', at once' : ''}`, async () => {
      const done = runSteps(work());
      assert.equal(done instanceof Promise, !isAtOnce);
      assert.deepEqual(await done, gives);
      assert.deepEqual(await toPromise(work()), gives);
    });
  }

  it('fails at once where nothing was waited for, and later where something was', async () => {
    assert.throws(() => runSteps(failing('no')), { message: 'no' });
    const later = function* (): Steps<never> {
      yield Promise.resolve();
      return yield* failing('no');
    };
    await assert.rejects(async () => await runSteps(later()), { message: 'no' });
  });

  it('keeps what was waited for, and not what failed', async () => {
    const kept = new Map<string, number | Promise<number>>();
    const good = Promise.resolve(7);
    const bad = Promise.reject(new Error('no'));
    keepSettled(kept, 'good', good);
    keepSettled(kept, 'bad', bad);
    keepSettled(kept, 'known', 8);
    assert.equal(kept.get('good'), good);
    await Promise.allSettled([good, bad]);
    assert.deepEqual(
      [...kept],
      [
        ['good', 7],
        ['known', 8],
      ],
    );
  });
});
