import { applyUnlimited } from '../../tree/apply.ts';
import type { Operation } from '../../tree/operation.ts';
import type { Refusal } from '../../tree/refusal.ts';
import type { Tree } from '../../tree/tree.ts';
import { conflictAbout, type LocalConflict } from './conflict.ts';
import { type LocalChange, operationsOf } from './local-change.ts';

/** Changes that fit a tree one after the other, what they give, and those that do not fit. */
export interface FittedWaiting {
  readonly tree: Tree;
  readonly waiting: readonly LocalChange[];
  readonly conflicts: readonly LocalConflict[];
}

/** Applies changes to a tree, each if it fits what those before it gave. */
export function fitWaiting(base: Tree, changes: readonly LocalChange[]): FittedWaiting {
  const waiting: LocalChange[] = [];
  const conflicts: LocalConflict[] = [];
  let tree = base;
  for (const change of changes) {
    const fitted = fit(tree, operationsOf(change));
    if ('refusal' in fitted) {
      conflicts.push(conflictAbout(change, [], { kind: 'refused', refusal: fitted.refusal }));
    } else {
      waiting.push(change);
      tree = fitted.tree;
    }
  }
  return { tree, waiting, conflicts };
}

function fit(
  tree: Tree,
  operations: readonly Operation[],
): { readonly tree: Tree } | { readonly refusal: Refusal } {
  let next = tree;
  for (const operation of operations) {
    const applied = applyUnlimited(next, operation);
    if (!applied.ok) return { refusal: applied.refusal };
    next = applied.tree;
  }
  return { tree: next };
}
