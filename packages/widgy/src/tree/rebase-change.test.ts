import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { applyOperation } from './apply.ts';
import type { JsonObject } from './json.ts';
import type { Operation } from './operation.ts';
import { counter, type Intent, operationFor, randomIntent, randomTree, SEED } from './random-fixture.ts';
import { type Done, rebaseBoth, rebaseChange } from './rebase-change.ts';
import { createTree, hashTree, type Tree } from './tree.ts';
import { createWidget } from './widget.ts';

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

/** The tree after operations that fit it. */
function replay(tree: Tree, operations: readonly Operation[]): Tree {
  let next = tree;
  for (const operation of operations) {
    const applied = applyOperation(next, operation);
    assert.ok(applied.ok);
    next = applied.tree;
  }
  return next;
}

const all = (done: readonly Done[]): readonly Operation[] => done.flatMap(({ operations }) => operations);

/** The tree after changes, as the one who did them had it. */
function afterAll(tree: Tree, done: readonly Done[]): Tree {
  const last = done.at(-1);
  return last === undefined ? tree : replay(last.before, last.operations);
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
          assert.notEqual(rebaseBoth(all(mine), all(theirs), tree).outcome, 'applies');
          counts.conflict += 1;
          return;
        }
        counts.applies += 1;
        const mineLast = replay(replay(tree, all(theirs)), over.operations);
        const theirsLast = replay(replay(tree, all(mine)), under.operations);
        assert.equal(hashTree(mineLast), hashTree(theirsLast));
        const both = rebaseBoth(all(mine), all(theirs), tree);
        assert.ok(both.outcome === 'applies');
        assert.deepEqual(both.operations, over.operations);
        assert.equal(hashTree(replay(afterAll(tree, mine), both.over)), hashTree(mineLast));
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
