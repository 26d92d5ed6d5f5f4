import type { Catalogue } from '../../tree/rules/catalogue.ts';
import type { Place, Tree } from '../../tree/tree.ts';
import { childrenIn, type Widget } from '../../tree/widget.ts';
import { slotKey, slotNames } from '../commands/move-slots.ts';
import type { TakesNew } from './takes-new.ts';

/** Where a row stands among others, as the ARIA pattern for trees says it. */
interface RowPlace {
  /** Unique among the rows of a tree, and the same as long as what it stands for is there: the id of a widget, see also `slotKey`. */
  readonly key: string;
  /** How deep it stands, from 1. */
  readonly level: number;
  /** From 1. */
  readonly posInSet: number;
  readonly setSize: number;
  /** The index of the row that it stands below; -1 for the first. */
  readonly up: number;
  /** Whether rows stand in it, shown or not. */
  readonly hasChildren: boolean;
  readonly isCollapsed: boolean;
}

/** The row of a widget. */
export interface WidgetRow extends RowPlace {
  readonly kind: 'widget';
  readonly widget: Widget;
}

/** The row of a slot with a name, shown whether or not something stands in it. */
export interface SlotRow extends RowPlace {
  readonly kind: 'slot';
  readonly parent: Widget;
  readonly slot: string;
}

/** The row that adds a widget at the end of a slot. */
export interface AddRow extends RowPlace {
  readonly kind: 'add';
  readonly parent: Widget;
  readonly at: Place;
}

/** One row of the outline. */
export type Row = WidgetRow | SlotRow | AddRow;

/** What rows are made of. */
export interface Outlined {
  readonly tree: Tree;
  readonly catalogue: Catalogue;
  /** The keys of rows whose children are not shown. */
  readonly collapsed: ReadonlySet<string>;
  /** Where a new widget may be added. */
  readonly takesNew: TakesNew;
}

/**
 * The rows that are shown of a tree, from the top down. A row that adds stands where nothing stands yet, and at the end of the slots of
 * the root. Everywhere else one adds beside what is there, so that a page is not twice as long as what is in it.
 */
export function rowsOf({ tree, catalogue, collapsed, takesNew }: Outlined): readonly Row[] {
  const rows: Row[] = [];

  const addWidget = (
    widget: Widget,
    level: number,
    posInSet: number,
    setSize: number,
    up: number,
    around: string,
  ): void => {
    const key = widget.id;
    const names = slotNames(widget, catalogue);
    const within = takesNew.within(widget.type, around);
    const count = countIn(widget, names, within);
    const isCollapsed = count > 0 && collapsed.has(key);
    const hasChildren = count > 0;
    const at =
      rows.push({ kind: 'widget', key, level, posInSet, setSize, up, hasChildren, isCollapsed, widget }) - 1;
    if (!hasChildren || isCollapsed) return;
    let place = 0;
    for (const slot of names) {
      const children = inSlot(widget, slot, names);
      if (slot !== undefined) {
        addSlot(widget, slot, children, level + 1, ++place, count, at, within);
        continue;
      }
      for (const child of children) addWidget(child, level + 1, ++place, count, at, within);
      if (hasAdd(widget, slot, children, within)) addAdd(widget, slot, level + 1, ++place, count, at);
    }
  };

  const addSlot = (
    parent: Widget,
    slot: string,
    children: readonly Widget[],
    level: number,
    posInSet: number,
    setSize: number,
    up: number,
    within: string,
  ): void => {
    const key = slotKey(parent.id, slot);
    const isAdding = hasAdd(parent, slot, children, within);
    const count = children.length + (isAdding ? 1 : 0);
    const hasChildren = count > 0;
    const isCollapsed = hasChildren && collapsed.has(key);
    const at =
      rows.push({ kind: 'slot', key, level, posInSet, setSize, up, hasChildren, isCollapsed, parent, slot }) -
      1;
    if (isCollapsed) return;
    let place = 0;
    for (const child of children) addWidget(child, level + 1, ++place, count, at, within);
    if (isAdding) addAdd(parent, slot, level + 1, ++place, count, at);
  };

  const addAdd = (
    parent: Widget,
    slot: string | undefined,
    level: number,
    posInSet: number,
    setSize: number,
    up: number,
  ): void => {
    const key = `${slotKey(parent.id, slot)}+`;
    const at = { parent: parent.id, slot };
    rows.push({
      ...{
        kind: 'add',
        key,
        level,
        posInSet,
        setSize,
        up,
        hasChildren: false,
        isCollapsed: false,
        parent,
        at,
      },
    });
  };

  const hasAdd = (
    parent: Widget,
    slot: string | undefined,
    children: readonly Widget[],
    within: string,
  ): boolean =>
    (children.length === 0 || parent === tree.root) && takesNew.in(parent, slot, children.length, within);

  const countIn = (widget: Widget, names: readonly (string | undefined)[], within: string): number => {
    let count = 0;
    for (const slot of names) {
      if (slot !== undefined) count++;
      else {
        const children = inSlot(widget, slot, names);
        count += children.length + (hasAdd(widget, slot, children, within) ? 1 : 0);
      }
    }
    return count;
  };

  addWidget(tree.root, 1, 1, 1, -1, '');
  return rows;
}

function inSlot(
  widget: Widget,
  slot: string | undefined,
  names: readonly (string | undefined)[],
): readonly Widget[] {
  return names.length === 1 ? widget.children : childrenIn(widget, slot);
}

/** The keys of the rows that have to be open for a widget to be shown, its own not among them. */
export function* keysAbove(ancestors: Iterable<Widget>, widget: Widget): Generator<string> {
  let inner = widget;
  for (const outer of ancestors) {
    if (inner.slot !== undefined) yield slotKey(outer.id, inner.slot);
    yield outer.id;
    inner = outer;
  }
}
