import { fieldOf } from '../tree/json.ts';
import type { FieldError } from '../widgets/fields/field-error.ts';
import { type ListAction, parseAction } from '../widgets/fields/form-names.ts';
import { entryIn, formValues } from '../widgets/fields/form-state.ts';
import { DEFAULT_FORM_LIMITS } from '../widgets/fields/limits.ts';
import { applyListAction } from '../widgets/fields/list-action.ts';
import { readSubmission, type SubmittedEntries } from '../widgets/fields/read-submission.ts';
import type { FormOptions } from '../widgets/widget-form.ts';
import { checkSettingValue } from './check-value.ts';
import type { RegisteredSetting } from './define-settings.ts';
import {
  fieldsOf,
  openSettingsOf,
  type SettingsForm,
  settingsForm,
  withErrors,
  withoutSecrets,
} from './form.ts';
import { baseName, isTouched, readBases } from './form-base.ts';
import { resetName, SETTINGS_PREFIX } from './print-form.ts';
import type { SettingsSnapshot } from './snapshot.ts';
import type { SettingsStore } from './store.ts';
import type { SettingChange } from './write.ts';

/** What a form that was sent comes to: changes for `writeSettings`, or the form to show again with all that was typed but secrets. */
export type ReadSettingsForm =
  /** The form is for `refusedForm`, should the changes be refused. There are no changes where nothing was touched. */
  | { readonly status: 'read'; readonly changes: readonly SettingChange[]; readonly form: SettingsForm }
  | { readonly status: 'refused'; readonly form: SettingsForm }
  /** A button of a list was pressed: the form goes on, and nothing is kept yet. */
  | { readonly status: 'changed'; readonly form: SettingsForm };

/**
 * Reads a form of settings that was sent. Only what was touched becomes a change, with the revision that its author saw.
 *
 * @param snapshot the settings as they are: they hold for controls that were not in the form
 */
export function readSettingsForm(
  store: SettingsStore,
  snapshot: SettingsSnapshot,
  entries: SubmittedEntries,
  { prefix = SETTINGS_PREFIX, limits = DEFAULT_FORM_LIMITS }: FormOptions = {},
): ReadSettingsForm {
  const { settings } = store;
  const { kinds } = settings;
  const open = openSettingsOf(store);
  const current = settingsForm(store, snapshot);
  const own: (readonly [string, unknown])[] = [];
  const marks: (readonly [string, unknown])[] = [];
  const namesOfMarks = [baseName(prefix), resetName(prefix)];
  for (const entry of entries) (namesOfMarks.includes(entry[0]) ? marks : own).push(entry);
  const fields = fieldsOf(open);
  const { state, errors, action } = readSubmission(fields, own, current.state, { prefix, limits });
  const asked = marks.flatMap(([name, value]) => (name === resetName(prefix) ? value : []));
  const form: SettingsForm = {
    state,
    bases: { ...current.bases, ...basesOf(open, marks, prefix, current) },
    stored: current.stored,
    resets: open.flatMap(({ setting: { name } }) => (asked.includes(name) ? name : [])),
    errors: errors,
  };
  if (action !== undefined && action !== '') {
    const pressed = parseAction(action);
    const changed = pressed && applyListAction(fields, state, inSetting(pressed), kinds, limits.items);
    if (changed !== undefined)
      return { status: 'changed', form: withoutSecrets(settings, { ...form, state: changed }) };
    const refusal: FieldError = {
      code: 'refused',
      path: '',
      message: 'The list cannot be changed like this.',
    };
    return { status: 'refused', form: withoutSecrets(settings, withErrors(form, [refusal])) };
  }
  const found = changesIn(store, open, form);
  if (errors.length === 0 && found.errors.length === 0) {
    return { status: 'read', changes: found.changes, form: withoutSecrets(settings, form) };
  }
  return { status: 'refused', form: withoutSecrets(settings, withErrors(form, found.errors)) };
}

/** Where nothing was sent of what a control was made from, nobody saw anything. */
function basesOf(
  open: readonly RegisteredSetting[],
  marks: SubmittedEntries,
  prefix: string,
  { bases }: SettingsForm,
): SettingsForm['bases'] {
  const sent = readBases(marks, prefix);
  const all = open.flatMap(({ setting: { name } }) => {
    const shown = bases[name]?.shown;
    return shown === undefined ? [] : [[name, sent.get(name) ?? { revision: 0, shown }] as const];
  });
  return Object.fromEntries(all);
}

/** The lists of a form are named by two words, those of a setting. */
function inSetting({ verb, path: [group = '', key = '', ...rest] }: ListAction): ListAction {
  return { verb, path: [`${group}.${key}`, ...rest] };
}

function changesIn(
  { settings }: SettingsStore,
  open: readonly RegisteredSetting[],
  { state, bases, resets }: SettingsForm,
): { readonly changes: readonly SettingChange[]; readonly errors: readonly FieldError[] } {
  const changes: SettingChange[] = [];
  const errors: FieldError[] = [];
  for (const registered of open) {
    const { name } = registered.setting;
    const base = bases[name];
    if (base === undefined) continue;
    if (resets.includes(name)) {
      changes.push({ kind: 'reset', name, seen: base.revision });
      continue;
    }
    if (!isTouched(base, entryIn(state, name))) continue;
    const meant = formValues([registered.field], state, settings.kinds);
    errors.push(...meant.errors);
    if (meant.errors.length > 0) continue;
    const checked = checkSettingValue(settings, registered, fieldOf(meant.fields, name));
    if (checked.ok) changes.push({ kind: 'set', name, value: checked.value, seen: base.revision });
    else errors.push(...checked.errors);
  }
  return { changes, errors };
}
