import { isSameJson, type JsonValue } from '../../tree/json.ts';
import type { Widget } from '../../tree/widget.ts';
import type { FieldDescription } from '../../widgets/fields/description.ts';
import type { TypeDescription } from '../../widgets/site-description.ts';
import { valueIn } from './entry.ts';

/** A field that all of several widgets have. */
export interface CommonField {
  readonly field: FieldDescription;
  /** The value that all have; undefined where they differ. */
  readonly value: JsonValue | undefined;
}

/** What several widgets have in common. */
export interface Common {
  /** How many there are of each type, the most first. */
  readonly types: readonly { readonly type: string; readonly count: number }[];
  /** The fields that all have under one name and of one kind, in the order of the first widget. */
  readonly fields: readonly CommonField[];
}

/** Compares several widgets. A type that the site does not have has no fields. */
export function commonOf(
  widgets: readonly Widget[],
  types: ReadonlyMap<string, Pick<TypeDescription, 'fields'>>,
): Common {
  const counts = new Map<string, number>();
  for (const { type } of widgets) counts.set(type, (counts.get(type) ?? 0) + 1);
  const fieldsOf = ({ type }: Widget) => types.get(type)?.fields ?? [];
  const [first, ...others] = widgets;
  const fields = (first === undefined ? [] : fieldsOf(first)).flatMap((field): readonly CommonField[] => {
    if (first === undefined) return [];
    const twins = others.flatMap((widget) => {
      const twin = fieldsOf(widget).find(({ name, kind }) => name === field.name && kind === field.kind);
      return twin === undefined ? [] : [valueIn(twin, widget.fields)];
    });
    if (twins.length < others.length) return [];
    const value = valueIn(field, first.fields);
    return [{ field, value: twins.every((other) => isSameJson(other, value)) ? value : undefined }];
  });
  return {
    types: Array.from(counts, ([type, count]) => ({ type, count })).sort((a, b) => b.count - a.count),
    fields,
  };
}
