import { findWidget, parentOf, type Tree } from '../tree.ts';
import { childrenIn, type Widget, walk } from '../widget.ts';
import type { Catalogue } from './catalogue.ts';
import { checkConsent } from './consent.ts';
import { hasRoom, isRestricted, restrictionsAbove } from './room.ts';

/** A widget that another may be put into, and the slots of it that take it. */
export interface PossibleParent {
  readonly id: string;
  readonly slots: readonly (string | undefined)[];
}

/**
 * The widgets of a tree that one of its widgets may be moved into, or a new one of a type put into, in the order of the page. The
 * root has none, and a widget has none in itself.
 */
export function possibleParents(
  tree: Tree,
  subject: { readonly id: string } | { readonly type: string },
  catalogue: Catalogue,
): readonly PossibleParent[] {
  if (tree.isFrozen) return [];
  if ('type' in subject) {
    const known = catalogue.get(subject.type);
    return known?.isComplete
      ? search(tree, catalogue, { type: subject.type, restricted: known.restricted })
      : [];
  }
  const widget = findWidget(tree, subject.id);
  const known = widget && catalogue.get(widget.type);
  if (!widget || !known || known.draggable === false || widget.id === tree.root.id) return [];
  const types = new Set(walk(widget).map(({ type }) => type));
  const restricted = new Set([...types].filter((type) => catalogue.get(type)?.notInsideItself));
  return search(tree, catalogue, { type: widget.type, widget, restricted });
}

/** What is to be put somewhere. */
interface Wanted {
  readonly type: string;
  readonly widget?: Widget;
  /** The types, in it and below it, that do not stand in themselves. */
  readonly restricted: ReadonlySet<string>;
}

function search(
  tree: Tree,
  catalogue: Catalogue,
  { type, widget, restricted }: Wanted,
): readonly PossibleParent[] {
  const above = restrictionsAbove(tree, catalogue);
  const inside = new Set(widget ? walk(widget).map(({ id }) => id) : []);
  const child = widget ? { type, widget } : { type };
  const bound = widget && boundTo(tree, widget, catalogue);
  const found: PossibleParent[] = [];
  for (const parent of walk(tree.root)) {
    const restrictions = above.get(parent.id) ?? '';
    if (inside.has(parent.id) || [...restricted].some((name) => isRestricted(restrictions, name))) continue;
    const slots = [...(catalogue.get(parent.type)?.slots.values() ?? [])].filter(
      (slot) =>
        slot.accepts.has(type) &&
        (!bound || (bound.parent === parent.id && bound.slot === slot.name)) &&
        hasRoom(parent, slot, widget?.id) &&
        !checkConsent({ parent, slot: slot.name, child, tree }, catalogue),
    );
    if (slots.length > 0) found.push({ id: parent.id, slots: slots.map(({ name }) => name) });
  }
  return found;
}

/** The only slot that a widget may stand in, if the one it is in would have too few without it. */
function boundTo(
  tree: Tree,
  widget: Widget,
  catalogue: Catalogue,
): { readonly parent: string; readonly slot: string | undefined } | undefined {
  const parent = parentOf(tree, widget.id);
  const min = parent && catalogue.get(parent.type)?.slots.get(widget.slot)?.min;
  if (!parent || min === undefined) return undefined;
  return childrenIn(parent, widget.slot).length <= min ? { parent: parent.id, slot: widget.slot } : undefined;
}
