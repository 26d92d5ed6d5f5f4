import type { JsonValue } from '../../tree/json.ts';
import type { FieldDescription } from '../../widgets/fields/description.ts';
import { valueText } from '../form/value-text.ts';
import type { Naming } from './names.ts';

/** A field as one version has it. The field is undefined where the site does not have it any more, the value where the widget has none. */
export interface FieldValue {
  readonly field: FieldDescription | undefined;
  readonly value: JsonValue | undefined;
}

/**
 * The two texts of a field that has other values, to be compared; empty for no value. Of rich text what is read counts; only where that is
 * the same, what differs is its markup.
 */
export function comparedTexts(
  naming: Naming,
  from: FieldValue,
  to: FieldValue,
): readonly [before: string, after: string] {
  const before = textOf(naming, from);
  const after = textOf(naming, to);
  if (from.field?.kind !== 'rich-text' || to.field?.kind !== 'rich-text') return [before, after];
  const [readBefore, readAfter] = [readText(before), readText(after)];
  return readBefore === readAfter ? [before, after] : [readBefore, readAfter];
}

function textOf({ words, data }: Naming, { field, value }: FieldValue): string {
  if (value === undefined || value === null || value === '') return '';
  if (field === undefined) return typeof value === 'string' ? value : JSON.stringify(value, undefined, 1);
  const isNamed = field.takesReferences === true && typeof value === 'string';
  const label =
    isNamed && Object.hasOwn(data.referenceLabels, value) ? data.referenceLabels[value] : undefined;
  return label ?? valueText(field, value, words);
}

/** Markup as it is read, a line for each block. It is for the eye, and never put into a page as markup. */
function readText(markup: string): string {
  return markup
    .replace(/<(?:\/(?:p|h[1-6]|li|blockquote|pre|tr|div)|br\s*\/?|hr\s*\/?)>/gi, '\n')
    .replace(/<[^>]*>/g, '')
    .replace(/&(?:amp|lt|gt|quot|nbsp|#39);/g, (entity) => CHARACTERS[entity] ?? entity)
    .replace(/\n{2,}/g, '\n')
    .trim();
}

const CHARACTERS: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&nbsp;': ' ',
  '&#39;': "'",
};
