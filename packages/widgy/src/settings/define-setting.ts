import { z } from 'zod';
import { hasCode, WidgyError } from '../errors.ts';
import { FORBIDDEN_NAMES, fieldOf, freezeJson, type JsonValue } from '../tree/json.ts';
import { MAX_NAME_LENGTH } from '../tree/limits.ts';
import { fieldSchemas } from '../widgets/field-schemas.ts';
import type { JsonSchema } from '../widgets/fields/json-schema.ts';
import { SECRET_KIND } from './secret-kind.ts';

/** What a setting is defined with. Nothing is permitted that is not said: it is neither editable nor public by itself. */
export interface SettingDefinition<Schema extends z.ZodType> {
  /** A group and a name in it, `site.title`. It never changes, since the database and templates hold it. */
  readonly name: string;
  /**
   * The schema of its value, with a default. `.meta({ kind, options })` says how it is edited, as for the fields of widgets. It must
   * say the same of the same value each time.
   */
  readonly schema: Schema;
  readonly label: string;
  /** One sentence to the person who edits it. */
  readonly help?: string;
  /** Whether it may be changed in the database. Default: false. */
  readonly isEditable?: boolean;
  /** Whether templates, and so visitors, may see it. Default: false. */
  readonly isPublic?: boolean;
  /** Whether it is never shown to anybody. It must be a text without a default of its own: `''` or null. Default: false. */
  readonly isSecret?: boolean;
}

/** A setting: an immutable value, of no site yet. */
export interface Setting<Schema extends z.ZodType = z.ZodType> {
  readonly name: string;
  /** The part of the name before the dot. */
  readonly group: string;
  /** The part behind it. */
  readonly key: string;
  readonly label: string;
  readonly help: string | undefined;
  readonly schema: Schema;
  /** The JSON Schema of an object with this setting under its key, with all that `.meta()` added: what the form is made from. */
  readonly formSchema: JsonSchema;
  readonly default: JsonValue;
  readonly isEditable: boolean;
  readonly isPublic: boolean;
  readonly isSecret: boolean;
}

/** The value of a setting, as code gets it. */
export type SettingValue<Of extends Setting> = z.output<Of['schema']>;

/**
 * Defines a setting.
 *
 * @example
 * const title = defineSetting({ name: 'site.title', label: 'Title', schema: z.string().default(''), isEditable: true });
 * @throws WidgyError `setting-invalid`, with what to correct
 */
export function defineSetting<Schema extends z.ZodType>(
  definition: SettingDefinition<Schema>,
): Setting<Schema> {
  const { name, label, help, isEditable = false, isPublic = false, isSecret = false } = definition;
  const refuse = (what: string, advice?: string, cause?: unknown): WidgyError =>
    settingInvalid(name, what, advice, cause);
  const [group = '', key = '', ...more] = name.split('.');
  if (!isPart(group) || !isPart(key) || more.length > 0 || name.length > MAX_NAME_LENGTH) {
    throw refuse('has a name that cannot be used', SETTING_NAME_RULE);
  }
  if (label.trim() === '') throw refuse('has no label');
  if (isSecret && isPublic) throw refuse('is secret and public', 'Take one of the two out.');
  const schema = definition.schema.meta({
    label,
    ...(help === undefined ? {} : { help }),
    ...(isSecret ? { kind: SECRET_KIND } : {}),
  });
  const { formSchema, initial } = schemasOf(group, key, schema, refuse);
  if (isSecret && initial !== '' && initial !== null) {
    throw refuse(
      'is secret and has a default',
      'What is in the code is no secret: give it the default "" or null.',
    );
  }
  return Object.freeze({
    ...{ name, group, key, label, help, schema, formSchema },
    default: freezeJson(initial),
    ...{ isEditable, isPublic, isSecret },
  });
}

/** What a name must be, in words. */
export const SETTING_NAME_RULE = `Write a group and a name with a dot between them, such as site.title: each begins with a letter, then letters, digits and "_", at most ${MAX_NAME_LENGTH} in all.`;

/** The error for a setting that is wrong. */
export function settingInvalid(name: string, what: string, help?: string, cause?: unknown): WidgyError {
  return new WidgyError('setting-invalid', {
    message: `the setting ${JSON.stringify(name)} ${what}`,
    help,
    cause,
  });
}

/** A part of a name is a name in templates, and of a control in a form. */
function isPart(part: string): boolean {
  return PART.test(part) && !FORBIDDEN_NAMES.has(part);
}

const PART = /^[A-Za-z][A-Za-z0-9_]{0,63}$/;

function schemasOf(
  group: string,
  key: string,
  schema: z.ZodType,
  refuse: (what: string, advice?: string, cause?: unknown) => WidgyError,
): { readonly formSchema: JsonSchema; readonly initial: JsonValue } {
  try {
    const { formSchema, defaults } = fieldSchemas(group, z.object({ [key]: schema }));
    return { formSchema, initial: fieldOf(defaults, key) ?? null };
  } catch (error) {
    if (!hasCode(error, 'field-invalid')) throw error;
    throw refuse(`cannot be kept: ${error.summary}`, undefined, error);
  }
}
