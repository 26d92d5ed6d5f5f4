import { fieldOf, freezeJson, type JsonValue } from '../tree/json.ts';
import { DEFAULT_LIMITS } from '../tree/limits.ts';
import { pointerTo } from '../tree/problems.ts';
import { checkFields } from '../widgets/fields/check.ts';
import type { FieldError } from '../widgets/fields/field-error.ts';
import type { RegisteredSetting, Settings } from './define-settings.ts';
import { MAX_SETTING_BYTES, MAX_SETTING_DEPTH } from './limits.ts';

/** A value that may be kept, or all that is wrong with it. The paths of errors begin with the name of the setting: `/site.title`. */
export type CheckedValue =
  | { readonly ok: true; readonly value: JsonValue }
  | { readonly ok: false; readonly errors: readonly FieldError[] };

/** Checks and sanitises a value for a setting, wherever it comes from: a form, code, the database. */
export function checkSettingValue(
  { kinds, sanitise }: Pick<Settings, 'kinds' | 'sanitise'>,
  { setting: { name }, field, schema }: RegisteredSetting,
  value: unknown,
): CheckedValue {
  const limits = { ...DEFAULT_LIMITS, fieldBytes: MAX_SETTING_BYTES, fieldDepth: MAX_SETTING_DEPTH };
  const checked = checkFields({ [name]: value }, { schema, fields: [field], kinds, sanitise, limits });
  if (!checked.ok) return checked;
  return { ok: true, value: freezeJson(fieldOf(checked.fields, name) ?? null) };
}

/** Checks what the database holds for a setting. */
export function checkStoredValue(
  settings: Pick<Settings, 'kinds' | 'sanitise'>,
  registered: RegisteredSetting,
  text: string,
): CheckedValue {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    const path = pointerTo([registered.setting.name]);
    return { ok: false, errors: [{ code: 'not-json', path, message: 'What is kept is no JSON.' }] };
  }
  return checkSettingValue(settings, registered, value);
}
