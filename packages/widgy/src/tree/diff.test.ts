import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { applyOperation } from './apply.ts';
import { diffTrees } from './diff.ts';
import { operationsBetween } from './diff-operations.ts';
import { outlineOf, treeOf } from './outline-fixture.ts';
import { afterAll, counter, randomIntent, randomTree, SEED } from './random-fixture.ts';
import { hashTree, type Place, type Tree } from './tree.ts';

/** A difference in a few words. */
function wordsOf(before: Tree, after: Tree): string[] {
  const { added, removed, moved, changed } = diffTrees(before, after);
  const at = (place: Place | undefined): string =>
    place === undefined
      ? 'top'
      : [place.parent, place.slot, place.before].map((name) => name ?? '-').join('/');
  return [
    ...added.map(({ id, to }) => `+${id} ${at(to)}`),
    ...removed.map(({ id, from }) => `-${id} ${at(from)}`),
    ...moved.map(({ id, from, to }) => `${id} ${at(from)} > ${at(to)}`),
    ...changed.map(({ id, type, fields }) => {
      const names = fields.map(
        ({ name, from, to }) => `${name}:${JSON.stringify(from)}>${JSON.stringify(to)}`,
      );
      return `${id} ${[...(type ? [`${type.from}>${type.to}`] : []), ...names].join(' ')}`;
    }),
  ];
}

/** The tree that the operations between two trees come to. */
function follow(before: Tree, after: Tree): { readonly tree: Tree; readonly kinds: readonly string[] } {
  const between = operationsBetween(before, after);
  assert.ok(between.ok, JSON.stringify(between));
  let tree = before;
  for (const operation of between.operations) {
    const applied = applyOperation(tree, operation);
    assert.ok(applied.ok, JSON.stringify(applied));
    tree = applied.tree;
  }
  return { tree, kinds: between.operations.map(({ kind }) => kind) };
}

describe('the difference of two trees', () => {
  const cases: readonly [name: string, before: string, after: string, words: string[], kinds: string[]][] = [
    ['nothing', 'r(a b)', 'r(a b)', [], []],
    ['added', 'r(a)', 'r(x(y) a)', ['+x r/-/a', '+y x/-/-'], ['insert']],
    ['removed', 'r(a(b) c)', 'r(c)', ['-a r/-/c', '-b a/-/-'], ['remove']],
    ['moved to another parent', 'r(a b)', 'r(a(b))', ['b r/-/- > a/-/-'], ['move']],
    ['moved to another slot', 'r(s:a)', 'r(t:a)', ['a r/s/- > r/t/-'], ['move']],
    ['one moved to the front', 'r(a b c d)', 'r(d a b c)', ['d r/-/- > r/-/a'], ['move']],
    ['one moved to the end', 'r(a b c d)', 'r(b c d a)', ['a r/-/b > r/-/-'], ['move']],
    ['moved and changed', 'r(a b{"t":1})', 'r(a(b{"t":2}))', ['b r/-/- > a/-/-', 'b t:1>2'], ['move', 'set']],
    [
      'fields',
      'r(a{"t":1,"u":1})',
      'r(a{"t":null,"v":[]})',
      ['a u:1>undefined t:1>null v:undefined>[]'],
      ['set'],
    ],
    [
      'parent and child change places',
      'r(a(b))',
      'r(b(a))',
      ['b a/-/- > r/-/-', 'a r/-/- > b/-/-'],
      ['move', 'move'],
    ],
    [
      'wrapped',
      'r(a b)',
      'r(w(a b))',
      ['+w r/-/-', 'a r/-/b > w/-/b', 'b r/-/- > w/-/-'],
      ['insert', 'move', 'move'],
    ],
    ['saved from what is removed', 'r(a(b))', 'r(b)', ['-a r/-/-', 'b a/-/- > r/-/-'], ['move', 'remove']],
    ['another type', 'r(a(b) c)', 'r(a/text(b) c)', ['a box>text'], ['unwrap', 'insert', 'move']],
  ];
  for (const [name, before, after, words, kinds] of cases) {
    it(name, () => {
      assert.deepEqual(wordsOf(treeOf(before), treeOf(after)), words);
      const followed = follow(treeOf(before), treeOf(after));
      assert.equal(outlineOf(followed.tree), after);
      assert.deepEqual(followed.kinds, kinds);
    });
  }

  it('can be told of different roots, but not followed', () => {
    assert.deepEqual(wordsOf(treeOf('r(a)'), treeOf('q(a)')), ['+q top', '-r top', 'a r/-/- > q/-/-']);
    assert.deepEqual(wordsOf(treeOf('r(a)'), treeOf('a(r)')), ['a r/-/- > top', 'r top > a/-/-']);
    const between = operationsBetween(treeOf('r(a)'), treeOf('q(a)'));
    assert.equal(!between.ok && between.refusal.code, 'root-fixed');
  });

  it('applied as operations turns any tree into any other', () => {
    fc.assert(
      fc.property(randomTree(), randomTree(), (before, after) => {
        assert.equal(hashTree(follow(before, after).tree), hashTree(after));
      }),
      { seed: SEED, numRuns: 300 },
    );
  });

  it('of a tree and what was made of it is no longer than what was done', () => {
    fc.assert(
      fc.property(randomTree(), randomIntent, (before, intent) => {
        const after = afterAll(before, [intent], counter('n'));
        const { tree, kinds } = follow(before, after);
        assert.equal(hashTree(tree), hashTree(after));
        if (['insert', 'move', 'set', 'remove', 'duplicate'].includes(intent.kind))
          assert.ok(kinds.length <= 1);
      }),
      { seed: SEED, numRuns: 500 },
    );
  });
});
