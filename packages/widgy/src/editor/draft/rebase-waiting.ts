import type { Operation } from '../../tree/operation.ts';
import { rebaseBoth } from '../../tree/rebase-change.ts';
import type { Tree } from '../../tree/tree.ts';
import { conflictAbout, type LocalConflict } from './conflict.ts';
import { reasonOfFailure, type Theirs } from './conflict-reason.ts';
import { type LocalChange, operationsOf } from './local-change.ts';
import { replay, replayWithInverses } from './replay.ts';

/** Changes that wait, and what cannot be done any more. */
export interface RebasedWaiting {
  readonly waiting: readonly LocalChange[];
  readonly conflicts: readonly LocalConflict[];
}

/**
 * Rebases changes that wait over operations that were done first. What cannot be done after them becomes a conflict, together with the later
 * changes that need it; the others go on without it. A change of which nothing is left to do is gone.
 *
 * @param base the tree that both the first change and the operations were made for
 */
export function rebaseWaiting(
  waiting: readonly LocalChange[],
  over: readonly Operation[],
  base: Tree,
  theirs: Theirs | null,
): RebasedWaiting {
  const left: LocalChange[] = [];
  const conflicts: LocalConflict[] = [];
  let rest = waiting;
  let others = over;
  const before = treeBefore(base);
  for (let [first] = rest; first !== undefined; [first] = rest) {
    const passed = pass(first, others, before.tree);
    if (passed.ok) {
      if (passed.change !== undefined) left.push(passed.change);
      before.goOn(first);
      others = passed.over;
      rest = rest.slice(1);
      continue;
    }
    const without = withoutChange(before.tree(), first, rest.slice(1));
    conflicts.push(conflictAbout(first, without.needing, reasonOfFailure(passed.failed, theirs)));
    rest = without.left;
  }
  return { waiting: left, conflicts };
}

/** What becomes of changes when one before them is taken away. */
export interface WithoutChange {
  /** Those that can be done without it. */
  readonly left: readonly LocalChange[];
  /** Those that cannot, and those that need these, oldest first. */
  readonly needing: readonly LocalChange[];
  /** What brings it back, and all that needed it, after those that are left. */
  readonly again: readonly Operation[];
}

/**
 * Takes a change away from under those that were made after it.
 *
 * @param base the tree that it was made for
 */
export function withoutChange(base: Tree, change: LocalChange, later: readonly LocalChange[]): WithoutChange {
  const undo = replayWithInverses(base, operationsOf(change));
  const left: LocalChange[] = [];
  const needing = new Set<LocalChange>();
  let rest = later;
  let over = undo.inverses;
  const before = treeBefore(undo.tree);
  const names = new Map(later.map(({ key }, at) => [key, at]));
  for (let [first] = rest; first !== undefined; [first] = rest) {
    const passed = pass(first, over, before.tree);
    if (passed.ok) {
      // What only took it back again has nothing to do without it, and belongs to what its author wanted.
      if (passed.change === undefined) needing.add(first);
      else left.push(passed.change);
      before.goOn(first);
      over = passed.over;
      rest = rest.slice(1);
      continue;
    }
    const without = withoutChange(before.tree(), first, rest.slice(1));
    for (const each of [first, ...without.needing]) needing.add(each);
    rest = without.left;
  }
  const inOrder = [...needing].sort((a, b) => (names.get(a.key) ?? 0) - (names.get(b.key) ?? 0));
  return { left, needing: inOrder, again: replayWithInverses(before.tree(), over).inverses };
}

/** The tree that the next of some changes was made for, which is made only where somebody looks at it. */
function treeBefore(base: Tree) {
  let tree = base;
  let behind: readonly Operation[] = [];
  return {
    goOn(change: LocalChange): void {
      behind = [...behind, ...operationsOf(change)];
    },
    tree(): Tree {
      tree = replay(tree, behind);
      behind = [];
      return tree;
    },
  };
}

/** One change over operations, and these over it. */
function pass(change: LocalChange, over: readonly Operation[], base: () => Tree) {
  if (doNotTouch(operationsOf(change), over)) return { ok: true as const, change, over };
  const both = rebaseBoth(operationsOf(change), over, base());
  if (both.outcome !== 'applies') return { ok: false as const, failed: both };
  const { operations } = both;
  const next = change.kind === 'undo' || operations.length === 0 ? undefined : { ...change, operations };
  return { ok: true as const, change: next, over: both.over };
}

/** Whether all of some operations can be told to stay as they are over all of others, and these over them, without looking at a tree. */
function doNotTouch(some: readonly Operation[], others: readonly Operation[]): boolean {
  return some.every((one) => others.every((other) => isApart(one, other) || isApart(other, one)));
}

/** Values of fields and places are nothing to one another; so are the fields of two widgets. */
function isApart(one: Operation, other: Operation): boolean {
  if (one.kind !== 'set') return false;
  return (
    other.kind === 'move' ||
    other.kind === 'insert' ||
    other.kind === 'wrap' ||
    (other.kind === 'set' && one.id !== other.id)
  );
}
