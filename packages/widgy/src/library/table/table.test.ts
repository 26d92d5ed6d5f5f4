import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { JsonValue } from '../../tree/json.ts';
import { SEED } from '../../tree/random-fixture.ts';
import { testWidget } from '../contract/widget.ts';
import {
  type Cells,
  cellsKind,
  formatCells,
  isCells,
  MAX_CELL_LENGTH,
  MAX_TABLE_COLUMNS,
  MAX_TABLE_ROWS,
  parseCells,
  whyNoCells,
} from './cells.ts';

const cells = [
  ['', '2025', '2026'],
  ['Boats', '3', '<4>'],
];

testWidget('table', {
  shows: [
    [
      'rows and columns',
      { fields: { cells } },
      '<div class="w-table w-cells-start" role="group" tabindex="0" aria-label="Table"><table><thead><tr><td></td><th scope="col">2025</th><th scope="col">2026</th></tr></thead><tbody><tr><td>Boats</td><td>3</td><td>&lt;4&gt;</td></tr></tbody></table></div>',
    ],
    [
      'a caption, and rows that have names',
      { fields: { cells, caption: 'Boats', hasRowHeaders: true, alignment: 'end' } },
      '<div class="w-table w-cells-end" role="group" tabindex="0" aria-labelledby="w-table-w1"><table><caption class="w-table-caption" id="w-table-w1">Boats</caption><thead><tr><td></td><th scope="col">2025</th><th scope="col">2026</th></tr></thead><tbody><tr><th scope="row">Boats</th><td>3</td><td>&lt;4&gt;</td></tr></tbody></table></div>',
    ],
    ['nothing of a table with holes', { fields: { cells: [['a', 'b'], ['c']] } }, ''],
  ],
  places: [
    ['one-column/table'],
    ['figure/table'],
    ['callout-body/table', 'parent-refuses'],
    ['table/text', 'parent-refuses'],
  ],
  refuses: [
    ['a row that is too short', { cells: [['a', 'b'], ['c']] }, '/cells'],
    ['what is no table', { cells: [[1]] }, '/cells/0/0'],
  ],
});

describe('the cells of a table', () => {
  const many = (count: number) => Array<string>(count).fill('x');
  const values: readonly [what: string, value: JsonValue, why: RegExp | undefined][] = [
    [
      'a table',
      [
        ['a', 'b'],
        ['c', ''],
      ],
      undefined,
    ],
    ['as much as there may be', Array(MAX_TABLE_ROWS).fill(many(MAX_TABLE_COLUMNS)), undefined],
    ['a long text', [['x'.repeat(MAX_CELL_LENGTH)]], undefined],
    ['no list', 'a', /list of rows/],
    ['no texts', [[1]], /list of texts/],
    ['nothing', [], /a line with the headers/],
    ['no columns', [[]], /a line with the headers/],
    ['a longer row', [['a'], ['b', 'c']], /Line 2 has 2 cells, and the headers are 1/],
    ['a shorter row', [['a', 'b'], ['c']], /Line 2 has 1 cells, and the headers are 2/],
    ['an empty row', [['a'], ['']], /Line 2 is empty/],
    ['too many columns', [many(MAX_TABLE_COLUMNS + 1)], /at most 20 columns/],
    ['too many columns below the headers', [['a'], many(MAX_TABLE_COLUMNS + 1)], /at most 20 columns/],
    ['too many rows', Array(MAX_TABLE_ROWS + 1).fill(['a']), /at most 500 rows/],
    ['too long a text', [['x'.repeat(MAX_CELL_LENGTH + 1)]], /more than 1000 characters: "x{20}…"/],
    ['two lines in a cell', [['a\nb']], /line ends/],
    ['spaces around a text', [[' a']], /spaces around/],
  ];
  for (const [what, value, why] of values) {
    it(`${why === undefined ? 'may be' : 'may not be'} ${what}`, () => {
      const found = whyNoCells(value);
      if (why === undefined) assert.equal(found, undefined);
      else assert.match(found ?? '', why);
    });
  }

  const texts: readonly [what: string, text: string, cells: Cells][] = [
    [
      'bars between cells',
      'a|b\nc | d',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      'tabs of a spreadsheet, where bars are bars',
      'a\tb|c\r\nd\te\r\n',
      [
        ['a', 'b|c'],
        ['d', 'e'],
      ],
    ],
    ['bars in cells', 'a \\| b | \\\\ | c\\d', [['a | b', '\\', 'c\\d']]],
    [
      'empty cells',
      ' | b\nc |',
      [
        ['', 'b'],
        ['c', ''],
      ],
    ],
    [
      'rows that are too short',
      'a | b | c\nd',
      [
        ['a', 'b', 'c'],
        ['d', '', ''],
      ],
    ],
    [
      'a row that is longer than the headers',
      'a\nb | c',
      [
        ['a', ''],
        ['b', 'c'],
      ],
    ],
    ['lines with nothing in them', '\na\n\n  \n|\nb\n', [['a'], ['b']]],
    ['nothing', '', []],
  ];
  for (const [what, text, read] of texts) {
    it(`are read from ${what}`, () => assert.deepEqual(parseCells(text), read));
  }

  const cell = fc.string({ unit: fc.constantFrom('a', 'é', ' ', '|', '\\', '-', '\u{1f600}'), maxLength: 6 });
  const table = fc
    .integer({ min: 1, max: 4 })
    .chain((columns) =>
      fc.array(fc.array(cell, { minLength: columns, maxLength: columns }), { minLength: 1, maxLength: 4 }),
    )
    .map((rows) => rows.map((row) => row.map((text) => text.trim())))
    .filter((rows) => isCells(rows));

  it('are what they were when they were edited and nothing was changed', () => {
    fc.assert(
      fc.property(table, (rows) => {
        assert.deepEqual(parseCells(formatCells(rows)), rows);
        assert.equal(cellsKind.write?.(rows), formatCells(rows));
      }),
      { seed: SEED, numRuns: 100 },
    );
  });

  it('have straight edges, whatever was typed', () => {
    const text = fc.string({
      unit: fc.constantFrom('a', '|', '\\', '\n', '\t', ' ', '\r', '\0'),
      maxLength: 40,
    });
    fc.assert(
      fc.property(text, (typed) => {
        const rows = parseCells(typed);
        const isWide = rows.some((row) => row.length > MAX_TABLE_COLUMNS);
        assert.ok(rows.length === 0 || isWide || isCells(rows.map((row) => [...row])), JSON.stringify(rows));
      }),
      { seed: SEED, numRuns: 200 },
    );
  });

  const large: readonly [what: string, text: string, why: RegExp][] = [
    ['a line with many bars', `a${'|'.repeat(30_000)}${'\na'.repeat(30_000)}`, /at most 20 columns/],
    [
      'many short lines, and one with many bars',
      `${'a\n'.repeat(400)}${'|'.repeat(90_000)}b`,
      /at most 20 columns/,
    ],
    ['a line with many tabs', `a${'\t'.repeat(30_000)}${'\na'.repeat(400)}`, /at most 20 columns/],
    ['many lines', 'a\n'.repeat(2_000_000), /at most 500 rows/],
    ['lines with nothing in them', '\n'.repeat(4_000_000), /a line with the headers/],
    ['a cell of bars that are text', '\\|'.repeat(200_000), /more than 1000 characters/],
  ];
  for (const [what, text, why] of large) {
    it(`are read as far as it takes to refuse ${what}`, () => {
      const rows = parseCells(text);
      assert.ok(rows.length <= MAX_TABLE_ROWS + 1);
      assert.ok(rows.every((row) => row.length <= MAX_TABLE_COLUMNS + 1));
      assert.match(whyNoCells(rows.map((row) => [...row])) ?? '', why);
    });
  }
});
