import type { TreeLimits } from '../../tree/limits.ts';
import { measure } from '../../tree/measure.ts';
import type { Catalogue } from '../../tree/rules/catalogue.ts';
import { possibleParents } from '../../tree/rules/possible-parents.ts';
import { ancestorsOf, findWidget, parentOf, type Tree } from '../../tree/tree.ts';
import { childrenIn, type Widget, walk } from '../../tree/widget.ts';
import { slotKey } from './move-slots.ts';

/** What decides where widgets may go. */
export interface MoveRules {
  readonly catalogue: Catalogue;
  readonly limits: Pick<TreeLimits, 'depth'>;
}

/**
 * The slots that all of some widgets may be moved into as one step, as `slotKey` writes them: those that take each of them, have room
 * for all, and leave no other slot with too few. The slot that they stand in is one of them. Rules that are functions, which no browser has,
 * are asked for one widget of each sort.
 *
 * @param ids as `topmost` gives them
 */
export function movableTo(tree: Tree, ids: readonly string[], rules: MoveRules): ReadonlySet<string> {
  const widgets = ids.flatMap((id) => findWidget(tree, id) ?? []);
  const [first, ...others] = [...oneOfEachSort(widgets, rules.catalogue)];
  if (first === undefined || widgets.length < ids.length || widgets.includes(tree.root)) return new Set();
  const moved = new Set(widgets.flatMap((widget) => Array.from(walk(widget), ({ id }) => id)));
  const taking = others.map((widget) => slotsTaking(tree, widget, rules.catalogue));
  const source = onlySource(tree, widgets, rules.catalogue);
  const found = new Set<string>();
  for (const { id, slots } of possibleParents(tree, { id: first.id }, rules.catalogue)) {
    const parent = findWidget(tree, id);
    if (parent === undefined || moved.has(id) || isTooDeep(tree, id, widgets, rules)) continue;
    for (const slot of slots) {
      const key = slotKey(id, slot);
      const isTaking = taking.every((keys) => keys.has(key)) && (source === undefined || source === key);
      if (isTaking && hasRoomFor(parent, slot, widgets, rules.catalogue)) found.add(key);
    }
  }
  return found;
}

/** Widgets of one type, with the same types below them that do not stand in themselves, may go to the same places. */
function oneOfEachSort(widgets: readonly Widget[], catalogue: Catalogue): Iterable<Widget> {
  const sorts = new Map<string, Widget>();
  for (const widget of widgets) {
    const restricted = new Set<string>();
    for (const { type } of walk(widget)) if (catalogue.get(type)?.notInsideItself) restricted.add(type);
    sorts.set([widget.type, ...[...restricted].sort()].join(' '), widget);
  }
  return sorts.values();
}

function slotsTaking(tree: Tree, { id }: Widget, catalogue: Catalogue): ReadonlySet<string> {
  const parents = possibleParents(tree, { id }, catalogue);
  return new Set(parents.flatMap((parent) => parent.slots.map((slot) => slotKey(parent.id, slot))));
}

/** The one slot that may not lose what it would lose; an impossible one where there are several, undefined where there is none. */
function onlySource(tree: Tree, widgets: readonly Widget[], catalogue: Catalogue): string | undefined {
  const leaving = new Map<string, number>();
  const bound = new Set<string>();
  for (const { id, slot } of widgets) {
    const parent = parentOf(tree, id);
    if (parent === undefined) continue;
    const key = slotKey(parent.id, slot);
    const count = (leaving.get(key) ?? 0) + 1;
    leaving.set(key, count);
    const min = catalogue.get(parent.type)?.slots.get(slot)?.min ?? 0;
    if (min > 0 && childrenIn(parent, slot).length - count < min) bound.add(key);
  }
  return bound.size > 1 ? '' : [...bound][0];
}

function hasRoomFor(
  parent: Widget,
  slot: string | undefined,
  widgets: readonly Widget[],
  catalogue: Catalogue,
): boolean {
  const max = catalogue.get(parent.type)?.slots.get(slot)?.max ?? Infinity;
  if (max === Infinity) return true;
  return childrenIn(parent, slot).filter((child) => !widgets.includes(child)).length + widgets.length <= max;
}

function isTooDeep(tree: Tree, parent: string, widgets: readonly Widget[], { limits }: MoveRules): boolean {
  const height = Math.max(...widgets.map((widget) => measure(widget).depth));
  // Most trees are nowhere near the limit: then nothing is counted.
  if (measure(tree.root).depth + height <= limits.depth) return false;
  return [...ancestorsOf(tree, parent)].length + 1 + height > limits.depth;
}
