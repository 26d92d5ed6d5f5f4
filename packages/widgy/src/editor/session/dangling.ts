import type { Signal } from '@preact/signals';
import { fieldOf, type JsonObject } from '../../tree/json.ts';
import { createWidget, type Widget } from '../../tree/widget.ts';
import type { FieldDescription } from '../../widgets/fields/description.ts';
import { referencesIn } from './references.ts';

/** References that lead nowhere, as far as a tab knows. */
export type Dangling = ReadonlySet<string>;

/** The references of a tree that are called nothing: the server gives the names of all that lead somewhere. */
export function danglingIn(root: Widget, labels: Readonly<Record<string, string>>): Dangling {
  return new Set(referencesIn([root]).filter((reference) => !Object.hasOwn(labels, reference)));
}

/** The fields of a widget with a link that leads nowhere. */
export function fieldsLeadingNowhere(
  fields: JsonObject,
  described: readonly FieldDescription[],
  dangling: Dangling,
): readonly FieldDescription[] {
  if (dangling.size === 0) return [];
  return described.filter((field) => {
    const value = fieldOf(fields, field.name);
    if (value === undefined || !holdsLinks(field)) return false;
    const widget = createWidget({ id: 'any', type: 'any', fields: { [field.name]: value } });
    return referencesIn([widget]).some((reference) => dangling.has(reference));
  });
}

/** Whether what looks like a reference in a field is one. In a text without markup it is only written about. */
function holdsLinks(field: FieldDescription): boolean {
  if (field.shape === 'list') return field.fields.some(holdsLinks);
  return field.takesReferences === true || (field.kind !== 'text' && field.kind !== 'long-text');
}

/** Takes a reference from those that lead nowhere, once somebody has found what it leads to. */
export function leadsSomewhere(dangling: Signal<Dangling>, reference: string): void {
  if (dangling.peek().has(reference)) dangling.value = dangling.peek().difference(new Set([reference]));
}
