import { type ChangedWidget, diffTrees, type MovedWidget } from './diff.ts';
import { findWidget, parentOf, type Tree } from './tree.ts';
import { walk } from './widget.ts';

/** A widget that came or went by itself, and not with the one that it stands in. */
export interface OutermostWidget {
  readonly id: string;
  /** How many widgets below it came or went with it. */
  readonly below: number;
}

/** What is different between two trees, as people tell it: what came or went with the widget that it stands in is not told by itself. */
export interface OutermostDiff {
  readonly added: readonly OutermostWidget[];
  readonly removed: readonly OutermostWidget[];
  readonly moved: readonly MovedWidget[];
  readonly changed: readonly ChangedWidget[];
}

/** Says what is different, without what came or went in something else that did. */
export function diffOutermost(before: Tree, after: Tree): OutermostDiff {
  const { added, removed, moved, changed } = diffTrees(before, after);
  return {
    added: outermostOf(added, after),
    removed: outermostOf(removed, before),
    ...{ moved, changed },
  };
}

function outermostOf(all: readonly { readonly id: string }[], tree: Tree): readonly OutermostWidget[] {
  const ids = new Set(all.map(({ id }) => id));
  return all.flatMap(({ id }) => {
    const widget = findWidget(tree, id);
    const parent = parentOf(tree, id);
    if (widget === undefined || (parent !== undefined && ids.has(parent.id))) return [];
    return [{ id, below: [...walk(widget)].filter((each) => ids.has(each.id)).length - 1 }];
  });
}
