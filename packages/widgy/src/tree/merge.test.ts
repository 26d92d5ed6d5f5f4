import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { diffTrees } from './diff.ts';
import { fieldOf, isSameJson } from './json.ts';
import { type MergeConflict, mergeTrees } from './merge.ts';
import { outlineOf, treeOf } from './outline-fixture.ts';
import { afterAll, assertIndexed, counter, randomIntent, randomTree, SEED } from './random-fixture.ts';
import { findWidget, hashTree, isInside, parentOf, type Tree } from './tree.ts';
import { childrenIn, walk } from './widget.ts';

function merge(base: Tree, ours: Tree, theirs: Tree): { tree: Tree; conflicts: readonly MergeConflict[] } {
  const merged = mergeTrees(base, ours, theirs);
  assert.ok(merged.ok, JSON.stringify(merged));
  return merged;
}

describe('a merge', () => {
  const cases: readonly [
    name: string,
    base: string,
    ours: string,
    theirs: string,
    came: string,
    conflicts: string[],
  ][] = [
    ['nothing', 'r(a)', 'r(a)', 'r(a)', 'r(a)', []],
    ['only ours', 'r(a)', 'r(a b)', 'r(a)', 'r(a b)', []],
    ['only theirs', 'r(a)', 'r(a)', 'r', 'r', []],
    ['both the same', 'r(a)', 'r(a b)', 'r(a b)', 'r(a b)', []],
    ['in different places', 'r(a b)', 'r(a(x) b)', 'r(a b{"t":1})', 'r(a(x) b{"t":1})', []],
    ['different fields', 'r(a{"t":1,"u":1})', 'r(a{"t":2,"u":1})', 'r(a{"t":1})', 'r(a{"t":2})', []],
    ['one field', 'r(a{"t":1})', 'r(a{"t":2})', 'r(a{"t":3})', 'r(a{"t":2})', ['fields a']],
    ['both insert in one gap', 'r(a)', 'r(y z a)', 'r(x a)', 'r(x y z a)', []],
    ['both add one widget, in one way', 'r(a)', 'r(a x y)', 'r(a x z)', 'r(a x y z)', []],
    [
      'both add one widget, in two ways',
      'r(a)',
      'r(a x{"t":1})',
      'r(a x{"t":2})',
      'r(a x{"t":1})',
      ['fields x'],
    ],
    ['both add one widget, in two gaps', 'r(a)', 'r(a x)', 'r(x a)', 'r(a x)', ['moved x']],
    ['one moves, one changes', 'r(a b)', 'r(b(a))', 'r(a{"t":1} b)', 'r(b(a{"t":1}))', []],
    ['both move one', 'r(a b c)', 'r(b(a) c)', 'r(b c(a))', 'r(b(a) c)', ['moved a']],
    ['into one another', 'r(a b)', 'r(b(a))', 'r(a(b))', 'r(b(a))', ['cycle b']],
    ['one removes, one does not care', 'r(a(b) c)', 'r(c)', 'r(a(b) c d)', 'r(c d)', []],
    [
      'one removes, one changes',
      'r(a(b c) d)',
      'r(d)',
      'r(a(b{"t":1} c) d)',
      'r(a(b{"t":1} c) d)',
      ['removed a'],
    ],
    [
      'one changes, one removes',
      'r(a(b c) d)',
      'r(a(b{"t":1} c) d)',
      'r(d)',
      'r(a(b{"t":1} c) d)',
      ['removed a'],
    ],
    ['one removes, one moves out', 'r(a(b) c)', 'r(c)', 'r(a c(b))', 'r(a c(b))', ['removed a']],
    ['one removes, one moves in', 'r(a b)', 'r(b)', 'r(a(b))', 'r(a(b))', ['removed a']],
    ['one removes, one puts in', 'r(a b)', 'r(b)', 'r(a(x) b)', 'r(a(x) b)', ['removed a']],
    ['both remove', 'r(a(b) c)', 'r(c)', 'r(a c)', 'r(c)', []],
    ['one moves out, one removes what is left', 'r(a(b c))', 'r(b a(c))', 'r(a(b))', 'r(b a)', []],
    ['one brings into another order, one adds', 'r(a b c)', 'r(c a b)', 'r(a x b c)', 'r(c a x b)', []],
    ['both bring into one order', 'r(a b c)', 'r(c a b)', 'r(c a b)', 'r(c a b)', []],
    ['both bring into another order', 'r(a b c)', 'r(c a b)', 'r(b a c)', 'r(c a b)', ['order r']],
    ['different types', 'r(a)', 'r(a/text)', 'r(a/image)', 'r(a/text)', ['type a']],
    ['another type and other fields', 'r(a)', 'r(a/text)', 'r(a{"t":1})', 'r(a/text{"t":1})', []],
  ];
  for (const [name, base, ours, theirs, came, conflicts] of cases) {
    it(name, () => {
      const merged = merge(treeOf(base), treeOf(ours), treeOf(theirs));
      assert.equal(outlineOf(merged.tree), came);
      assert.deepEqual(
        merged.conflicts.map(({ code, id }) => `${code} ${id}`),
        conflicts,
      );
    });
  }

  it('holds both versions in a conflict', () => {
    const both = (base: string, ours: string, theirs: string) =>
      merge(treeOf(base), treeOf(ours), treeOf(theirs)).conflicts;
    assert.deepEqual(both('r(a{"t":1})', 'r(a{"t":2})', 'r(a)'), [
      { code: 'fields', id: 'a', fields: [{ name: 't', base: 1, mine: 2, theirs: undefined }] },
    ]);
    const at = (parent: string, before?: string) => ({ parent, slot: undefined, before });
    assert.deepEqual(both('r(a b c)', 'r(b(a) c)', 'r(b c(a))'), [
      { code: 'moved', id: 'a', base: at('r', 'b'), ours: at('b'), theirs: at('c') },
    ]);
    const theirs = treeOf('r(a(b{"t":1}))');
    assert.deepEqual(merge(treeOf('r(a(b))'), treeOf('r'), theirs).conflicts, [
      { code: 'removed', id: 'a', removedBy: 'ours', kept: findWidget(theirs, 'a'), because: ['b'] },
    ]);
    assert.deepEqual(both('r(a b c)', 'r(c a b)', 'r(b a c)'), [
      {
        code: 'order',
        id: 'r',
        slot: undefined,
        base: ['a', 'b', 'c'],
        ours: ['c', 'a', 'b'],
        theirs: ['b', 'a', 'c'],
      },
    ]);
  });

  it('of different roots is refused', () => {
    const merged = mergeTrees(treeOf('r'), treeOf('r'), treeOf('q'));
    assert.equal(!merged.ok && merged.refusal.code, 'root-fixed');
  });

  const threeTrees = fc
    .tuple(randomTree(), fc.array(randomIntent, { maxLength: 5 }), fc.array(randomIntent, { maxLength: 5 }))
    .map(([base, one, other]) => ({
      base,
      ours: afterAll(base, one, counter('a')),
      theirs: afterAll(base, other, counter('b')),
    }));

  it('loses no change of either side', () => {
    let clean = 0;
    fc.assert(
      fc.property(threeTrees, ({ base, ours, theirs }) => {
        const { tree, conflicts } = merge(base, ours, theirs);
        assertIndexed(tree);
        assertNothingLost(base, ours, tree, conflicts);
        assertNothingLost(base, theirs, tree, conflicts);
        if (conflicts.length === 0) {
          clean++;
          assert.equal(hashTree(merge(base, theirs, ours).tree), hashTree(tree));
        } else assert.ok(merge(base, theirs, ours).conflicts.length > 0);
      }),
      { seed: SEED, numRuns: RUNS },
    );
    assert.ok(clean > RUNS / 4 && clean < RUNS * 0.9, `${clean} merges had no conflict`);
  });

  it('of one side with nothing, or with itself, is that side', () => {
    fc.assert(
      fc.property(threeTrees, ({ base, ours }) => {
        for (const merged of [merge(base, ours, base), merge(base, base, ours), merge(base, ours, ours)]) {
          assert.equal(hashTree(merged.tree), hashTree(ours));
          assert.deepEqual(merged.conflicts, []);
        }
      }),
      { seed: SEED, numRuns: 100 },
    );
  });
});

const RUNS = 1000;

/** Fails unless each change of one side is in the result, or a conflict is about it. */
function assertNothingLost(base: Tree, side: Tree, result: Tree, conflicts: readonly MergeConflict[]): void {
  const isTold = (id: string, ...codes: MergeConflict['code'][]): boolean =>
    conflicts.some((conflict) => conflict.id === id && codes.includes(conflict.code));
  const { added, removed, moved, changed } = diffTrees(base, side);
  for (const { id } of added) assert.ok(findWidget(result, id), `added: ${id}`);
  for (const { id } of removed) {
    const isKept = conflicts.some(
      (conflict) =>
        conflict.code === 'removed' && isInside(base, id, conflict.id) && conflict.because.length > 0,
    );
    assert.ok(isKept || !findWidget(result, id), `removed: ${id}`);
  }
  for (const { id, fields } of changed) {
    for (const { name, to } of fields) {
      const value = fieldOf(findWidget(result, id)?.fields ?? {}, name);
      assert.ok(isSameJson(value, to) || isTold(id, 'fields'), `changed: ${id}.${name}`);
    }
  }
  for (const { id } of [...added, ...moved]) {
    const isPlaced =
      parentOf(result, id)?.id === parentOf(side, id)?.id &&
      findWidget(result, id)?.slot === findWidget(side, id)?.slot;
    const isElsewhere =
      parentOf(base, id)?.id !== parentOf(side, id)?.id ||
      findWidget(base, id)?.slot !== findWidget(side, id)?.slot;
    assert.ok(isPlaced || !isElsewhere || isTold(id, 'moved', 'cycle'), `moved: ${id}`);
  }
  for (const parent of walk(result.root)) {
    for (const slot of new Set(parent.children.map((child) => child.slot))) {
      const order = (tree: Tree): string[] => {
        const widget = findWidget(tree, parent.id);
        return widget === undefined ? [] : childrenIn(widget, slot).map(({ id }) => id);
      };
      const standing = new Set(order(base))
        .intersection(new Set(order(side)))
        .intersection(new Set(order(result)));
      const [before, now, came] = [base, side, result].map((tree) =>
        order(tree)
          .filter((id) => standing.has(id))
          .join(),
      );
      assert.ok(came === now || before === now || isTold(parent.id, 'order'), `order: ${parent.id}`);
    }
  }
}
