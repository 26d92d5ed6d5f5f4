import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { DEFAULT_LIMITS } from '../../tree/limits.ts';
import { outlineOf, treeOf } from '../../tree/outline-fixture.ts';
import { SEED } from '../../tree/random-fixture.ts';
import { checkOperation } from '../../tree/rules/check-operation.ts';
import { catalogueOf, TYPES } from '../../tree/rules/rules-fixture.ts';
import type { Place, Tree } from '../../tree/tree.ts';
import { walk } from '../../tree/widget.ts';
import { topmost } from '../session/selection.ts';
import { slotKey, slotLabel, slotNames } from './move-slots.ts';
import { movableTo } from './move-targets.ts';
import { type Direction, placeToward } from './moves.ts';

const catalogue = catalogueOf([
  ...TYPES,
  {
    type: 'wide',
    label: 'Wide',
    children: {
      accept: ['*'],
      slots: [
        { name: 'z', accept: ['*'] },
        { name: 'a', accept: ['*'] },
      ],
    },
  },
]);
const rules = { catalogue, limits: DEFAULT_LIMITS };

/** The tree after moving widgets one after the other to one place; undefined where a rule is against it. */
function moveAll(tree: Tree, ids: readonly string[], to: Place): Tree | undefined {
  let next = tree;
  for (const id of ids) {
    const checked = checkOperation(next, { kind: 'move', id, to }, catalogue);
    if (!checked.ok) return undefined;
    next = checked.tree;
  }
  return next;
}

describe('placeToward', () => {
  const cases: readonly [
    name: string,
    tree: string,
    ids: string,
    direction: Direction,
    after: string | undefined,
  ][] = [
    ['up past a sibling', 'p/page(a/text b/text c/text)', 'c', 'up', 'p/page(a/text c/text b/text)'],
    ['up to the first place', 'p/page(a/text b/text)', 'b', 'up', 'p/page(b/text a/text)'],
    ['down past a sibling', 'p/page(a/text b/text c/text)', 'a', 'down', 'p/page(b/text a/text c/text)'],
    ['down past what could take it', 'p/page(a/text b(c/text))', 'a', 'down', 'p/page(b(c/text) a/text)'],
    ['up from the top of all', 'p/page(a/text b/text)', 'a', 'up', undefined],
    [
      'down into the next box',
      'p/page(a(t/text) i/image b(u/text))',
      't',
      'down',
      'p/page(a i/image b(t/text u/text))',
    ],
    ['up into the box before', 'p/page(a(t/text) b(u/text))', 'u', 'up', 'p/page(a(t/text u/text) b)'],
    ['not into a deeper box', 'p/page(a(t/text) b(c(u/text)))', 't', 'down', 'p/page(a b(t/text c(u/text)))'],
    [
      'over a box that does not take it',
      'p/page(f/form(x/field) b g/form)',
      'x',
      'down',
      'p/page(f/form b g/form(x/field))',
    ],
    ['into the next slot', 'w/wide(z:t/text a:u/text)', 't', 'down', 'w/wide(a:t/text a:u/text)'],
    ['into the slot before', 'w/wide(z:t/text a:u/text)', 'u', 'up', 'w/wide(z:t/text z:u/text)'],
    [
      'a slide from a full show',
      'p/page(s/slideshow(a/slide b/slide) r/slideshow(c/slide))',
      'b',
      'down',
      'p/page(s/slideshow(a/slide) r/slideshow(b/slide c/slide))',
    ],
    [
      'no slide into a full show',
      'p/page(s/slideshow(a/slide b/slide) r/slideshow(c/slide d/slide))',
      'b',
      'down',
      undefined,
    ],
    [
      'nothing that its slot needs',
      'p/page(s/slideshow(a/slide) r/slideshow(c/slide))',
      'a',
      'down',
      undefined,
    ],
    ['out behind the parent', 'p/page(a(t/text) b)', 't', 'out', 'p/page(a t/text b)'],
    [
      'out of what is illegal around',
      'p/page(s/slideshow(a/slide(t/text)) b)',
      't',
      'out',
      'p/page(s/slideshow(a/slide) t/text b)',
    ],
    ['not out of the root', 'p/page(a)', 'a', 'out', undefined],
    ['a field not out of its form', 'p/page(f/form(x/field))', 'x', 'out', undefined],
    [
      'in to the end of the sibling before',
      'p/page(a(u/text) t/text)',
      't',
      'in',
      'p/page(a(u/text t/text))',
    ],
    [
      'in over a sibling that takes nothing',
      'p/page(a u/text t/text)',
      't',
      'in',
      'p/page(a(t/text) u/text)',
    ],
    [
      'in to what is deeper',
      'p/page(c/columns(left:l/column right:r/column) t/text)',
      't',
      'in',
      'p/page(c/columns(left:l/column right:r/column(t/text)))',
    ],
    ['in to the last slot', 'p/wide(w/wide t/text)', 't', 'in', 'p/wide(w/wide(a:t/text))'],
    ['nothing before to go into', 'p/page(t/text a)', 't', 'in', undefined],
    ['what is not draggable', 'p/page(a k/banner)', 'k', 'up', undefined],
    ['what has no known type', 'p/page(a o/old)', 'o', 'up', undefined],
    ['the root', 'p/page(a)', 'p', 'down', undefined],
    [
      'several, side by side',
      'p/page(a/text b/text c/text d/text)',
      'b c',
      'up',
      'p/page(b/text c/text a/text d/text)',
    ],
    [
      'several, down',
      'p/page(a/text b/text c/text d/text)',
      'b c',
      'down',
      'p/page(a/text d/text b/text c/text)',
    ],
    [
      'several, gathered',
      'p/page(a/text b/text c/text d/text)',
      'b d',
      'up',
      'p/page(b/text d/text a/text c/text)',
    ],
    ['several, in', 'p/page(a b/text c/text)', 'b c', 'in', 'p/page(a(b/text c/text))'],
    ['several, out', 'p/page(a(b/text c/text))', 'b c', 'out', 'p/page(a b/text c/text)'],
  ];
  for (const [name, outline, ids, direction, after] of cases) {
    it(name, () => {
      const tree = treeOf(outline);
      const moved = topmost(tree, ids.split(' '));
      const place = placeToward(tree, moved, direction, rules);
      const done = place && moveAll(tree, moved, place);
      assert.equal(done && outlineOf(done), after === undefined ? undefined : outlineOf(treeOf(after)));
    });
  }
});

const RICH = treeOf(
  'p/page(t/text i/image b(bt/text bb(x/text y/image)) f/form(ff/field fb(ft/text)) g/form s/slideshow(s1/slide s2/slide(u/text)) r/slideshow(r1/slide) c/columns(left:l/column(lt/text) right:r2/column) d/columns(left:m/column) k/banner o/old(ot/text))',
);
const IDS = Array.from(walk(RICH.root), ({ id }) => id);
const someIds = fc.subarray(IDS, { minLength: 1, maxLength: 4 }).map((ids) => topmost(RICH, ids));

describe('movableTo', () => {
  it('has exactly the slots that the rules allow', () => {
    let legal = 0;
    fc.assert(
      fc.property(someIds, (ids) => {
        const found = movableTo(RICH, ids, rules);
        for (const parent of walk(RICH.root)) {
          for (const slot of slotNames(parent, catalogue)) {
            const done = moveAll(RICH, ids, { parent: parent.id, slot });
            // Whatever stays where it is is refused by no rule.
            if (done === RICH) continue;
            const isPossible = done !== undefined;
            assert.equal(found.has(slotKey(parent.id, slot)), isPossible, `${ids} to ${parent.id} ${slot}`);
            if (isPossible) legal++;
          }
        }
      }),
      { seed: SEED, numRuns: 400 },
    );
    assert.ok(legal > 500, `${legal}`);
  });

  it('gives nothing where it would be too deep', () => {
    const tree = treeOf('p/page(a(b(c)) d(e))');
    const keys = movableTo(tree, ['d'], { catalogue, limits: { depth: 4 } });
    assert.deepEqual([...keys].sort(), ['a', 'p']);
    assert.deepEqual([...movableTo(tree, ['d'], rules)].sort(), ['a', 'b', 'c', 'p']);
  });
});

describe('placeToward for any widgets', () => {
  it('gives only places that the rules allow, and moves something', () => {
    const directions: readonly Direction[] = ['up', 'down', 'out', 'in'];
    fc.assert(
      fc.property(someIds, fc.constantFrom(...directions), (ids, direction) => {
        const place = placeToward(RICH, ids, direction, rules);
        if (place === undefined) return;
        const done = moveAll(RICH, ids, place);
        assert.ok(done, JSON.stringify(place));
        assert.notEqual(outlineOf(done), outlineOf(RICH));
      }),
      { seed: SEED, numRuns: 400 },
    );
  });

  it('takes a step up back with a step down', () => {
    for (const id of IDS) {
      // What stands where it may not does not get back there.
      if (id === 'ot') continue;
      const up = placeToward(RICH, [id], 'up', rules);
      const moved = up && moveAll(RICH, [id], up);
      const down = moved && placeToward(moved, [id], 'down', rules);
      const back = moved && down && moveAll(moved, [id], down);
      if (moved !== undefined) assert.equal(back && outlineOf(back), outlineOf(RICH), id);
    }
  });
});

describe('slotLabel', () => {
  for (const [name, label] of [
    ['left', 'Left'],
    ['left-column', 'Left column'],
    ['shop/price_list', 'Shop price list'],
  ] as const)
    it(name, () => assert.equal(slotLabel(name), label));
});
