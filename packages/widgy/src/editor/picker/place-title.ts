import { findWidget, type Place } from '../../tree/tree.ts';
import { childrenIn } from '../../tree/widget.ts';
import { slotLabel } from '../commands/move-slots.ts';
import { labelOf } from '../commands/where.ts';
import type { Session } from '../session/session.ts';

/** What adding at a place is called: between two widgets, at the end of one, and so on. */
export function placeTitle(
  { tree, catalogue, words }: Pick<Session, 'tree' | 'catalogue' | 'words'>,
  { parent: id, slot, before }: Place,
): string {
  const parent = findWidget(tree.value, id);
  if (parent === undefined) return words.picker.title;
  const siblings = childrenIn(parent, slot);
  const at = before === undefined ? siblings.length : siblings.findIndex((each) => each.id === before);
  const [previous, next] = [siblings[at - 1], siblings[at]];
  const name = (type: string) => labelOf(catalogue, type);
  if (previous !== undefined && next !== undefined) {
    return words.picker.addBetween({ before: name(previous.type), after: name(next.type) });
  }
  if (next !== undefined) return words.picker.addBefore({ what: name(next.type) });
  const label = name(parent.type);
  const place = slot === undefined ? label : words.outline.inSlot({ slot: slotLabel(slot), parent: label });
  return previous === undefined
    ? words.picker.addTo({ parent: place })
    : words.picker.addAtEnd({ parent: place });
}
