import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { treeOf } from '../../tree/outline-fixture.ts';
import { afterAll, counter, randomIntent, randomTree, SEED } from '../../tree/random-fixture.ts';
import { catalogueOf, TYPES } from '../../tree/rules/rules-fixture.ts';
import { possibleChildren } from '../../tree/rules/shelf.ts';
import { ancestorsOf, findWidget } from '../../tree/tree.ts';
import { walk } from '../../tree/widget.ts';
import { slotNames } from '../commands/move-slots.ts';
import { keysAbove } from './rows.ts';
import { printRows, rowsIn } from './rows-fixture.ts';
import { isOpen, takesNewOf } from './takes-new.ts';

const catalogue = catalogueOf(TYPES);

describe('rowsOf', () => {
  const cases: readonly [
    name: string,
    tree: string,
    collapsed: readonly string[],
    rows: readonly string[],
  ][] = [
    ['an empty page', 'p/page', [], ['.p open 1/1', '..p+ 1/1']],
    [
      'widgets in widgets, the end of the page, and what is empty',
      'p/page(a(t/text) b)',
      [],
      ['.p open 1/1', '..a open 1/3', '...t 1/1', '..b open 2/3', '...b+ 1/1', '..p+ 3/3'],
    ],
    [
      'what is closed',
      'p/page(a(t/text) b)',
      ['a'],
      ['.p open 1/1', '..a closed 1/3', '..b open 2/3', '...b+ 1/1', '..p+ 3/3'],
    ],
    [
      'slots with names, in the order of the type',
      'p/page(c/columns(left:l/column(t/text)))',
      [],
      [
        '.p open 1/1',
        '..c open 1/2',
        '...c:left open 1/2',
        '....l open 1/1',
        '.....t 1/1',
        '...c:right open 2/2',
        '....c:right+ 1/1',
        '..p+ 2/2',
      ],
    ],
    [
      'a slot that is closed',
      'p/page(c/columns(left:l/column(t/text)))',
      ['c:left', 'c:right'],
      ['.p open 1/1', '..c open 1/2', '...c:left closed 1/2', '...c:right closed 2/2', '..p+ 2/2'],
    ],
    [
      'a type that the catalogue does not know, with what is in it',
      'p/page(o/old(left:t/text u/text))',
      [],
      ['.p open 1/1', '..o open 1/2', '...u 1/2', '...o:left open 2/2', '....t 1/1', '..p+ 2/2'],
    ],
    [
      'nothing to add in what is full',
      'p/page(s/slideshow(a/slide(t/text)))',
      [],
      ['.p open 1/1', '..s open 1/2', '...a open 1/1', '....t 1/1', '..p+ 2/2'],
    ],
  ];
  for (const [name, outline, collapsed, rows] of cases) {
    it(name, () => assert.deepEqual(printRows(rowsIn(treeOf(outline), catalogue, collapsed)), rows));
  }

  it('stands below the row that it says', () => {
    const rows = rowsIn(treeOf('p/page(c/columns(left:l/column(t/text)) b(u/text))'), catalogue);
    for (const row of rows) assert.equal(row.level, (rows[row.up]?.level ?? 0) + 1, row.key);
    assert.equal(new Set(rows.map(({ key }) => key)).size, rows.length);
  });

  it('shows every widget once, whatever the tree is', () => {
    fc.assert(
      fc.property(randomTree(30), (tree) => {
        const shown = rowsIn(tree, catalogue).flatMap((row) => (row.kind === 'widget' ? row.key : []));
        assert.deepEqual(shown.toSorted(), Array.from(walk(tree.root), ({ id }) => id).sort());
      }),
      { seed: SEED },
    );
  });
});

describe('keysAbove', () => {
  it('names the rows that have to be open', () => {
    const tree = treeOf('p/page(c/columns(left:l/column(t/text)))');
    const widget = findWidget(tree, 't');
    assert.ok(widget);
    assert.deepEqual([...keysAbove(ancestorsOf(tree, 't'), widget)], ['l', 'c:left', 'c', 'p']);
  });
});

describe('takesNew', () => {
  it('says what the shelf says', () => {
    const offered = ['text', 'image', 'box', 'form', 'field', 'slide', 'column', 'columns', 'figure'];
    const takesNew = takesNewOf(catalogue, offered);
    const start = treeOf(
      'root/page(t/text f/form(b(bf/text)) s/slideshow(s1/slide) s2/slideshow(x/slide y/slide(u/text)) c/columns(left:l/column) o/old)',
    );
    fc.assert(
      fc.property(fc.array(randomIntent, { maxLength: 6 }), (intents) => {
        const tree = afterAll(start, intents, counter('n'));
        const { shelves, of } = possibleChildren(tree, catalogue, offered);
        for (const widget of walk(tree.root)) {
          for (const slot of slotNames(widget, catalogue)) {
            const shelf = shelves[of.get(widget.id) ?? -1] ?? [];
            const isOnShelf = shelf.some((each) => each.slot === slot);
            assert.equal(
              isOpen(tree, { parent: widget.id, slot }, takesNew),
              isOnShelf,
              `${widget.id} ${slot}`,
            );
          }
        }
      }),
      { seed: SEED },
    );
  });
});
