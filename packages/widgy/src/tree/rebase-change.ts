import { applyUnlimited } from './apply.ts';
import type { Operation } from './operation.ts';
import { type Conflict, rebaseOperation } from './rebase.ts';
import type { Refusal } from './refusal.ts';
import type { Tree } from './tree.ts';

/** What becomes of operations when others were done first. */
export type RebasedChange =
  /** Those that are left to do, which may be none. */
  { readonly outcome: 'applies'; readonly operations: readonly Operation[] } | FailedChange;

/** Why operations cannot be done after others. */
export type FailedChange =
  /** The operation of this index cannot be done together with another. */
  | { readonly outcome: 'conflict'; readonly index: number; readonly conflict: Conflict }
  /** The operation of this index never fitted the tree it was made for. */
  | { readonly outcome: 'refused'; readonly index: number; readonly refusal: Refusal };

/** Operations that were done, and the tree that the first of them was done to. */
export interface Done {
  readonly operations: readonly Operation[];
  readonly before: Tree;
}

/**
 * Says what operations become that were made, one after the other, for a tree to which others were applied meanwhile. All are done or
 * none: one conflict is a conflict of the whole.
 *
 * @param over what was applied first, oldest first; the first of them to the tree that `operations` were made for
 * @param end the tree after all of that
 */
export function rebaseChange(
  operations: readonly Operation[],
  over: readonly Done[],
  end: Tree,
): RebasedChange {
  let mine: readonly Indexed[] = operations.map((operation, index) => ({ operation, index }));
  for (const [at, done] of over.entries()) {
    let tree = done.before;
    for (const [step, theirs] of done.operations.entries()) {
      const isLast = step === done.operations.length - 1;
      const next = isLast ? (over[at + 1]?.before ?? end) : after(tree, theirs);
      const rebased = rebaseOver(mine, theirs, tree, { next, isCarried: false });
      if (rebased.outcome !== 'applies') return rebased;
      mine = rebased.left;
      tree = next;
    }
  }
  return { outcome: 'applies', operations: mine.map(({ operation }) => operation) };
}

/** An operation and its index in what was asked for. */
interface Indexed {
  readonly operation: Operation;
  readonly index: number;
}

/** What becomes of two lists of operations that were made for one tree. */
export type RebasedBoth =
  /** Each of the two as it is done after the other. */
  | {
      readonly outcome: 'applies';
      readonly operations: readonly Operation[];
      readonly over: readonly Operation[];
    }
  | FailedChange;

/**
 * Says what operations become when others are done first, and what those become when they are done last: either order gives the same tree.
 *
 * @param base the tree that the first of both lists was made for
 */
export function rebaseBoth(
  operations: readonly Operation[],
  over: readonly Operation[],
  base: Tree,
): RebasedBoth {
  let mine: readonly Indexed[] = operations.map((operation, index) => ({ operation, index }));
  let tree = base;
  const carried: Operation[] = [];
  for (const theirs of over) {
    const next = after(tree, theirs);
    const rebased = rebaseOver(mine, theirs, tree, { next, isCarried: true });
    if (rebased.outcome !== 'applies') return rebased;
    mine = rebased.left;
    if (rebased.over !== undefined) carried.push(rebased.over);
    tree = next;
  }
  return { outcome: 'applies', operations: mine.map(({ operation }) => operation), over: carried };
}

/** What becomes of operations over one other, and of that one over them. */
type RebasedOver =
  | {
      readonly outcome: 'applies';
      readonly left: readonly Indexed[];
      /** Undefined where nothing is left of it, or it was not wanted. */
      readonly over: Operation | undefined;
    }
  | FailedChange;

/**
 * Operations over one other. That one goes over each of them in turn, since the later ones were made after the earlier ones.
 *
 * @param next the tree after that one
 * @param isCarried whether it is wanted as it is after all of them; if not, it need not go over the last
 */
function rebaseOver(
  mine: readonly Indexed[],
  theirs: Operation,
  base: Tree,
  { next, isCarried }: { readonly next: Tree; readonly isCarried: boolean },
): RebasedOver {
  let over: Operation | undefined = theirs;
  let tree = base;
  // What is known of the tree after it holds until that one has been carried over something.
  let known: Tree | undefined = next;
  const left: Indexed[] = [];
  for (const [at, { operation, index }] of mine.entries()) {
    if (over === undefined) {
      left.push({ operation, index });
      continue;
    }
    const rebased = rebaseOperation(operation, over, tree, known);
    if (rebased.outcome === 'conflict') return { outcome: 'conflict', index, conflict: rebased.conflict };
    if (rebased.outcome === 'refused') return { outcome: 'refused', index, refusal: rebased.refusal };
    if (rebased.outcome === 'applies') left.push({ operation: rebased.operation, index });
    if (!isCarried && at === mine.length - 1) return { outcome: 'applies', left, over: undefined };
    const carried = rebaseOperation(over, operation, tree);
    if (carried.outcome === 'conflict') {
      const { conflict } = carried;
      return { outcome: 'conflict', index, conflict: { ...conflict, operation, over } };
    }
    over = carried.outcome === 'applies' ? carried.operation : undefined;
    tree = after(tree, operation);
    known = undefined;
  }
  return { outcome: 'applies', left, over };
}

/** The tree after an operation that was found to fit it. */
function after(tree: Tree, operation: Operation): Tree {
  const applied = applyUnlimited(tree, operation);
  if (!applied.ok) throw new Error(`An operation that was done does not fit: ${applied.refusal.what}`);
  return applied.tree;
}
