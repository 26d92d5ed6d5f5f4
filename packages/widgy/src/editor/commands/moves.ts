import type { Catalogue } from '../../tree/rules/catalogue.ts';
import { findWidget, type Place, parentOf, type Tree } from '../../tree/tree.ts';
import { childrenIn, type Widget } from '../../tree/widget.ts';
import { slotKey, slotNames } from './move-slots.ts';
import { type MoveRules, movableTo } from './move-targets.ts';

/** The ways in which the keyboard moves widgets. */
export type Direction = 'up' | 'down' | 'out' | 'in';

/**
 * The next place in a direction where widgets may stand; undefined where there is none. What may not be is skipped.
 *
 * - `up` and `down` go past the next sibling. From the end of a slot they go on into the next slot on the same level that takes them, of the
 *   same parent or of another: its near end. So they never change how deep a widget stands, and each takes back the other.
 * - `out` goes right behind the parent, or behind the nearest widget above it where they may stand.
 * - `in` goes to the end of the sibling before them, or of what is in it and takes them: the highest level first, and its last slot. Where
 *   nothing in it does, it is the sibling before that one.
 *
 * Several widgets go together: up and in from the first of them, down and out from the last.
 *
 * @param ids as `topmost` gives them
 */
export function placeToward(
  tree: Tree,
  ids: readonly string[],
  direction: Direction,
  rules: MoveRules,
): Place | undefined {
  const from = findWidget(tree, (direction === 'up' || direction === 'in' ? ids[0] : ids.at(-1)) ?? '');
  const parent = from && parentOf(tree, from.id);
  if (from === undefined || parent === undefined) return undefined;
  const legal = movableTo(tree, ids, rules);
  const stands: Stands = { tree, ids: new Set(ids), legal, catalogue: rules.catalogue };
  switch (direction) {
    case 'up':
      return upFrom(stands, from, parent);
    case 'down':
      return downFrom(stands, from, parent);
    case 'out':
      return outFrom(stands, parent);
    case 'in':
      return inFrom(stands, from, parent);
  }
}

interface Stands {
  readonly tree: Tree;
  readonly ids: ReadonlySet<string>;
  readonly legal: ReadonlySet<string>;
  readonly catalogue: Catalogue;
}

/** A slot of a widget. */
interface Bucket {
  readonly parent: Widget;
  readonly slot: string | undefined;
}

function upFrom(stands: Stands, from: Widget, parent: Widget): Place | undefined {
  const siblings = childrenIn(parent, from.slot);
  const previous = siblings.slice(0, siblings.indexOf(from)).findLast(({ id }) => !stands.ids.has(id));
  if (previous !== undefined) return legalPlace(stands, parent, from.slot, previous.id);
  const buckets = sameLevel(stands, from, parent);
  const at = buckets.findIndex((bucket) => bucket.parent === parent && bucket.slot === from.slot);
  const next = buckets.slice(0, at).findLast((bucket) => isLegal(stands, bucket));
  return next && { parent: next.parent.id, slot: next.slot };
}

function downFrom(stands: Stands, from: Widget, parent: Widget): Place | undefined {
  const siblings = childrenIn(parent, from.slot);
  const [next, behind] = siblings.slice(siblings.indexOf(from) + 1).filter(({ id }) => !stands.ids.has(id));
  if (next !== undefined) return legalPlace(stands, parent, from.slot, behind?.id);
  const buckets = sameLevel(stands, from, parent);
  const at = buckets.findIndex((bucket) => bucket.parent === parent && bucket.slot === from.slot);
  const into = buckets.slice(at + 1).find((bucket) => isLegal(stands, bucket));
  if (into === undefined) return undefined;
  const first = childrenIn(into.parent, into.slot).find(({ id }) => !stands.ids.has(id));
  return { parent: into.parent.id, slot: into.slot, before: first?.id };
}

function outFrom(stands: Stands, parent: Widget): Place | undefined {
  for (let inner = parent; ; ) {
    const outer = parentOf(stands.tree, inner.id);
    if (outer === undefined) return undefined;
    const siblings = childrenIn(outer, inner.slot);
    const next = siblings.slice(siblings.indexOf(inner) + 1).find(({ id }) => !stands.ids.has(id));
    const place = legalPlace(stands, outer, inner.slot, next?.id);
    if (place !== undefined) return place;
    inner = outer;
  }
}

function inFrom(stands: Stands, from: Widget, parent: Widget): Place | undefined {
  const siblings = childrenIn(parent, from.slot);
  for (const sibling of siblings.slice(0, siblings.indexOf(from)).toReversed()) {
    for (let level: readonly Widget[] = [sibling]; level.length > 0; ) {
      const found = level.flatMap((widget) => bucketsOf(widget, stands.catalogue));
      const into = found.findLast((bucket) => isLegal(stands, bucket));
      if (into !== undefined) return { parent: into.parent.id, slot: into.slot };
      level = level.flatMap(({ children }) => children);
    }
  }
  return undefined;
}

/** The slots of all widgets that stand as deep as a parent, in the order of the outline. */
function sameLevel({ tree, catalogue }: Stands, from: Widget, parent: Widget): readonly Bucket[] {
  let depth = 0;
  for (let above = parentOf(tree, from.id); above !== tree.root && above !== undefined; depth++)
    above = parentOf(tree, above.id);
  let level: readonly Widget[] = [tree.root];
  for (let at = 0; at < depth; at++) level = level.flatMap((widget) => inOrder(widget, catalogue));
  return level.includes(parent) ? level.flatMap((widget) => bucketsOf(widget, catalogue)) : [];
}

function inOrder(widget: Widget, catalogue: Catalogue): readonly Widget[] {
  const slots = slotNames(widget, catalogue);
  return slots.length === 1 ? widget.children : slots.flatMap((slot) => childrenIn(widget, slot));
}

function bucketsOf(parent: Widget, catalogue: Catalogue): readonly Bucket[] {
  return slotNames(parent, catalogue).map((slot) => ({ parent, slot }));
}

function isLegal({ legal }: Stands, { parent, slot }: Bucket): boolean {
  return legal.has(slotKey(parent.id, slot));
}

function legalPlace(
  stands: Stands,
  parent: Widget,
  slot: string | undefined,
  before: string | undefined,
): Place | undefined {
  return isLegal(stands, { parent, slot }) ? { parent: parent.id, slot, before } : undefined;
}
