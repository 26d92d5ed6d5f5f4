import { createTree, type Tree } from '../tree.ts';
import { createWidget, type IdMaker, type Widget } from '../widget.ts';
import { withNewIds } from '../with-new-ids.ts';
import type { Catalogue } from './catalogue.ts';
import { checkTree } from './check-tree.ts';
import { newWidget } from './new-widget.ts';

/**
 * A tree whose root is a new widget of a type with copies of some widgets in it, under ids of their own: in its first slot that takes all of
 * them. Where none does they are in the first, and `checkTree` says what is against that. Undefined for a type that the catalogue does not know.
 */
export function treeWith(
  catalogue: Catalogue,
  type: string,
  content: readonly Widget[],
  newId: IdMaker,
): Tree | undefined {
  const root = newWidget(catalogue, type, newId);
  if (root === undefined) return undefined;
  const treeIn = (slot: string | undefined) => {
    const children = content.map((widget) => createWidget({ ...withNewIds(widget, newId), slot }));
    return createTree(createWidget({ ...root, children }));
  };
  const trees = Array.from(catalogue.get(type)?.slots.keys() ?? [], treeIn);
  const [first = treeIn(undefined)] = trees;
  return trees.find((each) => checkTree(each, catalogue).length === 0) ?? first;
}
