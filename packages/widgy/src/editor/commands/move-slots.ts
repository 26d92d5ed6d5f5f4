import type { Catalogue, KnownType } from '../../tree/rules/catalogue.ts';
import type { Widget } from '../../tree/widget.ts';

/** The slots of a widget in the order in which outlines show them: those of its type, then those that only what stands in it has. */
export function slotNames(widget: Widget, catalogue: Catalogue): readonly (string | undefined)[] {
  const type = catalogue.get(widget.type);
  const names = type === undefined ? NO_SLOTS : namesOf(type);
  if (widget.children.every(({ slot }) => names.includes(slot))) return names;
  return [...new Set([...names, ...widget.children.map(({ slot }) => slot)])];
}

const NO_SLOTS: readonly (string | undefined)[] = [];

/** Thousands of widgets are of a few types, and outlines ask for all of them after each key. */
const known = new WeakMap<KnownType, readonly (string | undefined)[]>();

function namesOf(type: KnownType): readonly (string | undefined)[] {
  const names = known.get(type) ?? [...type.slots.keys()];
  known.set(type, names);
  return names;
}

/** A slot of a widget of a tree, as one text. Ids have no colon. */
export function slotKey(parent: string, slot: string | undefined): string {
  return slot === undefined ? parent : `${parent}:${slot}`;
}

/** What a slot is called: `left-column` is “Left column”. */
export function slotLabel(slot: string): string {
  const words = slot.replace(/[-_./]+/g, ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
