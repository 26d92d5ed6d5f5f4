import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { treeOf } from '../../tree/outline-fixture.ts';
import { catalogueOf, TYPES } from '../../tree/rules/rules-fixture.ts';
import { newAt, newFrom } from './gap-place.ts';
import { rowsIn } from './rows-fixture.ts';
import { takesNewOf } from './takes-new.ts';

const catalogue = catalogueOf(TYPES);
const takesNew = takesNewOf(catalogue, catalogue.keys());
const tree = treeOf('p/page(a(t/text) s/slideshow(x/slide y/slide) c/columns(left:l/column) b)');
const rows = rowsIn(tree, catalogue);
const at = (key: string): number => rows.findIndex((row) => row.key === key);

describe('newAt', () => {
  const cases: readonly [name: string, key: string, part: number, found: string | undefined][] = [
    ['above a widget', 'a', 0.2, 'p before a @2'],
    ['below a widget that holds rows: before the first', 'a', 0.8, 'a before t @3'],
    ['below the last in a box: behind it', 't', 0.8, 'a @3'],
    ['above the next one: on its level', 's', 0.1, 'p before s @2'],
    ['nothing in what is full', 'x', 0.2, undefined],
    ['nothing above the root', 'p', 0.1, undefined],
    ['below the root', 'p', 0.9, 'p before a @2'],
    ['nothing at the row of a slot', 'c:left', 0.2, undefined],
    ['nothing at a row that adds', 'p+', 0.2, undefined],
  ];
  for (const [name, key, part, found] of cases) {
    it(name, () => {
      const { place, depth } = newAt({ tree, takesNew, rows }, at(key) + part) ?? {};
      const before = place?.before === undefined ? '' : ` before ${place.before}`;
      assert.equal(place && `${place.parent}${before} @${depth}`, found);
    });
  }
});

describe('newFrom', () => {
  const cases: readonly [name: string, key: string, place: object][] = [
    ['behind a widget', 'a', { parent: 'p', slot: undefined, before: 's' }],
    ['into the root', 'p', { parent: 'p', slot: undefined }],
    ['into a widget behind which nothing may stand', 'x', { parent: 'x', slot: undefined }],
    ['to the end of a slot', 'c:left', { parent: 'c', slot: 'left' }],
    ['where a row adds', 'c:right+', { parent: 'c', slot: 'right' }],
  ];
  for (const [name, key, place] of cases) {
    it(name, () => {
      const row = rows[at(key)];
      assert.deepEqual(row && newFrom({ tree, catalogue, takesNew }, row), place);
    });
  }
});
