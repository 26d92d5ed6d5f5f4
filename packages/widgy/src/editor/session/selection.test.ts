import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createTree } from '../../tree/tree.ts';
import { createWidget, type Widget } from '../../tree/widget.ts';
import { NO_SELECTION, rangeTo, selectionIn, selectOne, toggled, topmost } from './selection.ts';

const widget = (id: string, ...children: readonly Widget[]) => createWidget({ id, type: 't', children });
const tree = createTree(widget('root', widget('a', widget('b'), widget('c')), widget('d')));
const order = ['root', 'a', 'b', 'c', 'd'];

describe('a selection', () => {
  it('has one widget more, or one less', () => {
    const both = toggled(selectOne('a'), 'd');
    assert.deepEqual(both, { ids: ['a', 'd'], anchor: 'd' });
    assert.deepEqual(toggled(both, 'a'), { ids: ['d'], anchor: 'a' });
  });

  it('reaches from where it began to a widget, the last one being that widget', () => {
    const cases: readonly [from: string, to: string, ids: readonly string[]][] = [
      ['a', 'c', ['a', 'b', 'c']],
      ['c', 'a', ['c', 'b', 'a']],
      ['b', 'b', ['b']],
      ['gone', 'b', ['b']],
    ];
    for (const [from, to, ids] of cases)
      assert.deepEqual(rangeTo({ ids: [], anchor: from }, to, order).ids, ids, `${from}–${to}`);
    assert.deepEqual(rangeTo(NO_SELECTION, 'b', order), selectOne('b'));
  });

  it('forgets what is gone', () => {
    const selection = { ids: ['a', 'gone', 'd'], anchor: 'gone' };
    assert.deepEqual(selectionIn(tree, selection), { ids: ['a', 'd'], anchor: 'd' });
    const whole = selectOne('a');
    assert.equal(selectionIn(tree, whole), whole);
  });

  it('acts on the topmost of what stands in one another, in the order of the page', () => {
    assert.deepEqual(topmost(tree, ['d', 'b', 'a']), ['a', 'd']);
    assert.deepEqual(topmost(tree, ['c', 'b', 'gone']), ['b', 'c']);
    assert.deepEqual(topmost(tree, ['root', 'c']), ['root']);
  });
});
