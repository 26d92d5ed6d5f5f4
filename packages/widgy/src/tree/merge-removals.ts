import { chosenParent, type PlaceSides } from './merge-places.ts';
import { otherSide, removingSide, type Side, type Sides } from './merge-sides.ts';
import { findWidget, parentOf } from './tree.ts';
import type { Widget } from './widget.ts';

/** A widget that one side took away, while the other changed something in it. It is kept, with all that was below it. */
export interface RemovalConflict {
  readonly code: 'removed';
  /** The topmost widget that was taken away. */
  readonly id: string;
  readonly removedBy: Side;
  /** What the other side has. */
  readonly kept: Widget;
  /** What the other side changed in it, or what needs it as its parent. */
  readonly because: readonly string[];
}

/** Decides which widgets there are. */
export function mergeRemovals(
  sides: Sides,
  chosen: PlaceSides,
  conflicts: RemovalConflict[],
): ReadonlySet<string> {
  const tops = new Map<string, string>();
  const partsOf = new Map<string, string[]>();
  const kept = new Set<string>();
  for (const id of sides.ids) {
    const remover = removingSide(sides, id);
    if (remover === undefined) kept.add(id);
    else {
      const top = topOf(sides, id, remover, tops);
      const parts = partsOf.get(top) ?? [];
      partsOf.set(top, parts);
      parts.push(id);
    }
  }
  const reasons = new Map<string, Set<string>>();
  const revive = (top: string, because: string): void => {
    const known = reasons.get(top);
    if (known) {
      known.add(because);
      return;
    }
    reasons.set(top, new Set([because]));
    for (const part of partsOf.get(top) ?? []) keep(part);
  };
  /** Keeps a widget, and what it is to stand in. */
  const keep = (id: string): void => {
    kept.add(id);
    const parent = chosenParent(sides, chosen, id);
    const top = parent === undefined ? undefined : tops.get(parent);
    if (top !== undefined && !reasons.has(top)) waiting.push([top, id]);
  };
  const waiting: [top: string, because: string][] = [];
  for (const side of ['ours', 'theirs'] as const) {
    for (const id of touched(sides, side)) {
      const top = removingSide(sides, id) === otherSide(side) ? tops.get(id) : undefined;
      if (top !== undefined) revive(top, id);
    }
  }
  for (const id of [...kept]) keep(id);
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) revive(...next);
  for (const [id, because] of reasons) {
    const removedBy = removingSide(sides, id) ?? 'theirs';
    const widget = findWidget(sides[otherSide(removedBy)], id);
    if (widget) conflicts.push({ code: 'removed', id, removedBy, kept: widget, because: [...because] });
  }
  return kept;
}

/** The widgets that a side changed: their content, their place, or what stands in them. */
function touched({ changes, ...sides }: Sides, side: Side): Set<string> {
  const { added, moved, changed } = changes[side];
  const ids = new Set<string>([...changed, ...moved].map(({ id }) => id));
  for (const { id } of [...added, ...moved]) {
    const parent = parentOf(sides[side], id);
    if (parent) ids.add(parent.id);
  }
  return ids;
}

/** The topmost widget that was taken away together with one. */
function topOf(sides: Sides, id: string, remover: Side, tops: Map<string, string>): string {
  const way: string[] = [];
  let top = id;
  for (;;) {
    const known = tops.get(top);
    if (known !== undefined) {
      top = known;
      break;
    }
    way.push(top);
    const above = parentOf(sides.base, top);
    if (above === undefined || removingSide(sides, above.id) !== remover) break;
    top = above.id;
  }
  for (const below of way) tops.set(below, top);
  return top;
}
