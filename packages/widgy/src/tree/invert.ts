import { applyUnlimited, refuseFrozen } from './apply.ts';
import { fieldOf, type JsonValue } from './json.ts';
import type { Operation, SetFields } from './operation.ts';
import { type Refused, refuse } from './refusal.ts';
import { findWidget, placeOf, type Tree } from './tree.ts';
import { type Widget, withSlot } from './widget.ts';

/** The operation that undoes another, or why there is none. */
export type Inverted = { readonly ok: true; readonly operation: Operation } | Refused;

/**
 * The operation that undoes another: applied after it, it gives the tree back as it was, with the same ids and the same hash. Limits are not
 * looked at: they differ between sites, and whoever applies the operation has checked them.
 *
 * @param tree the tree that the operation is to be applied to, not the one it gives
 */
export function invertOperation(tree: Tree, operation: Operation): Inverted {
  const applied = refuseFrozen(tree) ?? applyUnlimited(tree, operation);
  if (!applied.ok) return applied;
  switch (operation.kind) {
    case 'insert':
      return { ok: true, operation: { kind: 'remove', id: operation.widget.id } };
    case 'duplicate':
      return { ok: true, operation: { kind: 'remove', id: new Map(operation.ids).get(operation.id) ?? '' } };
    case 'wrap':
      return { ok: true, operation: { kind: 'unwrap', id: operation.widget.id } };
    default:
      return invertChange(tree, operation);
  }
}

type Change = Exclude<Operation, { kind: 'insert' | 'duplicate' | 'wrap' }>;

function invertChange(tree: Tree, operation: Change): Inverted {
  const widget = findWidget(tree, operation.id);
  if (widget === undefined)
    return refuse('widget-missing', `there is no widget "${operation.id}"`, operation.id);
  if (operation.kind === 'set') return { ok: true, operation: invertSet(widget, operation) };
  const place = placeOf(tree, operation.id);
  if (place === undefined) return refuse('root-fixed', 'the root stays where it is', operation.id);
  if (operation.kind === 'move')
    return { ok: true, operation: { kind: 'move', id: operation.id, to: place } };
  if (operation.kind === 'remove' || widget.children.length === 0) {
    return { ok: true, operation: { kind: 'insert', widget: withSlot(widget, undefined), at: place } };
  }
  const { id, type, fields } = widget;
  const children = widget.children.map((child) => ({ id: child.id, slot: child.slot }));
  return { ok: true, operation: { kind: 'wrap', widget: { id, type, fields }, children } };
}

function invertSet(widget: Widget, { id, fields, unset }: SetFields): SetFields {
  const before: Record<string, JsonValue> = {};
  const absent: string[] = [];
  for (const name of new Set([...Object.keys(fields), ...unset])) {
    const value = fieldOf(widget.fields, name);
    if (value === undefined) absent.push(name);
    else before[name] = value;
  }
  return { kind: 'set', id, fields: before, unset: absent };
}
