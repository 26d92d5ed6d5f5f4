import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Entries } from './entry.ts';
import { withEntry, withMoved, withoutItem, withRestored } from './list-edit.ts';

const item = (text: string): Entries => ({ title: { kind: 'text', text } });
const items = [item('a'), item('b'), item('c')];
const titles = (list: readonly Entries[]) =>
  list.map(({ title }) => (title?.kind === 'text' ? title.text : '?')).join('');

it('moves items, as far as there are places', () => {
  const cases: readonly [at: number, by: number, after: string][] = [
    [0, 1, 'bac'],
    [2, -1, 'acb'],
    [0, -1, 'abc'],
    [2, 1, 'abc'],
    [3, -1, 'abc'],
  ];
  for (const [at, by, after] of cases) assert.equal(titles(withMoved(items, at, by)), after);
});

it('removes an item and puts it back where it was', () => {
  const without = withoutItem(items, 1);
  assert.ok(without !== undefined);
  assert.equal(titles(without.items), 'ac');
  assert.equal(titles(withRestored(without.items, without.removed)), 'abc');
  assert.equal(titles(withRestored([], without.removed)), 'b');
  assert.equal(withoutItem(items, 3), undefined);
});

it('changes a field of one item and nothing else', () => {
  const changed = withEntry(items, 1, 'title', { kind: 'text', text: 'x' });
  assert.equal(titles(changed), 'axc');
  assert.equal(changed[0], items[0]);
  assert.equal(withEntry(items, 9, 'title', { kind: 'text', text: 'x' }), items);
});
