import { changesBetween } from './field-changes.ts';
import { hashWidget } from './hash.ts';
import { longestIncreasing } from './increasing.ts';
import { fieldOf, type JsonValue } from './json.ts';
import { findWidget, type Place, parentOf, placesIn, type Tree } from './tree.ts';
import type { Widget } from './widget.ts';

/** What is different between two trees, by widget. A widget that moved is a move, whatever became of it beside. */
export interface TreeDiff {
  /** In the order of the second tree. */
  readonly added: readonly { readonly id: string; readonly to: Place | undefined }[];
  /** In the order of the first tree. */
  readonly removed: readonly { readonly id: string; readonly from: Place | undefined }[];
  /** As few as can be: of siblings in another order those that the others need not make room for. */
  readonly moved: readonly MovedWidget[];
  readonly changed: readonly ChangedWidget[];
}

/** A widget that stands somewhere else. A place is undefined where the widget is the root. */
export interface MovedWidget {
  readonly id: string;
  readonly from: Place | undefined;
  readonly to: Place | undefined;
}

/** A widget whose own content is different. */
export interface ChangedWidget {
  readonly id: string;
  /** Only where it is different. */
  readonly type?: { readonly from: string; readonly to: string };
  readonly fields: readonly FieldDifference[];
}

/** A field with its two values, undefined where it is absent. */
export interface FieldDifference {
  readonly name: string;
  readonly from: JsonValue | undefined;
  readonly to: JsonValue | undefined;
}

/** Says what is different. Parts that are equal are not looked into. */
export function diffTrees(before: Tree, after: Tree): TreeDiff {
  const added: { id: string; to: Place | undefined }[] = [];
  const moved: MovedWidget[] = [];
  const changed: ChangedWidget[] = [];
  const placeBefore = placesIn(before);
  const placeAfter = placesIn(after);
  const place = (id: string): void => {
    if (findWidget(before, id) === undefined) added.push({ id, to: placeAfter(id) });
    else moved.push({ id, from: placeBefore(id), to: placeAfter(id) });
  };
  if (before.root.id !== after.root.id) place(after.root.id);
  for (const widget of differing(after, before)) {
    const old = findWidget(before, widget.id);
    const change = old && changeOf(old, widget);
    if (change) changed.push(change);
    const staying = stayingChildren(widget, before);
    for (const { id } of widget.children) if (!staying.has(id)) place(id);
  }
  const removed = differing(before, after)
    .filter(({ id }) => findWidget(after, id) === undefined)
    .map(({ id }) => ({ id, from: placeBefore(id) }));
  return { added, removed: [...removed], moved, changed };
}

/** The widgets of a tree that are not in another one with the same id and all below the same, from the top down. */
export function* differing(tree: Tree, other: Tree): Generator<Widget> {
  const rest: Widget[] = [tree.root];
  for (let next = rest.pop(); next !== undefined; next = rest.pop()) {
    const counterpart = findWidget(other, next.id);
    if (counterpart === next || (counterpart && hashWidget(counterpart) === hashWidget(next))) continue;
    yield next;
    for (const child of next.children.toReversed()) rest.push(child);
  }
}

/** The children that need not move: they were in the same slot of the same parent, and in this order. */
export function stayingChildren(parent: Widget, before: Tree): ReadonlySet<string> {
  const old = findWidget(before, parent.id);
  const positions = new Map(old?.children.map((child, at) => [child.id, { at, slot: child.slot }]));
  const stayed = parent.children.flatMap(({ id, slot }) => {
    const was = positions.get(id);
    return was?.slot === slot && was !== undefined ? [{ id, at: was.at }] : [];
  });
  const run = longestIncreasing(stayed.map(({ at }) => at));
  return new Set(stayed.filter(({ at }) => run.has(at)).map(({ id }) => id));
}

function changeOf(before: Widget, after: Widget): ChangedWidget | undefined {
  const fields = [...changesBetween(before.fields, after.fields)].map(
    ([name, to]): FieldDifference => ({ name, from: fieldOf(before.fields, name), to }),
  );
  if (before.type === after.type) return fields.length === 0 ? undefined : { id: after.id, fields };
  return { id: after.id, type: { from: before.type, to: after.type }, fields };
}

/** Where a widget stands, without regard to its siblings. */
export function isSameSlot(a: Tree, b: Tree, id: string): boolean {
  return parentOf(a, id)?.id === parentOf(b, id)?.id && findWidget(a, id)?.slot === findWidget(b, id)?.slot;
}
