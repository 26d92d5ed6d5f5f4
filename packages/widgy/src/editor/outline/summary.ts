import { fieldOf } from '../../tree/json.ts';
import type { Widget } from '../../tree/widget.ts';
import { looksLikeReference } from '../../widgets/fields/reference.ts';
import type { TypeDescription } from '../../widgets/site-description.ts';
import { plainText } from './plain-text.ts';

/** Characters of a widget's own text by which people tell it from others. */
export const MAX_SUMMARY_LENGTH = 60;

/** Characters of a field that are looked at for it. */
const MAX_READ_LENGTH = 1_000;

/** The kinds of fields whose text is for reading. */
const READ_KINDS: ReadonlySet<string> = new Set(['text', 'long-text', 'rich-text', 'markdown']);

/**
 * The beginning of what a widget says, as plain text: of the field that its type names for that, or else of the first that has a text.
 * Empty where there is none. It is remembered for each widget and type.
 */
export function summaryOf(widget: Widget, type: TypeDescription | undefined): string {
  if (type === undefined) return '';
  const known = summaries.get(type) ?? new WeakMap<object, string>();
  summaries.set(type, known);
  // A widget that got something in it, or another place, is another object with the same fields.
  const made = known.get(widget.fields) ?? makeSummary(widget, type);
  known.set(widget.fields, made);
  return made;
}

/** Trees are immutable, and share what did not change. */
const summaries = new WeakMap<TypeDescription, WeakMap<object, string>>();

function makeSummary({ fields }: Widget, { summary, fields: described }: TypeDescription): string {
  const named = summary === undefined ? undefined : described.find(({ name }) => name === summary);
  const read = described.filter(({ kind }) => READ_KINDS.has(kind));
  for (const { name, kind } of named === undefined ? read : [named, ...read]) {
    const value = fieldOf(fields, name);
    if (typeof value !== 'string' || looksLikeReference(value)) continue;
    const text = plainText(value.slice(0, MAX_READ_LENGTH), kind);
    if (text !== '') return cut(text);
  }
  return '';
}

function cut(text: string): string {
  const characters = [...text];
  if (characters.length <= MAX_SUMMARY_LENGTH) return text;
  return `${characters
    .slice(0, MAX_SUMMARY_LENGTH - 1)
    .join('')
    .trimEnd()}…`;
}
