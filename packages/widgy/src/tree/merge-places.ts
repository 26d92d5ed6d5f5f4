import { isSameSlot } from './diff.ts';
import { onlySide, type Side, type Sides } from './merge-sides.ts';
import { type Place, parentOf, placeOf } from './tree.ts';

/** A widget that both sides put somewhere else, or that would come to stand in itself. It stays where we put it, if we did. */
export interface PlaceConflict {
  readonly code: 'moved' | 'cycle';
  readonly id: string;
  readonly base: Place | undefined;
  readonly ours: Place | undefined;
  readonly theirs: Place | undefined;
}

/** From which side each widget has its parent and slot, the root left out. */
export type PlaceSides = Map<string, Side>;

/** Decides for each widget whose parent and slot it gets. What comes of it has no cycles. */
export function mergePlaces(sides: Sides, conflicts: PlaceConflict[]): PlaceSides {
  const chosen: PlaceSides = new Map();
  for (const id of sides.ids) {
    if (id === sides.base.root.id) continue;
    chosen.set(id, onlySide(sides, id) ?? chooseSide(sides, id, conflicts));
  }
  breakCycles(sides, chosen, conflicts);
  return chosen;
}

function chooseSide(sides: Sides, id: string, conflicts: PlaceConflict[]): Side {
  const { base, ours, theirs } = sides;
  if (isSameSlot(ours, theirs, id) || isSameSlot(base, theirs, id)) return 'ours';
  if (isSameSlot(base, ours, id)) return 'theirs';
  conflicts.push(placeConflict('moved', id, sides));
  return 'ours';
}

/** A conflict with all the places of a widget. */
export function placeConflict(
  code: PlaceConflict['code'],
  id: string,
  { base, ours, theirs }: Sides,
): PlaceConflict {
  return { code, id, base: placeOf(base, id), ours: placeOf(ours, id), theirs: placeOf(theirs, id) };
}

/** The id of the parent that a widget gets. */
export function chosenParent(sides: Sides, chosen: PlaceSides, id: string): string | undefined {
  const side = chosen.get(id);
  return side && parentOf(sides[side], id)?.id;
}

/**
 * Each side has no cycles, so every cycle has a step of theirs from a widget that we have as well: there our step is taken
 * instead. Each time there is one step of theirs less, so this ends.
 */
function breakCycles(sides: Sides, chosen: PlaceSides, conflicts: PlaceConflict[]): void {
  const settled = new Set<string>();
  for (const start of chosen.keys()) {
    const way = new Set<string>();
    let next: string | undefined = start;
    while (next !== undefined && !settled.has(next)) {
      if (!way.has(next)) {
        way.add(next);
        next = chosenParent(sides, chosen, next);
        continue;
      }
      const first: string = next;
      const cycle = [...way].slice([...way].indexOf(first));
      const back = cycle.find((id) => chosen.get(id) === 'theirs' && onlySide(sides, id) === undefined);
      if (back === undefined) throw new Error('A cycle without a step of theirs is not possible.');
      chosen.set(back, 'ours');
      conflicts.push(placeConflict('cycle', back, sides));
      way.clear();
      next = start;
    }
    for (const id of way) settled.add(id);
  }
}
