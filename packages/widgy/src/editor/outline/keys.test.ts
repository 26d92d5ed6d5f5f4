import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { treeOf } from '../../tree/outline-fixture.ts';
import { catalogueOf, TYPES } from '../../tree/rules/rules-fixture.ts';
import { treeStep, typeAhead } from './keys.ts';
import { rowsIn } from './rows-fixture.ts';

const catalogue = catalogueOf(TYPES);
const rows = rowsIn(
  treeOf('p/page(apple(ten/text) banana/box(ut/text) c/columns(left:l/column(t/text)) bean/image)'),
  catalogue,
  ['banana', 'c'],
);
// p, apple, ten, banana (closed), c (closed), bean, p+
const index = (key: string): number => rows.findIndex((row) => row.key === key);

describe('treeStep', () => {
  const cases: readonly [name: string, at: string, key: string, found: string | undefined][] = [
    ['down', 'p', 'ArrowDown', 'go apple'],
    ['down at the end', 'p+', 'ArrowDown', 'go p+'],
    ['up', 'banana', 'ArrowUp', 'go ten'],
    ['up at the top', 'p', 'ArrowUp', 'go p'],
    ['a page down', 'p', 'PageDown', 'go banana'],
    ['a page up', 'ten', 'PageUp', 'go p'],
    ['the first', 'bean', 'Home', 'go p'],
    ['the last', 'p', 'End', 'go p+'],
    ['right opens', 'banana', 'ArrowRight', 'open banana'],
    ['right goes in', 'apple', 'ArrowRight', 'go ten'],
    ['right at a leaf', 'ten', 'ArrowRight', undefined],
    ['left closes', 'apple', 'ArrowLeft', 'close apple'],
    ['left goes out of a leaf', 'ten', 'ArrowLeft', 'go apple'],
    ['left goes out of what is closed', 'banana', 'ArrowLeft', 'go p'],
    ['Escape climbs to the parent', 'apple', 'Escape', 'go p'],
    ['Escape at the top', 'p', 'Escape', undefined],
    ['the star opens all siblings', 'bean', '*', 'open banana c'],
    ['another key', 'p', 'x', undefined],
  ];
  for (const [name, at, key, found] of cases) {
    it(name, () => {
      const step = treeStep(rows, index(at), key, 3);
      const told = step && (step.kind === 'go' ? rows[step.to]?.key : step.keys.join(' '));
      assert.equal(step && `${step.kind} ${told}`, found);
    });
  }

  it('passes slots on the way up', () => {
    const all = rowsIn(treeOf('p/page(c/columns(left:l/column(t/text)))'), catalogue);
    const at = all.findIndex(({ key }) => key === 'l');
    const step = treeStep(all, at, 'Escape', 1);
    assert.equal(step?.kind === 'go' && all[step.to]?.key, 'c');
  });
});

describe('typeAhead', () => {
  const cases: readonly [name: string, at: string, typed: string, found: string | undefined][] = [
    ['the next that begins so', 'p', 'b', 'banana'],
    ['around the end', 'bean', 'a', 'apple'],
    ['more letters stay at what fits them', 'banana', 'ba', 'banana'],
    ['more letters go on to what fits them', 'banana', 'be', 'bean'],
    ['capitals do not matter', 'p', 'TE', 'ten'],
    ['the same letter again goes on', 'banana', 'bb', 'bean'],
    ['the same letter goes around', 'bean', 'bbb', 'banana'],
    ['nothing that begins so', 'p', 'z', undefined],
  ];
  for (const [name, at, typed, found] of cases) {
    it(name, () => {
      const to = typeAhead(rows, index(at), typed, ({ key }) => key);
      assert.equal(to === undefined ? undefined : rows[to]?.key, found);
    });
  }
});
