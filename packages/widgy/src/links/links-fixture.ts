import { z } from 'zod';
import type { JsonObject, JsonValue } from '../tree/json.ts';
import type { Operation } from '../tree/operation.ts';
import { createTree, type Tree } from '../tree/tree.ts';
import { createWidget, fold, type Widget } from '../tree/widget.ts';
import { defineWidget } from '../widgets/define-widget.ts';
import { defineSite, type Site } from '../widgets/site.ts';

const text = (kind: string) => z.string().default('').meta({ kind });
const links = z.array(z.object({ to: text('link'), note: text('markdown') })).default([]);

/** A site whose types have a field of each kind that may hold references. It has no type `image`, which random trees have. */
export function linkingSite(): Site {
  return defineSite({
    folder: import.meta.dirname,
    widgets: [
      defineWidget({
        type: 'everything',
        label: 'Everything',
        fields: z.object({
          link: text('link'),
          image: text('image'),
          file: text('file'),
          plain: text('text'),
          long: text('long-text'),
          rich: text('rich-text'),
          markdown: text('markdown'),
          own: text('target'),
          list: z.array(z.object({ to: text('link'), inner: links })).default([]),
        }),
        files: [],
      }),
      ...['box', 'page', 'text'].map((type) =>
        defineWidget({
          type,
          label: type,
          fields:
            type === 'text' ? z.object({ a: links }) : z.object({ a: text('link'), b: text('rich-text') }),
          files: [],
        }),
      ),
    ],
    kinds: {
      target: { shape: 'own', takesReferences: true, read: (value) => value, write: String },
    },
  });
}

/** Puts references where random trees and operations have other values. */
export function withReferences(value: JsonValue): JsonValue {
  if (value === 'x') return 'widgy:page/1';
  if (value === 0) return '<a href="widgy:page/2">x</a> and <a href="widgy:page/1">y</a>';
  if (Array.isArray(value)) return [{ to: 'widgy:page/3', note: '[x](widgy:page/2)' }];
  return typeof value === 'object' && value !== null ? { deep: ['widgy:page/4'] } : value;
}

/** A random tree with references. */
export function linkedTree({ root }: Tree): Tree {
  return createTree(linkedWidget(root));
}

/** A random operation with references. */
export function linkedOperation(operation: Operation): Operation {
  switch (operation.kind) {
    case 'insert':
      return { ...operation, widget: linkedWidget(operation.widget) };
    case 'set':
      return { ...operation, fields: linkedFields(operation.fields) };
    case 'wrap':
      return { ...operation, widget: { ...operation.widget, fields: linkedFields(operation.widget.fields) } };
    default:
      return operation;
  }
}

function linkedWidget(widget: Widget): Widget {
  return fold<Widget>(widget, ({ id, type, slot, fields }, children) =>
    createWidget({ id, type, slot, fields: linkedFields(fields), children }),
  );
}

function linkedFields(fields: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, withReferences(value)]));
}
