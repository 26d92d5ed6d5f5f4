import { findWidget, type Tree } from '../../tree/tree.ts';

/** What is selected in all views at once. */
export interface Selection {
  /** Ids of widgets, in the order in which they were selected; the last one is the one whose form is shown. Empty for nothing. */
  readonly ids: readonly string[];
  /** Where a range that is selected with Shift begins; undefined where nothing was selected. */
  readonly anchor: string | undefined;
}

/** Nothing. */
export const NO_SELECTION: Selection = Object.freeze({ ids: Object.freeze([]), anchor: undefined });

/** One widget. */
export function selectOne(id: string): Selection {
  return { ids: [id], anchor: id };
}

/** The same with one more, or without it. */
export function toggled({ ids }: Selection, id: string): Selection {
  const without = ids.filter((other) => other !== id);
  return { ids: without.length < ids.length ? without : [...ids, id], anchor: id };
}

/** All widgets between where a range begins and a widget, in an order that a view shows. */
export function rangeTo({ anchor }: Selection, id: string, order: readonly string[]): Selection {
  const from = anchor === undefined ? -1 : order.indexOf(anchor);
  const to = order.indexOf(id);
  if (from < 0 || to < 0) return selectOne(id);
  const between = order.slice(Math.min(from, to), Math.max(from, to) + 1);
  return { ids: from <= to ? between : between.toReversed(), anchor };
}

/** The selection without what is not in the tree any more; the same object if all of it is. */
export function selectionIn(tree: Tree, selection: Selection): Selection {
  const ids = selection.ids.filter((id) => findWidget(tree, id) !== undefined);
  if (ids.length === selection.ids.length) return selection;
  const { anchor } = selection;
  return { ids, anchor: anchor !== undefined && findWidget(tree, anchor) ? anchor : ids.at(-1) };
}

/** The widgets of a selection in the order of the page, without those that stand in others of it: what acts on all of them acts on these. */
export function topmost(tree: Tree, ids: readonly string[]): readonly string[] {
  const wanted = new Set(ids);
  const found: string[] = [];
  const look = [tree.root];
  for (let widget = look.pop(); widget !== undefined; widget = look.pop()) {
    if (wanted.has(widget.id)) found.push(widget.id);
    else
      for (let at = widget.children.length - 1; at >= 0; at--)
        look.push(...widget.children.slice(at, at + 1));
  }
  return found;
}
