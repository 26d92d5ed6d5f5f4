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

  const addWidget = (widget: Widget, stand: Stand, restrictions: string): void => {
    const names = slotNames(widget, catalogue);
    const within = takesNew.within(widget.type, restrictions);
    const count = countIn(widget, names, within);
    const isCollapsed = count > 0 && collapsed.has(widget.id);
    const up = rows.push({
      ...{ kind: 'widget', key: widget.id, ...stand, hasChildren: count > 0, isCollapsed, widget },
    });
    if (count === 0 || isCollapsed) return;
    let place = 0;
    const next = (): Stand => ({
      ...{ level: stand.level + 1, posInSet: ++place, setSize: count, up: up - 1 },
    });
    for (const slot of names) {
      const children = names.length === 1 ? widget.children : childrenIn(widget, slot);
      if (slot !== undefined) addSlot(widget, slot, children, next(), within);
      else {
        for (const child of children) addWidget(child, next(), within);
        if (hasAdd(widget, slot, children, within)) addAdd(widget, slot, next());
      }
    }
  };

  const addSlot = (
    parent: Widget,
    slot: string,
    children: readonly Widget[],
    stand: Stand,
    within: string,
  ): void => {
    const key = slotKey(parent.id, slot);
    const isAdding = hasAdd(parent, slot, children, within);
    const count = children.length + (isAdding ? 1 : 0);
    const isCollapsed = count > 0 && collapsed.has(key);
    const up = rows.push({ kind: 'slot', key, ...stand, hasChildren: count > 0, isCollapsed, parent, slot });
    if (isCollapsed) return;
    const inside = { level: stand.level + 1, setSize: count, up: up - 1 };
    for (const [at, child] of children.entries()) addWidget(child, { ...inside, posInSet: at + 1 }, within);
    if (isAdding) addAdd(parent, slot, { ...inside, posInSet: count });
  };

  const addAdd = (parent: Widget, slot: string | undefined, stand: Stand): void => {
    const at = { parent: parent.id, slot };
    const key = `${slotKey(parent.id, slot)}+`;
    rows.push({ kind: 'add', key, ...stand, hasChildren: false, isCollapsed: false, parent, at });
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
      if (slot !== undefined) count += 1;
      else {
        const children = names.length === 1 ? widget.children : childrenIn(widget, slot);
        count += children.length + (hasAdd(widget, slot, children, within) ? 1 : 0);
      }
    }
    return count;
  };

  addWidget(tree.root, { level: 1, posInSet: 1, setSize: 1, up: -1 }, '');
  return rows;
}

type Stand = Pick<RowPlace, 'level' | 'posInSet' | 'setSize' | 'up'>;

/** The keys of the rows that have to be open for a widget to be shown, its own not among them. */
export function* keysAbove(ancestors: Iterable<Widget>, widget: Widget): Generator<string> {
  let inner = widget;
  for (const outer of ancestors) {
    if (inner.slot !== undefined) yield slotKey(outer.id, inner.slot);
    yield outer.id;
    inner = outer;
  }
}
