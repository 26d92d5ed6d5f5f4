import { freezeJson, isSameJson, type JsonValue } from './json.ts';
import { DEFAULT_LIMITS, type TreeLimits } from './limits.ts';
import { measure } from './measure.ts';
import type { Duplicate, Insert, Move, Operation, SetFields, Unwrap, Wrap } from './operation.ts';
import { type Refused, refuse } from './refusal.ts';
import { findWidget, indexOfPlace, isInside, type Place, parentOf, type Tree } from './tree.ts';
import { TreeEdit } from './tree-edit.ts';
import { createWidget, fold, isSlotBefore, type Widget, walk, withFields, withSlot } from './widget.ts';

/** The tree after an operation, or why there is none. */
export type Applied = { readonly ok: true; readonly tree: Tree } | Refused;

/**
 * Applies an operation. The tree that was given stays as it was; the new one shares everything with it
 * that the operation did not touch. What a tree can be is checked here; which types may stand where is checked by
 * `checkOperation`, with a catalogue.
 */
export function applyOperation(
  tree: Tree,
  operation: Operation,
  limits: TreeLimits = DEFAULT_LIMITS,
): Applied {
  const frozen = refuseFrozen(tree);
  if (frozen) return frozen;
  const applied = applyUnlimited(tree, operation);
  return applied.ok && applied.tree !== tree ? withinLimits(applied, limits, tree) : applied;
}

/** Refuses whatever is to be done to a committed tree; undefined for any other. */
export function refuseFrozen(tree: Tree): Refused | undefined {
  return tree.isFrozen ? refuse('tree-frozen', 'the tree is committed and never changes') : undefined;
}

/** Applies an operation to a tree that may be frozen or get too large: to look at what it would give. */
export function applyUnlimited(tree: Tree, operation: Operation): Applied {
  switch (operation.kind) {
    case 'insert':
      return insert(tree, operation);
    case 'move':
      return move(tree, operation);
    case 'set':
      return setFields(tree, operation);
    case 'remove':
      return remove(tree, operation.id);
    case 'duplicate': {
      const copy = copyOf(tree, operation);
      return copy.ok ? insert(tree, { widget: copy.widget, at: operation.at }) : copy;
    }
    case 'wrap':
      return wrap(tree, operation);
    case 'unwrap':
      return unwrap(tree, operation);
  }
}

/** What an operation makes smaller is let through, even if it is still too large. */
function withinLimits(applied: Applied & { ok: true }, limits: TreeLimits, before: Tree): Applied {
  const now = measure(applied.tree.root);
  const was = measure(before.root);
  const root = before.root.id;
  if (now.depth > limits.depth && now.depth > was.depth) {
    return refuse('too-deep', `there would be more than ${limits.depth} widgets inside one another`, root);
  }
  if (now.widgets > limits.widgets && now.widgets > was.widgets) {
    return refuse('too-many', `there would be more than ${limits.widgets} widgets`, root);
  }
  if (now.bytes > limits.bytes && now.bytes > was.bytes) {
    return refuse('too-large', `the tree would have more than ${limits.bytes} bytes`, root);
  }
  return applied;
}

function missing(id: string): Refused {
  return refuse('widget-missing', `there is no widget "${id}"`, id);
}

function checkPlace(tree: Tree, place: Place): Refused | undefined {
  const parent = findWidget(tree, place.parent);
  if (parent === undefined) {
    return refuse(
      'parent-missing',
      `there is no widget "${place.parent}" to put something into`,
      place.parent,
    );
  }
  if (indexOfPlace(parent, place) !== undefined) return undefined;
  const { before = '', slot } = place;
  const where = slot === undefined ? '' : ` in the slot "${slot}"`;
  return refuse('sibling-missing', `"${parent.id}" has no child "${before}"${where}`, parent.id, before);
}

function insert(tree: Tree, { widget, at }: Pick<Insert, 'widget' | 'at'>): Applied {
  const misplaced = checkPlace(tree, at);
  if (misplaced) return misplaced;
  const ids = new Set<string>();
  for (const { id } of walk(widget)) {
    if (ids.has(id) || findWidget(tree, id) !== undefined) {
      return refuse('id-taken', `the id "${id}" is used already`, id);
    }
    ids.add(id);
  }
  const edit = new TreeEdit(tree);
  edit.attach(widget, at);
  edit.learn(widget);
  return { ok: true, tree: edit.finish() };
}

function move(tree: Tree, { id, to }: Move): Applied {
  const widget = findWidget(tree, id);
  if (widget === undefined) return missing(id);
  if (id === tree.root.id) return refuse('root-fixed', 'the root stays where it is', id);
  if (isInside(tree, to.parent, id)) {
    return refuse('into-itself', `"${id}" cannot be put into itself`, id, to.parent);
  }
  const misplaced = checkPlace(tree, to);
  if (misplaced) return misplaced;
  if (isAtPlace(tree, widget, to)) return { ok: true, tree };
  const edit = new TreeEdit(tree);
  edit.attach(edit.detach(id), to);
  return { ok: true, tree: edit.finish() };
}

/** Whether moving a widget to a place leaves everything as it is. */
function isAtPlace(tree: Tree, widget: Widget, place: Place): boolean {
  const parent = parentOf(tree, widget.id);
  if (parent?.id !== place.parent || widget.slot !== place.slot) return false;
  const at = parent.children.indexOf(widget);
  const target = indexOfPlace(parent, place);
  return target === at || target === at + 1;
}

function setFields(tree: Tree, { id, fields, unset }: SetFields): Applied {
  const widget = findWidget(tree, id);
  if (widget === undefined) return missing(id);
  const next = new Map<string, JsonValue>(Object.entries(widget.fields));
  for (const name of unset) next.delete(name);
  for (const [name, value] of Object.entries(fields)) next.set(name, freezeJson(value));
  const changed = Object.fromEntries(next);
  if (isSameJson(changed, widget.fields)) return { ok: true, tree };
  const edit = new TreeEdit(tree);
  edit.replace(withFields(widget, Object.freeze(changed)));
  return { ok: true, tree: edit.finish() };
}

function remove(tree: Tree, id: string): Applied {
  if (findWidget(tree, id) === undefined) return missing(id);
  if (id === tree.root.id) return refuse('root-fixed', 'the root cannot be removed', id);
  const edit = new TreeEdit(tree);
  edit.forget(edit.detach(id));
  return { ok: true, tree: edit.finish() };
}

/** The widget that a duplicate puts into the tree: the original with other ids. */
export function copyOf(
  tree: Tree,
  { id, ids }: Duplicate,
): { readonly ok: true; readonly widget: Widget } | Refused {
  const original = findWidget(tree, id);
  if (original === undefined) return missing(id);
  const copies = new Map(ids);
  for (const below of walk(original)) {
    if (!copies.has(below.id))
      return refuse('copies-incomplete', `"${below.id}" has no id for its copy`, below.id);
  }
  const widget = fold<Widget>(original, ({ id: from, type, slot, fields }, children) =>
    createWidget({ id: copies.get(from) ?? '', type, slot, fields, children }),
  );
  return { ok: true, widget: withSlot(widget, undefined) };
}

function wrap(tree: Tree, { widget: head, children }: Wrap): Applied {
  const ids = children.map(({ id }) => id);
  for (const id of ids) if (findWidget(tree, id) === undefined) return missing(id);
  if (findWidget(tree, head.id) !== undefined) {
    return refuse('id-taken', `the id "${head.id}" is used already`, head.id);
  }
  const [first = ''] = ids;
  if (first === tree.root.id) return refuse('root-fixed', 'nothing can be put around the root', first);
  const parent = parentOf(tree, first);
  const start = parent?.children.findIndex(({ id }) => id === first) ?? 0;
  const run = parent?.children.slice(start, start + ids.length) ?? [];
  const slot = run[0]?.slot;
  if (parent === undefined || !ids.every((id, at) => run[at]?.id === id && run[at].slot === slot)) {
    return refuse('not-side-by-side', 'the widgets do not stand side by side, in this order', ...ids);
  }
  if (children.some((child, at) => isSlotBefore(child.slot, children[at - 1]?.slot) && at > 0)) {
    return refuse('slots-disordered', 'the widgets would change their order in the slots they go to', ...ids);
  }
  const inside = run.map((child, at) => withSlot(child, children[at]?.slot));
  const wrapper = createWidget({ ...head, slot, children: inside });
  const edit = new TreeEdit(tree);
  edit.exchange(parent.id, start, run.length, [wrapper]);
  edit.learnChildren(wrapper);
  return { ok: true, tree: edit.finish() };
}

function unwrap(tree: Tree, { id }: Unwrap): Applied {
  const widget = findWidget(tree, id);
  if (widget === undefined) return missing(id);
  const parent = parentOf(tree, id);
  if (parent === undefined) return refuse('root-fixed', 'the root cannot be taken away', id);
  const edit = new TreeEdit(tree);
  const children = widget.children.map((child) => withSlot(child, widget.slot));
  edit.exchange(parent.id, parent.children.indexOf(widget), 1, children);
  return { ok: true, tree: edit.finish() };
}
