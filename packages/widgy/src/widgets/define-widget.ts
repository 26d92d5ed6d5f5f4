import { isAbsolute } from 'node:path';
import { z } from 'zod';
import { WidgyError } from '../errors.ts';
import { TYPE_RULE } from '../tree/parse.ts';
import { isTypeName } from '../tree/widget.ts';
import { fieldSchemas } from './field-schemas.ts';
import type { JsonSchema } from './fields/json-schema.ts';
import { didYouMean } from './nearest.ts';
import { type ChildRule, problemOfRule, type SlotRule, type TypeRules } from './rules.ts';
import type { WidgetFile } from './widget-files.ts';

/** What a type of widgets is defined with. */
export interface WidgetDefinition<Fields extends z.ZodObject> {
  /** Names the type in content, folders and permissions: `slideshow`, `shop/product`. It never changes. */
  readonly type: string;
  /** Names the type to people. */
  readonly label: string;
  /** One sentence to people who choose among types. */
  readonly description?: string;
  /** The schema of the fields. Each has a default; `.meta({ label, help, kind, options })` says how it is edited. */
  readonly fields?: Fields;
  /** The field whose text tells widgets of this type apart in the editor. */
  readonly summary?: Extract<keyof z.output<Fields>, string>;
  readonly children?: ChildRule;
  readonly slots?: Readonly<Record<string, SlotRule>>;
  readonly parents?: readonly string[];
  readonly groups?: readonly string[];
  readonly isMovable?: boolean;
  readonly isDeletable?: boolean;
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
  readonly fields: Fields;
  readonly summary: string | undefined;
  readonly rules: TypeRules;
  /** The JSON Schema of the fields, with titles and descriptions. */
  readonly jsonSchema: JsonSchema;
  /** The schema that the edit form is made from: what `.meta()` added is in it. */
  readonly formSchema: JsonSchema;
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
  const { label, description, fields, summary, rules, files } = type;
  return {
    type: type.type,
    label,
    fields,
    files,
    slots: rules.slots,
    groups: rules.groups,
    isMovable: rules.isMovable,
    isDeletable: rules.isDeletable,
    ...(description === undefined ? {} : { description }),
    ...(summary === undefined ? {} : { summary }),
    ...(rules.children === undefined ? {} : { children: rules.children }),
    ...(rules.parents === undefined ? {} : { parents: rules.parents }),
  };
}

const DEFAULT_FILES: readonly WidgetFile[] = ['render.liquid'];

function defineOn(definition: WidgetDefinition<z.ZodObject>, base: WidgetType | undefined): WidgetType {
  const { type, label, fields = z.object({}), summary, directory, children, slots = {} } = definition;
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
  for (const [name, rule] of Object.entries({ ...slots, ...(children && { children }) })) {
    const problem = isTypeName(name) ? problemOfRule(rule) : 'has a name that cannot be used';
    if (problem !== undefined) throw refuse(`cannot have the rule "${name}": it ${problem}`);
  }
  const schemas = fieldSchemas(type, fields);
  const names = Object.keys(fields.shape);
  if (summary !== undefined && !names.includes(summary)) {
    throw refuse(`has no field "${summary}" to be its summary`, didYouMean(summary, names) || undefined);
  }
  return Object.freeze({
    type,
    label,
    description: definition.description,
    fields,
    summary,
    rules: {
      type,
      label,
      groups: definition.groups ?? [],
      children,
      slots,
      parents: definition.parents,
      isMovable: definition.isMovable ?? true,
      isDeletable: definition.isDeletable ?? true,
    },
    ...schemas,
    permissions: { add: `${type}:add`, change: `${type}:change`, delete: `${type}:delete` },
    directory,
    files: definition.files ?? DEFAULT_FILES,
    base,
  });
}
