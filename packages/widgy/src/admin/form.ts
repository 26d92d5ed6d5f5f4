import type { z } from 'zod';
import type { JsonObject } from '../tree/json.ts';
import { pointerTo } from '../tree/problems.ts';
import { fieldSchemas } from '../widgets/field-schemas.ts';
import { checkFields } from '../widgets/fields/check.ts';
import { describeFields } from '../widgets/fields/describe.ts';
import type { FieldError } from '../widgets/fields/field-error.ts';
import { FORM_PREFIX, parseAction } from '../widgets/fields/form-names.ts';
import { type FormState, formStateOf, formValues } from '../widgets/fields/form-state.ts';
import type { Html } from '../widgets/fields/html.ts';
import { DEFAULT_FORM_LIMITS } from '../widgets/fields/limits.ts';
import type { LinkGroup } from '../widgets/fields/link-choices.ts';
import { applyListAction } from '../widgets/fields/list-action.ts';
import { joinParts, printForm } from '../widgets/fields/print-form.ts';
import { readSubmission, type SubmittedEntries } from '../widgets/fields/read-submission.ts';
import { defaultSanitisers } from '../widgets/fields/sanitise.ts';
import { ADMIN_KINDS } from './form-kinds.ts';

/** Something that is wrong with a field, under its name. */
export interface NamedError {
  readonly field: string;
  readonly message: string;
}

/** A form as it is shown: with values that are kept, or with what was typed and what is wrong with it. */
export interface ShownForm {
  /**
   * Its controls, for a `<form>` that has its own button.
   *
   * @param focus the field that has the focus when the page is opened, where nothing is wrong
   */
  readonly print: (links?: readonly LinkGroup[], focus?: string) => Html;
  /** The same with more that is wrong. What is wrong with no field stands above all of them. */
  readonly withErrors: (errors: readonly NamedError[]) => ShownForm;
}

/** What a form that was sent comes to. The form in it is to be shown again, should the values be refused later. */
export type ReadAdminForm<Values> =
  | { readonly ok: true; readonly values: Values; readonly form: ShownForm }
  /** Something is wrong; or the button of a list was pressed, and nothing is kept yet. */
  | { readonly ok: false; readonly form: ShownForm };

/** A form of the administration: how it is shown and read, made from a schema as the forms of widgets are. */
export interface AdminForm<Values> {
  readonly show: (values?: JsonObject) => ShownForm;
  /** @param current what counts for controls that were not sent */
  readonly read: (entries: SubmittedEntries, current?: JsonObject) => ReadAdminForm<Values>;
}

/**
 * Makes a form of a schema: each field has a default, and `.meta({ label, help, kind, options })` says how it is edited. The kinds are
 * {@link ADMIN_KINDS}.
 *
 * @param name for messages about the schema itself
 */
export function adminForm<Schema extends z.ZodObject>(
  name: string,
  schema: Schema,
): AdminForm<z.output<Schema>> {
  const { formSchema, defaults } = fieldSchemas(name, schema);
  const kinds = ADMIN_KINDS;
  const fields = describeFields(formSchema, { type: name, kinds });
  const shown = (state: FormState, errors: readonly FieldError[]): ShownForm => ({
    print: (links = [], focus) =>
      joinParts(printForm(fields, state, { kinds, errors, prefix: FORM_PREFIX, links, focus })),
    withErrors: (more) =>
      shown(state, [
        ...errors,
        ...more.map(({ field, message }): FieldError => {
          const isKnown = fields.some((one) => one.name === field);
          return { code: 'refused', path: isKnown ? pointerTo([field]) : '', message };
        }),
      ]),
  });
  return {
    show: (values = defaults) => shown(formStateOf(fields, values, kinds), []),
    read(entries, current = defaults) {
      const before = formStateOf(fields, current, kinds);
      const { state, errors, action } = readSubmission(fields, entries, before, {
        prefix: FORM_PREFIX,
        limits: DEFAULT_FORM_LIMITS,
      });
      if (action !== undefined && action !== '') {
        const pressed = parseAction(action);
        const changed = pressed && applyListAction(fields, state, pressed, kinds, DEFAULT_FORM_LIMITS.items);
        return { ok: false, form: shown(changed ?? state, errors) };
      }
      const meant = formValues(fields, state, kinds);
      const found = [...errors, ...meant.errors];
      const checked = checkFields(meant.fields, { schema, fields, kinds, sanitise: defaultSanitisers });
      if (!checked.ok || found.length > 0) {
        return { ok: false, form: shown(state, [...found, ...(checked.ok ? [] : checked.errors)]) };
      }
      return { ok: true, values: schema.parse(checked.fields), form: shown(state, []) };
    },
  };
}
