import { WidgyError } from '../../errors.ts';
import { applyUnlimited } from '../../tree/apply.ts';
import type { Operation } from '../../tree/operation.ts';
import type { Tree } from '../../tree/tree.ts';
import type { Change, RecentChange } from './draft.ts';

/**
 * The tree after operations that were accepted once, for this very tree.
 *
 * @throws WidgyError `stored-invalid` where one does not fit: then the log is not that of the tree
 */
export function replay(tree: Tree, operations: readonly Operation[], where: string): Tree {
  let next = tree;
  for (const operation of operations) {
    const applied = applyUnlimited(next, operation);
    if (!applied.ok) {
      throw new WidgyError('stored-invalid', {
        message: `${where} does not fit its draft: ${applied.refusal.what}`,
      });
    }
    next = applied.tree;
  }
  return next;
}

/** The tree after some changes, and each of them with the tree before it. */
export function replayForwards(
  start: Tree,
  changes: readonly Change[],
): { readonly tree: Tree; readonly recent: readonly RecentChange[] } {
  let tree = start;
  const recent = changes.map((change): RecentChange => {
    const before = tree;
    tree = replay(before, change.operations, `change ${change.sequence}`);
    return { ...change, before };
  });
  return { tree, recent };
}

/** The same changes, each with the tree before it, found from the tree after the last one. */
export function replayBackwards(end: Tree, changes: readonly Change[]): readonly RecentChange[] {
  let tree = end;
  return changes
    .toReversed()
    .map((change): RecentChange => {
      tree = replay(tree, change.inverses, `the inverse of change ${change.sequence}`);
      return { ...change, before: tree };
    })
    .reverse();
}
