import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { applyOperation } from '../../tree/apply.ts';
import type { Operation } from '../../tree/operation.ts';
import { createTree, type Tree } from '../../tree/tree.ts';
import { createWidget, type Widget } from '../../tree/widget.ts';
import { changedWidgets, widened } from './changed-widgets.ts';

const widget = (id: string, ...children: readonly Widget[]) => createWidget({ id, type: 't', children });
const tree = createTree(widget('root', widget('a', widget('b', widget('c'))), widget('d')));

function after(...operations: readonly Operation[]): Tree {
  return operations.reduce((before, operation) => {
    const applied = applyOperation(before, operation);
    assert.ok(applied.ok);
    return applied.tree;
  }, tree);
}

const set = (id: string): Operation => ({ kind: 'set', id, fields: { text: 'x' }, unset: [] });

describe('what a preview has to show anew', () => {
  const cases: readonly [what: string, operations: readonly Operation[], changed: readonly string[]][] = [
    ['nothing', [], []],
    ['a widget whose fields changed', [set('c')], ['c']],
    ['two that stand apart', [set('c'), set('d')], ['d', 'c']],
    ['the outer of two', [set('c'), set('a')], ['a']],
    ['the parent of what went', [{ kind: 'remove', id: 'c' }], ['b']],
    ['the parent of what came', [{ kind: 'insert', widget: widget('e'), at: { parent: 'd' } }], ['d']],
    ['what a widget left and where it got to', [{ kind: 'move', id: 'c', to: { parent: 'd' } }], ['d', 'b']],
    [
      'where the order is another',
      [{ kind: 'move', id: 'd', to: { parent: 'root', before: 'a' } }],
      ['root'],
    ],
  ];
  for (const [what, operations, changed] of cases)
    it(what, () => assert.deepEqual(changedWidgets(tree, after(...operations)), changed));

  it('more of it where a part cannot be shown by itself', () => {
    assert.deepEqual(
      widened(tree, ['c', 'd'], (id) => id === 'c'),
      ['b', 'd'],
    );
    assert.deepEqual(
      widened(tree, ['b', 'c'], (id) => id === 'c'),
      ['b'],
    );
    assert.deepEqual(
      widened(tree, ['root', 'd', 'gone'], () => false),
      ['root'],
    );
  });
});
