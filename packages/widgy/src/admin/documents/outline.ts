import type { KnownType, Slot } from '../../tree/rules/catalogue.ts';
import { possibleChildren, type Shelf } from '../../tree/rules/shelf.ts';
import type { Place, Tree } from '../../tree/tree.ts';
import { fold, type Widget } from '../../tree/widget.ts';
import type { WidgetAction } from '../../widgets/define-widget.ts';
import type { Site } from '../../widgets/site.ts';
import { slotLabel, summaryOf, typeLabel } from './widget-text.ts';

/** A widget as the outline shows it, with what may be done to it. */
export interface OutlineRow {
  readonly id: string;
  /** Where it stands: `2.1` is the first in the second. Empty for the root. */
  readonly number: string;
  readonly label: string;
  readonly summary: string;
  /** The label with what tells it from others, for buttons. */
  readonly name: string;
  /** Whether the code does not have its type any more: then it can be seen and deleted. */
  readonly isUnknown: boolean;
  readonly isRoot: boolean;
  readonly mayEdit: boolean;
  readonly mayGoUp: boolean;
  readonly mayGoDown: boolean;
  readonly mayMove: boolean;
  readonly mayDuplicate: boolean;
  readonly mayDelete: boolean;
  /** What stands behind the `?` of the page that adds a widget right below this one; undefined where none may be. */
  readonly addBelow: string | undefined;
  /** What stands in it, by slot. Empty for what holds nothing. */
  readonly groups: readonly OutlineGroup[];
}

/** What stands in one slot of a widget. */
export interface OutlineGroup {
  /** Of a slot with a name. */
  readonly label: string | undefined;
  readonly rows: readonly OutlineRow[];
  /** What stands behind the `?` of the page that adds a widget at its end; undefined where none may be. */
  readonly add: string | undefined;
}

/** Who looks at an outline. */
export interface OutlineReader {
  /** Whether they may change the draft at all. */
  readonly mayEdit: boolean;
  /** Whether they may do something with widgets of a type. */
  readonly may: (action: WidgetAction, type: string) => boolean;
  /** The types of which they may add widgets. */
  readonly offered: readonly string[];
}

/** The outline of a tree: its root, with all below it. */
export function outlineOf(tree: Tree, site: Site<never>, reader: OutlineReader): OutlineRow {
  const { catalogue } = site;
  const { shelves, of } = possibleChildren(tree, catalogue, reader.mayEdit ? reader.offered : []);
  const shelfOf = (id: string): Shelf => shelves[of.get(id) ?? -1] ?? [];
  const may = remembered(reader);
  const below = allowedBelow(tree, site, may);

  const rowOf = (widget: Widget, number: string, stand: Standing | undefined): OutlineRow => {
    const { id, type } = widget;
    const known = catalogue.get(type);
    const shelf = shelfOf(id);
    const label = typeLabel(site, type);
    const summary = summaryOf(site, widget);
    const isDraggable =
      stand !== undefined && known !== undefined && known.draggable !== false && may('change', type);
    const allowed = below.get(id);
    return {
      ...{ id, number, label, summary, isUnknown: known === undefined, isRoot: stand === undefined },
      name: summary === '' ? label : `${label} “${summary}”`,
      mayEdit: isEditable(site, known, type) && may('change', type),
      mayGoUp: isDraggable && stand.index > 0,
      mayGoDown: isDraggable && stand.index < stand.count - 1,
      mayMove: isDraggable,
      mayDuplicate: stand !== undefined && allowed?.add === true && stand.count < (stand.slot?.max ?? 0),
      mayDelete: stand !== undefined && allowed?.delete === true && stand.count > (stand.slot?.min ?? 0),
      addBelow:
        stand?.isOpen === true
          ? placeQuery({ parent: stand.parent, slot: stand.slot?.name, before: stand.next })
          : undefined,
      groups: groupsOf(widget, known).map(({ slot, name, first, children }): OutlineGroup => {
        const isOpen = shelf.some((one) => one.slot === name);
        const prefix = number === '' ? '' : `${number}.`;
        return {
          label: name === undefined ? undefined : slotLabel(name),
          add: isOpen ? placeQuery({ parent: id, slot: name }) : undefined,
          rows: children.map((child, index) => {
            const next = children[index + 1]?.id;
            const stands = { parent: id, slot, index, count: children.length, next, isOpen };
            return rowOf(child, `${prefix}${first + index + 1}`, stands);
          }),
        };
      }),
    };
  };
  return rowOf(tree.root, '', undefined);
}

/** Where a widget stands among others. */
interface Standing {
  readonly parent: string;
  readonly slot: Slot | undefined;
  readonly index: number;
  readonly count: number;
  readonly next: string | undefined;
  /** Whether one more widget may stand there. */
  readonly isOpen: boolean;
}

/** What stands behind the `?` where a place is named. */
export function placeQuery({ parent, slot, before }: Place): string {
  return `?${new URLSearchParams({
    parent,
    ...(slot === undefined ? {} : { slot }),
    ...(before === undefined ? {} : { before }),
  })}`;
}

/** Whether a type has something to be edited. */
export function isEditable(site: Site<never>, known: KnownType | undefined, type: string): boolean {
  return known !== undefined && known.editable !== false && (site.types.get(type)?.fields.length ?? 0) > 0;
}

/** The slots of a widget with what stands in them, those too that its type does not have any more. */
function groupsOf(widget: Widget, known: KnownType | undefined) {
  const slots = new Map<
    string | undefined,
    { readonly slot: Slot | undefined; readonly children: Widget[] }
  >();
  for (const slot of known?.slots.values() ?? []) slots.set(slot.name, { slot, children: [] });
  for (const child of widget.children) {
    const group = slots.get(child.slot) ?? { slot: undefined, children: [] };
    group.children.push(child);
    slots.set(child.slot, group);
  }
  let first = 0;
  return Array.from(slots, ([name, group]) => {
    const numbered = { name, ...group, first };
    first += group.children.length;
    return numbered;
  });
}

type May = (action: WidgetAction, type: string) => boolean;

/** Asks once for each type. */
function remembered({ mayEdit, may }: OutlineReader): May {
  const known = new Map<string, boolean>();
  return (action, type) => {
    if (!mayEdit) return false;
    const key = `${action} ${type}`;
    const answer = known.get(key) ?? may(action, type);
    known.set(key, answer);
    return answer;
  };
}

/** Whether all of a widget, with what is below it, may be added once more, or deleted. */
function allowedBelow(tree: Tree, { catalogue }: Site<never>, may: May) {
  const allowed = new Map<string, { readonly add: boolean; readonly delete: boolean }>();
  fold<{ readonly add: boolean; readonly delete: boolean }>(tree.root, ({ id, type }, children) => {
    const known = catalogue.get(type);
    const both = {
      add: known !== undefined && may('add', type) && children.every(({ add }) => add),
      delete: known?.deletable !== false && may('delete', type) && children.every((child) => child.delete),
    };
    allowed.set(id, both);
    return both;
  });
  return allowed;
}
