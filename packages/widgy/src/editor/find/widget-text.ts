import { fieldOf, isJsonArray, type JsonObject } from '../../tree/json.ts';
import type { Widget } from '../../tree/widget.ts';
import type { FieldDescription } from '../../widgets/fields/description.ts';
import { isJsonObject } from '../../widgets/fields/json-schema.ts';
import type { TypeDescription } from '../../widgets/site-description.ts';
import { plainText } from '../outline/plain-text.ts';
import { normal } from '../picker/match.ts';

/** A text of a widget that people may look for. */
export interface WidgetText {
  /** The label of the field. */
  readonly field: string;
  /** Without markup. */
  readonly text: string;
  /** As searches compare it. */
  readonly normal: string;
}

/** The texts that somebody wrote in a widget, in the order of its fields. They are remembered for its fields, which are immutable. */
export function textsOf({ fields }: Pick<Widget, 'fields'>, type: TypeDescription): readonly WidgetText[] {
  const known = memos.get(type) ?? new WeakMap<JsonObject, readonly WidgetText[]>();
  memos.set(type, known);
  const texts = known.get(fields) ?? type.fields.flatMap((field) => textsIn(field, fields));
  known.set(fields, texts);
  return texts;
}

const memos = new WeakMap<TypeDescription, WeakMap<JsonObject, readonly WidgetText[]>>();

/** Kinds of fields that hold a text which is not for reading. */
const NOT_READ: ReadonlySet<string> = new Set([
  'date',
  'time',
  'date-time',
  'colour',
  'image',
  'file',
  'link',
]);

function textsIn(field: FieldDescription, fields: JsonObject): readonly WidgetText[] {
  const value = fieldOf(fields, field.name);
  if (field.shape === 'list' && value !== undefined && isJsonArray(value)) {
    return value.flatMap((item) =>
      isJsonObject(item) ? field.fields.flatMap((inner) => textsIn(inner, item)) : [],
    );
  }
  if (field.shape !== 'text' || NOT_READ.has(field.kind) || typeof value !== 'string') return [];
  const text = plainText(value, field.kind);
  return text === '' ? [] : [{ field: field.label, text, normal: normal(text) }];
}

/** Characters of a text that are shown around what was found in it. */
export const EXCERPT_LENGTH = 80;

/** The part of a text around the first of some words, as normal texts have them. */
export function excerpt({ text, normal: compared }: WidgetText, words: readonly string[]): string {
  if (text.length <= EXCERPT_LENGTH) return text;
  const found = words.map((word) => compared.indexOf(word)).filter((at) => at >= 0);
  // Marks above letters are characters of the text and not of what is compared: this is near enough for a start.
  const first = Math.max(0, Math.min(...found, text.length) - EXCERPT_LENGTH / 4);
  const start = first === 0 ? 0 : text.indexOf(' ', first) + 1 || first;
  const cut = text
    .slice(start, start + EXCERPT_LENGTH)
    .toWellFormed()
    .trim();
  return `${start > 0 ? '…' : ''}${cut}${start + EXCERPT_LENGTH < text.length ? '…' : ''}`;
}
