import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { applyOperation } from '../../tree/apply.ts';
import type { JsonObject } from '../../tree/json.ts';
import type { Operation } from '../../tree/operation.ts';
import {
  counter,
  type Intent,
  operationFor,
  randomIntent,
  randomTree,
  SEED,
} from '../../tree/random-fixture.ts';
import { createTree, hashTree, type Tree } from '../../tree/tree.ts';
import { createWidget } from '../../tree/widget.ts';
import { type Done, rebaseChange } from './rebase-change.ts';
import { replay } from './replay.ts';

/** Operations that somebody does one after the other, each as a change of its own. */
function changes(tree: Tree, intents: readonly Intent[], prefix: string): readonly Done[] {
  const newId = counter(prefix);
  let before = tree;
  return intents.flatMap((intent): Done[] => {
    const operation = operationFor(before, intent, newId);
    const applied = applyOperation(before, operation);
    if (!applied.ok) return [];
    const done = { operations: [operation], before };
    before = applied.tree;
    return [done];
  });
}

const all = (done: readonly Done[]): readonly Operation[] => done.flatMap(({ operations }) => operations);

/** The tree after changes, as the one who did them had it. */
function afterAll(tree: Tree, done: readonly Done[]): Tree {
  const last = done.at(-1);
  return last === undefined ? tree : replay(last.before, last.operations, 'the last');
}

describe('rebaseChange', () => {
  it('gives the same tree whoever was first, or a conflict to both', () => {
    const counts = { applies: 0, conflict: 0 };
    const some = fc.array(randomIntent, { maxLength: 4 });
    fc.assert(
      fc.property(randomTree(10), some, some, (tree, first, second) => {
        const [mine, theirs] = [changes(tree, first, 'm'), changes(tree, second, 't')];
        const over = rebaseChange(all(mine), theirs, afterAll(tree, theirs));
        const under = rebaseChange(all(theirs), mine, afterAll(tree, mine));
        assert.equal(over.outcome, under.outcome);
        assert.notEqual(over.outcome, 'refused');
        if (over.outcome !== 'applies' || under.outcome !== 'applies') {
          counts.conflict += 1;
          return;
        }
        counts.applies += 1;
        const mineLast = replay(replay(tree, all(theirs), 'theirs'), over.operations, 'mine');
        const theirsLast = replay(replay(tree, all(mine), 'mine'), under.operations, 'theirs');
        assert.equal(hashTree(mineLast), hashTree(theirsLast));
      }),
      { seed: SEED, numRuns: 1500 },
    );
    assert.ok(counts.applies > 500 && counts.conflict > 200, JSON.stringify(counts));
  });

  const tree = createTree(
    createWidget({ id: 'root', type: 'page', children: [createWidget({ id: 'a', type: 'box' })] }),
  );
  const set = (id: string, fields: JsonObject): Operation => ({ kind: 'set', id, fields, unset: [] });
  const over: readonly Done[] = [{ operations: [set('a', { x: 'theirs' })], before: tree }];
  for (const [name, operations, outcome, index] of [
    ['a conflict', [set('root', { z: 1 }), set('a', { x: 'mine' })], 'conflict', 1],
    ['what never fitted', [set('root', { z: 1 }), { kind: 'remove', id: 'absent' }], 'refused', 1],
  ] as const) {
    it(`says which operation is ${name}`, () => {
      const rebased = rebaseChange(operations, over, afterAll(tree, over));
      assert.ok(rebased.outcome !== 'applies');
      assert.deepEqual([rebased.outcome, rebased.index], [outcome, index]);
    });
  }
});
