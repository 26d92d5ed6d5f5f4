import { applyUnlimited, copyOf } from './apply.ts';
import { changesOf, compareChanges, type FieldConflict, setOf } from './field-changes.ts';
import type {
  Duplicate,
  Insert,
  Move,
  Operation,
  Remove,
  SetFields,
  Unwrap,
  Wrap,
  WrappedChild,
} from './operation.ts';
import { carryPlace, type PlainOperation } from './rebase-place.ts';
import type { Refusal } from './refusal.ts';
import { isSameWidget } from './same.ts';
import { findWidget, isInside, parentOf, type Tree } from './tree.ts';
import { childrenIn, walk } from './widget.ts';

/** Why two operations cannot both be done. */
export const CONFLICT_CODES = ['fields', 'removed', 'moved', 'cycle', 'wrapped', 'id-taken'] as const;

/** One of {@link CONFLICT_CODES}. */
export type ConflictCode = (typeof CONFLICT_CODES)[number];

/** Two operations that cannot both be done: a value with both, so that somebody can choose. */
export interface Conflict {
  readonly code: ConflictCode;
  /** The widgets they disagree about. */
  readonly ids: readonly string[];
  readonly operation: Operation;
  readonly over: Operation;
  /** For the code `fields`: each field with both values, and the one before. Empty for all others. */
  readonly fields: readonly FieldConflict[];
}

/** What becomes of an operation when another was done before it. */
export type Rebased =
  | { readonly outcome: 'applies'; readonly operation: Operation }
  /** There is nothing left to do: it is done, or what it was about has gone with what it asked to be gone. */
  | { readonly outcome: 'dropped' }
  | { readonly outcome: 'conflict'; readonly conflict: Conflict }
  /** One of the two does not fit the tree that both were made for. */
  | { readonly outcome: 'refused'; readonly of: 'operation' | 'over'; readonly refusal: Refusal };

/**
 * Says what an operation becomes that was made for a tree to which another was applied meanwhile. What either order of the two gives
 * is the same tree; where that cannot be, both orders are a conflict. `docs/widgy-operations.md` has the table of all pairs.
 *
 * @param over what was applied first
 * @param base the tree that both were made for
 * @param known what applying `over` to `base` gave, where somebody has it already
 */
export function rebaseOperation(operation: Operation, over: Operation, base: Tree, known?: Tree): Rebased {
  const mine = applyUnlimited(base, operation);
  if (!mine.ok) return { outcome: 'refused', of: 'operation', refusal: mine.refusal };
  const theirs = known === undefined ? applyUnlimited(base, over) : { ok: true as const, tree: known };
  if (!theirs.ok) return { outcome: 'refused', of: 'over', refusal: theirs.refusal };
  if (theirs.tree === base) return { outcome: 'applies', operation };
  if (mine.tree === base || isSameWidget(mine.tree.root, theirs.tree.root)) return { outcome: 'dropped' };
  const pair: Pair = { operation, over, base, after: theirs.tree };
  return withoutVoid(rebasePlain(plain(operation, base), plain(over, base), pair), pair);
}

/** What all rules may look at. */
interface Pair {
  readonly operation: Operation;
  readonly over: Operation;
  readonly base: Tree;
  /** The tree after the other operation. */
  readonly after: Tree;
}

/** A copy is of what its author saw: so it is the insert of that. */
function plain(operation: Operation, base: Tree): PlainOperation {
  if (operation.kind !== 'duplicate') return operation;
  const copy = copyOf(base, operation);
  if (!copy.ok) throw new Error(copy.refusal.what);
  return { kind: 'insert', widget: copy.widget, at: operation.at };
}

function rebasePlain(operation: PlainOperation, over: PlainOperation, pair: Pair): Rebased {
  switch (operation.kind) {
    case 'insert':
      return rebaseInsert(operation, over, pair);
    case 'move':
      return rebaseMove(operation, over, pair);
    case 'set':
      return rebaseSet(operation, over, pair);
    case 'remove':
      return rebaseRemove(operation, over, pair);
    case 'wrap':
      return rebaseWrap(operation, over, pair);
    case 'unwrap':
      return rebaseUnwrap(operation, over, pair);
  }
}

function applies(operation: Operation): Rebased {
  return { outcome: 'applies', operation };
}

function conflict(
  code: ConflictCode,
  ids: readonly string[],
  { operation, over }: Pair,
  fields: readonly FieldConflict[] = [],
): Rebased {
  return { outcome: 'conflict', conflict: { code, ids, operation, over, fields } };
}

/** Drops what would change nothing, and lets a duplicate be one where what it copies is as it was. */
function withoutVoid(rebased: Rebased, { operation, base, after }: Pair): Rebased {
  if (rebased.outcome !== 'applies') return rebased;
  const applied = applyUnlimited(after, rebased.operation);
  if (!applied.ok) return { outcome: 'refused', of: 'operation', refusal: applied.refusal };
  if (applied.tree === after) return { outcome: 'dropped' };
  if (operation.kind !== 'duplicate' || rebased.operation.kind !== 'insert') return rebased;
  if (findWidget(after, operation.id) !== findWidget(base, operation.id)) return rebased;
  const copy: Duplicate = { ...operation, at: rebased.operation.at };
  return applies(copy);
}

/** Ids that an operation brings into the tree. */
function newIds(operation: PlainOperation): ReadonlySet<string> {
  if (operation.kind === 'wrap') return new Set([operation.widget.id]);
  return new Set(operation.kind === 'insert' ? walk(operation.widget).map(({ id }) => id) : []);
}

function takenIds(operation: PlainOperation, over: PlainOperation): readonly string[] {
  return [...newIds(operation).intersection(newIds(over))];
}

function rebaseInsert(operation: Insert, over: PlainOperation, pair: Pair): Rebased {
  const { widget, at } = operation;
  const taken = takenIds(operation, over);
  if (taken.length > 0) return conflict('id-taken', taken, pair);
  if (over.kind === 'remove' && isInside(pair.base, at.parent, over.id)) {
    return conflict('removed', [over.id, at.parent], pair);
  }
  const carried = carryPlace(at, { id: widget.id, isMoved: false }, over, pair.base);
  return applies({ kind: 'insert', widget, at: carried });
}

function rebaseMove(operation: Move, over: PlainOperation, pair: Pair): Rebased {
  const { id, to } = operation;
  const { base, after } = pair;
  if (over.kind === 'remove' && (isInside(base, id, over.id) || isInside(base, to.parent, over.id))) {
    return conflict('removed', [over.id, id], pair);
  }
  if (over.kind === 'unwrap' && over.id === id) return conflict('removed', [id], pair);
  if (over.kind === 'move') {
    if (over.id === id) return conflict('moved', [id], pair);
    if (isInside(after, to.parent, id)) return conflict('cycle', [id, over.id], pair);
  }
  const carried = carryPlace(to, { id, isMoved: true }, over, base);
  // A wrapper around nothing but this widget goes where the widget goes.
  const isAlone = over.kind === 'wrap' && over.children.length === 1 && over.children[0]?.id === id;
  return applies({ kind: 'move', id: isAlone ? over.widget.id : id, to: carried });
}

function rebaseSet(operation: SetFields, over: PlainOperation, pair: Pair): Rebased {
  const { id } = operation;
  if (over.kind === 'remove' && isInside(pair.base, id, over.id))
    return conflict('removed', [over.id, id], pair);
  if (over.kind === 'unwrap' && over.id === id) return conflict('removed', [id], pair);
  if (over.kind !== 'set' || over.id !== id) return applies(operation);
  const before = findWidget(pair.base, id)?.fields ?? {};
  const mine = changesOf(operation, before);
  const { left, conflicts } = compareChanges(mine, changesOf(over, before), before);
  if (conflicts.length > 0) return conflict('fields', [id], pair, conflicts);
  const named = Object.keys(operation.fields).length + operation.unset.length;
  return applies(left.size === named ? operation : setOf(id, left));
}

/** What was changed inside a widget is never lost with it: removing it then is a conflict. */
function rebaseRemove(operation: Remove, over: PlainOperation, pair: Pair): Rebased {
  const { id } = operation;
  const isGoing = (other: string): boolean => isInside(pair.base, other, id);
  const lost = (...ids: string[]): Rebased => conflict('removed', [id, ...ids], pair);
  switch (over.kind) {
    case 'insert':
      return isGoing(over.at.parent) ? lost(over.at.parent) : applies(operation);
    case 'move':
      return isGoing(over.id) || isGoing(over.to.parent) ? lost(over.id) : applies(operation);
    case 'set':
    case 'unwrap':
      return isGoing(over.id) ? lost(over.id) : applies(operation);
    case 'remove':
      return isInside(pair.base, id, over.id) ? { outcome: 'dropped' } : applies(operation);
    case 'wrap': {
      const [first, ...others] = over.children;
      if (first === undefined || !isGoing(first.id)) return applies(operation);
      return first.id === id && others.length > 0 ? applies(operation) : lost(over.widget.id);
    }
  }
}

function rebaseWrap(operation: Wrap, over: PlainOperation, pair: Pair): Rebased {
  const { widget, children } = operation;
  const ids = children.map(({ id }) => id);
  const taken = takenIds(operation, over);
  if (taken.length > 0) return conflict('id-taken', taken, pair);
  switch (over.kind) {
    case 'set':
      return applies(operation);
    case 'remove': {
      if (ids.includes(over.id)) break;
      return ids.some((id) => isInside(pair.base, id, over.id))
        ? conflict('removed', [over.id, widget.id], pair)
        : applies(operation);
    }
    case 'wrap': {
      const mine = new Set(ids);
      const both = over.children.map(({ id }) => id).filter((id) => mine.has(id));
      return both.length > 0 ? conflict('wrapped', both, pair) : applies(operation);
    }
    case 'move':
      if (ids.length === 1 && over.id === ids[0]) return applies(operation);
      break;
    default:
      break;
  }
  const run = runAfter(children, over, pair);
  if (run.length === 0)
    return conflict('removed', [over.kind === 'insert' ? widget.id : over.id, ...ids], pair);
  return applies({ kind: 'wrap', widget, children: run });
}

/** The widgets to wrap after another operation: those that still stand there, and what has come between them. */
function runAfter(
  children: readonly WrappedChild[],
  over: Exclude<PlainOperation, { kind: 'set' | 'wrap' }>,
  { base, after }: Pair,
): readonly WrappedChild[] {
  const staying = children.flatMap((child) => {
    if (over.kind === 'insert' || child.id !== over.id) return [child];
    if (over.kind !== 'unwrap') return [];
    return findWidget(base, over.id)?.children.map(({ id }) => ({ id, slot: child.slot })) ?? [];
  });
  const [first] = staying;
  const parent = first && parentOf(after, first.id);
  if (first === undefined || parent === undefined) return [];
  const slots = new Map(staying.map(({ id, slot }) => [id, slot]));
  const siblings = childrenIn(parent, findWidget(after, first.id)?.slot);
  const start = siblings.findIndex(({ id }) => id === first.id);
  const run = siblings.slice(start, siblings.findLastIndex(({ id }) => slots.has(id)) + 1);
  // What has come between goes to the slot of the one that it was put before.
  let slot = staying.at(-1)?.slot;
  const wrapped = run.toReversed().map(({ id }) => {
    slot = slots.has(id) ? slots.get(id) : slot;
    return { id, slot };
  });
  return wrapped.reverse();
}

function rebaseUnwrap(operation: Unwrap, over: PlainOperation, pair: Pair): Rebased {
  const { id } = operation;
  const { base } = pair;
  switch (over.kind) {
    case 'insert':
      return applies(operation);
    case 'remove':
      return isInside(base, id, over.id) ? conflict('removed', [over.id, id], pair) : applies(operation);
    case 'move':
    case 'set':
      return over.id === id ? conflict('removed', [id], pair) : applies(operation);
    case 'unwrap':
      return applies(operation);
    case 'wrap': {
      const isAlone = over.children.length === 1 && over.children[0]?.id === id;
      const isEmpty = findWidget(base, id)?.children.length === 0;
      return isAlone && isEmpty ? conflict('removed', [id, over.widget.id], pair) : applies(operation);
    }
  }
}
