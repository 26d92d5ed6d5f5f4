import { fieldOf, isJsonArray, type JsonObject, type JsonValue } from '../../tree/json.ts';
import { pointerTo } from '../../tree/problems.ts';
import type { FieldDescription } from './description.ts';
import type { FieldError } from './field-error.ts';
import { isJsonObject } from './json-schema.ts';
import type { FieldKinds } from './kind.ts';
import { readText, writeText } from './texts.ts';

/** What the controls of one field show: kept values, or whatever was typed, whether or not it can be kept. */
export type Entry =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'flag'; readonly isOn: boolean }
  | { readonly kind: 'chosen'; readonly texts: readonly string[] }
  | { readonly kind: 'items'; readonly items: readonly FormState[] };

/** What all controls of a form show, by the names of fields. Plain JSON. */
export type FormState = Readonly<Record<string, Entry>>;

/** What the controls of a field show; undefined if the state says nothing of it. */
export function entryIn(state: FormState, name: string): Entry | undefined {
  return Object.hasOwn(state, name) ? state[name] : undefined;
}

/** What the form of kept fields shows. A field that is missing shows its default. */
export function formStateOf(
  fields: readonly FieldDescription[],
  values: JsonObject,
  kinds: FieldKinds,
): FormState {
  const entries = fields.map((field) => {
    const value = fieldOf(values, field.name);
    return [field.name, entryOf(field, value === undefined ? field.default : value, kinds)] as const;
  });
  return Object.fromEntries(entries);
}

function entryOf(field: FieldDescription, value: JsonValue, kinds: FieldKinds): Entry {
  const list = isJsonArray(value) ? value : [];
  switch (field.shape) {
    case 'flag':
      return { kind: 'flag', isOn: value === true };
    case 'choices':
      return { kind: 'chosen', texts: list.map(String) };
    case 'list':
      return {
        kind: 'items',
        items: list.map((item) => formStateOf(field.fields, isJsonObject(item) ? item : {}, kinds)),
      };
    default:
      return { kind: 'text', text: writeText(field, value, kinds) };
  }
}

/** The fields that a form means. */
export interface FormValues {
  readonly fields: JsonObject;
  /** What of it means no value at all: those fields are not in `fields`. */
  readonly errors: readonly FieldError[];
}

/** Reads the values that the controls of a form mean. They may still be wrong: `checkFields` says. */
export function formValues(
  fields: readonly FieldDescription[],
  state: FormState,
  kinds: FieldKinds,
  path: readonly PropertyKey[] = [],
): FormValues {
  const values: Record<string, JsonValue> = {};
  const errors: FieldError[] = [];
  for (const field of fields) {
    const here = [...path, field.name];
    const entry = entryIn(state, field.name);
    if (entry?.kind === 'items' && field.shape === 'list') {
      const items = entry.items.map((item, at) => formValues(field.fields, item, kinds, [...here, at]));
      values[field.name] = items.map((item) => item.fields);
      errors.push(...items.flatMap((item) => item.errors));
    } else if (entry?.kind === 'flag') values[field.name] = entry.isOn;
    else if (entry?.kind === 'chosen' && field.shape === 'choices') {
      // What is no option stays what it is, for the schema to refuse.
      values[field.name] = entry.texts.map(
        (text) => field.options.find(({ value }) => String(value) === text)?.value ?? text,
      );
    } else if (entry?.kind === 'text') {
      const read = readText(field, entry.text, kinds);
      if (read.ok) values[field.name] = read.value;
      else errors.push({ code: read.code, path: pointerTo(here), message: read.message });
    }
  }
  return { fields: values, errors };
}
