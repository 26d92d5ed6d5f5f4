import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { sessionOf } from '../commands/commands-fixture.ts';
import { moveWidgets } from '../commands/move.ts';
import { removeWidgets } from '../commands/remove.ts';
import { selectOne } from '../session/selection.ts';
import { createOutlineView, type OutlineView } from './outline-view.ts';

const OUTLINE = 'p/page(a(t/text) b(u/text) c/columns(left:l/column(v/text)))';

function viewOf(selected: readonly string[] = []) {
  const session = sessionOf(OUTLINE, { selected });
  const view = createOutlineView(session);
  return { session, view, end: view.follow() };
}

const active = ({ rows, activeAt }: OutlineView): string | undefined => rows.value[activeAt.value]?.key;

describe('an outline view', () => {
  it('begins at the root, with nothing selected', () => {
    const { session, view } = viewOf();
    assert.equal(active(view), 'p');
    assert.deepEqual(session.selection.value.ids, []);
  });

  const steps: readonly [name: string, keys: string, at: string, selected: string][] = [
    ['selects where it goes', 'ArrowDown', 'a', 'a'],
    [
      'goes over rows of slots without selecting them',
      'ArrowDown ArrowDown ArrowDown ArrowDown ArrowDown ArrowDown',
      'c:left',
      'c',
    ],
    ['only looks', 'ArrowDown ^ArrowDown ^ArrowDown', 'b', 'a'],
    ['selects with all between', 'ArrowDown +ArrowDown +ArrowDown', 'b', 'a t b'],
    ['takes a range back', 'ArrowDown +ArrowDown +ArrowDown +ArrowUp', 't', 'a t'],
    ['climbs', 'ArrowDown ArrowDown Escape Escape', 'p', 'p'],
  ];
  for (const [name, keys, at, selected] of steps) {
    it(name, () => {
      const { session, view } = viewOf();
      for (const key of keys.split(' ')) {
        const choice = key.startsWith('^') ? 'none' : key.startsWith('+') ? 'range' : 'one';
        assert.equal(view.step(key.replace(/^[+^]/, ''), choice, 5), true);
      }
      assert.equal(active(view), at);
      assert.equal(session.selection.value.ids.join(' '), selected);
    });
  }

  it('is at what holds the active row when that is closed', () => {
    const { view } = viewOf(['v']);
    view.fold(['c'], true);
    assert.equal(active(view), 'c');
    view.fold(['c'], false);
    view.fold(['c:left'], true);
    assert.equal(active(view), 'c');
  });

  it('shows what is selected elsewhere, whatever is closed', () => {
    const { session, view } = viewOf();
    view.fold(['c', 'c:left', 'l'], true);
    const before = view.revealed.value;
    session.selection.value = selectOne('v');
    assert.equal(active(view), 'v');
    assert.deepEqual([...view.collapsed.value], []);
    assert.ok(view.revealed.value > before);
  });

  it('shows what was moved into something closed', () => {
    const { session, view } = viewOf(['t']);
    view.fold(['b'], true);
    moveWidgets(session, ['t'], { parent: 'b' });
    assert.equal(active(view), 't');
  });

  it('does not come back to the selection when somebody changes something else', () => {
    const { session, view } = viewOf(['a']);
    view.step('ArrowDown', 'none', 5);
    assert.ok(
      session.edit({ kind: 'set', what: 'Text' }, [
        { kind: 'set', id: 'u', fields: { text: 'x' }, unset: [] },
      ]).ok,
    );
    assert.equal(active(view), 't');
  });

  it('goes on with the next sibling when something is deleted, then with the one before, then with the parent', () => {
    const { session, view } = viewOf(['b']);
    const log: (string | undefined)[] = [];
    for (const id of ['b', 'c', 'a']) {
      removeWidgets(session, [id]);
      log.push(active(view));
    }
    assert.deepEqual(log, ['c', 'a', 'p']);
  });

  it('stops following', () => {
    const { session, view, end } = viewOf();
    end();
    view.fold(['a'], true);
    session.selection.value = selectOne('t');
    assert.deepEqual([...view.collapsed.value], ['a']);
  });
});
