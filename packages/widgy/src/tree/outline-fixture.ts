import assert from 'node:assert/strict';
import type { JsonObject } from './json.ts';
import { canonicalJson } from './json.ts';
import type { Operation } from './operation.ts';
import { parseOperation } from './parse-operation.ts';
import { createTree, type Tree } from './tree.ts';
import { createWidget, fold, type Widget } from './widget.ts';

/**
 * Trees as one line, to see a case at a glance: `page(intro{"text":"Hi"} left:box/panel(a b))`. A widget is its id, with
 * the slot before it, the type after it (`box` if not said) and its fields, and what is in it in brackets.
 */
export function treeOf(outline: string): Tree {
  return createTree(widgetOf(outline));
}

/** The topmost widget of an outline. */
export function widgetOf(outline: string): Widget {
  const levels: Widget[][] = [[]];
  const heads: (WidgetText | undefined)[] = [];
  const close = (): void => {
    const children = levels.pop();
    const head = heads.pop();
    assert.ok(head);
    levels.at(-1)?.push(createWidget({ ...head, children: children ?? [] }));
  };
  for (const [text, slot, id, type, fields] of outline.matchAll(TOKEN)) {
    if (text === '(' || text === ' ' || text.trim() === '') {
      if (text === '(') {
        const last = levels.at(-1)?.pop();
        assert.ok(last);
        heads.push(last);
        levels.push([]);
      }
    } else if (text === ')') close();
    else {
      assert.ok(id, `"${text}" in "${outline}"`);
      levels.at(-1)?.push(
        createWidget({
          id,
          slot,
          type: type ?? 'box',
          fields: fields === undefined ? {} : readObject(fields),
        }),
      );
    }
  }
  const [top, ...others] = levels[0] ?? [];
  assert.ok(top && others.length === 0, outline);
  return top;
}

type WidgetText = Pick<Widget, 'id' | 'type' | 'slot' | 'fields'>;

const TOKEN = /(?:([A-Za-z]+):)?([\w-]+)(?:\/([\w./-]+))?(\{(?:[^{}]|\{[^}]*\})*\})?|[()]|\s+|./g;

function readObject(text: string): JsonObject {
  const parsed = parseOperation({ kind: 'set', id: 'x', fields: JSON.parse(text) });
  assert.ok(parsed.ok && parsed.value.kind === 'set');
  return parsed.value.fields;
}

/** The outline of a tree. */
export function outlineOf(tree: Tree): string {
  return fold<string>(tree.root, ({ id, slot, type, fields }, children) => {
    const inside = children.length === 0 ? '' : `(${children.join(' ')})`;
    const text = canonicalJson(fields);
    return `${slot === undefined ? '' : `${slot}:`}${id}${type === 'box' ? '' : `/${type}`}${text === '{}' ? '' : text}${inside}`;
  });
}

/** An operation as its JSON says, for tables of cases. */
export function operationOf(value: unknown): Operation {
  const parsed = parseOperation(value);
  assert.ok(parsed.ok, JSON.stringify(parsed));
  return parsed.value;
}
