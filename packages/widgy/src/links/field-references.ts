import { fieldOf, isJsonArray, type JsonObject, type JsonValue } from '../tree/json.ts';
import type { Widget } from '../tree/widget.ts';
import type { FieldDescription } from '../widgets/fields/description.ts';
import { isJsonObject } from '../widgets/fields/json-schema.ts';
import { formatReference, parseReference, type Reference } from '../widgets/fields/reference.ts';
import { isTooLong } from '../widgets/fields/sanitise.ts';
import type { Site } from '../widgets/site.ts';
import { referencesInHtml, referencesInMarkdown } from './markup-links.ts';

/** A reference, and the field of a widget that holds it. */
export interface FieldReference {
  /** The widget's own field, also where it is inside of a list in that field. At most {@link MAX_FIELD_NAME} characters. */
  readonly field: string;
  readonly target: Reference;
  /** There where the field takes nothing but pictures. */
  readonly isPicture?: true;
}

/** Characters of a field's name that are kept with a link. Only names in widgets of types that the code no longer has are longer. */
export const MAX_FIELD_NAME = 128;

/**
 * The references in a widget's own fields, each once for each field, in the order of the fields' names and of their own texts. What
 * a field may hold is for its kind to say. Of fields that the site does not know, such as all of a type that the code no longer
 * has, every text counts that is a reference and nothing else: they may be known again tomorrow, and then lead somewhere.
 *
 * Fields are read once for each value, however many widgets, trees and versions share them.
 */
export function fieldReferences(site: Site<never>, { type, fields }: Widget): readonly FieldReference[] {
  const memo = memoOf(site);
  const known = memo.get(fields);
  if (known?.type === type) return known.references;
  const descriptions = site.types.get(type)?.fields ?? [];
  const found = new Map<string, FieldReference>();
  for (const [name, value] of Object.entries(fields)) {
    const field = keptName(name);
    const description = descriptions.find((one) => one.name === name);
    const targets: readonly Wanted[] =
      description === undefined ? referencesInUnknown(value) : referencesIn(description, value, site);
    for (const { isPicture, ...target } of targets) {
      const key = `${field} ${formatReference(target)}`;
      found.set(key, { field, target, ...(isPicture === true ? { isPicture } : {}) });
    }
  }
  const references = [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, reference]) => reference);
  memo.set(fields, { type, references });
  return references;
}

interface Known {
  /** Fields of two types may be one value, and mean different things. */
  readonly type: string;
  readonly references: readonly FieldReference[];
}

const memos = new WeakMap<Site<never>, WeakMap<JsonObject, Known>>();

function memoOf(site: Site<never>): WeakMap<JsonObject, Known> {
  const known = memos.get(site) ?? new WeakMap<JsonObject, Known>();
  memos.set(site, known);
  return known;
}

/** A reference, and whether it has to lead to a picture. */
interface Wanted extends Reference {
  readonly isPicture?: true;
}

function referencesIn(field: FieldDescription, value: JsonValue, site: Site<never>): readonly Wanted[] {
  if (field.shape === 'list') {
    if (!isJsonArray(value)) return [];
    return value.flatMap((item) => {
      if (!isJsonObject(item)) return [];
      return field.fields.flatMap((inner) => {
        const own = fieldOf(item, inner.name);
        return own === undefined ? [] : referencesIn(inner, own, site);
      });
    });
  }
  if (typeof value !== 'string') return [];
  if (field.takesReferences === true) {
    const { isPicture } = site.kinds[field.kind]?.takes ?? {};
    return wholeReference(value).map((target) => ({ ...target, ...(isPicture ? { isPicture } : {}) }));
  }
  const markup = site.kinds[field.kind]?.sanitise;
  // Nothing is shown of it.
  if (markup !== undefined && isTooLong(value, markup)) return [];
  switch (markup) {
    case 'richText':
      return referencesInHtml(value);
    case 'markdown':
      return referencesInMarkdown(value);
    default:
      return [];
  }
}

function referencesInUnknown(value: JsonValue): readonly Reference[] {
  const found: Reference[] = [];
  const rest = [value];
  for (let next = rest.pop(); next !== undefined; next = rest.pop()) {
    if (typeof next === 'string') found.push(...wholeReference(next));
    else if (typeof next === 'object' && next !== null) rest.push(...Object.values(next));
  }
  return found;
}

function wholeReference(text: string): readonly Reference[] {
  const reference = parseReference(text);
  return reference === undefined ? [] : [reference];
}

/** The name as both databases can keep it. */
function keptName(name: string): string {
  if (name.length <= MAX_FIELD_NAME && !name.includes('\0') && name !== '' && name.isWellFormed())
    return name;
  return name.replaceAll('\0', '\ufffd').slice(0, MAX_FIELD_NAME).toWellFormed() || '?';
}
