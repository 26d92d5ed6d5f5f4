import { isSameJson, type JsonValue } from '../tree/json.ts';
import type { CheckedValue } from './check-value.ts';
import type { Setting } from './define-setting.ts';
import type { SettingWarning } from './warning.ts';

/** Where a value came from. */
export type SettingSource = 'file' | 'database' | 'default';

/** What a setting is at present. */
export interface SettingState {
  readonly value: JsonValue;
  readonly source: SettingSource;
  /** How often its row was written, 0 for never: what a change of it says that it has seen. */
  readonly revision: number;
}

/** A row of the database. */
export interface StoredValue {
  readonly revision: number;
  /** Undefined for a setting that was put back to its default. */
  readonly checked: CheckedValue | undefined;
}

/** A state, and what there is to say of it. */
export interface Resolved {
  readonly state: SettingState;
  readonly warning: SettingWarning | undefined;
}

/**
 * Says which value counts: that of the file, else that of the database if the setting is editable and the value fits, else the default.
 *
 * @param fixed the value of the file, undefined if it has none
 * @param stored the row, undefined if there is none
 */
export function resolveSetting(
  setting: Setting,
  fixed: JsonValue | undefined,
  stored: StoredValue | undefined,
): Resolved {
  const { name, isEditable, default: initial } = setting;
  const revision = stored?.revision ?? 0;
  const checked = stored?.checked;
  const isOpen = fixed === undefined && isEditable;
  const state: SettingState =
    isOpen && checked?.ok === true
      ? { value: checked.value, source: 'database', revision }
      : fixed === undefined
        ? { value: initial, source: 'default', revision }
        : { value: fixed, source: 'file', revision };
  const warn = (code: SettingWarning['code'], what: string): Resolved => {
    const errors = checked === undefined || checked.ok ? [] : checked.errors;
    return { state, warning: { code, name, revision, what: `the setting "${name}" ${what}`, errors } };
  };
  if (checked?.ok === false) {
    return warn(
      'setting-misfit',
      `has a value in the database that does not fit it: its ${state.source} value counts`,
    );
  }
  if (checked !== undefined && !isOpen && !isSameJson(checked.value, state.value)) {
    return warn('setting-shadowed', `has another value in the database: its ${state.source} value counts`);
  }
  return { state, warning: undefined };
}
