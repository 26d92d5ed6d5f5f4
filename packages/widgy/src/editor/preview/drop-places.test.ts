import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { treeOf } from '../../tree/outline-fixture.ts';
import { catalogueOf, TYPES } from '../../tree/rules/rules-fixture.ts';
import { findWidget, type Place } from '../../tree/tree.ts';
import { childrenIn } from '../../tree/widget.ts';
import { slotKey } from '../commands/move-slots.ts';
import { movableTo } from '../commands/move-targets.ts';
import { type DropPlace, dropAt, dropPlaces } from './drop-places.ts';
import type { PageBox } from './page-box.ts';

const catalogue = catalogueOf(TYPES);

/** Left, top, width and height, by the id of the widget. */
type Boxes = Readonly<Record<string, readonly [number, number, number, number]>>;

function placesOf(outline: string, dragged: string, boxes: Boxes, isFromRight = false): readonly DropPlace[] {
  const tree = treeOf(outline);
  const entries = Object.entries(boxes).map(([id, [left, top, width, height]]): [string, PageBox] => [
    id,
    { left, top, right: left + width, bottom: top + height },
  ]);
  return dropPlaces({
    ...{ tree, catalogue, moved: new Set([dragged]), boxes: new Map(entries), isFromRight },
    legal: movableTo(tree, [dragged], { catalogue, limits: { depth: 100 } }),
  });
}

function print({ parent, slot, before }: Place): string {
  return `${slotKey(parent, slot)}${before === undefined ? '' : ` before ${before}`}`;
}

function printLine({ left, top, right, bottom }: PageBox): string {
  return top === bottom ? `${left}-${right} at y ${top}` : `x ${left} at ${top}-${bottom}`;
}

/** Blocks below each other, without anything between them: where their edges are one, what is in them is further in by a little. */
const STACKED = 'p/page(a/text s/box(t/text u/text) e/box z/text)';
const STACKED_BOXES: Boxes = {
  ...{ p: [0, 0, 600, 500], a: [0, 0, 600, 100], s: [0, 100, 600, 200] },
  ...{ t: [0, 100, 600, 100], u: [0, 200, 600, 100], e: [0, 300, 600, 100], z: [0, 400, 600, 100] },
};

/** A row that goes on in a second one. */
const GRID = 'p/page(s/box(a/text b/text c/text) z/text)';
const GRID_BOXES: Boxes = {
  ...{ p: [0, 0, 600, 500], s: [20, 20, 560, 300], z: [0, 400, 600, 100] },
  ...{ a: [40, 40, 200, 100], b: [300, 40, 200, 100], c: [40, 180, 200, 100] },
};

/** The same row in a language that is written from the right. */
const BACKWARDS_BOXES: Boxes = { ...GRID_BOXES, a: [300, 40, 200, 100], b: [40, 40, 200, 100] };

const COLUMNS = 'p/page(k/columns(left:x/column(a/text)) l/columns(left:y/column right:w/column))';

describe('what is dropped on a page', () => {
  const cases: readonly [
    what: string,
    page: readonly [outline: string, dragged: string, boxes: Boxes, isFromRight?: boolean],
    cases: readonly [x: number, y: number, place: string | undefined, line?: string][],
  ][] = [
    [
      'between what is stacked',
      [STACKED, 'z', STACKED_BOXES],
      [
        [300, 2, 'p before a', '6-594 at y 6'],
        [300, 60, 'p before s', '6-594 at y 100'],
        [300, 100, 'p before s'],
        [300, 104, 's before t', '12-588 at y 106'],
        [300, 190, 's before u', '12-588 at y 200'],
        [300, 292, 's', '12-588 at y 294'],
        [300, 299, 'p before e', '6-594 at y 300'],
        // The middle of what is empty is in it; its edges are around it.
        [300, 350, 'e', '18-582 at y 350'],
        [300, 304, 'p before e'],
        [300, 396, 'p', '6-594 at y 400'],
        [300, 2_000, 'p'],
        [-500, 200, 's before u'],
      ],
    ],
    [
      'beside what stands in a row, and where the row ends',
      [GRID, 'z', GRID_BOXES],
      [
        [45, 90, 's before a', 'x 40 at 40-140'],
        [260, 90, 's before b', 'x 270 at 40-140'],
        [495, 90, 's before c', 'x 500 at 40-140'],
        [140, 175, 's before c', '40-240 at y 180'],
        [140, 270, 's', '40-240 at y 280'],
      ],
    ],
    [
      'in a row from the right',
      [GRID, 'z', BACKWARDS_BOXES],
      [
        [495, 90, 's before a', 'x 500 at 40-140'],
        [260, 90, 's before b', 'x 270 at 40-140'],
        [45, 90, 's before c', 'x 40 at 40-140'],
      ],
    ],
    [
      'no place is named by what is dragged',
      [GRID, 'b', GRID_BOXES],
      [
        [260, 90, 's before c'],
        [490, 90, 's before c'],
        [45, 90, 's before a'],
      ],
    ],
    [
      'beside what the other slot holds, where there is room',
      [
        COLUMNS,
        'w',
        { p: [0, 0, 600, 300], k: [0, 0, 600, 200], x: [6, 6, 280, 188], z: [0, 200, 600, 100] },
      ],
      [
        [500, 100, 'k:right', '298-582 at y 103'],
        [20, 100, 'k:right'],
      ],
    ],
    [
      'beside it in columns from the right',
      [
        COLUMNS,
        'w',
        { p: [0, 0, 600, 300], k: [0, 0, 600, 200], x: [314, 6, 280, 188], z: [0, 200, 600, 100] },
        true,
      ],
      [
        [100, 100, 'k:right', '18-302 at y 103'],
        [580, 100, 'k:right'],
      ],
    ],
    [
      'into one of two empty slots, the first of which is on the right',
      [
        'p/page(k/columns l/columns(left:y/column right:w/column))',
        'w',
        { p: [0, 0, 400, 300], k: [0, 0, 400, 100] },
        true,
      ],
      [
        [250, 50, 'k:left', '212-382 at y 53'],
        [50, 50, 'k:right', '18-188 at y 53'],
      ],
    ],
    [
      'below it, where there is none',
      [
        COLUMNS,
        'w',
        { p: [0, 0, 300, 300], k: [0, 0, 300, 200], x: [0, 0, 300, 100], z: [0, 200, 300, 100] },
      ],
      [[150, 150, 'k:right', '18-282 at y 150']],
    ],
    [
      'into one of two slots, where both are empty',
      [
        'p/page(k/columns l/columns(left:y/column right:w/column))',
        'w',
        { p: [0, 0, 400, 300], k: [0, 0, 400, 100] },
      ],
      [
        [50, 50, 'k:left', '18-188 at y 53'],
        [250, 50, 'k:right', '212-382 at y 53'],
      ],
    ],
    [
      'nowhere, where nothing takes it',
      ['p/page(s/slideshow(x/slide) t/text)', 'x', { p: [0, 0, 400, 300], t: [0, 0, 400, 100] }],
      [[50, 50, undefined]],
    ],
    [
      'what is not seen is passed over',
      [STACKED, 'z', { p: [0, 0, 600, 500], a: [0, 0, 600, 100], e: [0, 100, 600, 100] }],
      [
        [300, 90, 'p before e', '6-594 at y 100'],
        [300, 199, 'p'],
      ],
    ],
    ['a page on which nothing is seen', [STACKED, 'z', {}], [[0, 0, undefined]]],
    [
      'an empty page',
      ['p/page(k/box(z/text))', 'k', { p: [0, 0, 600, 500] }],
      [[10, 200, 'p', '12-588 at y 250']],
    ],
  ];
  for (const [what, page, points] of cases) {
    it(what, () => {
      const places = placesOf(...page);
      for (const [x, y, place, line] of points) {
        const found = dropAt(places, x, y);
        assert.equal(found && print(found.place), place, `${x}, ${y}`);
        if (line !== undefined) assert.equal(found && printLine(found.line), line, `${x}, ${y}`);
      }
    });
  }

  it('each place is legal, and can be pointed at by its line', () => {
    const tree = treeOf(STACKED);
    const places = placesOf(STACKED, 'z', STACKED_BOXES);
    const legal = movableTo(tree, ['z'], { catalogue, limits: { depth: 100 } });
    // In the page, where the dragged one has two sides, in the box with two, and in the empty one.
    assert.equal(places.length, 5 + 3 + 1);
    for (const { place, line } of places) {
      const { parent, slot, before } = place;
      assert.ok(legal.has(slotKey(parent, slot)));
      const above = findWidget(tree, parent);
      assert.ok(above);
      if (before !== undefined) assert.ok(childrenIn(above, slot).some(({ id }) => id === before));
      const found = dropAt(places, (line.left + line.right) / 2, (line.top + line.bottom) / 2);
      assert.equal(found && print(found.place), print(place));
    }
  });
});
