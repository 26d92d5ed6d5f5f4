import { Drop } from 'liquidjs';
import { rememberedByTwo } from '../remembered.ts';
import { fieldOf, isJsonArray, type JsonObject, type JsonValue } from '../tree/json.ts';
import type { Tree } from '../tree/tree.ts';
import type { FieldDescription } from '../widgets/fields/description.ts';
import { isJsonObject } from '../widgets/fields/json-schema.ts';
import { isTooLong, type Sanitisers, sanitise } from '../widgets/fields/sanitise.ts';
import type { Site } from '../widgets/site.ts';
import { renderMarkdown } from './markdown.ts';
import { Markup, markupOf } from './markup.ts';
import { addressOf, type ResolvedReference, type ResolvedReferences, resolveInMarkup } from './references.ts';

/** What the values of fields are made for. */
export interface FieldContext {
  readonly site: Site<never>;
  readonly references: ResolvedReferences;
}

/**
 * The fields of a widget as its template sees them: each is what its kind says it is, made when it is asked for. What is stored is not
 * trusted, since it may be older than the definition or have come in some other way: a field that is missing or does not fit has
 * its default, what its kind refuses is empty, so is markup that is too long, and markup is sanitised anew.
 */
export function fieldValues(
  stored: JsonObject,
  fields: readonly FieldDescription[],
  context: FieldContext,
): Readonly<Record<string, unknown>> {
  const values: Record<string, unknown> = Object.create(null);
  for (const field of fields) {
    let made: { readonly value: unknown } | undefined;
    Object.defineProperty(values, field.name, {
      enumerable: true,
      get() {
        made ??= { value: fieldValue(stored, field, context) };
        return made.value;
      },
    });
  }
  return Object.freeze(values);
}

/** An address as a template sees it. Printed it is the address, and it knows what is at the other end. */
export class Address extends Drop {
  readonly #url: string;
  /** What a reference leads to is called; empty for an address that somebody typed. */
  readonly label: string;
  /** What else the thing says of itself, such as the size of a picture. */
  readonly data: JsonObject | undefined;
  /** The tree that can be shown in its place. */
  readonly tree: Tree | undefined;

  constructor(url: string, target: Partial<ResolvedReference> = {}) {
    super();
    this.#url = url;
    this.label = target.label ?? '';
    this.data = target.data;
    this.tree = target.tree;
  }

  override valueOf(): string {
    return this.#url;
  }
}

function fieldValue(stored: JsonObject, field: FieldDescription, context: FieldContext): unknown {
  const own = fieldOf(stored, field.name);
  const value = own !== undefined && isFitting(own, field) ? own : field.default;
  if (value === null) return undefined;
  const kind = context.site.kinds[field.kind];
  if (kind === undefined || kind.check?.(value) !== undefined) return emptyOf(field);
  if (typeof value === 'string' && kind.sanitise !== undefined && isTooLong(value, kind.sanitise)) {
    return emptyOf(field);
  }
  if (kind.show !== undefined) {
    const shown = kind.show(value);
    return typeof shown === 'string' ? shown : new Markup(shown);
  }
  if (field.shape === 'list') {
    const items = isJsonArray(value) ? value.filter(isJsonObject) : [];
    return items.map((item) => fieldValues(item, field.fields, context));
  }
  if (typeof value !== 'string') return value;
  if (kind.sanitise === 'richText') {
    const clean = sanitisedOnce(stored, value, context.site.sanitise);
    return markupOf(resolveInMarkup(clean, context.references));
  }
  if (kind.sanitise === 'markdown') {
    return markupOf(resolveInMarkup(renderMarkdown(value), context.references));
  }
  if (kind.takesReferences !== true) return value;
  return new Address(addressOf(value, context.references), context.references.get(value));
}

/** What sanitisers made of rich texts, by the stored fields that hold them, which never change. */
const sanitised = rememberedByTwo(
  (_sanitisers: Sanitisers, _stored: JsonObject) => new Map<string, string>(),
);

/** Sanitises a rich text once for as long as its widget is known: nothing else that is done to show a text takes as long. */
function sanitisedOnce(stored: JsonObject, text: string, sanitisers: Sanitisers): string {
  if (!Object.isFrozen(stored)) return sanitise(text, 'richText', sanitisers);
  const known = sanitised(sanitisers, stored);
  const clean = known.get(text) ?? sanitise(text, 'richText', sanitisers);
  known.set(text, clean);
  return clean;
}

/** Whether a stored value is of the shape that its field has today. */
function isFitting(value: JsonValue, field: FieldDescription): boolean {
  if (value === null) return field.isNullable;
  switch (field.shape) {
    case 'text':
      return typeof value === 'string';
    case 'number':
      return typeof value === 'number';
    case 'flag':
      return typeof value === 'boolean';
    case 'choice':
      return field.options.some((option) => option.value === value);
    case 'choices':
      return (
        isJsonArray(value) && value.every((item) => field.options.some((option) => option.value === item))
      );
    case 'list':
      return isJsonArray(value);
    case 'own':
      return true;
  }
}

function emptyOf({ shape }: FieldDescription): unknown {
  if (shape === 'text') return '';
  return shape === 'list' || shape === 'choices' ? [] : undefined;
}
