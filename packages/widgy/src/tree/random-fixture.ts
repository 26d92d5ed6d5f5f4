import assert from 'node:assert/strict';
import fc from 'fast-check';
import { applyOperation } from './apply.ts';
import type { JsonObject } from './json.ts';
import { duplicate, type Operation } from './operation.ts';
import { createTree, findWidget, type Place, type Tree } from './tree.ts';
import { createWidget, type IdMaker, type Widget, walk } from './widget.ts';

/** The seed of all properties; a failure prints the path to the case, with which it can be run alone. */
export const SEED = 20_261_122;

const SLOTS = [undefined, undefined, 'left', 'right'] as const;
const VALUES = [null, 0, 1, 'x', ['x'], { x: 1 }] as const;

/** One widget of a random tree: whose child it is, counted back, and what it is. Dropping one keeps the others a tree. */
const seedling = fc.record({
  above: fc.nat(5),
  slot: fc.constantFrom(...SLOTS),
  type: fc.constantFrom('box', 'text', 'image'),
  fields: fc.dictionary(fc.constantFrom('a', 'b'), fc.constantFrom(...VALUES), { noNullPrototype: true }),
});

/** A random tree of up to so many widgets, which shrinks by losing widgets. */
export function randomTree(maxWidgets = 12): fc.Arbitrary<Tree> {
  return fc.array(seedling, { maxLength: maxWidgets - 1 }).map((seedlings) => {
    const children: Widget[][] = seedlings.map(() => []);
    const top: Widget[] = [];
    for (let at = seedlings.length - 1; at >= 0; at--) {
      const grown = seedlings[at];
      assert.ok(grown);
      const { above, slot, type, fields } = grown;
      const widget = createWidget({ id: `w${at}`, type, slot, fields, children: children[at] ?? [] });
      (children[at - 1 - above] ?? top).unshift(widget);
    }
    return createTree(createWidget({ id: 'root', type: 'page', children: top }));
  });
}

/** What somebody wants to do to a tree that is not known yet: numbers that choose among whatever is there. */
export interface Intent {
  readonly kind: Operation['kind'];
  readonly widget: number;
  readonly parent: number;
  readonly gap: number;
  readonly slot: number;
  readonly count: number;
  readonly value: number;
}

/** A random intent. */
export const randomIntent: fc.Arbitrary<Intent> = fc.record({
  kind: fc.constantFrom('insert', 'move', 'set', 'remove', 'duplicate', 'wrap', 'unwrap'),
  widget: fc.nat(20),
  parent: fc.nat(20),
  gap: fc.nat(4),
  slot: fc.nat(3),
  count: fc.nat(2),
  value: fc.nat(23),
});

/** An id maker that counts, for one person. */
export function counter(prefix: string): IdMaker {
  let count = 0;
  return () => `${prefix}${count++}`;
}

function choose<T>(items: readonly [T, ...T[]], number: number): T {
  const at = number % items.length;
  for (const [index, item] of items.entries()) if (index === at) return item;
  return items[0];
}

/** The operation that an intent comes to in a tree. It may be one that is refused: putting something into itself, say. */
export function operationFor(tree: Tree, intent: Intent, newId: IdMaker): Operation {
  const widgets: [Widget, ...Widget[]] = [tree.root, ...walk(tree.root).drop(1)];
  const { id, children } = choose(widgets, intent.widget);
  const at = placeFor(choose(widgets, intent.parent), intent);
  const fields = fieldsFor(intent);
  switch (intent.kind) {
    case 'insert': {
      const below = Array.from({ length: intent.count }, () => createWidget({ id: newId(), type: 'text' }));
      return {
        kind: 'insert',
        at,
        widget: createWidget({ id: newId(), type: 'box', fields, children: below }),
      };
    }
    case 'move':
      return { kind: 'move', id, to: at };
    case 'set':
      return { kind: 'set', id, fields, unset: Object.hasOwn(fields, 'a') || intent.gap > 1 ? [] : ['a'] };
    case 'remove':
    case 'unwrap':
      return { kind: intent.kind, id };
    case 'duplicate':
      return duplicate(tree, id, at, newId);
    case 'wrap': {
      const start = Math.min(intent.gap, Math.max(0, children.length - 1));
      const run = children.slice(start, start + 1 + intent.count);
      const slot = choose(SLOTS, intent.value);
      return {
        kind: 'wrap',
        widget: { id: newId(), type: 'box', fields },
        children: (run.length === 0 ? [{ id }] : run).map((child) => ({ id: child.id, slot })),
      };
    }
  }
}

function placeFor({ id, children }: Widget, { gap, slot }: Intent): Place {
  const before = children[gap];
  if (before !== undefined) return { parent: id, slot: before.slot, before: before.id };
  return { parent: id, slot: choose(SLOTS, slot) };
}

function fieldsFor({ value }: Intent): JsonObject {
  const a = choose(VALUES, value);
  const b = choose(VALUES, Math.floor(value / 6));
  const given: [JsonObject, ...JsonObject[]] = [{ a }, { b }, { a, b }, {}];
  return choose(given, Math.floor(value / 3));
}

/** Fails unless the index of a tree is what indexing it anew gives. */
export function assertIndexed(tree: Tree): void {
  const fresh = createTree(tree.root).index.shared;
  const { shared, changes } = tree.index;
  for (const id of new Set([...shared.keys(), ...changes.keys(), ...fresh.keys()])) {
    assert.equal(findWidget(tree, id), fresh.get(id)?.widget, id);
    const entry = changes.has(id) ? changes.get(id) : shared.get(id);
    assert.equal(entry?.parent, fresh.get(id)?.parent, id);
  }
}

/** The tree after all of some intents that are possible, one after the other. */
export function afterAll(tree: Tree, intents: readonly Intent[], newId: IdMaker): Tree {
  let next = tree;
  for (const intent of intents) {
    const applied = applyOperation(next, operationFor(next, intent, newId));
    if (applied.ok) next = applied.tree;
  }
  return next;
}
