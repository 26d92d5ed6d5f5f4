import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { applyOperation } from './apply.ts';
import { duplicate, formatOperation, OPERATION_KINDS, type Operation } from './operation.ts';
import { operationOf, outlineOf, treeOf } from './outline-fixture.ts';
import { assertIndexed, counter, operationFor, randomIntent, randomTree, SEED } from './random-fixture.ts';
import { CONFLICT_CODES, type Rebased, rebaseOperation } from './rebase.ts';
import { REFUSAL_CODES } from './refusal.ts';
import { createTree, hashTree, type Place, type Tree } from './tree.ts';
import { createWidget, type Widget, walk } from './widget.ts';

function after(tree: Tree, operation: Operation): Tree {
  const applied = applyOperation(tree, operation);
  assert.ok(applied.ok, JSON.stringify(applied));
  return applied.tree;
}

/** What the second operation became, and the tree after both, or the code of the conflict. */
function inOrder(tree: Tree, first: Operation, second: Operation): { rebased: Rebased; came: string } {
  const rebased = rebaseOperation(second, first, tree);
  switch (rebased.outcome) {
    case 'applies':
      return { rebased, came: outlineOf(after(after(tree, first), rebased.operation)) };
    case 'dropped':
      return { rebased, came: outlineOf(after(tree, first)) };
    case 'conflict':
      assert.deepEqual([rebased.conflict.operation, rebased.conflict.over], [second, first]);
      return { rebased, came: rebased.conflict.code };
    case 'refused':
      return assert.fail(
        `${formatOperation(first)} then ${formatOperation(second)}: ${rebased.refusal.what}`,
      );
  }
}

/** Checks that both orders come to the same, and gives it. */
function bothOrders(tree: Tree, a: Operation, b: Operation): { came: string; a: Rebased; b: Rebased } {
  const one = inOrder(tree, a, b);
  const other = inOrder(tree, b, a);
  assert.equal(other.came, one.came, `${outlineOf(tree)}: ${formatOperation(a)} and ${formatOperation(b)}`);
  return { came: one.came, a: other.rebased, b: one.rebased };
}

const insert = (id: string, at: Place, type = 'box') => ({ kind: 'insert', widget: { id, type }, at });
const move = (id: string, to: Place) => ({ kind: 'move', id, to });
const remove = (id: string) => ({ kind: 'remove', id });
const set = (id: string, fields: object, unset: string[] = []) => ({ kind: 'set', id, fields, unset });
const wrap = (id: string, ...children: string[]) => ({
  kind: 'wrap',
  widget: { id, type: 'box' },
  children: children.map((child) => ({ id: child })),
});
const unwrap = (id: string) => ({ kind: 'unwrap', id });
const copy = (id: string, to: string, at: Place) => ({ kind: 'duplicate', id, at, ids: [[id, to]] });

describe('two operations, in either order', () => {
  const cases: readonly [name: string, before: string, a: unknown, b: unknown, expected: string][] = [
    ['in different places', 'r(a b)', insert('x', { parent: 'a' }), set('b', { t: 1 }), 'r(a(x) b{"t":1})'],
    ['both at the end', 'r(a)', insert('y', { parent: 'r' }), insert('x', { parent: 'r' }), 'r(a x y)'],
    [
      'both before the same',
      'r(a b)',
      insert('y', { parent: 'r', before: 'b' }),
      insert('x', { parent: 'r', before: 'b' }),
      'r(a x y b)',
    ],
    ['the same widget twice', 'r(a)', insert('x', { parent: 'r' }), insert('x', { parent: 'r' }), 'r(a x)'],
    [
      'one id, two widgets',
      'r(a)',
      insert('x', { parent: 'r' }),
      insert('x', { parent: 'r' }, 'text'),
      'id-taken',
    ],
    [
      'before one that is removed',
      'r(a b)',
      insert('x', { parent: 'r', before: 'a' }),
      remove('a'),
      'r(x b)',
    ],
    [
      'before one that is moved away',
      'r(a b)',
      insert('x', { parent: 'r', before: 'a' }),
      move('a', { parent: 'b' }),
      'r(x b(a))',
    ],
    [
      'into one that is moved',
      'r(a b)',
      insert('x', { parent: 'a' }),
      move('a', { parent: 'b' }),
      'r(b(a(x)))',
    ],
    ['into one that is removed', 'r(a(b))', insert('x', { parent: 'b' }), remove('a'), 'removed'],
    [
      'between two that are wrapped',
      'r(a b)',
      insert('x', { parent: 'r', before: 'b' }),
      wrap('w', 'a', 'b'),
      'r(w(a x b))',
    ],
    [
      'before those that are wrapped',
      'r(a b)',
      insert('x', { parent: 'r', before: 'a' }),
      wrap('w', 'a', 'b'),
      'r(x w(a b))',
    ],
    ['into one that is unwrapped', 'r(a(b) c)', insert('x', { parent: 'a' }), unwrap('a'), 'r(b x c)'],
    [
      'before one that is unwrapped',
      'r(a(b) c)',
      insert('x', { parent: 'r', before: 'a' }),
      unwrap('a'),
      'r(x b c)',
    ],
    ['one moved to two places', 'r(a b c)', move('a', { parent: 'b' }), move('a', { parent: 'c' }), 'moved'],
    [
      'one moved to one place',
      'r(a b c)',
      move('a', { parent: 'b' }),
      move('a', { parent: 'b' }),
      'r(b(a) c)',
    ],
    ['into one another', 'r(a b)', move('a', { parent: 'b' }), move('b', { parent: 'a' }), 'cycle'],
    ['one moved and removed', 'r(a b)', move('a', { parent: 'b' }), remove('a'), 'removed'],
    ['into what is removed', 'r(a b)', move('a', { parent: 'b' }), remove('b'), 'removed'],
    ['out of what is removed', 'r(a(c) b)', move('c', { parent: 'b' }), remove('a'), 'removed'],
    ['one moved and wrapped', 'r(a b)', move('a', { parent: 'b' }), wrap('w', 'a'), 'r(b(w(a)))'],
    [
      'one moved out of several that are wrapped',
      'r(a b c)',
      move('a', { parent: 'c' }),
      wrap('w', 'a', 'b'),
      'r(w(b) c(a))',
    ],
    ['one moved and unwrapped', 'r(a(c) b)', move('a', { parent: 'b' }), unwrap('a'), 'removed'],
    ['one moved out of what is unwrapped', 'r(a(c) b)', move('c', { parent: 'b' }), unwrap('a'), 'r(b(c))'],
    ['different fields', 'r(a)', set('a', { t: 1 }), set('a', { u: 2 }), 'r(a{"t":1,"u":2})'],
    ['the same value', 'r(a)', set('a', { t: 1, u: 2 }), set('a', { t: 1, v: 3 }), 'r(a{"t":1,"u":2,"v":3})'],
    ['different values', 'r(a)', set('a', { t: 1 }), set('a', { t: 2 }), 'fields'],
    ['a value and none', 'r(a{"t":1})', set('a', { t: 2 }), set('a', {}, ['t']), 'fields'],
    ['a null and none', 'r(a{"t":1})', set('a', { t: null }), set('a', {}, ['t']), 'fields'],
    [
      'a whole form sent, with one field changed',
      'r(a{"t":1,"u":1})',
      set('a', { t: 1, u: 2 }),
      set('a', { t: 2, u: 1 }),
      'r(a{"t":2,"u":2})',
    ],
    ['set and removed', 'r(a(b))', set('b', { t: 1 }), remove('a'), 'removed'],
    ['set and unwrapped', 'r(a(b))', set('a', { t: 1 }), unwrap('a'), 'removed'],
    ['one removed twice', 'r(a b)', remove('a'), remove('a'), 'r(b)'],
    ['one removed in what is removed', 'r(a(b) c)', remove('b'), remove('a'), 'r(c)'],
    ['removed and wrapped', 'r(a b)', remove('a'), wrap('w', 'a'), 'removed'],
    ['removed and wrapped with others', 'r(a b)', remove('a'), wrap('w', 'a', 'b'), 'r(w(b))'],
    ['removed in what is unwrapped', 'r(a(b c))', remove('b'), unwrap('a'), 'r(c)'],
    ['removed around what is unwrapped', 'r(a(b(c)))', remove('a'), unwrap('b'), 'removed'],
    ['wrapped twice', 'r(a b)', wrap('v', 'a'), wrap('w', 'a', 'b'), 'wrapped'],
    ['wrapped side by side', 'r(a b)', wrap('v', 'a'), wrap('w', 'b'), 'r(v(a) w(b))'],
    ['wrapped and unwrapped', 'r(a(b c))', wrap('w', 'a'), unwrap('a'), 'r(w(b c))'],
    ['wrapped and unwrapped, empty', 'r(a)', wrap('w', 'a'), unwrap('a'), 'removed'],
    ['unwrapped inside one another', 'r(a(b(c)))', unwrap('a'), unwrap('b'), 'r(c)'],
    [
      'copied and changed',
      'r(a{"t":1})',
      copy('a', 'x', { parent: 'r' }),
      set('a', { t: 2 }),
      'r(a{"t":2} x{"t":1})',
    ],
    ['copied and removed', 'r(a{"t":1})', copy('a', 'x', { parent: 'r' }), remove('a'), 'r(x{"t":1})'],
    ['copied into what is removed', 'r(a b)', copy('a', 'x', { parent: 'b' }), remove('b'), 'removed'],
  ];
  for (const [name, before, a, b, expected] of cases) {
    it(name, () => assert.equal(bothOrders(treeOf(before), operationOf(a), operationOf(b)).came, expected));
  }
});

describe('a conflict', () => {
  it('about fields holds all values, and says which are absent', () => {
    const tree = treeOf('r(a{"t":1,"u":1,"w":1})');
    const mine = operationOf(set('a', { u: null, v: 2, w: 3 }, ['t']));
    const theirs = operationOf(set('a', { t: 4, u: 5, v: 6 }));
    const rebased = rebaseOperation(mine, theirs, tree);
    assert.ok(rebased.outcome === 'conflict');
    assert.deepEqual(rebased.conflict.fields, [
      { name: 't', base: 1, mine: undefined, theirs: 4 },
      { name: 'u', base: 1, mine: null, theirs: 5 },
      { name: 'v', base: undefined, mine: 2, theirs: 6 },
    ]);
  });

  it('is not told of operations that do not fit the tree they were made for', () => {
    const tree = treeOf('r(a)');
    const wrong = operationOf(remove('z'));
    const right = operationOf(remove('a'));
    const outcome = (rebased: Rebased) => rebased.outcome === 'refused' && rebased.of;
    assert.equal(outcome(rebaseOperation(wrong, right, tree)), 'operation');
    assert.equal(outcome(rebaseOperation(right, wrong, tree)), 'over');
  });
});

/** Every operation of one person on a tree, with a few values for what has endlessly many. */
function everyOperation(tree: Tree, person: string): Operation[] {
  const newId = counter(person);
  const widgets = [...walk(tree.root)];
  const places = widgets.flatMap(({ id, children }): Place[] => [
    { parent: id },
    { parent: id, slot: 's' },
    ...children.map((child): Place => ({ parent: id, slot: child.slot, before: child.id })),
  ]);
  const runs = widgets.flatMap(({ children }) =>
    children.flatMap((_, start) => [1, 2, 3].map((length) => children.slice(start, start + length))),
  );
  const candidates = widgets.flatMap(({ id }): Operation[] => [
    { kind: 'remove', id },
    { kind: 'unwrap', id },
    ...places.map((to): Operation => ({ kind: 'move', id, to })),
    ...places.filter((_, at) => at % 4 === 1).map((at) => duplicate(tree, id, at, newId)),
    { kind: 'set', id, fields: { t: person }, unset: [] },
    { kind: 'set', id, fields: { t: 'same', u: person }, unset: [] },
    { kind: 'set', id, fields: { t: 'same' }, unset: ['v'] },
  ]);
  const head = () => ({ id: newId(), type: 'box', fields: {} });
  return candidates
    .concat(
      places.map((at) => ({ kind: 'insert', widget: createWidget({ id: newId(), type: 'text' }), at })),
      places.slice(0, 2).map((at) => ({
        kind: 'insert',
        widget: createWidget({ id: 'both', type: 'text', fields: { from: person } }),
        at,
      })),
      runs.flatMap((run): Operation[] => [
        { kind: 'wrap', widget: head(), children: run.map(({ id }) => ({ id })) },
        { kind: 'wrap', widget: head(), children: run.map(({ id }, at) => ({ id, slot: `s${at}` })) },
      ]),
      {
        kind: 'wrap',
        widget: { id: 'both', type: 'box', fields: {} },
        children: [{ id: widgets[1]?.id ?? '' }],
      },
    )
    .filter((operation) => applyOperation(tree, operation).ok);
}

/** What became of an operation, in the words of the table. */
function wordFor(operation: Operation, rebased: Rebased): string {
  if (rebased.outcome === 'conflict') return rebased.conflict.code;
  if (rebased.outcome !== 'applies') return rebased.outcome;
  return rebased.operation === operation || formatOperation(rebased.operation) === formatOperation(operation)
    ? 'as it is'
    : 'adjusted';
}

describe('every pair of operations on small trees', () => {
  const seen = new Map<string, Set<string>>();
  const note = (operation: Operation, over: Operation, rebased: Rebased): void => {
    const pair = `${operation.kind} over ${over.kind}`;
    const words = seen.get(pair) ?? new Set();
    seen.set(pair, words.add(wordFor(operation, rebased)));
  };
  for (const outline of ['r(a(b c) d)', 'r(a b s:c)', 'r(a(s:b) c)', 'r(a(b(c)))']) {
    it(`converges, or is a conflict in both orders: ${outline}`, () => {
      const tree = treeOf(outline);
      const theirs = everyOperation(tree, 'y');
      for (const a of everyOperation(tree, 'x')) {
        for (const b of theirs) {
          const rebased = bothOrders(tree, a, b);
          note(a, b, rebased.a);
          note(b, a, rebased.b);
        }
      }
    });
  }

  it('comes to what the table in the manual says, and to all of it', () => {
    const text = readFileSync(new URL('../../../../docs/widgy-operations.md', import.meta.url), 'utf8');
    const rows = [...text.matchAll(/^\| `(\w+)` over `(\w+)` \| ([^|]+) \|/gm)].map(
      ([, kind, over, words = '']) => [`${kind} over ${over}`, words.trim().replaceAll('`', '').split(', ')],
    );
    const pairs = OPERATION_KINDS.flatMap((kind) => OPERATION_KINDS.map((over) => `${kind} over ${over}`));
    assert.deepEqual(
      rows,
      pairs.map((pair) => [pair, [...(seen.get(pair) ?? [])].sort()]),
    );
    const codes = [...text.matchAll(/^\| (`[a-z-]+`(?:, `[a-z-]+`)*) \| (?!.*\|.*\|)/gm)].map(
      ([, list = '']) => list,
    );
    const told = codes.flatMap((list) => list.replaceAll('`', '').split(', '));
    for (const code of [...REFUSAL_CODES, ...CONFLICT_CODES]) assert.ok(told.includes(code), code);
  });
});

describe('random operations on random trees', () => {
  it('converge in either order, or are a conflict in both', () => {
    let both = 0;
    fc.assert(
      fc.property(randomTree(), randomIntent, randomIntent, (tree, one, two) => {
        const a = operationFor(tree, one, counter('a'));
        const b = operationFor(tree, two, counter('b'));
        fc.pre(applyOperation(tree, a).ok && applyOperation(tree, b).ok);
        const { b: rebased } = bothOrders(tree, a, b);
        if (rebased.outcome !== 'applies') return;
        both++;
        assertIndexed(after(after(tree, a), rebased.operation));
      }),
      { seed: SEED, numRuns: RUNS },
    );
    assert.ok(both > RUNS / 2, `only ${both} pairs could both be done`);
  });
});

const RUNS = 2000;

it('a rebase looks at nothing but what the operations are about', () => {
  // Ten thousand widgets, and two operations far apart: what is between them is shared by all the trees.
  const sections = Array.from({ length: 100 }, (_, section) =>
    createWidget({
      id: `s${section}`,
      type: 'box',
      children: Array.from(
        { length: 100 },
        (_, at): Widget => createWidget({ id: `w${section}-${at}`, type: 'text' }),
      ),
    }),
  );
  const tree = createTree(createWidget({ id: 'r', type: 'page', children: sections }));
  const a = operationOf(move('w3-4', { parent: 's9', before: 'w9-5' }));
  const b = operationOf(insert('x', { parent: 's9', before: 'w9-5' }));
  const rebased = rebaseOperation(b, a, tree);
  assert.ok(rebased.outcome === 'applies');
  const next = after(after(tree, a), rebased.operation);
  const other = rebaseOperation(a, b, tree);
  assert.ok(other.outcome === 'applies');
  assert.equal(hashTree(after(after(tree, b), other.operation)), hashTree(next));
  const shared = next.root.children.filter((section, at) => section === tree.root.children[at]);
  assert.equal(shared.length, 98);
});
