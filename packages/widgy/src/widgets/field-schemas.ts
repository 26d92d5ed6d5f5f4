import { z } from 'zod';
import { WidgyError } from '../errors.ts';
import { isSameJson, type JsonObject, type JsonValue } from '../tree/json.ts';
import { describeFields } from './fields/describe.ts';
import { sentenceFor } from './fields/field-error.ts';
import { asJson, type JsonSchema } from './fields/json-schema.ts';

/** The JSON Schemas of a type's fields. */
export interface FieldSchemas {
  /** For the API: nothing in it but what JSON Schema knows, so labels are titles and help is the description. */
  readonly jsonSchema: JsonSchema;
  /** For forms: with all that `.meta()` added. */
  readonly formSchema: JsonSchema;
  /** The fields of a new widget. */
  readonly defaults: JsonObject;
}

/**
 * Writes the schema of a type's fields as JSON Schemas, and checks that its fields can be kept: that they are JSON, that what was
 * read once reads the same again, and that a new widget has them all.
 *
 * @throws WidgyError `field-invalid`, naming the field
 */
export function fieldSchemas(type: string, fields: z.ZodObject): FieldSchemas {
  const defaults = Object.entries(fields.shape).map(
    ([name, field]) => [name, checkField(type, name, field)] as const,
  );
  const formSchema = z.toJSONSchema(fields, {
    io: 'input',
    override: ({ zodSchema, jsonSchema: part }) => {
      // JSON Schema has no format for times without a zone, and so Zod names none; forms have controls for them.
      const { def } = zodSchema._zod;
      const format =
        def.type === 'string' && 'format' in def ? LOCAL_TIMES.get(String(def.format)) : undefined;
      if (format !== undefined) part.format ??= format;
    },
  });
  describeFields(formSchema, { type, kinds: undefined });
  const { $schema: _, ...jsonSchema } = z.toJSONSchema(fields, {
    io: 'input',
    override: ({ jsonSchema: part }) => inStandardWords(part),
  });
  return {
    formSchema,
    jsonSchema: { ...jsonSchema, additionalProperties: false },
    defaults: Object.fromEntries(defaults),
  };
}

const LOCAL_TIMES: ReadonlyMap<string, string> = new Map([
  ['time', 'time'],
  ['datetime', 'date-time'],
]);

/** Checks a field, and gives its default. */
function checkField(type: string, name: string, field: z.core.$ZodType): JsonValue {
  const refuse = (what: string, help?: string, cause?: unknown): WidgyError =>
    new WidgyError('field-invalid', { message: `the field "${name}" of "${type}" ${what}`, help, cause });
  const read = (value: unknown) => {
    try {
      return z.safeParse(field, value, { error: sentenceFor });
    } catch (cause) {
      throw refuse(
        'cannot be read at once',
        'Use no asynchronous functions in the schema of a field.',
        cause,
      );
    }
  };
  const initial = read(undefined);
  if (!initial.success || initial.data === undefined) {
    throw refuse(
      'has no default',
      'Add .default(…) to its schema: a widget is made before anybody fills it in.',
    );
  }
  try {
    z.toJSONSchema(field);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw refuse(`cannot be kept as JSON: ${reason}`, 'Use texts, numbers, booleans, lists and null.', cause);
  }
  const value = asJson(initial.data);
  if (value === undefined) throw refuse('has a default that JSON cannot hold');
  const again = read(value);
  if (!again.success) {
    const [issue] = again.error.issues;
    const at = issue === undefined || issue.path.length === 0 ? '' : ` (at ${issue.path.join('.')})`;
    throw refuse(
      `has a default that its own schema refuses${at}: ${issue?.message}`,
      'Give it a default that may stay.',
    );
  }
  const same = asJson(again.data);
  if (same === undefined || !isSameJson(value, same)) {
    throw refuse(
      'is changed each time it is read',
      'Use a schema that gives back what it gave: no transforms.',
    );
  }
  return value;
}

/** Says in the words of JSON Schema what `.meta()` says in ours. */
function inStandardWords(schema: JsonSchema): void {
  const { label, help } = schema;
  if (typeof label === 'string') schema.title = label;
  if (typeof help === 'string') schema.description = help;
  for (const name of ['label', 'help', 'kind', 'options']) delete schema[name];
}
