import { ancestorsOf, findWidget, type Place, type Tree } from '../tree.ts';
import { childrenIn, createWidget, type Widget, walk } from '../widget.ts';
import type { Catalogue, KnownType } from './catalogue.ts';
import { checkConsent } from './consent.ts';
import type { Wrapper } from './violation.ts';

/** The one type that could stand between a place and a widget that may not stand there itself; undefined if none or several. */
export function onlyWrapper(tree: Tree, at: Place, child: Widget, catalogue: Catalogue): Wrapper | undefined {
  const parent = findWidget(tree, at.parent);
  const room = parent && catalogue.get(parent.type)?.slots.get(at.slot);
  if (parent === undefined || room === undefined) return undefined;
  const others = childrenIn(parent, at.slot).filter(({ id }) => id !== child.id).length;
  if (others >= room.max) return undefined;
  const above = new Set([parent.type, ...ancestorsOf(tree, parent.id).map(({ type }) => type)]);
  const below = new Set(walk(child).map(({ type }) => type));
  for (const type of below) if (catalogue.get(type)?.notInsideItself && above.has(type)) return undefined;
  const fitting = [...catalogue.values()].flatMap((type) => {
    if (type.notInsideItself && (above.has(type.type) || below.has(type.type))) return [];
    if (checkConsent({ parent, slot: at.slot, child: type, tree }, catalogue)) return [];
    const slot = slotFor(type, child, tree, catalogue);
    return slot === undefined ? [] : [{ type: type.type, label: type.label, slot: slot.name }];
  });
  return fitting.length === 1 ? fitting[0] : undefined;
}

/** The first slot of a wrapper around nothing but the child that takes it, if the wrapper then has all it needs. */
function slotFor(type: KnownType, child: Widget, tree: Tree, catalogue: Catalogue) {
  const parent = createWidget({ id: 'wrapper', type: type.type });
  return [...type.slots.values()].find((slot) => {
    const isEnough = [...type.slots.values()].every(({ name, min }) => min <= (name === slot.name ? 1 : 0));
    const relation = { parent, slot: slot.name, child: { type: child.type, widget: child }, tree };
    return isEnough && slot.max > 0 && !checkConsent(relation, catalogue);
  });
}
