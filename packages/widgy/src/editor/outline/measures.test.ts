import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ConflictReason } from '../draft/index.ts';
import { conflictWidgets } from './conflict-widgets.ts';
import { EDGE, edgeScroll } from './drag.ts';
import { indentFor } from './layout.ts';
import { drawnRows } from './windowed.ts';

describe('edgeScroll', () => {
  const cases: readonly [name: string, y: number, sign: number][] = [
    ['in the middle', 300, 0],
    ['near the top', 100 + EDGE / 2, -1],
    ['near the bottom', 500 - EDGE / 2, 1],
    ['right where the edge begins', 100 + EDGE, 0],
    ['beyond the top', 20, -1],
  ];
  for (const [name, y, sign] of cases)
    it(name, () => assert.equal(Math.sign(edgeScroll(y, 100, 500, 16)), sign));

  it('is faster nearer to the edge, and no faster beyond it', () => {
    assert.ok(edgeScroll(495, 100, 500, 16) > edgeScroll(470, 100, 500, 16));
    assert.equal(edgeScroll(500, 100, 500, 16), edgeScroll(900, 100, 500, 16));
  });
  it('goes by time', () => assert.equal(edgeScroll(500, 100, 500, 32), 2 * edgeScroll(500, 100, 500, 16)));
});

describe('drawnRows', () => {
  const seen = { scrollTop: 3_200, viewHeight: 320, rowHeight: 32 };
  it('draws what is seen, and some beyond', () => {
    const rows = drawnRows(1_000, 105, seen);
    assert.equal(rows[0], 96);
    assert.equal(rows.at(-1), 113);
    assert.equal(rows.length, 18);
  });
  it('draws the active row wherever it is, in order', () => {
    assert.equal(drawnRows(1_000, 2, seen)[0], 2);
    assert.equal(drawnRows(1_000, 900, seen).at(-1), 900);
  });
  it('draws no row that is not there', () => {
    assert.deepEqual(drawnRows(3, 0, { ...seen, scrollTop: 0 }), [0, 1, 2]);
    assert.deepEqual(drawnRows(3, 0, seen), [0]);
  });
});

describe('indentFor', () => {
  const cases: readonly [width: number, rowHeight: number, levels: number, indent: number][] = [
    [320, 32, 4, 16],
    [320, 32, 12, 160 / 12],
    [320, 64, 12, 3],
    [80, 32, 5, 3],
  ];
  for (const [width, rowHeight, levels, indent] of cases)
    it(`${width} wide, ${levels} deep`, () => assert.equal(indentFor(width, rowHeight, levels), indent));
});

describe('conflictWidgets', () => {
  it('counts conflicts by the widgets that they are about', () => {
    const clash = { name: 'text', before: '', mine: 'a', theirs: 'b' };
    const reasons: readonly ConflictReason[] = [
      {
        kind: 'fields',
        fields: [
          { widget: 'a', ...clash },
          { widget: 'a', ...clash, name: 'other' },
        ],
        theirs: null,
      },
      { kind: 'removed', widget: 'b', side: 'mine', changed: 'a', theirs: null },
      { kind: 'places', code: 'moved', widgets: ['c'], theirs: null },
      { kind: 'refused', refusal: { code: 'too-deep', what: '', ids: ['d'] } },
      { kind: 'invalid', widget: 'e', errors: [] },
      { kind: 'uncertain' },
      { kind: 'other', code: 'x', what: '' },
    ];
    const conflicts = reasons.map((reason, at) => ({ key: `${at}`, changes: [], reason }));
    assert.deepEqual(
      [...conflictWidgets(conflicts)],
      [
        ['a', 2],
        ['b', 1],
        ['c', 1],
        ['d', 1],
        ['e', 1],
      ],
    );
  });
});
