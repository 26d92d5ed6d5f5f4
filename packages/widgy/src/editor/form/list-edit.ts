import type { ListField } from '../../widgets/fields/description.ts';
import { type Entries, type Entry, entriesOf } from './entry.ts';

/** The items of the entry of a list. */
export function itemsOf(entry: Entry): readonly Entries[] {
  return entry.kind === 'items' ? entry.items : [];
}

/** The items with a new one at the end. */
export function withNewItem(field: ListField, items: readonly Entries[]): readonly Entries[] {
  return [...items, entriesOf(field.fields, field.newItem)];
}

/** The items with one moved by a number of places; the same where there is no such place. */
export function withMoved(items: readonly Entries[], at: number, by: number): readonly Entries[] {
  const item = items[at];
  const to = at + by;
  if (item === undefined || to < 0 || to >= items.length) return items;
  return items.toSpliced(at, 1).toSpliced(to, 0, item);
}

/** An item that was removed, and where it was. */
export interface RemovedItem {
  readonly at: number;
  readonly item: Entries;
}

/** The items without one, and what is needed to put it back; undefined where there is none. */
export function withoutItem(
  items: readonly Entries[],
  at: number,
): { readonly items: readonly Entries[]; readonly removed: RemovedItem } | undefined {
  const item = items[at];
  return item && { items: items.toSpliced(at, 1), removed: { at, item } };
}

/** The items with one that was removed: where it was, or at the end where there are fewer by now. */
export function withRestored(items: readonly Entries[], { at, item }: RemovedItem): readonly Entries[] {
  return items.toSpliced(Math.min(at, items.length), 0, item);
}

/** The items with another entry for a field of one. */
export function withEntry(
  items: readonly Entries[],
  at: number,
  name: string,
  entry: Entry,
): readonly Entries[] {
  const item = items[at];
  return item === undefined ? items : items.with(at, { ...item, [name]: entry });
}
