import { isAbsolute } from 'node:path';
import { z } from 'zod';
import { WidgyError } from '../errors.ts';
import type { TypeRules } from '../tree/rules/type-rules.ts';
import { isTypeName, TYPE_RULE } from '../tree/widget.ts';
import { fieldSchemas } from './field-schemas.ts';
import type { JsonSchema } from './fields/json-schema.ts';
import { didYouMean } from './nearest.ts';
import type { WidgetFile } from './widget-files.ts';

/**
 * What a type of widgets is defined with. Its name, its label and where its widgets may stand are said as everywhere in trees; the
 * type never changes, since content, folders and permissions hold it.
 */
export interface WidgetDefinition<Fields extends z.ZodObject> extends Omit<TypeRules, 'fields'> {
  /** One sentence to people who choose among types. */
  readonly description?: string;
  /** Other words that people may look for it by among types: what it is called elsewhere. */
  readonly keywords?: readonly string[];
  /** The schema of the fields. Each has a default; `.meta({ label, help, kind, options })` says how it is edited. */
  readonly fields?: Fields;
  /** The field whose text tells widgets of this type apart in the editor. */
  readonly summary?: Extract<keyof z.output<Fields>, string>;
  /** The folder with the templates, styles and scripts, absolute: `import.meta.dirname`. */
  readonly directory?: string;
  /** The files without which the type does not work. Default: `render.liquid`. */
  readonly files?: readonly WidgetFile[];
}

/** A type of widgets: an immutable value, of no site yet. */
export interface WidgetType<Fields extends z.ZodObject = z.ZodObject> {
  readonly type: string;
  readonly label: string;
  readonly description: string | undefined;
  readonly keywords: readonly string[];
  readonly fields: Fields;
  readonly summary: string | undefined;
  /** Where its widgets may stand, and the fields of a new one, for the rules of trees. */
  readonly rules: TypeRules;
  /** The JSON Schema of the fields, with titles and descriptions. */
  readonly jsonSchema: JsonSchema;
  /** The schema that the edit form is made from: what `.meta()` added is in it. */
  readonly formSchema: JsonSchema;
  /** The names of its permissions. */
  readonly permissions: Readonly<Record<WidgetAction, string>>;
  readonly directory: string | undefined;
  readonly files: readonly WidgetFile[];
  /** What this one extends: a type of the same name. */
  readonly base: WidgetType | undefined;
}

/** The fields of a type, as templates get them. */
export type FieldsOf<Type extends WidgetType> = z.output<Type['fields']>;

/** What somebody may be permitted to do with widgets of a type. */
export type WidgetAction = (typeof WIDGET_ACTIONS)[number];

/** All actions. */
export const WIDGET_ACTIONS = ['add', 'change', 'delete'] as const;

/** The name under which roles may hold a permission: `slideshow:add`. */
export function permissionName(type: string, action: WidgetAction): string {
  return `${type}:${action}`;
}

/**
 * Defines a type of widgets.
 *
 * @throws WidgyError `widget-invalid` or `field-invalid`, with what to correct
 */
export function defineWidget<Fields extends z.ZodObject = z.ZodObject<Record<never, never>>>(
  definition: WidgetDefinition<Fields> & { readonly fields: Fields },
): WidgetType<Fields>;
export function defineWidget(definition: Omit<WidgetDefinition<NoFields>, 'fields'>): WidgetType<NoFields>;
export function defineWidget(definition: WidgetDefinition<z.ZodObject>): WidgetType {
  return defineOn(definition, undefined);
}

/** The schema of a type without fields. */
export type NoFields = z.ZodObject<Record<never, never>>;

/**
 * Replaces the behaviour of a type under the same name, so that content made with it follows. What is not given stays as it was; a
 * file that the new folder lacks is taken from the old one.
 */
export function extendWidget<Base extends z.ZodObject, Fields extends z.ZodObject = Base>(
  base: WidgetType<Base>,
  changes: Partial<Omit<WidgetDefinition<Fields>, 'type'>>,
): WidgetType<Fields>;
export function extendWidget(
  base: WidgetType,
  changes: Partial<Omit<WidgetDefinition<z.ZodObject>, 'type'>>,
): WidgetType {
  return defineOn({ ...definitionOf(base), ...changes, type: base.type }, base);
}

function definitionOf(type: WidgetType): WidgetDefinition<z.ZodObject> {
  const { description, keywords, fields, summary, files } = type;
  const { editable, ...rules } = type.rules;
  return {
    ...rules,
    // Without fields there was nothing to edit, which the fields of an extension change.
    ...(editable === undefined || Object.keys(fields.shape).length === 0 ? {} : { editable }),
    keywords,
    fields,
    files,
    ...(description === undefined ? {} : { description }),
    ...(summary === undefined ? {} : { summary }),
  };
}

const DEFAULT_FILES: readonly WidgetFile[] = ['render.liquid'];

function defineOn(definition: WidgetDefinition<z.ZodObject>, base: WidgetType | undefined): WidgetType {
  const {
    fields = z.object({}),
    description,
    keywords = [],
    summary,
    directory,
    files = DEFAULT_FILES,
    ...rules
  } = definition;
  const { type, label } = rules;
  const refuse = (what: string, help?: string): WidgyError =>
    new WidgyError('widget-invalid', { message: `the type ${JSON.stringify(type)} ${what}`, help });
  if (!isTypeName(type)) throw refuse('has a name that cannot be used', `A type ${TYPE_RULE}.`);
  if (label.trim() === '') throw refuse('has no label');
  if (directory !== undefined && !isAbsolute(directory)) {
    throw refuse(
      `has the directory ${JSON.stringify(directory)}, which is not absolute`,
      'Write import.meta.dirname.',
    );
  }
  const names = Object.keys(fields.shape);
  if (summary !== undefined && !names.includes(summary)) {
    throw refuse(`has no field "${summary}" to be its summary`, didYouMean(summary, names) || undefined);
  }
  const { defaults, ...schemas } = fieldSchemas(type, fields);
  return Object.freeze({
    type,
    label,
    description,
    keywords,
    fields,
    summary,
    rules: Object.freeze({ ...rules, fields: defaults, editable: rules.editable ?? names.length > 0 }),
    ...schemas,
    permissions: {
      add: permissionName(type, 'add'),
      change: permissionName(type, 'change'),
      delete: permissionName(type, 'delete'),
    },
    directory,
    files,
    base,
  });
}
