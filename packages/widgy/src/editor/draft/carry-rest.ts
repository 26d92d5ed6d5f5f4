import { operationsBetween } from '../../tree/diff-operations.ts';
import { formatOperation, type Operation } from '../../tree/operation.ts';
import { rebaseBoth } from '../../tree/rebase-change.ts';
import type { Tree } from '../../tree/tree.ts';
import type { LocalConflict } from './conflict.ts';
import type { Theirs } from './conflict-reason.ts';
import { type HeardChange, type LocalChange, operationsOf } from './local-change.ts';
import { type RebasedWaiting, rebaseWaiting } from './rebase-waiting.ts';
import { replay } from './replay.ts';

/** What the server did, from the base on: changes of others, and then the one that was under way. */
export interface Outcome {
  readonly before: readonly HeardChange[];
  /** Empty where nothing was left to do. */
  readonly done: readonly Operation[];
  /** The tree after all of that. */
  readonly end: Tree;
}

/** Carries the changes that were made after the one under way to the tree that the server has, once it has done that one. */
export function carryRest(
  base: Tree,
  first: LocalChange,
  rest: readonly LocalChange[],
  { before, done, end }: Outcome,
): RebasedWaiting {
  let mine = operationsOf(first);
  let tree = base;
  let shown = replay(base, mine);
  let waiting = rest;
  const conflicts: LocalConflict[] = [];
  const take = (over: readonly Operation[], theirs: Theirs | null): void => {
    const rebased = rebaseWaiting(waiting, over, shown, theirs);
    waiting = rebased.waiting;
    conflicts.push(...rebased.conflicts);
  };
  for (const change of before) {
    const both = rebaseBoth(mine, change.operations, tree);
    // The server has found them to go together: should this tab not, the two trees say what is different.
    if (both.outcome !== 'applies') break;
    take(both.over, { sequence: change.sequence, author: change.author });
    mine = both.operations;
    tree = replay(tree, change.operations);
    shown = replay(shown, both.over);
  }
  // Sanitised fields are in nobody's way, whatever was done with their widgets since.
  if (first.kind === 'edit' && isSameBesideFields(mine, done)) return { waiting, conflicts };
  const over = first.kind === 'undo' ? done : between(shown, end);
  if (first.kind === 'edit' && over.every(({ kind }) => kind === 'set')) return { waiting, conflicts };
  take(withoutOverwritten(over, waiting), null);
  return { waiting, conflicts };
}

/** Whether two lists of operations say the same. */
export function isSameWork(some: readonly Operation[], others: readonly Operation[]): boolean {
  if (some === others) return true;
  return some.length === others.length && formatAll(some) === formatAll(others);
}

/** Whether two lists of operations say the same, but for the values of fields that they set. */
function isSameBesideFields(some: readonly Operation[], others: readonly Operation[]): boolean {
  return (
    some.length === others.length &&
    some.every((one, at) => {
      const other = others[at];
      if (one.kind === 'set' && other?.kind === 'set') return one.id === other.id;
      return other !== undefined && isSameWork([one], [other]);
    })
  );
}

function formatAll(operations: readonly Operation[]): string {
  return operations.map(formatOperation).join();
}

function between(before: Tree, after: Tree): readonly Operation[] {
  const difference = operationsBetween(before, after);
  if (!difference.ok)
    throw new Error(`Two states of one draft differ in their root: ${difference.refusal.what}.`);
  return difference.operations;
}

/** Operations of this tab without the fields that it set again later: its author has the last word about them. */
function withoutOverwritten(
  operations: readonly Operation[],
  later: readonly LocalChange[],
): readonly Operation[] {
  const again = new Map<string, Set<string>>();
  for (const operation of later.flatMap(operationsOf)) {
    if (operation.kind !== 'set') continue;
    const names = again.get(operation.id) ?? new Set();
    again.set(operation.id, names);
    for (const name of [...Object.keys(operation.fields), ...operation.unset]) names.add(name);
  }
  return operations.map((operation) => {
    const names = operation.kind === 'set' ? again.get(operation.id) : undefined;
    if (operation.kind !== 'set' || names === undefined) return operation;
    const kept = Object.entries(operation.fields).filter(([name]) => !names.has(name));
    const unset = operation.unset.filter((name) => !names.has(name));
    return { ...operation, fields: Object.fromEntries(kept), unset };
  });
}
