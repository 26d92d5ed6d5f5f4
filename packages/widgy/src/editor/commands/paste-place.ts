import type { TreeLimits } from '../../tree/limits.ts';
import type { Operation } from '../../tree/operation.ts';
import { type Refused, refuse } from '../../tree/refusal.ts';
import type { Catalogue } from '../../tree/rules/catalogue.ts';
import { checkOperation } from '../../tree/rules/check-operation.ts';
import type { RuleRefusal } from '../../tree/rules/violation.ts';
import { findWidget, type Place, parentOf, placeOf, type Tree } from '../../tree/tree.ts';
import type { Widget } from '../../tree/widget.ts';

/** A place that takes widgets, with the operations that put them there; or what is against the first place that was looked at. */
export type PasteAt =
  | { readonly ok: true; readonly at: Place; readonly operations: readonly Operation[] }
  | Refused<RuleRefusal>;

/**
 * The place nearest to a widget that takes others, all of them side by side: in it where it holds nothing, right after it, at its end, and so on
 * outwards, after and in what is around it.
 *
 * @param near the root, where it is undefined or not in the tree
 */
export function nearestPlace(
  tree: Tree,
  widgets: readonly Widget[],
  near: string | undefined,
  { catalogue, limits }: { readonly catalogue: Catalogue; readonly limits: TreeLimits },
): PasteAt {
  let first: Refused<RuleRefusal> | undefined;
  for (const at of placesNear(tree, near, catalogue)) {
    const operations = widgets.map((widget) => ({ kind: 'insert', widget, at }) as const);
    const refused = refusalOf(tree, operations, catalogue, limits);
    if (refused === undefined) return { ok: true, at, operations };
    first ??= refused;
  }
  return first ?? refuse('parent-missing', 'there is no place at all', tree.root.id);
}

/** Places from the nearest on. */
export function* placesNear(tree: Tree, near: string | undefined, catalogue: Catalogue): Generator<Place> {
  const start = findWidget(tree, near ?? '') ?? tree.root;
  if (start.children.length === 0) yield* endsOf(start, catalogue);
  for (let widget: Widget | undefined = start; widget !== undefined; widget = parentOf(tree, widget.id)) {
    const after = placeOf(tree, widget.id);
    if (after !== undefined) yield after;
    if (widget.children.length > 0) yield* endsOf(widget, catalogue);
  }
  // What says best why nothing goes anywhere where the root takes nothing.
  if (catalogue.get(tree.root.type)?.slots.size === 0) yield { parent: tree.root.id };
}

function* endsOf({ id, type }: Widget, catalogue: Catalogue): Generator<Place> {
  for (const slot of catalogue.get(type)?.slots.keys() ?? []) yield { parent: id, slot };
}

function refusalOf(
  tree: Tree,
  operations: readonly Operation[],
  catalogue: Catalogue,
  limits: TreeLimits,
): Refused<RuleRefusal> | undefined {
  let next = tree;
  for (const operation of operations) {
    const checked = checkOperation(next, operation, catalogue, limits);
    if (!checked.ok) return checked;
    next = checked.tree;
  }
  return undefined;
}
