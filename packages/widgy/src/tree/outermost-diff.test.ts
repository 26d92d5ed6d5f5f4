import assert from 'node:assert/strict';
import { it } from 'node:test';
import { diffOutermost } from './outermost-diff.ts';
import { createTree } from './tree.ts';
import { createWidget, type Widget } from './widget.ts';

const widget = (id: string, ...children: readonly Widget[]) => createWidget({ id, type: 't', children });

it('tells what came or went with something else only of that', () => {
  const before = createTree(widget('root', widget('a', widget('b'), widget('c')), widget('d', widget('e'))));
  // "b" moved out before the rest of "a" went, and "e" moved into what is new.
  const after = createTree(widget('root', widget('b'), widget('d'), widget('x', widget('y'), widget('e'))));
  const { added, removed, moved, changed } = diffOutermost(before, after);
  assert.deepEqual(added, [{ id: 'x', below: 1 }]);
  assert.deepEqual(removed, [{ id: 'a', below: 1 }]);
  assert.deepEqual(moved.map(({ id }) => id).toSorted(), ['b', 'e']);
  assert.deepEqual(changed, []);
  assert.deepEqual(diffOutermost(before, before), { added: [], removed: [], moved: [], changed: [] });
});
