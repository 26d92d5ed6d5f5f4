import type { Catalogue } from '../../tree/rules/catalogue.ts';
import { findWidget, parentOf, type Tree } from '../../tree/tree.ts';
import { childrenIn } from '../../tree/widget.ts';

/** What a type is called; its name where the catalogue does not know it. */
export function labelOf(catalogue: Catalogue, type: string): string {
  return catalogue.get(type)?.label ?? type;
}

/** What a widget of a tree is called by its type; empty for what is not in it. */
export function labelIn(tree: Tree, id: string, catalogue: Catalogue): string {
  const widget = findWidget(tree, id);
  return widget === undefined ? '' : labelOf(catalogue, widget.type);
}

/** Where a widget stands, for sentences: the how-many-eth of how many, in what. */
export interface Where {
  /** From 1, among those in the same slot. */
  readonly place: number;
  readonly of: number;
  /** The label of the parent. */
  readonly parent: string;
}

/** Where a widget stands; undefined for the root and for what is not in the tree. */
export function whereIs(tree: Tree, id: string, catalogue: Catalogue): Where | undefined {
  const widget = findWidget(tree, id);
  const parent = parentOf(tree, id);
  if (widget === undefined || parent === undefined) return undefined;
  const siblings = childrenIn(parent, widget.slot);
  return {
    place: siblings.indexOf(widget) + 1,
    of: siblings.length,
    parent: labelOf(catalogue, parent.type),
  };
}
