import { createWidget, type IdMaker, type Widget } from '../widget.ts';
import type { Catalogue } from './catalogue.ts';

/** A new widget of a type with the children that are made with it; undefined for a type that the catalogue does not know. */
export function newWidget(catalogue: Catalogue, type: string, newId: IdMaker): Widget | undefined {
  const known = catalogue.get(type);
  return known && make(catalogue, type, undefined, newId);
}

/** Ends, since no type is made with itself. */
function make(catalogue: Catalogue, type: string, slot: string | undefined, newId: IdMaker): Widget {
  const known = catalogue.get(type);
  const id = newId();
  const children = [...(known?.slots.values() ?? [])].flatMap((rule) =>
    rule.default.map((child) => make(catalogue, child, rule.name, newId)),
  );
  return createWidget({ id, type, slot, fields: structuredClone(known?.fields ?? {}), children });
}
