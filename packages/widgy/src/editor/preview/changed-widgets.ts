import { findWidget, isInside, parentOf, type Tree } from '../../tree/tree.ts';
import type { Widget } from '../../tree/widget.ts';

/**
 * The widgets whose HTML has to be made anew for a page that shows one tree to show another: each shows everything below it, and none
 * stands in another of them. Where a widget comes, goes or changes its place, that is its parent, whose template decides what is around it.
 */
export function changedWidgets(shown: Tree, wanted: Tree): readonly string[] {
  const changed: string[] = [];
  const look: (readonly [before: Widget, after: Widget])[] = [[shown.root, wanted.root]];
  for (let pair = look.pop(); pair !== undefined; pair = look.pop()) {
    const [before, after] = pair;
    if (before === after) continue;
    if (!isAlike(before, after)) {
      changed.push(after.id);
      continue;
    }
    for (const [at, child] of after.children.entries()) {
      const other = before.children[at];
      if (other !== undefined) look.push([other, child]);
    }
  }
  return changed;
}

/** Whether only what stands deeper in a widget is different. */
function isAlike(before: Widget, after: Widget): boolean {
  const { id, type, slot, fields, children } = after;
  return (
    before.id === id &&
    before.type === type &&
    before.slot === slot &&
    before.fields === fields &&
    before.children.length === children.length &&
    before.children.every((child, at) => child.id === children[at]?.id && child.slot === children[at].slot)
  );
}

/** The same widgets with their parents in the place of some, without those that stand in others. */
export function widened(
  tree: Tree,
  ids: readonly string[],
  isTooSmall: (id: string) => boolean,
): readonly string[] {
  const all = ids.map((id) => (isTooSmall(id) ? (parentOf(tree, id)?.id ?? id) : id));
  const known = [...new Set(all)].filter((id) => findWidget(tree, id) !== undefined);
  return known.filter((id) => !known.some((other) => other !== id && isInside(tree, id, other)));
}
