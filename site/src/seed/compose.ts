import { createTree, createWidget, type Tree, type Widget, type WidgetParts } from 'widgy/tree';
import { site } from '../site.ts';

/** Makes a widget with these fields; the others are those of a new one. */
export type Compose = (type: string, fields?: WidgetParts['fields'], children?: readonly Widget[]) => Widget;

/** Makes widgets whose ids begin with a name and are counted, so that the same content is always the same tree. */
export function composer(name: string): Compose {
  let count = 0;
  return (type, fields = {}, children = []) => {
    count += 1;
    const initial = site.catalogue.get(type)?.fields;
    return createWidget({ id: `${name}-${count}`, type, fields: { ...initial, ...fields }, children });
  };
}

/** Puts widgets into a slot. */
export const into = (slot: string, widgets: readonly Widget[]): readonly Widget[] =>
  widgets.map((widget) => createWidget({ ...widget, slot }));

/** A page of one column. */
export const oneColumn = (compose: Compose, widgets: readonly Widget[]): Tree =>
  createTree(compose('one-column', {}, into('main', widgets)));
