import { changesBetween, compareChanges, type FieldConflict } from './field-changes.ts';
import type { JsonObject, JsonValue } from './json.ts';
import { mergeOrder, type OrderConflict } from './merge-order.ts';
import { chosenParent, mergePlaces, type PlaceConflict, type PlaceSides } from './merge-places.ts';
import { mergeRemovals, type RemovalConflict } from './merge-removals.ts';
import { compareSides, type Sides } from './merge-sides.ts';
import { type Refused, refuse } from './refusal.ts';
import { createTree, findWidget, hashTree, type Tree } from './tree.ts';
import { createWidget, isSlotBefore, type Widget } from './widget.ts';

/** A widget in which both sides gave fields different values. Our values are kept, and our side is `mine`. */
export interface FieldsConflict {
  readonly code: 'fields';
  readonly id: string;
  readonly fields: readonly FieldConflict[];
}

/** A widget that is of another type on each side. It is kept as ours. */
export interface TypeConflict {
  readonly code: 'type';
  readonly id: string;
  readonly base: string | undefined;
  readonly ours: string;
  readonly theirs: string;
}

/** What two sides of a merge disagree about, with what each of them has. */
export type MergeConflict = FieldsConflict | TypeConflict | PlaceConflict | OrderConflict | RemovalConflict;

/** The merged tree, and everything in it that somebody should look at. */
export type Merged =
  | { readonly ok: true; readonly tree: Tree; readonly conflicts: readonly MergeConflict[] }
  | Refused;

/**
 * Merges what two sides made of one tree. Every change of either is in the result or in a conflict. Where there is a conflict the result has
 * our version, except that nothing is taken away which the other side changed.
 *
 * Without conflicts the result is the same whichever side is ours.
 */
export function mergeTrees(base: Tree, ours: Tree, theirs: Tree): Merged {
  const { id } = base.root;
  if (ours.root.id !== id || theirs.root.id !== id) {
    return refuse('root-fixed', 'the trees have different roots', id, ours.root.id, theirs.root.id);
  }
  const [before, our, their] = [base, ours, theirs].map(hashTree);
  if (our === their || before === their) return { ok: true, tree: ours, conflicts: [] };
  if (before === our) return { ok: true, tree: theirs, conflicts: [] };

  const sides = compareSides(base, ours, theirs);
  const conflicts: MergeConflict[] = [];
  const places: PlaceConflict[] = [];
  const removals: RemovalConflict[] = [];
  const chosen = mergePlaces(sides, places);
  const kept = mergeRemovals(sides, chosen, removals);
  // What neither side keeps has no place to disagree about.
  conflicts.push(...places.filter((conflict) => kept.has(conflict.id)), ...removals);
  return { ok: true, tree: createTree(build(sides, chosen, kept, conflicts)), conflicts };
}

/** Puts the merged tree together, from the leaves up. */
function build(
  sides: Sides,
  chosen: PlaceSides,
  kept: ReadonlySet<string>,
  conflicts: MergeConflict[],
): Widget {
  const children = childrenByParent(sides, chosen, kept, conflicts);
  const { id: root } = sides.base.root;
  const topDown = [root];
  for (const id of topDown) for (const child of children.get(id) ?? []) topDown.push(child);
  const made = new Map<string, Widget>();
  for (const id of topDown.toReversed()) {
    const below = (children.get(id) ?? []).flatMap((child) => made.get(child) ?? []);
    made.set(id, mergeWidget(sides, chosen, id, below, conflicts));
  }
  const widget = made.get(root);
  if (widget === undefined) throw new Error('A merge without a root is not possible.');
  return widget;
}

function childrenByParent(
  sides: Sides,
  chosen: PlaceSides,
  kept: ReadonlySet<string>,
  conflicts: MergeConflict[],
): ReadonlyMap<string, readonly string[]> {
  const members = new Map<string, Map<string | undefined, Set<string>>>();
  for (const id of kept) {
    const parent = chosenParent(sides, chosen, id);
    if (parent === undefined) continue;
    const slots = members.get(parent) ?? new Map<string | undefined, Set<string>>();
    const slot = findWidget(sides[chosen.get(id) ?? 'ours'], id)?.slot;
    members.set(parent, slots.set(slot, (slots.get(slot) ?? new Set()).add(id)));
  }
  const children = new Map<string, readonly string[]>();
  for (const [parent, slots] of members) {
    const inOrder = [...slots].sort(([a], [b]) => (isSlotBefore(a, b) ? -1 : 1));
    const lists = inOrder.map(([slot, ids]) =>
      mergeOrder(sides, chosen, parent, slot, ids, (conflict) => conflicts.push(conflict)),
    );
    children.set(parent, lists.flat());
  }
  return children;
}

function mergeWidget(
  sides: Sides,
  chosen: PlaceSides,
  id: string,
  children: readonly Widget[],
  conflicts: MergeConflict[],
): Widget {
  const ours = findWidget(sides.ours, id);
  const theirs = findWidget(sides.theirs, id);
  const one = ours ?? theirs;
  if (one === undefined) throw new Error(`Neither side has "${id}".`);
  const slot = (chosen.get(id) === 'theirs' ? theirs : ours)?.slot;
  const both = ours && theirs ? { ours, theirs, base: findWidget(sides.base, id) } : undefined;
  const type = both ? mergeTypes(both, conflicts) : one.type;
  const fields = both ? mergeFields(both, conflicts) : one.fields;
  const isAs = (widget: Widget | undefined): boolean =>
    widget?.slot === slot &&
    widget?.type === type &&
    widget.fields === fields &&
    widget.children.length === children.length &&
    widget.children.every((child, at) => child === children[at]);
  if (ours && isAs(ours)) return ours;
  return theirs && isAs(theirs) ? theirs : createWidget({ id, type, slot, fields, children });
}

interface Versions {
  readonly base: Widget | undefined;
  readonly ours: Widget;
  readonly theirs: Widget;
}

function mergeTypes({ base, ours, theirs }: Versions, conflicts: MergeConflict[]): string {
  if (ours.type === theirs.type || base?.type === theirs.type) return ours.type;
  if (base?.type === ours.type) return theirs.type;
  conflicts.push({ code: 'type', id: ours.id, base: base?.type, ours: ours.type, theirs: theirs.type });
  return ours.type;
}

function mergeFields({ base, ours, theirs }: Versions, conflicts: MergeConflict[]): JsonObject {
  if (ours.fields === theirs.fields) return ours.fields;
  const before = base?.fields ?? {};
  const our = changesBetween(before, ours.fields);
  const their = changesBetween(before, theirs.fields);
  const { conflicts: fields } = compareChanges(our, their, before);
  if (fields.length > 0) conflicts.push({ code: 'fields', id: ours.id, fields });
  if (their.size === 0) return ours.fields;
  if (our.size === 0) return theirs.fields;
  const merged = new Map<string, JsonValue>(Object.entries(ours.fields));
  for (const [name, value] of their) {
    if (our.has(name)) continue;
    if (value === undefined) merged.delete(name);
    else merged.set(name, value);
  }
  return Object.freeze(Object.fromEntries(merged));
}
