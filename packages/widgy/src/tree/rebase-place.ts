import type { Operation, Unwrap, Wrap } from './operation.ts';
import { findWidget, type Place, parentOf, type Tree } from './tree.ts';
import { childrenIn, isSlotBefore, type Widget } from './widget.ts';

/** An operation other than a duplicate, which rebases as the insert it stands for. */
export type PlainOperation = Exclude<Operation, { kind: 'duplicate' }>;

/** Whose place it is: the id of the widget that gets there, and whether it stands in the tree already. */
export interface Placed {
  readonly id: string;
  readonly isMoved: boolean;
}

/**
 * The place that means, after another operation, what a place means before it. Its parent is still there.
 *
 * The gap is named by the next sibling that neither operation touches, so that both orders of the two name the same one. Where both
 * put something into the same gap, the widget with the smaller id comes first.
 */
export function carryPlace(place: Place, placed: Placed, over: PlainOperation, base: Tree): Place {
  switch (over.kind) {
    case 'set':
      return place;
    case 'remove':
      return settle(place, [placed.id, over.id], base);
    case 'insert':
      return besideOther(place, placed, over.at, { id: over.widget.id, isMoved: false }, base);
    case 'move':
      return besideOther(place, placed, over.to, { id: over.id, isMoved: true }, base);
    case 'wrap':
      return intoWrapper(settle(place, [placed.id], base), placed, over);
    case 'unwrap':
      return outOfWrapper(settle(place, [placed.id], base), placed, over, base);
  }
}

/** The same gap, named by the first sibling from there on that is none of some. */
function settle(place: Place, touched: readonly string[], base: Tree): Place {
  const siblings = siblingsFrom(place, base);
  return { ...place, before: siblings.find(({ id }) => !touched.includes(id))?.id };
}

/** The siblings of a gap that come after it. */
function siblingsFrom({ parent, slot, before }: Place, base: Tree): readonly Widget[] {
  const above = findWidget(base, parent);
  if (above === undefined || before === undefined) return [];
  const siblings = childrenIn(above, slot);
  return siblings.slice(siblings.findIndex(({ id }) => id === before));
}

function besideOther(place: Place, placed: Placed, other: Place, otherPlaced: Placed, base: Tree): Place {
  const touched = [placed, otherPlaced].filter(({ isMoved }) => isMoved).map(({ id }) => id);
  const mine = settle(place, touched, base);
  const theirs = settle(other, touched, base);
  const isSameGap =
    mine.parent === theirs.parent && mine.slot === theirs.slot && mine.before === theirs.before;
  return isSameGap && placed.id < otherPlaced.id ? { ...mine, before: otherPlaced.id } : mine;
}

/** A gap between two widgets that are wrapped now is inside the wrapper; one before the first is before the wrapper. */
function intoWrapper(place: Place, placed: Placed, { widget, children }: Wrap): Place {
  const wrapped = children.filter(({ id }) => id !== placed.id);
  const at = wrapped.findIndex(({ id }) => id === place.before);
  if (at < 0) return place;
  if (at === 0) return { ...place, before: widget.id };
  return { parent: widget.id, slot: wrapped[at]?.slot, before: place.before };
}

/** A gap in the wrapper, or before it, is where its children are now. */
function outOfWrapper(place: Place, placed: Placed, { id }: Unwrap, base: Tree): Place {
  const wrapper = findWidget(base, id);
  const parent = parentOf(base, id);
  if (wrapper === undefined || parent === undefined) return place;
  const siblings = childrenIn(parent, wrapper.slot);
  const behind = siblings.slice(siblings.indexOf(wrapper) + 1);
  const isFree = (widget: Widget): boolean => widget.id !== placed.id;
  if (place.before === id) {
    return { ...place, before: [...wrapper.children, ...behind].find(isFree)?.id };
  }
  if (place.parent !== id) return place;
  // The end of a slot of the wrapper is before the first child in the slots behind it.
  const from = wrapper.children.findIndex((child) =>
    place.before === undefined ? isSlotBefore(place.slot, child.slot) : child.id === place.before,
  );
  const after = from < 0 ? behind : [...wrapper.children.slice(from), ...behind];
  return { parent: parent.id, slot: wrapper.slot, before: after.find(isFree)?.id };
}
