import type { Catalogue } from '../../tree/rules/catalogue.ts';
import { type Place, parentOf, type Tree } from '../../tree/tree.ts';
import { childrenIn, type Widget } from '../../tree/widget.ts';
import { slotKey, slotNames } from '../commands/move-slots.ts';
import type { Row, WidgetRow } from './rows.ts';

/** The gaps between rows while something is dragged. */
export interface Gaps {
  readonly tree: Tree;
  readonly catalogue: Catalogue;
  readonly rows: readonly Row[];
  /** The topmost widgets that are dragged; none for a new one. No place is named by them. */
  readonly moved: ReadonlySet<string>;
  /** The slots that take what is dragged, by `slotKey`. */
  readonly legal: Pick<ReadonlySet<string>, 'has'>;
}

/** What a gap may mean. */
export interface GapPlace {
  readonly place: Place;
  /** The level of the row that would stand there. No two places of a gap have the same. */
  readonly depth: number;
  /** The row that it would stand below, where that is not the one above the gap. */
  readonly afterRow?: number;
}

/** A place with the line that shows it. */
export interface Pointed {
  readonly place: Place;
  readonly line: { readonly afterRow: number; readonly depth: number };
}

/** Every gap takes everything: to find what was meant where it is not legal. */
export const ANYWHERE: Gaps['legal'] = { has: () => true };

/**
 * The place that is pointed at: that of the nearest gap, at the deepest level whose line begins at the pointer or before it.
 *
 * @param y in rows from the top of the first one: 2.25 is a quarter down the third
 * @param x in levels: 3 is where a line of the third level begins
 */
export function placeAt(gaps: Gaps, y: number, x: number): Pointed | undefined {
  const afterRow = Math.max(0, Math.min(gaps.rows.length, Math.round(y)) - 1);
  const places = placesInGap(gaps, afterRow);
  const meant = places.find((each) => each.depth <= x) ?? places.at(-1);
  if (meant === undefined) return undefined;
  return { place: meant.place, line: { afterRow: meant.afterRow ?? afterRow, depth: meant.depth } };
}

/** The legal places that the gap below a row may mean, the deepest first. */
export function placesInGap(gaps: Gaps, afterRow: number): readonly GapPlace[] {
  return [...below(gaps, afterRow)].filter(({ place }) => gaps.legal.has(slotKey(place.parent, place.slot)));
}

function* below(gaps: Gaps, at: number): Generator<GapPlace> {
  const row = gaps.rows[at];
  if (row === undefined) return;
  const next = gaps.rows[at + 1];
  if (next?.up === at) return yield* atTop(gaps, row, next, at + 1);
  if (row.kind === 'widget') yield* intoClosed(gaps, row);
  if (row.kind === 'slot') {
    const place = { parent: row.parent.id, slot: row.slot };
    yield { place, depth: row.level + 1 };
  }
  // Each row that ends here is one that something can stand behind, until one that the next row stands in.
  for (let end: Row | undefined = row; end !== undefined; end = gaps.rows[end.up]) {
    if (end.kind === 'add') yield { place: end.at, depth: end.level };
    if (end.kind === 'widget') yield* behind(gaps, end);
    if (next?.up === end.up) return;
  }
}

/** Between a row and the first in it. Right above the row of a slot the first place in this is meant, and its line is below that row. */
function* atTop(
  { moved, legal, catalogue }: Gaps,
  row: Row,
  first: Row,
  firstAt: number,
): Generator<GapPlace> {
  if (first.kind === 'add') return yield { place: first.at, depth: first.level };
  if (first.kind === 'widget') {
    const parent = row.kind === 'widget' ? row.widget : row.kind === 'slot' ? row.parent : undefined;
    if (parent === undefined) return;
    const place = placeFrom(parent, first.widget.slot, first.widget, moved);
    return yield { place, depth: first.level };
  }
  const { parent, slot, level } = first;
  const place = placeFrom(parent, slot, childrenIn(parent, slot)[0], moved);
  yield { place, depth: level + 1, afterRow: firstAt };
  // A slot without a name, with nothing in it and nothing to add, has no row of its own.
  const isUnnamed =
    slotNames(parent, catalogue).includes(undefined) && legal.has(slotKey(parent.id, undefined));
  if (isUnnamed) yield { place: { parent: parent.id }, depth: level };
}

/** Into a widget of which nothing is shown: the end of its first slot that takes it. */
function* intoClosed({ legal, catalogue }: Gaps, { widget, level }: WidgetRow): Generator<GapPlace> {
  const names = slotNames(widget, catalogue);
  const open = names.findIndex((name) => legal.has(slotKey(widget.id, name)));
  if (open >= 0) yield { place: { parent: widget.id, slot: names[open] }, depth: level + 1 };
}

function* behind({ tree, moved }: Gaps, { widget, level }: WidgetRow): Generator<GapPlace> {
  const parent = parentOf(tree, widget.id);
  if (parent === undefined) return;
  const next = parent.children[parent.children.indexOf(widget) + 1];
  yield {
    place: placeFrom(parent, widget.slot, next?.slot === widget.slot ? next : undefined, moved),
    depth: level,
  };
}

/** The place before a child, named by the first one from there on that is not moved. */
function placeFrom(
  parent: Widget,
  slot: string | undefined,
  child: Widget | undefined,
  moved: ReadonlySet<string>,
): Place {
  const from = child === undefined ? [] : parent.children.slice(parent.children.indexOf(child));
  const before = from.find(({ id }) => !moved.has(id));
  return { parent: parent.id, slot, before: before?.slot === slot ? before?.id : undefined };
}
