import { isJsonArray, type JsonObject, type JsonValue } from '../../tree/json.ts';
import { createWidget, fold, type Widget, walk } from '../../tree/widget.ts';
import { parseReference } from '../../widgets/fields/reference.ts';

/** A reference wherever it stands in a text: alone, or as an address in HTML or Markdown. */
const IN_TEXT = /widgy:[A-Za-z][A-Za-z0-9_./-]*\/[A-Za-z0-9_-]+/g;

/** The references in the fields of widgets and of all in them, each once, in the order of the page. */
export function referencesIn(widgets: Iterable<Widget>): readonly string[] {
  const found = new Set<string>();
  for (const widget of widgets) {
    for (const { fields } of walk(widget)) {
      changeTexts(fields, (text) => {
        for (const [reference] of text.matchAll(IN_TEXT))
          if (parseReference(reference) !== undefined) found.add(reference);
        return text;
      });
    }
  }
  return [...found];
}

/** A widget with other references in the place of some, in it and all below it. */
export function withReferences(widget: Widget, others: ReadonlyMap<string, string>): Widget {
  if (others.size === 0) return widget;
  return fold<Widget>(widget, ({ id, type, slot, fields }, children) => {
    const changed = changeTexts(fields, (text) => text.replace(IN_TEXT, (old) => others.get(old) ?? old));
    return createWidget({ id, type, slot, fields: changed, children });
  });
}

/** Fields are as deep as `TreeLimits.fieldDepth` lets them be. */
function changeTexts(fields: JsonObject, change: (text: string) => string): JsonObject {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, changeIn(value, change)]));
}

function changeIn(value: JsonValue, change: (text: string) => string): JsonValue {
  if (typeof value === 'string') return change(value);
  if (typeof value !== 'object' || value === null) return value;
  return isJsonArray(value) ? value.map((item) => changeIn(item, change)) : changeTexts(value, change);
}
