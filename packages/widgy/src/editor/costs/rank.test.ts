import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createTree, findWidget } from '../../tree/tree.ts';
import { createWidget } from '../../tree/widget.ts';
import { costOf, rank } from './rank.ts';
import { costsOf } from './read-costs.ts';

const widget = (id: string, type: string) => createWidget({ id, type });
const tree = createTree(
  createWidget({
    ...{ id: 'root', type: 'page' },
    children: [widget('a', 'map'), widget('b', 'note'), widget('c', 'map'), widget('new', 'note')],
  }),
);
const costs = costsOf({
  sequence: 7,
  types: {
    page: { style: 0, script: 0 },
    note: { style: 300, script: null },
    map: { style: 900, script: 4_000 },
    gone: { style: 10_000, script: 10_000 },
  },
  ms: { root: 1, a: 2, b: 0.5, c: 8, old: 99 },
});
assert.ok(costs);

describe('what a page costs', () => {
  it('has the most expensive first, and nothing that is not there', () => {
    const { types, widgets, total, isPartial } = rank(tree, costs);
    assert.deepEqual(
      types.map(({ type, count, bytes }) => [type, count, bytes]),
      [
        ['map', 2, 4_900],
        ['note', 2, 300],
      ],
    );
    assert.deepEqual(
      widgets.map((each) => [each.widget.id, each.ms]),
      [
        ['c', 8],
        ['a', 2],
        ['root', 1],
        ['b', 0.5],
      ],
    );
    // What a type ships is loaded once, however many widgets there are of it.
    assert.deepEqual(total, { style: 1_200, script: 4_000, ms: 11.5 });
    assert.equal(isPartial, true);
  });

  it('is for one widget what its type ships, and the time of its own', () => {
    const of = (id: string) => {
      const found = findWidget(tree, id);
      assert.ok(found);
      return costOf(tree, found, costs);
    };
    assert.deepEqual(of('c'), { type: { style: 900, script: 4_000 }, count: 2, ms: 8 });
    // It was added after the costs were counted.
    assert.deepEqual(of('new'), { type: { style: 300, script: null }, count: 2, ms: undefined });
  });

  it('is not read from anything else', () => {
    for (const wrong of [{}, { sequence: 1, types: [], ms: {} }, { sequence: 1, types: {}, ms: null }])
      assert.equal(costsOf(wrong), undefined);
    const odd = costsOf({ sequence: 1, types: { a: 3, b: { style: 'x' } }, ms: { a: 'y', b: 1 } });
    assert.deepEqual(odd, { sequence: 1, types: { b: { style: null, script: null } }, ms: { b: 1 } });
  });
});
