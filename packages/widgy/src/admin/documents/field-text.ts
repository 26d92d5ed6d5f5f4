import { fieldOf, type JsonObject, type JsonValue } from '../../tree/json.ts';
import type { FieldDescription } from '../../widgets/fields/description.ts';
import { type Entry, entryIn, type FormState, formStateOf } from '../../widgets/fields/form-state.ts';
import type { Site } from '../../widgets/site.ts';

/** The value of a field as people read it, line by line: what the form of the widget would show. Empty for no value. */
export function fieldText(
  site: Site<never>,
  type: string,
  name: string,
  value: JsonValue | undefined,
): string {
  if (value === undefined) return '';
  const field = site.types.get(type)?.fields.find((one) => one.name === name);
  if (field === undefined) return typeof value === 'string' ? value : JSON.stringify(value, undefined, 2);
  const state = formStateOf([field], { [name]: value }, site.kinds);
  return entryText(field, entryIn(state, name));
}

/** What a field is called. */
export function fieldLabel(site: Site<never>, type: string, name: string): string {
  return site.types.get(type)?.fields.find((one) => one.name === name)?.label ?? name;
}

/** All fields of a widget as people read them, those that have a value. */
export function fieldTexts(
  site: Site<never>,
  type: string,
  fields: JsonObject,
): readonly { readonly label: string; readonly text: string }[] {
  return Object.keys(fields).flatMap((name) => {
    const text = fieldText(site, type, name, fieldOf(fields, name));
    return text === '' ? [] : { label: fieldLabel(site, type, name), text };
  });
}

function entryText(field: FieldDescription, entry: Entry | undefined): string {
  switch (entry?.kind) {
    case undefined:
      return '';
    case 'flag':
      return entry.isOn ? 'Yes' : 'No';
    case 'chosen':
      return entry.texts.map((text) => optionLabel(field, text)).join('\n');
    case 'items':
      return field.shape === 'list'
        ? entry.items.map((item, at) => itemText(field.fields, item, at + 1)).join('\n')
        : '';
    case 'text':
      return optionLabel(field, entry.text);
  }
}

function itemText(fields: readonly FieldDescription[], item: FormState, number: number): string {
  const parts = fields.map((field) => `${field.label}: ${entryText(field, entryIn(item, field.name))}`);
  return `${number}. ${parts.join('\n   ')}`;
}

function optionLabel(field: FieldDescription, text: string): string {
  if (field.shape !== 'choice' && field.shape !== 'choices') return text;
  return field.options.find(({ value }) => String(value) === text)?.label ?? text;
}
