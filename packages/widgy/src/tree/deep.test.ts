import assert from 'node:assert/strict';
import { it } from 'node:test';
import { applyUnlimited } from './apply.ts';
import { operationsBetween } from './diff-operations.ts';
import { mergeTrees } from './merge.ts';
import { operationOf } from './outline-fixture.ts';
import { rebaseOperation } from './rebase.ts';
import { createTree, findWidget, type Tree } from './tree.ts';
import { createWidget, type Widget } from './widget.ts';

const LEVELS = 30_000;

it(`a tree of ${LEVELS} levels is compared, merged and rebased`, () => {
  let widget: Widget = createWidget({ id: 'w0', type: 'box' });
  for (let level = 1; level < LEVELS; level++) {
    widget = createWidget({ id: `w${level}`, type: 'box', children: [widget] });
  }
  const base = createTree(widget);
  const after = (tree: Tree, json: unknown): Tree => {
    const applied = applyUnlimited(tree, operationOf(json));
    assert.ok(applied.ok);
    return applied.tree;
  };
  const set = { kind: 'set', id: 'w0', fields: { t: 1 } };
  const unwrap = { kind: 'unwrap', id: 'w500' };
  const merged = mergeTrees(base, after(base, set), after(base, unwrap));
  assert.ok(merged.ok && merged.conflicts.length === 0);
  assert.equal(findWidget(merged.tree, 'w500'), undefined);
  assert.deepEqual(findWidget(merged.tree, 'w0')?.fields, { t: 1 });
  const between = operationsBetween(base, merged.tree);
  assert.deepEqual(between.ok && between.operations.map(({ kind }) => kind), ['move', 'set', 'remove']);
  assert.equal(rebaseOperation(operationOf(set), operationOf(unwrap), base).outcome, 'applies');
});
