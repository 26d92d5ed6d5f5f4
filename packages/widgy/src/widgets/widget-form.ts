import { WidgyError } from '../errors.ts';
import type { JsonObject } from '../tree/json.ts';
import { MAX_PROBLEMS } from '../tree/limits.ts';
import { pointerTo } from '../tree/problems.ts';
import type { FieldError } from './fields/field-error.ts';
import { FORM_PREFIX, parseAction, parseSearch } from './fields/form-names.ts';
import { type FormState, formStateOf, formValues } from './fields/form-state.ts';
import type { Html } from './fields/html.ts';
import { DEFAULT_FORM_LIMITS, type FormLimits } from './fields/limits.ts';
import type { LinkGroup } from './fields/link-choices.ts';
import { applyListAction } from './fields/list-action.ts';
import { type FormParts, joinParts, type LinkSearchShown, printForm } from './fields/print-form.ts';
import { readSubmission, type Submission, type SubmittedEntries } from './fields/read-submission.ts';
import { type TakenOut, takenOut } from './fields/taken-out.ts';
import { checkWidgetFields, type Site, type SiteType } from './site.ts';

/** The edit form of one widget. */
export interface WidgetForm {
  readonly type: string;
  /** What its controls show. */
  readonly state: FormState;
  readonly errors: readonly FieldError[];
  /** What is to be looked for among the choices of one field: the pointer to it, and what was typed. */
  readonly search?: { readonly path: string; readonly text: string };
}

/** What a form that was sent comes to: fields to keep, or the form to show again with all that was typed. */
export type ReadForm =
  | {
      readonly status: 'read';
      readonly fields: JsonObject;
      /** What sanitising took out of what was typed; there if it took out anything. */
      readonly takenOut?: readonly TakenOut[];
    }
  /** Something is wrong, and nothing is kept. */
  | { readonly status: 'refused'; readonly form: WidgetForm }
  /** A button of a list or of a search was pressed: the form goes on, and nothing is kept yet. */
  | { readonly status: 'changed'; readonly form: WidgetForm };

/** How forms are printed and read. */
export interface FormOptions {
  /** What the names and ids of controls begin with; different ones allow several forms on one page. Default: `fields`. */
  readonly prefix?: string;
  readonly limits?: FormLimits;
  /** What the controls of links offer beside what is typed, such as `linkChoices` of `widgy/links` gives. Default: nothing. */
  readonly links?: readonly LinkGroup[];
  /** Lets choices be searched, and says what was found. Whoever gives it looks for what `search` of a form that was read asks for. */
  readonly search?: LinkSearchShown | undefined;
}

/** The edit form of a widget of a type, with its fields as they are kept. */
export function widgetForm(site: Site<never>, type: string, fields: JsonObject): WidgetForm {
  return { type, state: formStateOf(typeIn(site, type).fields, fields, site.kinds), errors: [] };
}

/** Prints the controls of a form; see `printForm`. */
export function printWidgetForm(site: Site<never>, form: WidgetForm, options?: FormOptions): Html {
  return joinParts(widgetFormParts(site, form, options));
}

/** The parts of a form, for the template that a type has for it. */
export function widgetFormParts(
  site: Site<never>,
  { type, state, errors }: WidgetForm,
  { prefix = FORM_PREFIX, links = [], search }: FormOptions = {},
): FormParts {
  return printForm(typeIn(site, type).fields, state, { kinds: site.kinds, errors, prefix, links, search });
}

/**
 * Reads a form that was sent: the fields to keep, checked and sanitised, or the form with everything that was typed and what is wrong.
 *
 * @param current the widget's fields as they are kept: they hold for controls that were not in the form
 */
export function readWidgetForm(
  site: Site<never>,
  type: string,
  entries: SubmittedEntries,
  current: JsonObject,
  { prefix = FORM_PREFIX, limits = DEFAULT_FORM_LIMITS }: FormOptions = {},
): ReadForm {
  const { kinds } = site;
  const { fields } = typeIn(site, type);
  const sent = readSubmission(fields, entries, formStateOf(fields, current, kinds), { prefix, limits });
  const formWith = (state: FormState, errors: readonly FieldError[]): WidgetForm => {
    return { type, state, errors: errors.slice(0, MAX_PROBLEMS) };
  };
  const refused = (errors: readonly FieldError[]): ReadForm => {
    return { status: 'refused', form: formWith(sent.state, errors) };
  };
  const search = searchOf(sent);
  if (search !== undefined) return { status: 'changed', form: { ...formWith(sent.state, []), search } };
  if (sent.action !== undefined && sent.action !== '') {
    const action = parseAction(sent.action);
    const state = action && applyListAction(fields, sent.state, action, kinds, limits.items);
    if (state !== undefined) return { status: 'changed', form: formWith(state, sent.errors) };
    return refused([
      { code: 'refused', path: '', message: 'The list cannot be changed like this.' },
      ...sent.errors,
    ]);
  }
  const values = formValues(fields, sent.state, kinds);
  const checked = checkWidgetFields(site, type, values.fields);
  const errors = [...sent.errors, ...values.errors, ...(checked.ok ? [] : checked.errors)];
  if (!checked.ok || errors.length > 0) return refused(errors);
  const lost = takenOut(values.fields, checked.fields, fields, kinds);
  return { status: 'read', fields: checked.fields, ...(lost.length === 0 ? {} : { takenOut: lost }) };
}

/** What somebody looks for: with the button of the search, or with Enter, which presses the button without a value. */
function searchOf({ action, searches }: Submission): WidgetForm['search'] {
  if (action === undefined) return undefined;
  const named = parseSearch(action);
  const path =
    named === undefined
      ? [...searches].find(([, { isNew }]) => action === '' && isNew)?.[0]
      : pointerTo(named);
  const typed = path === undefined ? undefined : searches.get(path);
  return path === undefined || typed === undefined ? undefined : { path, text: typed.text };
}

function typeIn({ types }: Site<never>, type: string): SiteType {
  const found = types.get(type);
  if (found !== undefined) return found;
  throw new WidgyError('name-unknown', {
    message: `there is no form for the type "${type}", which the site does not have`,
    help: 'Ask site.types first: a type that the code no longer has can be shown and deleted, but not edited.',
  });
}
