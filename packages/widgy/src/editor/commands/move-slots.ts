import type { Catalogue } from '../../tree/rules/catalogue.ts';
import type { Widget } from '../../tree/widget.ts';

/** The slots of a widget in the order in which outlines show them: those of its type, then those that only what stands in it has. */
export function slotNames(widget: Widget, catalogue: Catalogue): readonly (string | undefined)[] {
  const known = catalogue.get(widget.type);
  const names = new Set<string | undefined>(known?.slots.keys());
  for (const child of widget.children) names.add(child.slot);
  return [...names];
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
