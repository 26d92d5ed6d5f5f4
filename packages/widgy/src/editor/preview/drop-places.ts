import type { Catalogue } from '../../tree/rules/catalogue.ts';
import type { Place, Tree } from '../../tree/tree.ts';
import { childrenIn, type Widget } from '../../tree/widget.ts';
import { slotKey, slotNames } from '../commands/move-slots.ts';
import { boxAround, distanceTo, insetBox, isBeside, type PageBox, withinBox } from './page-box.ts';

/** A page into which something is dragged. */
export interface DropPage {
  readonly tree: Tree;
  readonly catalogue: Catalogue;
  /** The topmost widgets that are dragged. No place is named by them. */
  readonly moved: ReadonlySet<string>;
  /** The slots that take what is dragged, by `slotKey`. */
  readonly legal: Pick<ReadonlySet<string>, 'has'>;
  /** Where widgets are on the page, by their ids. What is not seen has none. */
  readonly boxes: ReadonlyMap<string, PageBox>;
  /** Whether it is written from the right: then so are its columns. */
  readonly isFromRight: boolean;
}

/** A place with what shows it. */
export interface DropPlace {
  readonly place: Place;
  /** A box without height or without width. */
  readonly line: PageBox;
  /** What means the place wherever it is pointed at: where nothing stands yet. */
  readonly room?: PageBox;
  /** How many widgets are around it. */
  readonly depth: number;
}

/**
 * CSS pixels by which what a widget holds counts as further in at least, even where the page shows no edge around it: so that the end of
 * a widget and the place behind it are two lines.
 */
export const EDGE_INSET = 6;

/** CSS pixels at the edges of an empty slot that mean the places around its widget. */
const ROOM_INSET = 12;

/** A free part of a widget that is narrower is none. */
const MIN_ROOM = 48;

/** All legal places of a page that are seen. */
export function dropPlaces(page: DropPage): readonly DropPlace[] {
  const { root } = page.tree;
  return [...placesIn(page, root, page.boxes.get(root.id), 0)];
}

/** The place that is pointed at: the nearest, and of those that are as near the innermost. */
export function dropAt(places: readonly DropPlace[], x: number, y: number): DropPlace | undefined {
  let found: DropPlace | undefined;
  let least = Infinity;
  for (const each of places) {
    const distance = distanceTo(each.room ?? each.line, x, y);
    const isNearer = distance < least - ALIKE;
    const isInner = distance < least + ALIKE && each.depth > (found?.depth ?? -1);
    if (!isNearer && !isInner) continue;
    found = each;
    least = Math.min(least, distance);
  }
  return found;
}

/** CSS pixels of difference that nobody aims at. */
const ALIKE = 0.5;

function* placesIn(
  page: DropPage,
  parent: Widget,
  own: PageBox | undefined,
  depth: number,
): Generator<DropPlace> {
  const seen = new Map<string, PageBox>();
  for (const { id } of parent.children) {
    const box = page.boxes.get(id);
    if (box !== undefined) seen.set(id, own === undefined ? box : withinBox(box, insetBox(own, EDGE_INSET)));
  }
  const names = slotNames(parent, page.catalogue);
  const empty: (string | undefined)[] = [];
  for (const slot of names) {
    if (!page.legal.has(slotKey(parent.id, slot))) continue;
    const children = childrenIn(parent, slot).filter(({ id }) => seen.has(id));
    if (children.length === 0) empty.push(slot);
    else yield* beside(page, parent, slot, children, seen, depth);
  }
  if (own !== undefined) yield* intoEmpty(page, parent, names, empty, own, seen, depth);
  for (const child of parent.children)
    if (!page.moved.has(child.id)) yield* placesIn(page, child, seen.get(child.id), depth + 1);
}

/** Before, between and behind what stands in a slot. */
function* beside(
  page: DropPage,
  parent: Widget,
  slot: string | undefined,
  children: readonly Widget[],
  seen: ReadonlyMap<string, PageBox>,
  depth: number,
): Generator<DropPlace> {
  const boxes = children.flatMap(({ id }) => seen.get(id) ?? []);
  const isRow = (at: number): boolean => {
    const [before, box, after] = [boxes[at - 1], boxes[at], boxes[at + 1]];
    if (box === undefined) return false;
    return (before !== undefined && isBeside(before, box)) || (after !== undefined && isBeside(box, after));
  };
  const isBackwards = boxes.some((box, at) => {
    const next = boxes[at + 1];
    return next !== undefined && isBeside(box, next) && next.right <= box.left + 1;
  });
  const edge = (at: number, side: 'start' | 'end'): readonly PageBox[] => {
    const box = boxes[at];
    return box === undefined
      ? []
      : [isRow(at) ? upright(box, (side === 'start') !== isBackwards) : level(box, side)];
  };
  for (let at = 0; at <= boxes.length; at++) {
    const place = placeBefore(page, parent, slot, children[at]);
    const [before, after] = [boxes[at - 1], boxes[at]];
    const lines =
      before === undefined || after === undefined
        ? [...edge(at, 'start'), ...edge(at - 1, 'end')]
        : isBeside(before, after)
          ? [middleUpright(before, after)]
          : isRow(at - 1) || isRow(at)
            ? [...edge(at - 1, 'end'), ...edge(at, 'start')]
            : [middleLevel(before, after)];
    for (const line of lines) yield { place, line, depth };
  }
}

/** The place before a child, named by the first one from there on that is not moved. */
function placeBefore(
  { moved }: DropPage,
  parent: Widget,
  slot: string | undefined,
  child: Widget | undefined,
): Place {
  const siblings = childrenIn(parent, slot);
  const from = child === undefined ? [] : siblings.slice(siblings.indexOf(child));
  return { parent: parent.id, slot, before: from.find(({ id }) => !moved.has(id))?.id };
}

/** Where nothing stands yet: the part of the widget that is free, shared among all slots that could be meant by it. */
function* intoEmpty(
  page: DropPage,
  parent: Widget,
  names: readonly (string | undefined)[],
  empty: readonly (string | undefined)[],
  own: PageBox,
  seen: ReadonlyMap<string, PageBox>,
  depth: number,
): Generator<DropPlace> {
  const byRoom = new Map<string, { readonly room: PageBox; readonly slots: (string | undefined)[] }>();
  for (const slot of empty) {
    const room = freeIn(page, parent, names, slot, own, seen);
    const key = JSON.stringify(room);
    const known = byRoom.get(key) ?? { room, slots: [] };
    byRoom.set(key, known);
    known.slots.push(slot);
  }
  for (const { room, slots } of byRoom.values()) {
    const width = (room.right - room.left) / slots.length;
    for (const [at, slot] of slots.entries()) {
      const left = room.left + (page.isFromRight ? slots.length - 1 - at : at) * width;
      const own = insetBox(
        { ...room, left, right: left + width },
        Math.min(ROOM_INSET, (room.bottom - room.top) / 4, width / 4),
      );
      const y = (own.top + own.bottom) / 2;
      yield { place: { parent: parent.id, slot }, line: { ...own, top: y, bottom: y }, room: own, depth };
    }
  }
}

/** What is free of a widget beside, or else below or above what stands in its other slots, in the order of the slots. */
function freeIn(
  { isFromRight }: DropPage,
  parent: Widget,
  names: readonly (string | undefined)[],
  slot: string | undefined,
  own: PageBox,
  seen: ReadonlyMap<string, PageBox>,
): PageBox {
  const at = names.indexOf(slot);
  const boxesOf = (some: readonly (string | undefined)[]) =>
    parent.children.flatMap((child) => (some.includes(child.slot) ? (seen.get(child.id) ?? []) : []));
  const before = boxAround(boxesOf(names.slice(0, at)));
  const after = boxAround(boxesOf(names.slice(at + 1)));
  const [onLeft, onRight] = isFromRight ? [after, before] : [before, after];
  const left = onLeft?.right ?? own.left;
  const right = onRight?.left ?? own.right;
  if (right - left >= MIN_ROOM && (before ?? after) !== undefined) return { ...own, left, right };
  const top = before?.bottom ?? own.top;
  const bottom = after?.top ?? own.bottom;
  return bottom >= top ? { ...own, top, bottom } : { ...own, top: bottom, bottom: top };
}

function level({ left, right, top, bottom }: PageBox, side: 'start' | 'end'): PageBox {
  const y = side === 'start' ? top : bottom;
  return { left, right, top: y, bottom: y };
}

function upright({ left, right, top, bottom }: PageBox, isLeft: boolean): PageBox {
  const x = isLeft ? left : right;
  return { left: x, right: x, top, bottom };
}

function middleLevel(above: PageBox, below: PageBox): PageBox {
  const y = (above.bottom + below.top) / 2;
  return {
    left: Math.min(above.left, below.left),
    right: Math.max(above.right, below.right),
    top: y,
    bottom: y,
  };
}

function middleUpright(first: PageBox, second: PageBox): PageBox {
  const x = second.left >= first.left ? (first.right + second.left) / 2 : (second.right + first.left) / 2;
  return {
    left: x,
    right: x,
    top: Math.min(first.top, second.top),
    bottom: Math.max(first.bottom, second.bottom),
  };
}
