import { fieldOf, isJsonArray, type JsonObject, type JsonValue } from '../../tree/json.ts';
import { pointerTo } from '../../tree/problems.ts';
import type { FieldDescription } from '../../widgets/fields/description.ts';
import type { FieldErrorCode } from '../../widgets/fields/field-error.ts';
import { isJsonObject } from '../../widgets/fields/json-schema.ts';
import { readText, writeText } from '../../widgets/fields/texts.ts';
import { type FieldProblem, wantedOf } from './problem.ts';

/** What the control of one field shows: what is kept, or whatever was typed, whether or not it can be kept. Plain JSON. */
export type Entry =
  /** `isHalf`: the control says that it is not all of a value yet, such as a date without its year. */
  | { readonly kind: 'text'; readonly text: string; readonly isHalf?: true }
  | { readonly kind: 'flag'; readonly isOn: boolean }
  | { readonly kind: 'chosen'; readonly texts: readonly string[] }
  | { readonly kind: 'items'; readonly items: readonly Entries[] }
  /** Of a kind that only the server reads and writes. `refused`: what it has against the text that was typed since, in its words. */
  | { readonly kind: 'value'; readonly value: JsonValue; readonly refused?: readonly string[] };

/** What the controls of several fields show, by the names of the fields. */
export type Entries = Readonly<Record<string, Entry>>;

/** Texts are read by the shape of their fields alone: what kinds do beyond that, the server does. */
const NO_KINDS = {};

/** The value that a widget has in a field, which is its default where it has none. */
export function valueIn(field: FieldDescription, fields: JsonObject): JsonValue {
  const value = fieldOf(fields, field.name);
  return value === undefined ? field.default : value;
}

/** What the control of a field shows for a value. */
export function entryOf(field: FieldDescription, value: JsonValue): Entry {
  const list = isJsonArray(value) ? value : [];
  switch (field.shape) {
    case 'flag':
      return { kind: 'flag', isOn: value === true };
    case 'choices':
      return { kind: 'chosen', texts: list.map(String) };
    case 'list':
      return {
        kind: 'items',
        items: list.map((item) => entriesOf(field.fields, isJsonObject(item) ? item : {})),
      };
    case 'own':
      return { kind: 'value', value };
    default:
      return { kind: 'text', text: writeText(field, value, NO_KINDS) };
  }
}

/** What the controls of some fields show. */
export function entriesOf(fields: readonly FieldDescription[], values: JsonObject): Entries {
  return Object.fromEntries(
    fields.map((field) => [field.name, entryOf(field, valueIn(field, values))] as const),
  );
}

/** The entry of a field among others; what the field begins with where there is none. */
export function entryAt(entries: Entries, field: FieldDescription): Entry {
  const entry = Object.hasOwn(entries, field.name) ? entries[field.name] : undefined;
  return entry ?? entryOf(field, field.default);
}

/** The value that an entry means, or why it means none. Whether the field may have it is for `checkValue` to say. */
export type EntryValue =
  | { readonly ok: true; readonly value: JsonValue }
  | { readonly ok: false; readonly problems: readonly FieldProblem[] };

/** Reads the value of an entry. */
export function entryValue(
  field: FieldDescription,
  entry: Entry,
  path: readonly PropertyKey[] = [field.name],
): EntryValue {
  switch (entry.kind) {
    case 'value': {
      const { value, refused = [] } = entry;
      const problems = refused.map((said) => ({ code: 'refused', path: pointerTo(path), said }) as const);
      return problems.length > 0 ? { ok: false, problems } : { ok: true, value };
    }
    case 'flag':
      return { ok: true, value: entry.isOn };
    case 'chosen': {
      const options = field.shape === 'choices' ? field.options : [];
      // What is no option stays what it is, to be refused and not lost.
      const value = entry.texts.map(
        (text) => options.find((option) => String(option.value) === text)?.value ?? text,
      );
      return { ok: true, value };
    }
    case 'items':
      return field.shape === 'list' ? itemsValue(field.fields, entry.items, path) : { ok: true, value: [] };
    case 'text': {
      const refuse = (code: FieldErrorCode): EntryValue => {
        // What is missing needs no word on what it has to be.
        const more = code === 'required' ? {} : wantedOf(field);
        return { ok: false, problems: [{ code, path: pointerTo(path), ...more }] };
      };
      if (entry.isHalf === true) return refuse('wrong-format');
      const read = readText(field, entry.text, NO_KINDS);
      return read.ok ? read : refuse(read.code);
    }
  }
}

function itemsValue(
  fields: readonly FieldDescription[],
  items: readonly Entries[],
  path: readonly PropertyKey[],
): EntryValue {
  const problems: FieldProblem[] = [];
  const value = items.map((item, at) => {
    const read = fields.map((field) => {
      const result = entryValue(field, entryAt(item, field), [...path, at, field.name]);
      if (!result.ok) problems.push(...result.problems);
      return [field.name, result.ok ? result.value : field.default] as const;
    });
    return Object.fromEntries(read);
  });
  return problems.length > 0 ? { ok: false, problems } : { ok: true, value };
}
