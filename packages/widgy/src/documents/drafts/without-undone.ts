import { applyUnlimited } from '../../tree/apply.ts';
import { invertOperation } from '../../tree/invert.ts';
import type { Operation } from '../../tree/operation.ts';
import { rebaseBoth } from '../../tree/rebase-change.ts';
import { isSameWidget } from '../../tree/same.ts';
import type { Tree } from '../../tree/tree.ts';
import type { RecentChange } from './draft.ts';

/**
 * The same changes without those that were undone among them, and without what undid them: what is left leads from the same tree to the same
 * tree. So whoever undoes what they did before that is not held up by what is gone. A change that was undone stays where others were made
 * between in a way that hangs on it.
 *
 * @param changes oldest first, without gaps
 * @param end the tree after the last of them
 */
export function withoutUndone(changes: readonly RecentChange[], end: Tree): readonly RecentChange[] {
  let left: readonly RecentChange[] = [];
  for (const [index, change] of changes.entries()) {
    const at = change.undoes === null ? -1 : left.findIndex(({ sequence }) => sequence === change.undoes);
    const after = changes[index + 1]?.before ?? end;
    const carried = at < 0 ? undefined : withoutFirst(left.slice(at), after);
    left = carried === undefined ? [...left, change] : [...left.slice(0, at), ...carried];
  }
  return left;
}

/** Changes after the first one as if that had never been made; undefined where they do not lead to a tree then. */
function withoutFirst(
  [first, ...between]: readonly RecentChange[],
  to: Tree,
): readonly RecentChange[] | undefined {
  if (first === undefined) return undefined;
  let over = first.inverses;
  let tree = first.before;
  const carried: RecentChange[] = [];
  for (const change of between) {
    const both = rebaseBoth(change.operations, over, change.before);
    if (both.outcome !== 'applies') return undefined;
    const before = tree;
    const inverses: Operation[] = [];
    for (const operation of both.operations) {
      const inverse = invertOperation(tree, operation);
      const applied = applyUnlimited(tree, operation);
      if (!applied.ok || !inverse.ok) return undefined;
      inverses.unshift(inverse.operation);
      tree = applied.tree;
    }
    carried.push({ ...change, operations: both.operations, inverses, before });
    over = both.over;
  }
  return isSameWidget(tree.root, to.root) ? carried : undefined;
}
