import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { KEEP_MS, Keeper } from './keeper.ts';

/** What is done with a keeper. Something is done in the tab before each of them. */
type Act = 'soon' | 'now' | 'hurry' | 'stop' | 'time passes';

describe('keeping on the device', () => {
  const cases: readonly (readonly [what: string, acts: readonly Act[], kept: readonly string[]])[] = [
    ['in a moment', ['soon', 'time passes'], ['2']],
    ['once for all that is done within a moment', ['soon', 'soon', 'soon', 'time passes'], ['4']],
    ['again after each moment', ['soon', 'time passes', 'soon', 'time passes'], ['2', '4']],
    ['at once, and not again in a moment', ['soon', 'now', 'time passes'], ['2']],
    ['at once where it was to be kept in a moment', ['soon', 'hurry', 'time passes'], ['2']],
    ['not at all where there is nothing to be kept', ['soon', 'time passes', 'hurry'], ['2']],
    ['not at all where it was called off', ['soon', 'stop', 'time passes'], []],
    ['again after it was called off', ['soon', 'stop', 'soon', 'time passes'], ['4']],
  ];
  for (const [what, acts, wanted] of cases) {
    it(`is done ${what}`, () => {
      const kept: string[] = [];
      let done = 0;
      let due: (() => void) | undefined;
      const keeper = new Keeper({
        ...{ document: 'page', client: 'tab', text: () => String(done) },
        device: {
          async keep(document, client, text) {
            assert.deepEqual([document, client], ['page', 'tab']);
            kept.push(text);
            return true;
          },
        },
        later(ms, call) {
          assert.equal(ms, KEEP_MS);
          assert.equal(due, undefined, 'one at a time');
          due = call;
          return () => {
            due = undefined;
          };
        },
      });
      for (const act of acts) {
        done += 1;
        if (act === 'time passes') due?.();
        else void keeper[act]();
      }
      assert.deepEqual(kept, wanted);
    });
  }

  it('says whether the device took it', async () => {
    let takes = false;
    const keeper = new Keeper({
      ...{ document: 'page', client: 'tab', text: () => 'text', later: () => () => undefined },
      device: { keep: async () => takes },
    });
    assert.equal(keeper.isKept.value, true);
    assert.deepEqual([await keeper.now(), keeper.isKept.value], [false, false]);
    takes = true;
    assert.deepEqual([await keeper.now(), keeper.isKept.value], [true, true]);
  });
});
