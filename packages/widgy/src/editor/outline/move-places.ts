import { findWidget, type Place, placeOf, type Tree } from '../../tree/tree.ts';
import { childrenIn, type Widget, walk } from '../../tree/widget.ts';
import { slotKey, slotNames } from '../commands/move-slots.ts';
import { type MoveRules, movableTo } from '../commands/move-targets.ts';

/** A slot that widgets may be moved into. */
export interface MoveTarget {
  readonly key: string;
  readonly parent: Widget;
  readonly slot: string | undefined;
  /** How deep its widget stands, from 1. */
  readonly level: number;
  /** Whether what is moved stands in it. */
  readonly isHere: boolean;
}

/** A place in it. */
export interface MovePlace {
  readonly place: Place;
  /** The widget that it is right before; undefined for the end. */
  readonly before: Widget | undefined;
  /** Whether what is moved stands there. */
  readonly isHere: boolean;
}

/**
 * The slots that widgets may be moved into, in the order of the page.
 *
 * @param ids as `topmost` gives them
 */
export function moveTargets(tree: Tree, ids: readonly string[], rules: MoveRules): readonly MoveTarget[] {
  const legal = movableTo(tree, ids, rules);
  const from = placeOf(tree, ids[0] ?? '');
  const levels = new Map([[tree.root.id, 1]]);
  const found: MoveTarget[] = [];
  for (const parent of walk(tree.root)) {
    const level = levels.get(parent.id) ?? 1;
    for (const { id } of parent.children) levels.set(id, level + 1);
    for (const slot of slotNames(parent, rules.catalogue)) {
      const key = slotKey(parent.id, slot);
      const isHere = from?.parent === parent.id && from.slot === slot;
      if (legal.has(key)) found.push({ key, parent, slot, level, isHere });
    }
  }
  return found;
}

/** The places in such a slot, none of them named by what is moved. */
export function placesInTarget(
  tree: Tree,
  ids: readonly string[],
  { parent, slot }: Pick<MoveTarget, 'parent' | 'slot'>,
): readonly MovePlace[] {
  const others = childrenIn(parent, slot).filter(({ id }) => !ids.includes(id));
  const from = ids.length === 1 ? placeOf(tree, ids[0] ?? '') : undefined;
  return [...others, undefined].map((before): MovePlace => {
    const place = { parent: parent.id, slot, before: before?.id };
    const isHere = from?.parent === parent.id && from.slot === slot && from.before === before?.id;
    return { place, before: before && findWidget(tree, before.id), isHere };
  });
}
