import type { Catalogue } from '../../tree/rules/catalogue.ts';
import type { Tree } from '../../tree/tree.ts';
import { type Row, rowsOf } from './rows.ts';
import { takesNewOf } from './takes-new.ts';

/** The rows of a tree for somebody who may add everything. */
export function rowsIn(tree: Tree, catalogue: Catalogue, collapsed: readonly string[] = []): readonly Row[] {
  return rowsOf({
    ...{ tree, catalogue, collapsed: new Set(collapsed) },
    takesNew: takesNewOf(catalogue, catalogue.keys()),
  });
}

/** Rows as lines, to see a case at a glance: dots for the level, the key, `+` for open and `-` for closed ones, and the place among its siblings. */
export function printRows(rows: readonly Row[]): readonly string[] {
  return rows.map(({ key, level, posInSet, setSize, hasChildren, isCollapsed }) => {
    const state = hasChildren ? (isCollapsed ? ' closed' : ' open') : '';
    return `${'.'.repeat(level)}${key}${state} ${posInSet}/${setSize}`;
  });
}
