import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { applyOperation } from './apply.ts';
import { diffTrees } from './diff.ts';
import { invertOperation } from './invert.ts';
import { mergeTrees } from './merge.ts';
import { duplicate, type Operation, type Wrap } from './operation.ts';
import { counter } from './random-fixture.ts';
import { rebaseOperation } from './rebase.ts';
import type { Catalogue } from './rules/catalogue.ts';
import { checkOperation } from './rules/check-operation.ts';
import { checkTree } from './rules/check-tree.ts';
import { possibleParents } from './rules/possible-parents.ts';
import { catalogueOf } from './rules/rules-fixture.ts';
import { possibleChildren } from './rules/shelf.ts';
import type { TypeRules } from './rules/type-rules.ts';
import { createTree, type Tree } from './tree.ts';
import { createWidget, type Widget } from './widget.ts';

/** Siblings of which the tests count how often their ids and slots are read: looking for one among them reads one of the two. */
interface Wide {
  /** A page that holds all of them. */
  readonly flat: Tree;
  /** A page with a box that holds all of them. */
  readonly boxed: Tree;
  readonly wrap: Wrap;
  readonly insert: Operation;
  readonly rules: Catalogue;
}

const box = { id: 'box', type: 'box' };

function wideOf(count: number, types: readonly TypeRules[], read: () => void): Wide {
  const counted = (id: string): Widget => ({
    get id() {
      read();
      return id;
    },
    type: 'text',
    get slot() {
      read();
      return undefined;
    },
    fields: {},
    children: [],
  });
  const ids = Array.from({ length: count }, (_, at) => `w${at}`);
  const page = (...children: Widget[]): Tree => createTree(createWidget({ id: 'p', type: 'page', children }));
  const others = createWidget({ ...box, id: 'c', children: ids.map((id) => counted(`c${id}`)) });
  return {
    flat: page(...ids.map(counted)),
    boxed: page(createWidget({ ...box, children: ids.map(counted) })),
    wrap: { kind: 'wrap', widget: { ...box, fields: {} }, children: ids.map((id) => ({ id })) },
    insert: { kind: 'insert', widget: others, at: { parent: 'p' } },
    rules: catalogueOf(types),
  };
}

const TYPES: readonly TypeRules[] = [
  { type: 'page', label: 'Page', isRootChoice: true, children: { accept: ['text', 'box'] } },
  { type: 'box', label: 'Box', children: { accept: ['text'] } },
  { type: 'text', label: 'Text' },
];

/** Functions that do not look at the other children. */
const WITH_FUNCTIONS = TYPES.map(
  (type): TypeRules => ({
    ...type,
    acceptsChild: ({ parent }) => parent.fields.a !== 1,
    acceptsParent: ({ parent }) => parent.id !== 'none',
  }),
);

function treeAfter(tree: Tree, operation: Operation): Tree {
  const applied = applyOperation(tree, operation);
  assert.ok(applied.ok);
  return applied.tree;
}

function accepted(tree: Tree, operation: Operation, rules: Catalogue): void {
  assert.ok(checkOperation(tree, operation, rules).ok);
  assert.ok(invertOperation(tree, operation).ok);
}

const insertOne: Operation = {
  kind: 'insert',
  widget: createWidget({ id: 'one', type: 'text' }),
  at: { parent: 'p' },
};
const set: Operation = { kind: 'set', id: 'w1', fields: { a: 2 }, unset: [] };
const unwrap: Operation = { kind: 'unwrap', id: 'box' };

const WORK: readonly [name: string, work: (wide: Wide) => void][] = [
  ['created', ({ flat }) => createTree(flat.root)],
  ['checked', ({ flat, rules }) => assert.deepEqual(checkTree(flat, rules), [])],
  ['inserted', ({ flat, insert, rules }) => accepted(flat, insert, rules)],
  ['inserted into', ({ flat, rules }) => accepted(flat, insertOne, rules)],
  ['wrapped', ({ flat, wrap, rules }) => accepted(flat, wrap, rules)],
  ['unwrapped', ({ boxed, rules }) => accepted(boxed, unwrap, rules)],
  ['removed', ({ boxed, rules }) => accepted(boxed, { kind: 'remove', id: 'box' }, rules)],
  ['moved', ({ flat, rules }) => accepted(flat, { kind: 'move', id: 'w0', to: { parent: 'p' } }, rules)],
  ['set', ({ flat, rules }) => accepted(flat, set, rules)],
  [
    'copied',
    ({ boxed, rules }) => accepted(boxed, duplicate(boxed, 'box', { parent: 'p' }, counter('n')), rules),
  ],
  [
    'offered places',
    ({ flat, rules }) => {
      possibleChildren(flat, rules);
      possibleParents(flat, { type: 'text' }, rules);
      possibleParents(flat, { id: 'w0' }, rules);
    },
  ],
  [
    'wrapped by two',
    ({ flat, wrap }) => {
      const other: Operation = { ...wrap, widget: { ...box, id: 'other', fields: {} } };
      assert.equal(rebaseOperation(other, wrap, flat).outcome, 'conflict');
    },
  ],
  [
    'wrapped while one is set',
    ({ flat, wrap }) => assert.equal(rebaseOperation(wrap, set, flat).outcome, 'applies'),
  ],
  [
    'compared',
    ({ flat, boxed }) => {
      assert.ok(diffTrees(flat, boxed).moved.length > 0);
      const { removed, added } = diffTrees(flat, createTree(createWidget({ id: 'p', type: 'page' })));
      assert.ok(removed.length > 0 && added.length === 0);
    },
  ],
  [
    'merged',
    ({ flat, wrap, insert }) =>
      assert.ok(mergeTrees(flat, treeAfter(flat, wrap), treeAfter(flat, insert)).ok),
  ],
];

describe('twice as many siblings are read about twice as often when they are', () => {
  for (const [rules, types] of [
    ['data', TYPES],
    ['functions', WITH_FUNCTIONS],
  ] as const) {
    for (const [name, work] of WORK) {
      it(`${name}, with rules as ${rules}`, () => {
        const readsOf = (count: number): number => {
          let reads = 0;
          const wide = wideOf(count, types, () => reads++);
          reads = 0;
          work(wide);
          return reads;
        };
        const [some, twice] = [readsOf(SIBLINGS), readsOf(SIBLINGS * 2)];
        assert.ok(some > 0);
        // A square would be near four times as many. Sorting may add a little to twice as many.
        assert.ok(twice < some * 2.5, `${some} reads, then ${twice}`);
      });
    }
  }
});

const SIBLINGS = 400;

it('a function that looks at the children is asked about the others, each time anew', () => {
  const seen: string[] = [];
  const rules = catalogueOf(
    TYPES.map((type) => ({
      ...type,
      acceptsChild: ({ parent, child }) => {
        assert.equal(parent.children, parent.children);
        seen.push(`${child.widget?.id} among ${parent.children.map(({ id }) => id).join()}`);
        return true;
      },
    })),
  );
  const { flat } = wideOf(3, TYPES, () => undefined);
  checkTree(flat, rules);
  assert.deepEqual(seen, ['w0 among w1,w2', 'w1 among w0,w2', 'w2 among w0,w1']);
});
