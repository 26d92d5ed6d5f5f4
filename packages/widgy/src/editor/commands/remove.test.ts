import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { treeOf } from '../../tree/outline-fixture.ts';
import { TYPES } from '../../tree/rules/rules-fixture.ts';
import { describedTypes, sessionOf } from './commands-fixture.ts';
import { focusWithout, removeWidgets } from './remove.ts';

describe('removing widgets', () => {
  it('removes all that are selected as one step, and says what is gone', () => {
    const cases: readonly [ids: readonly string[], outline: string, focus: string, said: string][] = [
      [['a'], 'page/page(b(c/text) d/text)', 'b', 'Deleted Text'],
      [['b'], 'page/page(a/text d/text)', 'd', 'Deleted Box with 1 widget in it'],
      [['c'], 'page/page(a/text b d/text)', 'b', 'Deleted Text'],
      [['d', 'a'], 'page/page(b(c/text))', 'b', 'Deleted 2 widgets'],
      [['c', 'b'], 'page/page(a/text d/text)', 'd', 'Deleted Box with 1 widget in it'],
      [['a', 'b', 'd'], 'page/page', 'page', 'Deleted 3 widgets'],
    ];
    for (const [ids, outline, focus, said] of cases) {
      const session = sessionOf('page/page(a/text b(c/text) d/text)');
      assert.deepEqual(removeWidgets(session, ids), { ok: true, ids: [focus] }, ids.join());
      assert.equal(session.outline(), outline);
      assert.equal(session.selection.value.anchor, focus);
      assert.equal(session.announcement.value, said);
      assert.equal(session.steps.length, 1);
    }
  });

  it('removes all of them or none', () => {
    const session = sessionOf('page/page(a/text b/banner)', { selected: ['a', 'b'] });
    const done = removeWidgets(session, ['a', 'b']);
    assert.equal(!done.ok && done.refusal.code, 'not-deletable');
    assert.equal(session.announcement.value, 'Banner cannot be deleted.');
    assert.deepEqual(session.selection.value.ids, ['a', 'b']);
    assert.equal(session.outline(), 'page/page(a/text b/banner)');
  });

  it('refuses the root, what a slot needs, and whom it is not permitted', () => {
    const kept = { permissions: { add: true, change: true, delete: false } };
    const cases: readonly [id: string, code: string, types?: ReturnType<typeof describedTypes>][] = [
      ['page', 'root-fixed'],
      ['s', 'slot-short'],
      ['b', 'not-permitted', describedTypes(TYPES, { text: kept })],
    ];
    for (const [id, code, types] of cases) {
      const session = sessionOf('page/page(show/slideshow(s/slide) b(c/text))', {
        data: types ? { types } : {},
      });
      const done = removeWidgets(session, [id]);
      assert.equal(done.ok ? 'done' : done.refusal.code, code);
    }
  });

  it('removes widgets of an unknown type', () => {
    const session = sessionOf('page/page(a/gone b/text)');
    assert.deepEqual(removeWidgets(session, ['a']), { ok: true, ids: ['b'] });
    assert.equal(session.announcement.value, 'Deleted gone');
  });

  it('does nothing about nothing', () => {
    const session = sessionOf('page/page');
    assert.deepEqual(removeWidgets(session, ['gone']), { ok: true, ids: [] });
    assert.deepEqual(session.steps, []);
  });
});

describe('the focus after removing', () => {
  it('goes to the next sibling in the slot, else the one before, else the parent', () => {
    const tree = treeOf('root(a b c(d) left:e left:f right:g)');
    const cases: readonly [gone: readonly string[], focus: string | undefined][] = [
      [['a'], 'b'],
      [['c'], 'b'],
      [['b', 'c'], 'a'],
      [['a', 'b'], 'c'],
      [['d'], 'c'],
      [['e'], 'f'],
      [['f'], 'e'],
      [['g'], 'root'],
      [['a', 'g'], 'root'],
      [['root'], undefined],
      [[], undefined],
    ];
    for (const [gone, focus] of cases) assert.equal(focusWithout(tree, gone), focus, gone.join());
  });
});
