import { isJsonArray, type JsonValue } from '../../tree/json.ts';
import type { FieldDescription } from '../../widgets/fields/description.ts';
import { isJsonObject } from '../../widgets/fields/json-schema.ts';
import type { Words } from '../words/index.ts';
import { textOf } from './control.ts';
import { entryOf, valueIn } from './entry.ts';

/** A value of a field as people read it. Rich text is HTML still. Of lists, each item is a line. */
export function valueText(field: FieldDescription, value: JsonValue | undefined, words: Words): string {
  if (value === undefined) return words.conflicts.absent;
  switch (field.shape) {
    case 'flag':
      return value === true ? words.form.yes : words.form.no;
    case 'choice': {
      const option = field.options.find((each) => each.value === value);
      return option?.label ?? (value === null ? (field.emptyLabel ?? words.form.nothing) : String(value));
    }
    case 'choices': {
      const labels = (isJsonArray(value) ? value : []).map(
        (item) => field.options.find((option) => option.value === item)?.label ?? String(item),
      );
      return labels.length === 0 ? words.form.nothing : words.formats.list(labels);
    }
    case 'list':
      return (isJsonArray(value) ? value : [])
        .map((item, at) => `${at + 1}. ${itemText(field.fields, item, words)}`)
        .join('\n');
    case 'own':
      return typeof value === 'string' ? value : JSON.stringify(value, undefined, 1);
    default:
      return textOf(entryOf(field, value)) || words.conflicts.absent;
  }
}

function itemText(fields: readonly FieldDescription[], item: JsonValue, words: Words): string {
  const values = isJsonObject(item) ? item : {};
  return fields
    .map((field) => `${field.label}: ${valueText(field, valueIn(field, values), words)}`)
    .join('; ');
}
