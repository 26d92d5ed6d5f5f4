import type { Catalogue } from '../../tree/rules/catalogue.ts';
import { type Place, placeOf, type Tree } from '../../tree/tree.ts';
import { slotNames } from '../commands/move-slots.ts';
import type { Row } from './rows.ts';
import { isOpen, type TakesNew } from './takes-new.ts';

/** A gap that something new can be put into. */
export interface NewAt {
  readonly place: Place;
  readonly afterRow: number;
  readonly depth: number;
}

/** What places for new widgets depend on. */
export interface NewIn {
  readonly tree: Tree;
  readonly catalogue: Catalogue;
  readonly takesNew: TakesNew;
  readonly rows: readonly Row[];
}

/**
 * The gap that the pointer is at, where it is above or below the row of a widget: right before the widget; behind it, or where rows stand in it, before
 * the first of these. Undefined at other rows, and where nothing new may stand.
 *
 * @param y in rows, as for `placeAt`
 */
export function newAt({ tree, takesNew, rows }: Omit<NewIn, 'catalogue'>, y: number): NewAt | undefined {
  const at = Math.floor(y);
  const found = y - at < 0.5 ? before(tree, rows, at) : below(tree, rows, at);
  return found !== undefined && isOpen(tree, found.place, takesNew) ? found : undefined;
}

function before(tree: Tree, rows: readonly Row[], at: number): NewAt | undefined {
  const row = rows[at];
  const place = row?.kind === 'widget' ? placeOf(tree, row.widget.id) : undefined;
  if (row === undefined || place === undefined) return undefined;
  return { place: { ...place, before: row.key }, afterRow: at - 1, depth: row.level };
}

function below(tree: Tree, rows: readonly Row[], at: number): NewAt | undefined {
  const row = rows[at];
  if (row?.kind !== 'widget') return undefined;
  // An empty slot has a row of its own that adds, and one with a name says where it begins.
  if (rows[at + 1]?.up === at) return before(tree, rows, at + 1);
  const place = placeOf(tree, row.widget.id);
  return place && { place, afterRow: at, depth: row.level };
}

/** Where something new goes from the active row: behind a widget where it may, else into it, and to the end of a slot. */
export function newFrom({ tree, catalogue, takesNew }: Omit<NewIn, 'rows'>, row: Row): Place | undefined {
  if (row.kind === 'add') return row.at;
  if (row.kind === 'slot') return { parent: row.parent.id, slot: row.slot };
  const { widget } = row;
  const behind = placeOf(tree, widget.id);
  const inside = slotNames(widget, catalogue).map((slot): Place => ({ parent: widget.id, slot }));
  const places = behind === undefined ? inside : [behind, ...inside];
  return places.find((place) => isOpen(tree, place, takesNew)) ?? places[0];
}
