import { WidgyError } from '../../errors.ts';
import { FORBIDDEN_NAMES, type JsonObject, type JsonValue } from '../../tree/json.ts';
import { isPlainObject } from '../../tree/problems.ts';
import { didYouMean } from '../nearest.ts';
import { BUILT_IN_KINDS } from './built-in-kinds.ts';
import type { FieldDescription, Option } from './description.ts';
import { asJson, itemsOf, type JsonSchema, listedValues, propertiesOf, withoutNull } from './json-schema.ts';
import type { FieldKind, FieldKinds, Shape } from './kind.ts';
import { MAX_LIST_DEPTH } from './limits.ts';
import { refusesEmpty, shapeOf, usualKind, utcEndOf } from './shape.ts';

/** What describing needs beside the schema. */
export interface DescribeContext {
  /** The type whose fields they are, for messages. */
  readonly type: string;
  /** Undefined where the site is not known yet: then a kind that is not built in is taken for one of its own. */
  readonly kinds: FieldKinds | undefined;
}

/**
 * Describes the fields of an object's schema, in order.
 *
 * @param schema as `z.toJSONSchema` writes it for input, with what `.meta()` added
 * @param path the names of the lists that the fields are in
 * @throws WidgyError `field-invalid` for a field that no form can be made for
 */
export function describeFields(
  schema: JsonSchema,
  context: DescribeContext,
  path: readonly string[] = [],
): readonly FieldDescription[] {
  return propertiesOf(schema).map(([name, property]) => describeField(name, property, context, path));
}

function describeField(
  name: string,
  property: JsonSchema,
  context: DescribeContext,
  path: readonly string[],
): FieldDescription {
  const refuse: Refuse = (what, help) => {
    const message = `the field "${[...path, name].join('.')}" of "${context.type}" ${what}`;
    return new WidgyError('field-invalid', { message, help });
  };
  if (!FIELD_NAME.test(name) || FORBIDDEN_NAMES.has(name)) {
    throw refuse('has no usable name', 'Begin with a letter, then use letters, digits and "_".');
  }
  const initial = asJson(property.default);
  if (initial === undefined) {
    throw refuse(
      'has no default',
      'Add .default(…) to its schema: a widget is made before anybody fills it in.',
    );
  }
  const { schema, isNullable } = withoutNull(property);
  const shape = shapeOf(schema, isNullable);
  const kind = textIn(schema, 'kind') ?? (shape && usualKind(schema, shape));
  if (kind === undefined) {
    throw refuse('has a schema that no form can be made for', 'Give it a kind of your own: .meta({ kind }).');
  }
  const { shape: wanted, takesReferences, takes } = kindNamed(kind, context.kinds, refuse);
  if (wanted !== 'own' && wanted !== shape) {
    throw refuse(`cannot be of the kind "${kind}", which is for ${NAMES_OF_SHAPES[wanted]}`);
  }
  const help = textIn(schema, 'help') ?? schema.description;
  const described = {
    name,
    kind,
    label: textIn(schema, 'label') ?? schema.title ?? labelOf(name),
    ...(help === undefined ? {} : { help }),
    isNullable,
    default: initial,
    ...(takesReferences === true ? { takesReferences } : {}),
    ...(takes === undefined ? {} : { takes }),
  };
  switch (wanted) {
    case 'text': {
      const isRequired = !isNullable && refusesEmpty(schema);
      const utcEnd = utcEndOf(schema);
      return {
        ...described,
        shape: 'text',
        isRequired,
        ...numbersIn(schema, 'minLength', 'maxLength'),
        ...(utcEnd === undefined ? {} : { utcEnd }),
      };
    }
    case 'number': {
      const { multipleOf: step, ...rest } = numbersIn(schema, 'minimum', 'maximum', 'multipleOf');
      const isInteger = schema.type === 'integer';
      const numbers = { ...rest, ...(step === undefined ? {} : { step }) };
      return { ...described, shape: 'number', isRequired: !isNullable, isInteger, ...numbers };
    }
    case 'flag':
    case 'own':
      return { ...described, shape: wanted, isRequired: false };
    case 'choice': {
      const options = optionsOf(schema, schema, isNullable, refuse);
      const emptyLabel = textIn(schema, 'empty');
      const empty = emptyLabel === undefined ? {} : { emptyLabel };
      return { ...described, shape: 'choice', isRequired: !isNullable, options, ...empty };
    }
    case 'choices': {
      const options = optionsOf(itemsOf(schema) ?? {}, schema, false, refuse);
      return { ...described, shape: 'choices', options, ...listBounds(schema) };
    }
    case 'list': {
      if (path.length === MAX_LIST_DEPTH) throw refuse(`is in ${MAX_LIST_DEPTH} lists inside one another`);
      const fields = describeFields(itemsOf(schema) ?? {}, context, [...path, name]);
      return { ...described, shape: 'list', fields, newItem: defaultsOf(fields), ...listBounds(schema) };
    }
  }
}

/** The values of new fields. */
export function defaultsOf(fields: readonly FieldDescription[]): JsonObject {
  return Object.fromEntries(fields.map((field) => [field.name, field.default]));
}

type Refuse = (what: string, help?: string) => WidgyError;

function kindNamed(kind: string, siteKinds: FieldKinds | undefined, refuse: Refuse): FieldKind {
  const kinds: FieldKinds = siteKinds ?? BUILT_IN_KINDS;
  const found = Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
  if (found !== undefined) return found;
  if (siteKinds === undefined) return { shape: 'own' };
  const near = didYouMean(kind, Object.keys(kinds));
  throw refuse(`is of the unknown kind "${kind}"`, `${near}Give kinds of your own to defineSite as kinds.`);
}

/** The options of a schema that lists its values, with the labels that `.meta({ options })` gives them. */
function optionsOf(
  schema: JsonSchema,
  { options }: JsonSchema,
  isNullable: boolean,
  refuse: Refuse,
): Option[] {
  const labels = isPlainObject(options) ? options : {};
  const values: readonly JsonValue[] = listedValues(schema) ?? [true, false];
  const found: Option[] = [];
  for (const value of values) {
    if (typeof value === 'object') continue;
    const text = String(value);
    if (found.some((other) => String(other.value) === text) || (text === '' && isNullable)) {
      throw refuse(`has two choices that a form cannot tell apart: ${JSON.stringify(text)}`);
    }
    const label = Object.hasOwn(labels, text) ? labels[text] : undefined;
    found.push({ value, label: typeof label === 'string' ? label : labelOf(text) });
  }
  const unknown = Object.keys(labels).find((name) => !found.some(({ value }) => String(value) === name));
  if (unknown !== undefined) {
    const near = didYouMean(
      unknown,
      found.map(({ value }) => String(value)),
    );
    throw refuse(
      `has a label for ${JSON.stringify(unknown)}, which is none of its choices`,
      near || undefined,
    );
  }
  return found;
}

function listBounds(schema: JsonSchema): { isRequired: boolean; minItems?: number; maxItems?: number } {
  const bounds = numbersIn(schema, 'minItems', 'maxItems');
  return { isRequired: (bounds.minItems ?? 0) > 0, ...bounds };
}

/** The numbers that a schema has under some names, but for the largest ones, which only say that numbers end somewhere. */
function numbersIn<Name extends string>(
  schema: JsonSchema,
  ...names: readonly Name[]
): { [key in Name]?: number } {
  const found: { [key in Name]?: number } = {};
  for (const name of names) {
    const value = schema[name];
    if (typeof value === 'number' && Math.abs(value) < Number.MAX_SAFE_INTEGER) found[name] = value;
  }
  return found;
}

function textIn(schema: JsonSchema, name: string): string | undefined {
  const value = schema[name];
  return typeof value === 'string' ? value : undefined;
}

/** `buttonText` → `Button text`. */
export function labelOf(name: string): string {
  if (name === 'true') return 'Yes';
  if (name === 'false') return 'No';
  const words = name
    .replace(/[-_]+/g, ' ')
    .replace(/([a-z0-9])([A-Z])/g, (_, a: string, b: string) => `${a} ${b.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** A name that is also a name in templates and in forms, where dots separate names. */
const FIELD_NAME = /^[A-Za-z][A-Za-z0-9_]{0,63}$/;

const NAMES_OF_SHAPES: Readonly<Record<Exclude<Shape, 'own'>, string>> = {
  text: 'texts',
  number: 'numbers',
  flag: 'what is true or false',
  choice: 'one of several values',
  choices: 'lists of several values',
  list: 'lists of objects',
};
