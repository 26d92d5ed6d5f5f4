import type { JsonValue } from '../tree/json.ts';
import { MAX_PROBLEMS } from '../tree/limits.ts';
import { pointerTo } from '../tree/problems.ts';
import type { FieldDescription } from '../widgets/fields/description.ts';
import type { FieldError } from '../widgets/fields/field-error.ts';
import { type Entry, entryIn, type FormState, formStateOf } from '../widgets/fields/form-state.ts';
import type { RegisteredSetting, Settings } from './define-settings.ts';
import { baseOf, isTouched, type SettingBase } from './form-base.ts';
import type { SettingsRefusal, StaleSetting } from './refusal.ts';
import type { SettingsSnapshot } from './snapshot.ts';
import { isOpen, type SettingsStore } from './store.ts';

/** The form of all settings that can be changed. Plain JSON, and no secret is in it. */
export interface SettingsForm {
  /** What its controls show, by the names of settings. */
  readonly state: FormState;
  /** What the controls were made from. */
  readonly bases: Readonly<Record<string, SettingBase>>;
  /** The settings that have a value in the database, and so can be put back to their defaults. */
  readonly stored: readonly string[];
  /** Those of them that are marked to be put back. */
  readonly resets: readonly string[];
  readonly errors: readonly FieldError[];
}

/** The form of the settings as they are. */
export function settingsForm(store: SettingsStore, snapshot: SettingsSnapshot): SettingsForm {
  const { kinds } = store.settings;
  const open = openSettingsOf(store);
  const values = open.map(({ setting, field }) => {
    return [setting.name, snapshot.find(setting.name)?.value ?? field.default] as const;
  });
  const state = formStateOf(fieldsOf(open), Object.fromEntries(values), kinds);
  const bases = open.map(({ setting: { name } }) => {
    return [name, baseOf(snapshot.find(name)?.revision ?? 0, entryIn(state, name))] as const;
  });
  const stored = open.flatMap(({ setting: { name } }) =>
    snapshot.find(name)?.source === 'database' ? name : [],
  );
  return { state, bases: Object.fromEntries(bases), stored, resets: [], errors: [] };
}

/** The settings that a form has. */
export function openSettingsOf(store: SettingsStore): readonly RegisteredSetting[] {
  return [...store.settings.all.values()].filter((registered) => isOpen(store, registered));
}

/** How some settings are edited. */
export function fieldsOf(settings: readonly RegisteredSetting[]): readonly FieldDescription[] {
  return settings.map(({ field }) => field);
}

/** The form with what was refused of it, to be shown again: all that was typed is in it, but for secrets. */
export function refusedForm(
  store: SettingsStore,
  form: SettingsForm,
  refusal: SettingsRefusal,
): SettingsForm {
  if (refusal.code === 'settings-invalid') return withErrors(form, refusal.errors);
  if (refusal.code !== 'stale') {
    return withErrors(
      form,
      refusal.names.map((name) => ({
        code: 'refused',
        path: pointerTo([name]),
        message: REFUSED[refusal.code],
      })),
    );
  }
  const { settings } = store;
  const now = refusal.settings.map((setting) => [setting, entryNow(settings, setting)] as const);
  const errors = now.map(([{ name }, entry]): FieldError => {
    return { code: 'refused', path: pointerTo([name]), message: staleSentence(entry) };
  });
  // Whoever saves again has seen what is there now.
  const bases = now.map(([{ name, revision }, entry]) => [name, baseOf(revision, entry)] as const);
  return withErrors({ ...form, bases: { ...form.bases, ...Object.fromEntries(bases) } }, errors);
}

/** The form with more errors, as many as are told of one value. */
export function withErrors(form: SettingsForm, errors: readonly FieldError[]): SettingsForm {
  return { ...form, errors: [...form.errors, ...errors].slice(0, MAX_PROBLEMS) };
}

/** The form without what was typed for secrets, which has to be typed again. */
export function withoutSecrets({ all }: Settings, form: SettingsForm): SettingsForm {
  const typed = Object.entries(form.state).flatMap(([name, entry]) => {
    const base = form.bases[name];
    const isSecret = all.get(name)?.setting.isSecret === true;
    return isSecret && base !== undefined && isTouched(base, entry) ? name : [];
  });
  const blank = typed.map((name): [string, Entry] => [name, { kind: 'text', text: '' }]);
  const errors = typed.map((name): FieldError => {
    return { code: 'required', path: pointerTo([name]), message: 'Enter this again: it is never shown.' };
  });
  return withErrors({ ...form, state: { ...form.state, ...Object.fromEntries(blank) } }, errors);
}

const REFUSED: Readonly<Record<Exclude<SettingsRefusal['code'], 'settings-invalid' | 'stale'>, string>> = {
  'settings-unknown': 'There is no such setting any more.',
  'settings-fixed': 'This cannot be changed here.',
  'settings-repeated': 'This was answered more than once.',
};

/** What the control of a setting would show now; nothing for a secret. */
function entryNow({ all, kinds }: Settings, { name, value }: StaleSetting): Entry | undefined {
  const field = all.get(name)?.field;
  const values: Readonly<Record<string, JsonValue>> = value === undefined ? {} : { [name]: value };
  return field && entryIn(formStateOf([field], values, kinds), name);
}

function staleSentence(entry: Entry | undefined): string {
  const now = entry?.kind === 'text' && entry.text !== '' ? `. It is now “${entry.text}”` : '';
  return `Somebody changed this meanwhile${now}. Save again to replace it.`;
}
