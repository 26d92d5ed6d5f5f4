import { applyOperation } from '../apply.ts';
import { DEFAULT_LIMITS, type TreeLimits } from '../limits.ts';
import type { Operation } from '../operation.ts';
import type { Refused } from '../refusal.ts';
import { findWidget, type Place, parentOf, type Tree } from '../tree.ts';
import { childrenIn, type Widget, walk } from '../widget.ts';
import type { Catalogue } from './catalogue.ts';
import { checkChild, checkCounts, checkInsideItself, isByFunction } from './consent.ts';
import { nameOf, type RuleRefusal, type Violation, violationOf } from './violation.ts';
import { onlyWrapper } from './wrapper.ts';

/** The tree after an operation that is within the rules, or what is against it. */
export type CheckedOperation = { readonly ok: true; readonly tree: Tree } | Refused<RuleRefusal>;

/**
 * Applies an operation if the rules allow what comes of it: the one way into a tree for the editor, the API, paste and import.
 * Nothing is attached before all is checked, and a widget that moves is checked with all below it where it gets to.
 *
 * What was against the rules before, since the rules were others then, is in nobody's way: an operation is refused
 * for what it makes worse.
 */
export function checkOperation(
  tree: Tree,
  operation: Operation,
  catalogue: Catalogue,
  limits: TreeLimits = DEFAULT_LIMITS,
): CheckedOperation {
  const applied = applyOperation(tree, operation, limits);
  if (!applied.ok || applied.tree === tree) return applied;
  const refusal =
    checkPermission(tree, operation, catalogue) ?? checkResult(tree, applied.tree, operation, catalogue);
  return refusal === undefined ? applied : { ok: false, refusal };
}

/** What a type says about all widgets of it. One of an unknown type can be seen and deleted, and nothing else. */
function checkPermission(tree: Tree, operation: Operation, catalogue: Catalogue): Violation | undefined {
  const refusing = (
    ids: Iterable<string>,
    rule: 'draggable' | 'deletable' | 'editable',
    what: string,
  ): Violation | undefined => {
    for (const id of ids) {
      const widget = findWidget(tree, id);
      const known = widget && catalogue.get(widget.type);
      const isAllowed = known ? known[rule] !== false : rule === 'deletable';
      if (widget && !isAllowed) return violationOf(`not-${rule}`, rule, nameOf(widget, catalogue), what);
    }
    return undefined;
  };
  switch (operation.kind) {
    case 'set':
      return refusing([operation.id], 'editable', 'cannot be edited');
    case 'move':
      return refusing([operation.id], 'draggable', 'cannot be moved');
    case 'wrap':
      return refusing(
        operation.children.map(({ id }) => id),
        'draggable',
        'cannot be moved',
      );
    case 'remove': {
      const widget = findWidget(tree, operation.id);
      return refusing(widget ? walk(widget).map(({ id }) => id) : [], 'deletable', 'cannot be deleted');
    }
    case 'unwrap': {
      const children = findWidget(tree, operation.id)?.children.map(({ id }) => id) ?? [];
      return (
        refusing([operation.id], 'deletable', 'cannot be deleted') ??
        refusing(children, 'draggable', 'cannot be moved')
      );
    }
    default:
      return undefined;
  }
}

/** What is against the tree that an operation gives and was not against the one before. */
function checkResult(
  before: Tree,
  after: Tree,
  operation: Operation,
  catalogue: Catalogue,
): Violation | undefined {
  const { arrived, parents } = effectOf(before, after, operation);
  for (const widget of arrived) {
    const parent = parentOf(after, widget.id);
    const violation = parent && worse(before, after, parent, widget, catalogue);
    if (violation) return withWrapper(violation, before, operation, widget, catalogue);
    for (const below of walk(widget)) {
      const inside = checkInsideItself(after, below, catalogue);
      const old = findWidget(before, below.id);
      if (inside && !(old && checkInsideItself(before, old, catalogue))) return inside;
      for (const child of below.children) {
        const isOpen =
          parentOf(before, child.id)?.id !== below.id || isByFunction(below.type, child.type, catalogue);
        const refusal = isOpen ? worse(before, after, below, child, catalogue) : undefined;
        if (refusal) return refusal;
      }
      const count = old === undefined ? checkCounts(below, catalogue).next().value : undefined;
      if (count) return count;
    }
  }
  for (const id of parents) {
    const parent = findWidget(after, id);
    if (parent === undefined) continue;
    for (const count of checkCounts(parent, catalogue)) {
      if (isCountWorse(count, findWidget(before, id), parent)) return count;
    }
    for (const child of parent.children) {
      const isOpen = isByFunction(parent.type, child.type, catalogue);
      const violation = isOpen ? worse(before, after, parent, child, catalogue) : undefined;
      if (violation) return violation;
    }
  }
  return undefined;
}

/** What an operation brings to a place, and the widgets whose children or fields it changes. */
function effectOf(
  before: Tree,
  after: Tree,
  operation: Operation,
): { readonly arrived: readonly Widget[]; readonly parents: ReadonlySet<string> } {
  const arrivedIds = arrivals(before, operation);
  const parents = new Set<string>();
  const touched = operation.kind === 'set' ? [operation.id] : arrivedIds;
  for (const id of 'id' in operation ? [operation.id, ...touched] : touched) {
    for (const tree of [before, after]) {
      const parent = parentOf(tree, id);
      if (parent) parents.add(parent.id);
    }
  }
  if (operation.kind === 'set') parents.add(operation.id);
  return { arrived: arrivedIds.flatMap((id) => findWidget(after, id) ?? []), parents };
}

/** The widgets that come to stand where they did not, without those that come with them. */
function arrivals(before: Tree, operation: Operation): readonly string[] {
  switch (operation.kind) {
    case 'insert':
      return [operation.widget.id];
    case 'move':
      return [operation.id];
    case 'duplicate':
      return [new Map(operation.ids).get(operation.id) ?? ''];
    case 'wrap':
      return [operation.widget.id];
    case 'unwrap':
      return findWidget(before, operation.id)?.children.map(({ id }) => id) ?? [];
    default:
      return [];
  }
}

/** What is against a child in its parent, unless the same was against it there before. */
function worse(
  before: Tree,
  after: Tree,
  parent: Widget,
  child: Widget,
  catalogue: Catalogue,
): Violation | undefined {
  const violation = checkChild(after, parent, child, catalogue);
  const old = findWidget(before, child.id);
  const above = parentOf(before, child.id);
  if (!violation || !old || above?.id !== parent.id || old.slot !== child.slot) return violation;
  return checkChild(before, above, old, catalogue) === undefined ? violation : undefined;
}

function isCountWorse({ code, slot }: Violation, before: Widget | undefined, after: Widget): boolean {
  if (before === undefined) return true;
  const was = childrenIn(before, slot).length;
  const is = childrenIn(after, slot).length;
  return code === 'slot-full' ? is > was : is < was;
}

function withWrapper(
  violation: Violation,
  tree: Tree,
  operation: Operation,
  child: Widget,
  catalogue: Catalogue,
): Violation {
  const at = placeOfArrival(operation);
  const isOfTwo = ['parent-refuses', 'child-refuses', 'both-refuse'].includes(violation.code);
  return at && isOfTwo ? { ...violation, wrapper: onlyWrapper(tree, at, child, catalogue) } : violation;
}

function placeOfArrival(operation: Operation): Place | undefined {
  if (operation.kind === 'move') return operation.to;
  return operation.kind === 'insert' || operation.kind === 'duplicate' ? operation.at : undefined;
}
