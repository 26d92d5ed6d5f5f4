import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { applyOperation } from './apply.ts';
import { formatTree } from './format.ts';
import { invertOperation } from './invert.ts';
import { DEFAULT_LIMITS } from './limits.ts';
import { formatOperation, type Operation } from './operation.ts';
import { operationOf, outlineOf, treeOf } from './outline-fixture.ts';
import { assertIndexed, counter, operationFor, randomIntent, randomTree, SEED } from './random-fixture.ts';
import { createTree, findWidget, freezeTree, hashTree, type Tree } from './tree.ts';
import { createWidget, type Widget } from './widget.ts';

/** The tree after an operation, which must be possible. */
function after(tree: Tree, operation: Operation): Tree {
  const applied = applyOperation(tree, operation);
  assert.ok(applied.ok, JSON.stringify(applied));
  return applied.tree;
}

function inverse(tree: Tree, operation: Operation): Operation {
  const inverted = invertOperation(tree, operation);
  assert.ok(inverted.ok, JSON.stringify(inverted));
  return inverted.operation;
}

const x = { id: 'x', type: 'box' };

describe('an operation, and its inverse', () => {
  const cases: readonly [name: string, before: string, operation: unknown, expected: string][] = [
    ['insert last', 'r(a b)', { kind: 'insert', widget: x, at: { parent: 'r' } }, 'r(a b x)'],
    ['insert before', 'r(a b)', { kind: 'insert', widget: x, at: { parent: 'r', before: 'a' } }, 'r(x a b)'],
    [
      'insert with all below it',
      'r(a)',
      { kind: 'insert', widget: { ...x, children: [{ id: 'y', type: 'text' }] }, at: { parent: 'a' } },
      'r(a(x(y/text)))',
    ],
    [
      'insert last in a slot',
      'r(left:a right:b)',
      { kind: 'insert', widget: x, at: { parent: 'r', slot: 'left' } },
      'r(left:a left:x right:b)',
    ],
    [
      'insert into a slot that is empty',
      'r(left:a right:b)',
      { kind: 'insert', widget: x, at: { parent: 'r', slot: 'middle' } },
      'r(left:a middle:x right:b)',
    ],
    ['move to the end', 'r(a b c)', { kind: 'move', id: 'a', to: { parent: 'r' } }, 'r(b c a)'],
    ['move forward', 'r(a b c)', { kind: 'move', id: 'a', to: { parent: 'r', before: 'c' } }, 'r(b a c)'],
    ['move back', 'r(a b c)', { kind: 'move', id: 'c', to: { parent: 'r', before: 'a' } }, 'r(c a b)'],
    ['move before itself', 'r(a b)', { kind: 'move', id: 'a', to: { parent: 'r', before: 'a' } }, 'r(a b)'],
    ['move where it is', 'r(a b)', { kind: 'move', id: 'a', to: { parent: 'r', before: 'b' } }, 'r(a b)'],
    [
      'move out, with all below it',
      'r(a(b(c)) d)',
      { kind: 'move', id: 'b', to: { parent: 'd' } },
      'r(a d(b(c)))',
    ],
    [
      'move to another slot',
      'r(left:a left:b right:c)',
      { kind: 'move', id: 'a', to: { parent: 'r', slot: 'right' } },
      'r(left:b right:c right:a)',
    ],
    [
      'set',
      'r(a{"t":1,"u":2})',
      { kind: 'set', id: 'a', fields: { t: null, v: [] }, unset: ['u', 'w'] },
      'r(a{"t":null,"v":[]})',
    ],
    ['set the root', 'r(a)', { kind: 'set', id: 'r', fields: { t: 1 } }, 'r{"t":1}(a)'],
    ['remove', 'r(a(b) c)', { kind: 'remove', id: 'a' }, 'r(c)'],
    [
      'remove the last in a slot',
      'r(left:a left:b right:c)',
      { kind: 'remove', id: 'b' },
      'r(left:a right:c)',
    ],
    [
      'duplicate',
      'r(left:a(b{"t":1}))',
      {
        kind: 'duplicate',
        id: 'a',
        at: { parent: 'r' },
        ids: [
          ['a', 'x'],
          ['b', 'y'],
        ],
      },
      'r(x(y{"t":1}) left:a(b{"t":1}))',
    ],
    [
      'duplicate into itself',
      'r(a)',
      { kind: 'duplicate', id: 'a', at: { parent: 'a' }, ids: [['a', 'x']] },
      'r(a(x))',
    ],
    ['wrap one', 'r(a b c)', { kind: 'wrap', widget: x, children: [{ id: 'b' }] }, 'r(a x(b) c)'],
    [
      'wrap several of a slot',
      'r(left:a left:b right:c)',
      {
        kind: 'wrap',
        widget: x,
        children: [
          { id: 'a', slot: 'one' },
          { id: 'b', slot: 'two' },
        ],
      },
      'r(left:x(one:a two:b) right:c)',
    ],
    ['unwrap', 'r(a left:x(one:b(c) two:d))', { kind: 'unwrap', id: 'x' }, 'r(a left:b(c) left:d)'],
    ['unwrap what is empty', 'r(a x b)', { kind: 'unwrap', id: 'x' }, 'r(a b)'],
  ];
  for (const [name, before, json, expected] of cases) {
    it(name, () => {
      const tree = treeOf(before);
      const operation = operationOf(json);
      const next = after(tree, operation);
      assert.equal(outlineOf(next), expected);
      assertIndexed(next);
      assert.equal(outlineOf(tree), before);
      assert.equal(outlineOf(after(next, inverse(tree, operation))), before);
    });
  }
});

describe('an operation that does not fit is refused', () => {
  const cases: readonly [name: string, operation: unknown, code: string, ids: readonly string[]][] = [
    ['no such widget', { kind: 'remove', id: 'z' }, 'widget-missing', ['z']],
    ['no such parent', { kind: 'move', id: 'a', to: { parent: 'z' } }, 'parent-missing', ['z']],
    [
      'no such sibling',
      { kind: 'move', id: 'a', to: { parent: 'r', before: 'b' } },
      'sibling-missing',
      ['r', 'b'],
    ],
    [
      'a sibling in another slot',
      { kind: 'move', id: 'a', to: { parent: 'r', slot: 'left', before: 'c' } },
      'sibling-missing',
      ['r', 'c'],
    ],
    ['into itself', { kind: 'move', id: 'a', to: { parent: 'a' } }, 'into-itself', ['a', 'a']],
    ['into what it holds', { kind: 'move', id: 'a', to: { parent: 'b' } }, 'into-itself', ['a', 'b']],
    [
      'an id that is there',
      { kind: 'insert', widget: { ...x, id: 'b' }, at: { parent: 'r' } },
      'id-taken',
      ['b'],
    ],
    [
      'an id that is there, deeper',
      { kind: 'insert', widget: { ...x, children: [{ ...x, id: 'b' }] }, at: { parent: 'r' } },
      'id-taken',
      ['b'],
    ],
    [
      'a wrapper that is there',
      { kind: 'wrap', widget: { ...x, id: 'b' }, children: [{ id: 'c' }] },
      'id-taken',
      ['b'],
    ],
    ['the root removed', { kind: 'remove', id: 'r' }, 'root-fixed', ['r']],
    ['the root moved', { kind: 'move', id: 'r', to: { parent: 'a' } }, 'root-fixed', ['r']],
    ['the root wrapped', { kind: 'wrap', widget: x, children: [{ id: 'r' }] }, 'root-fixed', ['r']],
    ['the root unwrapped', { kind: 'unwrap', id: 'r' }, 'root-fixed', ['r']],
    [
      'not side by side',
      { kind: 'wrap', widget: x, children: [{ id: 'a' }, { id: 'd' }] },
      'not-side-by-side',
      ['a', 'd'],
    ],
    [
      'in another order',
      { kind: 'wrap', widget: x, children: [{ id: 'c' }, { id: 'a' }] },
      'not-side-by-side',
      ['c', 'a'],
    ],
    [
      'twice the same',
      { kind: 'wrap', widget: x, children: [{ id: 'a' }, { id: 'a' }] },
      'not-side-by-side',
      ['a', 'a'],
    ],
    [
      'slots against the order',
      {
        kind: 'wrap',
        widget: x,
        children: [
          { id: 'a', slot: 'right' },
          { id: 'c', slot: 'left' },
        ],
      },
      'slots-disordered',
      ['a', 'c'],
    ],
    [
      'a copy without an id',
      { kind: 'duplicate', id: 'a', at: { parent: 'r' }, ids: [['a', 'x']] },
      'copies-incomplete',
      ['b'],
    ],
    [
      'two copies with one id',
      {
        kind: 'duplicate',
        id: 'a',
        at: { parent: 'r' },
        ids: [
          ['a', 'x'],
          ['b', 'x'],
        ],
      },
      'id-taken',
      ['x'],
    ],
  ];
  const tree = treeOf('r(a(b) c left:d)');
  for (const [name, json, code, ids] of cases) {
    it(name, () => {
      const operation = operationOf(json);
      const applied = applyOperation(tree, operation);
      assert.ok(!applied.ok);
      assert.deepEqual([applied.refusal.code, applied.refusal.ids], [code, ids]);
      assert.deepEqual(invertOperation(tree, operation), applied);
      const frozen = applyOperation(freezeTree(tree), operation);
      assert.equal(!frozen.ok && frozen.refusal.code, 'tree-frozen');
    });
  }
});

describe('limits', () => {
  const insert = operationOf({ kind: 'insert', widget: x, at: { parent: 'b' } });
  const limits = { depth: 100, widgets: 100, bytes: 1000, fieldBytes: 100, fieldDepth: 2 };
  const cases: readonly [name: string, limit: Partial<typeof limits>, code: string][] = [
    ['depth', { depth: 3 }, 'too-deep'],
    ['widgets', { widgets: 3 }, 'too-many'],
    ['bytes', { bytes: formatTree(treeOf('r(a(b(x)))')).length - 1 }, 'too-large'],
  ];
  for (const [name, limit, code] of cases) {
    it(name, () => {
      const tree = treeOf('r(a(b))');
      const applied = applyOperation(tree, insert, { ...limits, ...limit });
      assert.equal(!applied.ok && applied.refusal.code, code);
      // A tree that is over the limit already can still be made smaller.
      const smaller = applyOperation(
        tree,
        { kind: 'remove', id: 'b' },
        { ...limits, depth: 1, widgets: 1, bytes: 1 },
      );
      assert.ok(smaller.ok);
    });
  }

  it('do not keep an operation from having an inverse, whatever they are', () => {
    const { depth } = DEFAULT_LIMITS;
    const deep = treeOf(
      `${Array.from({ length: depth }, (_, at) => `w${at}`).join('(')}${')'.repeat(depth - 1)}`,
    );
    const operation = operationOf({ kind: 'insert', widget: x, at: { parent: `w${depth - 1}` } });
    const refused = applyOperation(deep, operation);
    assert.equal(!refused.ok && refused.refusal.code, 'too-deep');
    assert.ok(applyOperation(deep, operation, { ...DEFAULT_LIMITS, depth: depth + 1 }).ok);
    assert.deepEqual(inverse(deep, operation), { kind: 'remove', id: 'x' });
    const frozen = invertOperation(freezeTree(deep), operation);
    assert.equal(!frozen.ok && frozen.refusal.code, 'tree-frozen');
  });

  it('are kept to the byte', () => {
    const bytes = formatTree(treeOf('r(a(b(x)))')).length;
    assert.ok(applyOperation(treeOf('r(a(b))'), insert, { ...limits, bytes }).ok);
  });
});

describe('structural sharing', () => {
  it('keeps every widget that an operation does not touch', () => {
    const tree = treeOf('r(a(b c) d(e))');
    const next = after(tree, { kind: 'set', id: 'b', fields: { t: 1 }, unset: [] });
    for (const id of ['c', 'd', 'e']) assert.equal(findWidget(next, id), findWidget(tree, id));
    for (const id of ['r', 'a', 'b']) assert.notEqual(findWidget(next, id), findWidget(tree, id));
  });

  it('gives the same tree where nothing changes', () => {
    const tree = treeOf('r(a{"t":{"u":1,"v":2}} b)');
    assert.equal(after(tree, { kind: 'move', id: 'b', to: { parent: 'r' } }), tree);
    assert.equal(after(tree, { kind: 'set', id: 'a', fields: { t: { v: 2, u: 1 } }, unset: ['x'] }), tree);
  });

  it('keeps what was given to it from being changed', () => {
    const fields = { list: [1] };
    const next = after(treeOf('r(a)'), { kind: 'set', id: 'a', fields, unset: [] });
    assert.throws(() => fields.list.push(2), TypeError);
    assert.equal(outlineOf(next), 'r(a{"list":[1]})');
  });
});

describe('a tree of 100,000 levels', () => {
  let widget: Widget = createWidget({ id: 'w0', type: 'box' });
  for (let level = 1; level < 100_000; level++) {
    widget = createWidget({ id: `w${level}`, type: 'box', children: [widget] });
  }
  const tree = createTree(widget);
  const limits = { depth: 200_000, widgets: 400_000, bytes: 1e9, fieldBytes: 1e6, fieldDepth: 10 };
  const operations: readonly unknown[] = [
    { kind: 'insert', widget: x, at: { parent: 'w0' } },
    { kind: 'set', id: 'w0', fields: { t: 1 } },
    { kind: 'move', id: 'w0', to: { parent: 'w99999' } },
    { kind: 'remove', id: 'w99998' },
    { kind: 'wrap', widget: x, children: [{ id: 'w5' }] },
    { kind: 'unwrap', id: 'w50000' },
  ];
  for (const json of operations) {
    const operation = operationOf(json);
    it(operation.kind, () => {
      const applied = applyOperation(tree, operation, limits);
      assert.ok(applied.ok);
      assert.ok(formatOperation(operation).length > 0);
    });
  }
});

describe('any operations on any tree', () => {
  it('are undone by their inverses, back to the same hash, and keep the index right', () => {
    let applied = 0;
    fc.assert(
      fc.property(randomTree(), fc.array(randomIntent, { minLength: 1, maxLength: 12 }), (start, intents) => {
        const newId = counter('n');
        const undo: [Operation, string][] = [];
        let tree = start;
        for (const intent of intents) {
          const operation = operationFor(tree, intent, newId);
          const result = applyOperation(tree, operation);
          if (!result.ok) continue;
          applied++;
          const text = formatOperation(operation);
          assert.equal(formatOperation(operationOf(JSON.parse(text))), text);
          undo.push([inverse(tree, operation), hashTree(tree)]);
          tree = result.tree;
          assertIndexed(tree);
        }
        for (const [operation, hash] of undo.reverse()) {
          tree = after(tree, operation);
          assert.equal(hashTree(tree), hash);
        }
        assertIndexed(tree);
        assert.equal(formatTree(tree), formatTree(start));
      }),
      { seed: SEED, numRuns: RUNS },
    );
    assert.ok(applied > RUNS * 3, `only ${applied} operations were possible`);
  });
});

const RUNS = 500;
