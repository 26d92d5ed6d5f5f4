import type { z } from 'zod';
import { fieldOf, isJsonArray, type JsonObject, type JsonValue } from '../../tree/json.ts';
import { DEFAULT_LIMITS, MAX_PROBLEMS, type TreeLimits } from '../../tree/limits.ts';
import { type Problem, pointerTo } from '../../tree/problems.ts';
import { readFields } from '../../tree/read-fields.ts';
import { didYouMean } from '../nearest.ts';
import type { FieldDescription } from './description.ts';
import { errorOfIssue, type FieldError, longest, sentenceFor } from './field-error.ts';
import { asJson, isJsonObject } from './json-schema.ts';
import type { FieldKinds } from './kind.ts';
import { MAX_MARKUP_LENGTH } from './limits.ts';
import { isTooLong, type Sanitisers, sanitise } from './sanitise.ts';

/** Fields that may be kept, or all that is wrong with them. */
export type CheckedFields =
  | { readonly ok: true; readonly fields: JsonObject }
  | { readonly ok: false; readonly errors: readonly FieldError[] };

/** What fields are checked against. */
export interface CheckContext {
  readonly schema: z.ZodObject;
  readonly fields: readonly FieldDescription[];
  readonly kinds: FieldKinds;
  readonly sanitise: Sanitisers;
  readonly limits?: TreeLimits;
}

/**
 * Checks the fields of a widget, wherever they come from, and sanitises them: the one way in for forms, the API, imports and code.
 * Missing fields get their defaults. A field that the schema does not know is an error, since it would be lost.
 */
export function checkFields(value: unknown, context: CheckContext): CheckedFields {
  const { schema, fields, kinds, limits = DEFAULT_LIMITS } = context;
  const problems: Problem[] = [];
  const plain = readFields(value, undefined, { problems }, limits);
  if (plain === undefined || problems.length > 0) return refused(problems);
  const unknown = unknownIn(plain, fields, []);
  // First of all: what is too long takes too long to sanitise.
  const tooLong = tooLongMarkup(plain, fields, kinds, []);
  if (tooLong.length > 0) return refused([...unknown, ...tooLong]);
  const parsed = schema.safeParse(sanitiseFields(plain, context), { error: sentenceFor });
  if (!parsed.success) return refused([...unknown, ...parsed.error.issues.map(errorOfIssue)]);
  const result = asJson(parsed.data);
  const checked = isJsonObject(result) ? result : {};
  const errors = [
    ...unknown,
    // Sanitising makes some texts longer, and what is kept must be taken again.
    ...tooLongMarkup(checked, fields, kinds, []),
    ...errorsOfKinds(checked, fields, kinds, []),
  ];
  return errors.length > 0 ? refused(errors) : { ok: true, fields: checked };
}

/**
 * Makes the texts in the fields of a widget harmless, as their kinds say, and looks at nothing else: for fields that are kept whether they
 * fit their schema or not. A text that is too long to be read as markup stays as it is: `checkFields` refuses it, and nothing is shown
 * of it.
 */
export function sanitiseFields(
  values: JsonObject,
  { fields, kinds, sanitise: sanitisers }: Pick<CheckContext, 'fields' | 'kinds' | 'sanitise'>,
): JsonObject {
  return mapTexts(values, fields, (text, field) => {
    const kind = kinds[field.kind]?.sanitise;
    return kind === undefined || isTooLong(text, kind) ? text : sanitise(text, kind, sanitisers);
  });
}

function refused(errors: readonly FieldError[]): CheckedFields {
  return { ok: false, errors: errors.slice(0, MAX_PROBLEMS) };
}

/** The fields and the items of lists that no description is about. */
function unknownIn(
  values: JsonObject,
  fields: readonly FieldDescription[],
  path: readonly PropertyKey[],
): readonly FieldError[] {
  const names = fields.map(({ name }) => name);
  const unknown = Object.keys(values)
    .filter((name) => !names.includes(name))
    .map((name): FieldError => {
      const message = `There is no field ${JSON.stringify(name)} here. ${didYouMean(name, names)}`.trim();
      return { code: 'unknown-field', path: pointerTo([...path, name]), message };
    });
  const inItems = itemsIn(values, fields).flatMap(({ item, field, at }) =>
    unknownIn(item, field.fields, [...path, field.name, at]),
  );
  return [...unknown, ...inItems];
}

/** The texts that are too long to be read as markup. */
function tooLongMarkup(
  values: JsonObject,
  fields: readonly FieldDescription[],
  kinds: FieldKinds,
  path: readonly PropertyKey[],
): readonly FieldError[] {
  const own = fields.flatMap((field): FieldError[] => {
    const value = fieldOf(values, field.name);
    const kind = kinds[field.kind]?.sanitise;
    if (typeof value !== 'string' || kind === undefined || !isTooLong(value, kind)) return [];
    const message = longest(MAX_MARKUP_LENGTH[kind]);
    return [{ code: 'too-long', path: pointerTo([...path, field.name]), message }];
  });
  const inItems = itemsIn(values, fields).flatMap(({ item, field, at }) =>
    tooLongMarkup(item, field.fields, kinds, [...path, field.name, at]),
  );
  return [...own, ...inItems];
}

/** What the kinds of fields have against values that fit their schema. */
function errorsOfKinds(
  values: JsonObject,
  fields: readonly FieldDescription[],
  kinds: FieldKinds,
  path: readonly PropertyKey[],
): readonly FieldError[] {
  const own = fields.flatMap((field): FieldError[] => {
    const value = fieldOf(values, field.name);
    const message = value === undefined || value === null ? undefined : kinds[field.kind]?.check?.(value);
    return message === undefined
      ? []
      : [{ code: 'refused', path: pointerTo([...path, field.name]), message }];
  });
  const inItems = itemsIn(values, fields).flatMap(({ item, field, at }) =>
    errorsOfKinds(item, field.fields, kinds, [...path, field.name, at]),
  );
  return [...own, ...inItems];
}

/** The objects in the lists of some fields. */
function itemsIn(values: JsonObject, fields: readonly FieldDescription[]) {
  return fields.flatMap((field) => {
    const list = field.shape === 'list' ? fieldOf(values, field.name) : undefined;
    if (field.shape !== 'list' || list === undefined || !isJsonArray(list)) return [];
    return list.flatMap((item, at) => (isJsonObject(item) ? [{ item, field, at }] : []));
  });
}

/** The same values with each text replaced, in lists too. */
function mapTexts(
  values: JsonObject,
  fields: readonly FieldDescription[],
  replace: (text: string, field: FieldDescription) => string,
): JsonObject {
  const changed: Record<string, JsonValue> = { ...values };
  for (const field of fields) {
    const value = fieldOf(values, field.name);
    if (typeof value === 'string') changed[field.name] = replace(value, field);
    else if (field.shape === 'list' && value !== undefined && isJsonArray(value)) {
      changed[field.name] = value.map((item) =>
        isJsonObject(item) ? mapTexts(item, field.fields, replace) : item,
      );
    }
  }
  return changed;
}
