import { fieldOf, isJsonArray, type JsonValue } from '../../tree/json.ts';
import { pointerTo } from '../../tree/problems.ts';
import { BUILT_IN_KINDS } from '../../widgets/fields/built-in-kinds.ts';
import type { FieldDescription, NumberField, TextField } from '../../widgets/fields/description.ts';
import type { FieldErrorCode } from '../../widgets/fields/field-error.ts';
import {
  isJsonObject,
  itemsOf,
  type JsonSchema,
  propertiesOf,
  withoutNull,
} from '../../widgets/fields/json-schema.ts';
import { MAX_MARKUP_LENGTH } from '../../widgets/fields/limits.ts';
import { type FieldProblem, type Wanted, wantedOf } from './problem.ts';

/** The schemas of an object's fields by name, as `TypeDescription.jsonSchema` has them. */
export type FieldSchemas = ReadonlyMap<string, JsonSchema>;

/** The schemas of the fields of an object, without null. Asked for with each key: so they are worked out once. */
export function schemasIn(schema: JsonSchema | undefined): FieldSchemas {
  if (schema === undefined) return NO_SCHEMAS;
  const known = SCHEMAS.get(schema);
  if (known !== undefined) return known;
  const made = new Map(
    propertiesOf(schema).map(([name, property]) => [name, withoutNull(property).schema] as const),
  );
  SCHEMAS.set(schema, made);
  return made;
}

const NO_SCHEMAS: FieldSchemas = new Map();

/** By the schema of their object, which never changes. */
const SCHEMAS = new WeakMap<JsonSchema, FieldSchemas>();

/**
 * What the bounds of a field have against a value: all that can be known without asking the server. It may still refuse more, such as what
 * functions of the site say.
 */
export function checkValue(
  field: FieldDescription,
  value: JsonValue,
  schema: JsonSchema | undefined,
  path: readonly PropertyKey[] = [field.name],
): readonly FieldProblem[] {
  const problem = (code: FieldErrorCode, more: { limit?: number; wanted?: Wanted } = {}): FieldProblem[] => [
    { code, path: pointerTo(path), ...more },
  ];
  if (field.shape === 'own' || (value === null && field.isNullable)) return [];
  switch (field.shape) {
    case 'flag':
      return typeof value === 'boolean' ? [] : problem('wrong-kind');
    case 'text':
      return typeof value === 'string' ? checkText(field, value, schema, problem) : problem('wrong-kind');
    case 'number':
      return typeof value === 'number' ? checkNumber(field, value, schema, problem) : problem('wrong-kind');
    case 'choice':
      return field.options.some((option) => option.value === value) ? [] : problem('not-a-choice');
    case 'choices':
    case 'list': {
      if (!isJsonArray(value)) return problem('wrong-kind');
      const { minItems = 0, maxItems = Number.POSITIVE_INFINITY } = field;
      const count =
        value.length < minItems
          ? problem('too-few', { limit: minItems })
          : value.length > maxItems
            ? problem('too-many', { limit: maxItems })
            : [];
      if (field.shape === 'choices') {
        const { options } = field;
        const isOffered = value.every((item) => options.some((option) => option.value === item));
        return isOffered ? count : [...count, ...problem('not-a-choice')];
      }
      const schemas = schemasIn(schema && itemsOf(schema));
      const inner = value.flatMap((item, at) =>
        field.fields.flatMap((each) => {
          const kept = isJsonObject(item) ? fieldOf(item, each.name) : undefined;
          return checkKept(each, kept, schemas.get(each.name), [...path, at, each.name]);
        }),
      );
      return [...count, ...inner];
    }
  }
}

/**
 * What the bounds of a field have against what is kept in it. What was never set is what it is by default: that counts against nobody, unless
 * it is a field that has to be filled in.
 *
 * @param kept undefined where it was never set
 */
export function checkKept(
  field: FieldDescription,
  kept: JsonValue | undefined,
  schema: JsonSchema | undefined,
  path: readonly PropertyKey[] = [field.name],
): readonly FieldProblem[] {
  if (kept === undefined) return field.isRequired ? checkValue(field, field.default, schema, path) : [];
  return checkValue(field, kept, schema, path);
}

type Problem = (code: FieldErrorCode, more?: { limit?: number; wanted?: Wanted }) => FieldProblem[];

function checkText(
  field: TextField,
  text: string,
  schema: JsonSchema | undefined,
  problem: Problem,
): FieldProblem[] {
  const { kind, isRequired, minLength = 0, maxLength } = field;
  if (text === '' && isRequired) return problem('required');
  if (text.length < minLength) return problem('too-short', { limit: minLength });
  const most = Math.min(maxLength ?? Number.POSITIVE_INFINITY, LONGEST.get(kind) ?? Number.POSITIVE_INFINITY);
  if (text.length > most) return problem('too-long', { limit: most });
  const more = wantedOf(field);
  if (checkOfKind(kind)?.(text) !== undefined) return problem('refused', more);
  const pattern = schema?.pattern;
  // The schema of the type says what is a date or a time, where it says anything of it.
  if (typeof pattern === 'string' && !new RegExp(pattern, 'u').test(text))
    return problem('wrong-format', more);
  return [];
}

/** What built-in kinds have against a text. */
function checkOfKind(kind: string): ((text: string) => string | undefined) | undefined {
  switch (kind) {
    case 'colour':
      return BUILT_IN_KINDS.colour.check;
    case 'link':
    case 'file':
      return BUILT_IN_KINDS.link.check;
    case 'image':
      return BUILT_IN_KINDS.image.check;
    default:
      return undefined;
  }
}

const LONGEST: ReadonlyMap<string, number> = new Map([
  ['rich-text', MAX_MARKUP_LENGTH.richText],
  ['markdown', MAX_MARKUP_LENGTH.markdown],
]);

function checkNumber(
  field: NumberField,
  value: number,
  schema: JsonSchema | undefined,
  problem: Problem,
): FieldProblem[] {
  const { isInteger, minimum, maximum, step } = field;
  if (isInteger && !Number.isSafeInteger(value)) return problem('wrong-kind', wantedOf(field));
  if (minimum !== undefined && value < minimum) return problem('too-small', { limit: minimum });
  if (maximum !== undefined && value > maximum) return problem('too-large', { limit: maximum });
  const { exclusiveMinimum: above, exclusiveMaximum: below } = schema ?? {};
  // Between what is said and the bound lies nothing that could be named.
  if ((typeof above === 'number' && value <= above) || (typeof below === 'number' && value >= below))
    return problem(typeof above === 'number' && value <= above ? 'too-small' : 'too-large');
  if (step !== undefined && !isMultiple(value, step)) return problem('not-a-step', { limit: step });
  return [];
}

/** Whether a number is some steps, as decimals are written: 0.3 is three steps of 0.1. */
function isMultiple(value: number, step: number): boolean {
  const steps = value / step;
  return Math.abs(steps - Math.round(steps)) <= Number.EPSILON * Math.max(1, Math.abs(steps)) * 4;
}
