import { parentOf, type Tree } from '../tree.ts';
import { type Widget, walk } from '../widget.ts';
import type { Catalogue, Slot } from './catalogue.ts';

/** For each widget the types, of those that do not stand in themselves, that it is or stands in: as one text, shared by many. */
export function restrictionsAbove(tree: Tree, catalogue: Catalogue): ReadonlyMap<string, string> {
  const above = new Map<string, string>();
  for (const { id, type } of walk(tree.root)) {
    const parent = parentOf(tree, id);
    const inherited = parent === undefined ? '' : (above.get(parent.id) ?? '');
    const isOwn = catalogue.get(type)?.notInsideItself && !isRestricted(inherited, type);
    above.set(id, isOwn ? `${inherited} ${type} ` : inherited);
  }
  return above;
}

/** Whether a type is among some restrictions. Names of types have no spaces. */
export function isRestricted(restrictions: string, type: string): boolean {
  return restrictions.includes(` ${type} `);
}

/** Whether one more widget may stand in a slot. */
export function hasRoom({ children }: Widget, { name, max }: Slot, leaving?: string): boolean {
  if (max === Infinity) return true;
  let count = 0;
  for (const child of children) if (child.slot === name && child.id !== leaving) count++;
  return count < max;
}
