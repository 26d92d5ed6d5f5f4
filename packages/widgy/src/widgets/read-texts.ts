import type { JsonValue } from '../tree/json.ts';
import type { FieldDescription } from './fields/description.ts';
import type { FieldError } from './fields/field-error.ts';
import { readText } from './fields/texts.ts';
import type { Site, SiteType } from './site.ts';

/** The values that texts mean in the controls of fields, and what is wrong with the others. */
export interface ReadTexts {
  /** By the pointers of their fields. Whether the fields may have them is for `checkWidgetFields` to say, but for what their kinds say. */
  readonly values: Readonly<Record<string, JsonValue>>;
  readonly errors: readonly FieldError[];
}

/**
 * Reads what was typed into single controls of a form, as `readWidgetForm` reads all of one: for editors in browsers, which do not have
 * the kinds of a site.
 *
 * @param texts by JSON Pointers into the fields: `/cells`, `/slides/0/cells`
 */
export function readTexts(
  { kinds }: Pick<Site<never>, 'kinds'>,
  { fields }: Pick<SiteType, 'fields'>,
  texts: Readonly<Record<string, string>>,
): ReadTexts {
  const values: [path: string, value: JsonValue][] = [];
  const errors: FieldError[] = [];
  for (const [path, text] of Object.entries(texts)) {
    const field = fieldAt(fields, path.split('/').slice(1));
    if (field === undefined) {
      errors.push({ code: 'unknown-field', path, message: 'There is no such field.' });
      continue;
    }
    const read = readText(field, text, kinds);
    const message = read.ok ? kinds[field.kind]?.check?.(read.value) : read.message;
    if (message !== undefined) errors.push({ code: read.ok ? 'refused' : read.code, path, message });
    else if (read.ok) values.push([path, read.value]);
  }
  return { values: Object.fromEntries(values), errors };
}

function fieldAt(
  fields: readonly FieldDescription[],
  [name, index, ...rest]: readonly string[],
): FieldDescription | undefined {
  const field = fields.find((known) => known.name === name);
  if (field === undefined || index === undefined) return field?.shape === 'list' ? undefined : field;
  return field.shape === 'list' && /^\d{1,6}$/.test(index) ? fieldAt(field.fields, rest) : undefined;
}
