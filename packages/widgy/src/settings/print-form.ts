import { controlName } from '../widgets/fields/form-names.ts';
import { attributes, type Html, html } from '../widgets/fields/html.ts';
import { printForm } from '../widgets/fields/print-form.ts';
import type { FormOptions } from '../widgets/widget-form.ts';
import type { RegisteredSetting } from './define-settings.ts';
import { fieldsOf, openSettingsOf, type SettingsForm } from './form.ts';
import { baseName, formatBase } from './form-base.ts';
import { isOpen, type SettingsStore } from './store.ts';

/** What the names and ids of a form of settings begin with, where nothing is said. */
export const SETTINGS_PREFIX = 'settings';

/** The name under which a form sends the settings that are to be put back to their defaults. */
export function resetName(prefix: string): string {
  return `${prefix}._reset`;
}

/**
 * Prints the controls of a form of settings, in one fieldset for each group, for a `<form method="post">` that has its own button to save.
 * It works without scripts. What can be edited and is given by the file is named, without a control.
 */
export function printSettingsForm(
  store: SettingsStore,
  form: SettingsForm,
  { prefix = SETTINGS_PREFIX, links = [] }: FormOptions = {},
): Html {
  const { groups, kinds } = store.settings;
  const { head, controls } = printForm(fieldsOf(openSettingsOf(store)), form.state, {
    ...{ kinds, errors: form.errors, prefix, links },
  });
  const printed = groups.map(({ label, settings }) => {
    const shown = settings.filter(({ setting }) => setting.isEditable);
    if (shown.length === 0) return undefined;
    const parts = shown.map((registered) => {
      const { name } = registered.setting;
      if (!isOpen(store, registered)) return printFixed(registered);
      return html`${controls[name]}${printReset(registered, form, prefix)}${printBase(name, form, prefix)}`;
    });
    return html`<fieldset class="widgy-settings"><legend>${label}</legend>${parts}</fieldset>`;
  });
  return html`${head}${printed}`;
}

/** The texts of this form that are no setting's own. */
const WORDS = {
  fixed: 'is given by the configuration of the site.',
  reset: 'Use the default for',
} as const;

function printFixed({ setting: { label } }: RegisteredSetting): Html {
  return html`<p class="widgy-setting-fixed">${label} ${WORDS.fixed}</p>`;
}

/** A box for what has a value of its own. Another way to write nothing would not tell an empty text from the default. */
function printReset(
  { setting: { name, label } }: RegisteredSetting,
  { stored, resets }: SettingsForm,
  prefix: string,
): Html | undefined {
  if (!stored.includes(name)) return undefined;
  const id = `${controlName(prefix, [name])}-reset`;
  const box = { type: 'checkbox', id, name: resetName(prefix), value: name, checked: resets.includes(name) };
  return html`<div class="widgy-setting-reset"><input${attributes(box)}><label${attributes({ for: id })}>${WORDS.reset} ${label}</label></div>`;
}

function printBase(name: string, { bases }: SettingsForm, prefix: string): Html | undefined {
  const base = bases[name];
  if (base === undefined) return undefined;
  const hidden = { type: 'hidden', name: baseName(prefix), value: formatBase(name, base) };
  return html`<input${attributes(hidden)}>`;
}
