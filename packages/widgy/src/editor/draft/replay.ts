import { applyUnlimited } from '../../tree/apply.ts';
import { invertOperation } from '../../tree/invert.ts';
import type { Operation } from '../../tree/operation.ts';
import type { Tree } from '../../tree/tree.ts';

/**
 * The tree after operations that were done to it once.
 *
 * @throws Error where one does not fit: then they were done to another tree, and the draft is to be read again
 */
export function replay(tree: Tree, operations: readonly Operation[]): Tree {
  let next = tree;
  for (const operation of operations) {
    const applied = applyUnlimited(next, operation);
    if (!applied.ok) throw new Error(`An operation that was done does not fit: ${applied.refusal.what}.`);
    next = applied.tree;
  }
  return next;
}

/** The tree after operations that were done to it once, and what undoes them, in the order in which it is to be done. */
export function replayWithInverses(
  tree: Tree,
  operations: readonly Operation[],
): { readonly tree: Tree; readonly inverses: readonly Operation[] } {
  const inverses: Operation[] = [];
  let next = tree;
  for (const operation of operations) {
    const inverse = invertOperation(next, operation);
    if (!inverse.ok) throw new Error(`An operation that was done does not fit: ${inverse.refusal.what}.`);
    inverses.unshift(inverse.operation);
    next = replay(next, [operation]);
  }
  return { tree: next, inverses };
}
