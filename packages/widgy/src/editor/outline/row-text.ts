import { slotLabel } from '../commands/move-slots.ts';
import { labelOf } from '../commands/where.ts';
import type { MarkKind } from '../session/marks.ts';
import type { PresentPerson } from '../session/session.ts';
import type { OutlineView } from './outline-view.ts';
import type { Row } from './rows.ts';
import { summaryOf } from './summary.ts';

/** What a row says: what it is, and what tells it from others of its kind. */
export interface RowWords {
  readonly label: string;
  readonly summary: string;
  /** Both as one text, for those who do not see where it stands. */
  readonly name: string;
}

/** The words of a row. */
export function rowWords({ session, types }: Pick<OutlineView, 'session' | 'types'>, row: Row): RowWords {
  const { catalogue, words } = session;
  switch (row.kind) {
    case 'widget': {
      const label = labelOf(catalogue, row.widget.type);
      const summary = summaryOf(row.widget, types.get(row.widget.type));
      return { label, summary, name: words.outline.name({ label, summary }) };
    }
    case 'slot': {
      const label = slotLabel(row.slot);
      const parent = labelOf(catalogue, row.parent.type);
      return { label, summary: '', name: words.outline.inSlot({ slot: label, parent }) };
    }
    case 'add': {
      const { slot } = row.at;
      const label = labelOf(catalogue, row.parent.type);
      const parent =
        slot === undefined ? label : words.outline.inSlot({ slot: slotLabel(slot), parent: label });
      return { label: words.picker.add, summary: '', name: words.picker.addAtEnd({ parent }) };
    }
  }
}

/** What a row shows: what is read there is what is typed, without the signs that only its spoken name has. */
export function seenText({ label, summary }: RowWords): string {
  return `${label} ${summary}`;
}

/** What is to be told of a widget beside what it is. */
export interface Badges {
  /** The code does not have its type. */
  readonly isUnknown: boolean;
  /** It is not visible in the page. */
  readonly isUnseen: boolean;
  /** A link in it leads nowhere. */
  readonly hasLostLink: boolean;
  /** It shows what others may show too; with how often, where that is known. */
  readonly shared: { readonly uses: number | undefined } | undefined;
  readonly conflicts: number;
  /** Who else is on it. */
  readonly people: readonly PresentPerson[];
  readonly marks: readonly MarkKind[];
}
