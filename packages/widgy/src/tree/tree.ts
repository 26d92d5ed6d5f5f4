import { hashWidget } from './hash.ts';
import { entryOf, indexWidgets, type WidgetIndex } from './index-of-widgets.ts';
import { isSlotBefore, type Widget } from './widget.ts';

/** A root widget and all below it, found by id in one step. A value: an operation gives another tree. */
export interface Tree {
  readonly root: Widget;
  /** Committed: every operation on it is refused. */
  readonly isFrozen: boolean;
  readonly index: WidgetIndex;
}

/**
 * Where a widget stands: in a slot of a parent, right before a sibling in that slot, or last in it. A gap has this one
 * form, so that two people who mean the same gap say the same. A place names widgets and no positions, and so
 * it means the same gap when others have changed what is around it; `rebaseOperation` finds another sibling where the
 * named one has gone.
 */
export interface Place {
  readonly parent: string;
  readonly slot?: string | undefined;
  readonly before?: string | undefined;
}

/**
 * Makes a tree of a widget that code has made. For what comes from outside there is `parseTree`.
 *
 * @throws Error when two widgets have the same id: that is a mistake in the code that made them
 */
export function createTree(root: Widget): Tree {
  const index = indexWidgets(root, (id) => {
    throw new Error(`The id "${id}" is used twice.`);
  });
  return { root, isFrozen: false, index };
}

/** The same tree, which refuses every operation. */
export function freezeTree(tree: Tree): Tree {
  return { ...tree, isFrozen: true };
}

/** The content hash of a tree; see `hashWidget`. */
export function hashTree(tree: Tree): string {
  return hashWidget(tree.root);
}

/** The widget with an id. */
export function findWidget(tree: Tree, id: string): Widget | undefined {
  return entryOf(tree.index, id)?.widget;
}

/** The parent of a widget; undefined for the root and for what is not in the tree. */
export function parentOf(tree: Tree, id: string): Widget | undefined {
  const parent = entryOf(tree.index, id)?.parent;
  return parent === undefined ? undefined : findWidget(tree, parent);
}

/** The widgets above one, its parent first and the root last. */
export function* ancestorsOf(tree: Tree, id: string): Generator<Widget> {
  for (let next = parentOf(tree, id); next !== undefined; next = parentOf(tree, next.id)) yield next;
}

/** Whether a widget is another one or stands anywhere below it. */
export function isInside(tree: Tree, id: string, outer: string): boolean {
  if (id === outer) return findWidget(tree, id) !== undefined;
  return ancestorsOf(tree, id).some((ancestor) => ancestor.id === outer);
}

/**
 * Where a widget stands; undefined for the root and for what is not in the tree. It is also the place right after the widget:
 * both are the gap before the next sibling.
 */
export function placeOf(tree: Tree, id: string): Place | undefined {
  const parent = parentOf(tree, id);
  const slot = findWidget(tree, id)?.slot;
  return parent && { parent: parent.id, slot, before: nextInSlot(parent, id)?.id };
}

/** Says where widgets of a tree stand, as {@link placeOf} does, but looks through the children of a parent once, however many are asked for. */
export function placesIn(tree: Tree): (id: string) => Place | undefined {
  const known = new Map<string, ReadonlyMap<string, Place>>();
  return (id) => {
    const parent = parentOf(tree, id);
    if (parent === undefined) return undefined;
    const places = known.get(parent.id) ?? placesOfChildren(parent);
    known.set(parent.id, places);
    return places.get(id);
  };
}

function placesOfChildren(parent: Widget): ReadonlyMap<string, Place> {
  const places = new Map<string, Place>();
  let next: Widget | undefined;
  for (const child of parent.children.toReversed()) {
    const before = next?.slot === child.slot ? next?.id : undefined;
    places.set(child.id, { parent: parent.id, slot: child.slot, before });
    next = child;
  }
  return places;
}

/** The sibling that follows a child in the same slot. */
export function nextInSlot(parent: Widget, id: string): Widget | undefined {
  const at = parent.children.findIndex((child) => child.id === id);
  const next = parent.children[at + 1];
  return at >= 0 && next?.slot === parent.children[at]?.slot ? next : undefined;
}

/** The index in a parent's children that a place means; undefined if the named sibling is not in that slot. */
export function indexOfPlace(parent: Widget, { slot, before }: Place): number | undefined {
  const at = parent.children.findIndex((child) =>
    before === undefined ? isSlotBefore(slot, child.slot) : child.id === before,
  );
  if (before === undefined) return at < 0 ? parent.children.length : at;
  return at >= 0 && parent.children[at]?.slot === slot ? at : undefined;
}
