import { findWidget, parentOf, type Tree } from '../../tree/tree.ts';
import { childrenIn, type Widget } from '../../tree/widget.ts';
import type { FieldDescription } from '../../widgets/fields/description.ts';
import type { TypeDescription } from '../../widgets/site-description.ts';
import { slotLabel } from '../commands/move-slots.ts';
import { labelOf } from '../commands/where.ts';
import { summaryOf } from '../outline/summary.ts';
import type { Session } from '../session/session.ts';

/** What is needed to call widgets and their fields what people call them. */
export type Naming = Pick<Session, 'words' | 'catalogue'> & {
  readonly data: Pick<Session['data'], 'types' | 'referenceLabels'>;
};

/** A type; undefined where the site does not have it. */
export function typeOf({ data }: Naming, type: string): TypeDescription | undefined {
  return data.types.find((known) => known.type === type);
}

/** What a widget is called: its type, and what tells it from others. */
export function widgetName(naming: Naming, widget: Widget): string {
  const { type } = widget;
  const label = labelOf(naming.catalogue, type);
  return naming.words.outline.name({ label, summary: summaryOf(widget, typeOf(naming, type)) });
}

/** A field of a type; undefined where the site does not have it. */
export function fieldOfType(naming: Naming, type: string, name: string): FieldDescription | undefined {
  return typeOf(naming, type)?.fields.find((field) => field.name === name);
}

/** Where a widget stands, in words: in what, and after what. */
export function placeText(naming: Naming, tree: Tree, id: string): string {
  const { history: words } = naming.words;
  const parent = parentOf(tree, id);
  const slot = findWidget(tree, id)?.slot;
  if (parent === undefined) return words.atTop;
  const siblings = childrenIn(parent, slot);
  const previous = siblings[siblings.findIndex((sibling) => sibling.id === id) - 1];
  const around = widgetName(naming, parent);
  const inside =
    slot === undefined ? around : naming.words.outline.inSlot({ slot: slotLabel(slot), parent: around });
  return previous === undefined
    ? words.firstIn({ parent: inside })
    : words.inAfter({ parent: inside, what: widgetName(naming, previous) });
}
