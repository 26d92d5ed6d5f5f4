import type { Catalogue } from '../../tree/rules/catalogue.ts';
import { isRestricted } from '../../tree/rules/room.ts';
import type { Place, Tree } from '../../tree/tree.ts';
import { ancestorsOf, findWidget } from '../../tree/tree.ts';
import { childrenIn, type Widget } from '../../tree/widget.ts';

/** Says where a new widget of any type may be added. */
export interface TakesNew {
  /** What is not taken in a widget of a type any more, of what is not taken around it: types that do not stand in themselves. */
  readonly within: (type: string, restrictions: string) => string;
  /** Whether a slot with so many widgets in it takes one more. */
  readonly in: (parent: Widget, slot: string | undefined, count: number, within: string) => boolean;
}

/**
 * Remembers for each type what it takes, so that asking for thousands of widgets costs little. It asks no rules that are functions: no
 * browser has them.
 *
 * @param offered the types of which somebody may add widgets
 */
export function takesNewOf(catalogue: Catalogue, offered: Iterable<string>): TakesNew {
  const candidates = [...offered]
    .flatMap((type) => catalogue.get(type) ?? [])
    .filter((type) => type.isComplete);
  const decided = new Map<string, boolean>();
  const decide = (type: string, slot: string | undefined, within: string): boolean => {
    const accepts = catalogue.get(type)?.slots.get(slot)?.accepts;
    return candidates.some(
      (child) =>
        accepts?.has(child.type) === true &&
        child.agreesTo?.has(type) !== false &&
        ![...child.restricted].some((name) => isRestricted(within, name)),
    );
  };
  return {
    within: (type, restrictions) =>
      catalogue.get(type)?.notInsideItself === true && !isRestricted(restrictions, type)
        ? `${restrictions} ${type} `
        : restrictions,
    in: ({ type }, slot, count, within) => {
      if (count >= (catalogue.get(type)?.slots.get(slot)?.max ?? 0)) return false;
      const key = `${type}:${slot ?? ''}:${within}`;
      const known = decided.get(key) ?? decide(type, slot, within);
      decided.set(key, known);
      return known;
    },
  };
}

/** Whether a new widget of some type may be added at a place. */
export function isOpen(tree: Tree, { parent, slot }: Place, takesNew: TakesNew): boolean {
  const above = findWidget(tree, parent);
  if (above === undefined) return false;
  const types = [...ancestorsOf(tree, parent)].map(({ type }) => type).toReversed();
  const within = [...types, above.type].reduce((outer, type) => takesNew.within(type, outer), '');
  return takesNew.in(above, slot, childrenIn(above, slot).length, within);
}
