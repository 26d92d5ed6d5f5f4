import type { Tree } from '../tree.ts';
import { type Widget, walk } from '../widget.ts';
import type { Catalogue } from './catalogue.ts';
import { checkConsent, isByFunction } from './consent.ts';
import { hasRoom, isRestricted, restrictionsAbove } from './room.ts';

/** The types of which a new widget may be put into each slot of a widget. Slots that take nothing are left out. */
export type Shelf = readonly { readonly slot: string | undefined; readonly types: readonly string[] }[];

/** The shelves of a tree. Most widgets have one of a few: so each is there once. */
export interface Shelves {
  readonly shelves: readonly Shelf[];
  /** For each widget the index of its shelf. */
  readonly of: ReadonlyMap<string, number>;
}

/**
 * What may be put into each widget of a tree, for all widgets at once. Widgets of one type, with the same slots full and in the
 * same types that do not stand in themselves, are decided together; only functions are asked for each.
 *
 * @param allowed types that are offered at all, usually those that the person may add; all if not given
 */
export function possibleChildren(tree: Tree, catalogue: Catalogue, allowed?: Iterable<string>): Shelves {
  const offered = new Set(allowed ?? catalogue.keys());
  const candidates = [...catalogue.values()].filter(
    ({ type, isComplete }) => isComplete && offered.has(type),
  );
  const shelves: Shelf[] = [];
  const indexes = new Map<string, number>();
  const decided = new Map<
    string,
    { readonly shelf: Shelf; readonly index: number; readonly isOpen: boolean }
  >();
  const of = new Map<string, number>();
  const indexOf = (shelf: Shelf): number => {
    const text = JSON.stringify(shelf);
    const index = indexes.get(text) ?? shelves.push(shelf) - 1;
    indexes.set(text, index);
    return index;
  };
  const above = restrictionsAbove(tree, catalogue);
  for (const widget of walk(tree.root)) {
    const type = tree.isFrozen ? undefined : catalogue.get(widget.type);
    const slots = [...(type?.slots.values() ?? [])];
    const open = slots.filter((slot) => hasRoom(widget, slot));
    const restrictions = above.get(widget.id) ?? '';
    const key = `${type?.type}/${open.map(({ name = '' }) => `:${name}`).join('')}/${restrictions}`;
    let known = decided.get(key);
    if (known === undefined) {
      const free = candidates.filter(
        ({ restricted }) => ![...restricted].some((name) => isRestricted(restrictions, name)),
      );
      const shelf = open.flatMap(({ name: slot, accepts }) => {
        const types = free
          .filter((child) => accepts.has(child.type) && child.agreesTo?.has(widget.type) !== false)
          .map((child) => child.type);
        return types.length === 0 ? [] : [{ slot, types }];
      });
      const isOpen = shelf.some(({ types }) =>
        types.some((child) => isByFunction(widget.type, child, catalogue)),
      );
      known = { shelf, index: indexOf(shelf), isOpen };
      decided.set(key, known);
    }
    of.set(widget.id, known.isOpen ? indexOf(asked(known.shelf, widget, tree, catalogue)) : known.index);
  }
  return { shelves, of };
}

/** What is left of a shelf when the functions have been asked. */
function asked(shelf: Shelf, parent: Widget, tree: Tree, catalogue: Catalogue): Shelf {
  return shelf.flatMap(({ slot, types }) => {
    const left = types.filter((type) => !checkConsent({ parent, slot, child: { type }, tree }, catalogue));
    return left.length === 0 ? [] : [{ slot, types: left }];
  });
}
