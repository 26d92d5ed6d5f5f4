import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { treeOf } from '../../tree/outline-fixture.ts';
import { randomTree, SEED } from '../../tree/random-fixture.ts';
import { checkOperation } from '../../tree/rules/check-operation.ts';
import { catalogueOf, TYPES } from '../../tree/rules/rules-fixture.ts';
import { findWidget, type Place, type Tree } from '../../tree/tree.ts';
import { childrenIn, walk } from '../../tree/widget.ts';
import { slotKey, slotNames } from '../commands/move-slots.ts';
import { movableTo } from '../commands/move-targets.ts';
import { topmost } from '../session/selection.ts';
import { ANYWHERE, type Gaps, placeAt, placesInGap } from './gaps.ts';
import type { Row } from './rows.ts';
import { rowsIn } from './rows-fixture.ts';

const limits = { depth: 100 };

function gapsIn(tree: Tree, ids: readonly string[], rows: readonly Row[], catalogue = RULES): Gaps {
  return { tree, catalogue, rows, moved: new Set(ids), legal: movableTo(tree, ids, { catalogue, limits }) };
}

const RULES = catalogueOf(TYPES);

function print({ parent, slot, before }: Place): string {
  return `${slotKey(parent, slot)}${before === undefined ? '' : ` before ${before}`}`;
}

describe('placeAt', () => {
  const tree = treeOf('p/page(a(t/text) b/box(u/text) i/image)');
  const rows = rowsIn(tree, RULES);
  // 0 p, 1 .a, 2 ..t, 3 .b, 4 ..u, 5 .i, 6 .p+
  const cases: readonly [name: string, y: number, x: number, found: string | undefined][] = [
    ['the lower half of the first row', 0.6, 9, 'p before a @0/2'],
    ['the upper half of the first row is below it too', 0.1, 9, 'p before a @0/2'],
    ['between a parent and its first', 1.9, 9, 'a before t @1/3'],
    ['last in a box, far to the right', 3.1, 9, 'a @2/3'],
    ['last in a box, right at its line', 3.1, 3, 'a @2/3'],
    ['behind the box, left of that', 3.1, 2.9, 'p before b @2/2'],
    ['behind the box, beyond all lines', 2.8, -4, 'p before b @2/2'],
    ['before what is dragged: where it is', 4.6, 2, 'p @4/2'],
    ['the end of the page', 40, 0, 'p @6/2'],
  ];
  for (const [name, y, x, found] of cases) {
    it(name, () => {
      const pointed = placeAt(gapsIn(tree, ['i'], rows), y, x);
      const { place, line } = pointed ?? {};
      assert.equal(place && line && `${print(place)} @${line.afterRow}/${line.depth}`, found);
    });
  }

  it('has no line where nothing is legal', () => {
    const tree = treeOf('p/page(s/slideshow(x/slide y/slide) t/text)');
    const gaps = gapsIn(tree, ['x'], rowsIn(tree, RULES));
    assert.equal(placeAt(gaps, 7, 3), undefined);
    assert.equal(placeAt(gaps, 2, 3)?.place.parent, 's');
    assert.deepEqual(placeAt({ ...gaps, legal: ANYWHERE }, 7, 3)?.place, {
      ...{ parent: 'p', slot: undefined, before: undefined },
    });
  });
});

/** Whatever stands in what: so that all shapes of trees have legal gaps. */
const ALL = catalogueOf(
  ['page', 'box', 'text', 'image'].map((type) => ({
    ...{ type, label: type },
    ...(type === 'image'
      ? {}
      : {
          children: {
            accept: type === 'text' ? [] : ['*'],
            slots: [
              { name: 'right', accept: ['*'] },
              { name: 'left', accept: ['*'], max: 3 },
            ],
          },
        }),
  })),
);

const situation = fc.record({
  tree: randomTree(14),
  picks: fc.array(fc.nat(13), { minLength: 1, maxLength: 3 }),
  closed: fc.array(fc.nat(13), { maxLength: 3 }),
});

function set({ tree, picks, closed }: typeof situation extends fc.Arbitrary<infer Value> ? Value : never) {
  const all = Array.from(walk(tree.root), ({ id }) => id);
  const choose = (number: number): string => all[number % all.length] ?? 'root';
  const ids = topmost(tree, picks.map(choose)).filter((id) => id !== 'root');
  const collapsed = closed.map(choose);
  const rows = rowsIn(tree, ALL, collapsed);
  return { tree, ids, collapsed, rows, gaps: gapsIn(tree, ids, rows, ALL) };
}

function drop(tree: Tree, ids: readonly string[], to: Place): Tree {
  return ids.reduce((before, id) => {
    const checked = checkOperation(before, { kind: 'move', id, to }, ALL);
    assert.ok(checked.ok, JSON.stringify({ id, to, checked }));
    return checked.tree;
  }, tree);
}

/** What stands in what is dragged goes with it. */
const isOfMoved = (tree: Tree, ids: readonly string[], row: Row): boolean => {
  const id = row.kind === 'widget' ? row.widget.id : row.parent.id;
  return ids.some((top) => walk(findWidget(tree, top) ?? tree.root).some((widget) => widget.id === id));
};

describe('gaps of any tree', () => {
  it('reach every legal place that is shown', () => {
    let count = 0;
    fc.assert(
      fc.property(situation, (given) => {
        const { ids, rows, gaps } = set(given);
        if (ids.length === 0) return;
        const reached = new Set<string>();
        for (let y = 0; y <= rows.length; y += 0.25) {
          for (let x = 0; x <= 16; x += 0.5) {
            const pointed = placeAt(gaps, y, x);
            if (pointed) reached.add(print(pointed.place));
          }
        }
        for (const row of rows) {
          if (row.kind === 'add' || row.isCollapsed) continue;
          const parent = row.kind === 'widget' ? row.widget : row.parent;
          const slots = row.kind === 'widget' ? slotNames(parent, ALL) : [row.slot];
          for (const slot of slots) {
            const isShown = slot === undefined || row.kind === 'slot';
            if (!isShown || !gaps.legal.has(slotKey(parent.id, slot))) continue;
            const others = childrenIn(parent, slot).filter(({ id }) => !ids.includes(id));
            for (const before of [...others.map(({ id }) => id), undefined]) {
              count++;
              const place = print({ parent: parent.id, slot, before });
              assert.ok(reached.has(place), `${place} in ${[...reached].join(', ')}`);
            }
          }
        }
      }),
      { seed: SEED, numRuns: 150 },
    );
    assert.ok(count > 400, `${count}`);
  });

  it('put what is dropped right where the line was', () => {
    let count = 0;
    fc.assert(
      fc.property(situation, (given) => {
        const { tree, ids, collapsed, rows, gaps } = set(given);
        const [first] = ids;
        if (first === undefined) return;
        for (let at = 0; at < rows.length; at++) {
          const places = placesInGap(gaps, at);
          assert.deepEqual(
            places.map(({ depth }) => depth),
            [...new Set(places.map(({ depth }) => depth))].sort((a, b) => b - a),
          );
          for (const { place, depth, afterRow = at } of places) {
            const after = drop(tree, ids, place);
            const now = rowsIn(after, ALL, collapsed);
            const landed = now.findIndex(({ key }) => key === first);
            // What goes into a closed row is not shown.
            if (landed < 0) continue;
            count++;
            // A slot that no type has goes with the last in it.
            const left = new Set(now.map(({ key }) => key));
            const stays = (row: Row): boolean =>
              row.kind !== 'add' && left.has(row.key) && !isOfMoved(tree, ids, row);
            assert.equal(now[landed]?.level, depth);
            assert.deepEqual(
              now
                .slice(0, landed)
                .filter(stays)
                .map(({ key }) => key),
              rows
                .slice(0, afterRow + 1)
                .filter(stays)
                .map(({ key }) => key),
            );
          }
        }
      }),
      { seed: SEED, numRuns: 150 },
    );
    assert.ok(count > 400, `${count}`);
  });
});
