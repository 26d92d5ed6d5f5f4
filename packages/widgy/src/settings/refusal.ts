import type { JsonValue } from '../tree/json.ts';
import type { FieldError } from '../widgets/fields/field-error.ts';

/** A setting that somebody changed meanwhile, as it is now. */
export interface StaleSetting {
  readonly name: string;
  readonly revision: number;
  /** Undefined for a secret. */
  readonly value: JsonValue | undefined;
}

/** What goes with each reason, beside the code and the sentence. */
interface Details {
  /** No settings are called so. */
  'settings-unknown': { readonly names: readonly string[] };
  /** These cannot be changed: the code says so, or the file gives their values. */
  'settings-fixed': { readonly names: readonly string[] };
  /** These are changed twice in one writing. */
  'settings-repeated': { readonly names: readonly string[] };
  /** Values that cannot be kept. The path of each error begins with the name of its setting: `/site.title`. */
  'settings-invalid': { readonly errors: readonly FieldError[] };
  /** What was looked at is not what is there any more. */
  stale: { readonly settings: readonly StaleSetting[] };
}

/** Why no setting was changed; see {@link SettingsRefusal}. */
export type SettingsRefusalCode = keyof Details;

/** All codes, for documentation and for mapping them. */
export const SETTINGS_REFUSAL_CODES = [
  'settings-unknown',
  'settings-fixed',
  'settings-repeated',
  'settings-invalid',
  'stale',
] as const satisfies readonly SettingsRefusalCode[];

/** Why nothing was written: a code, a sentence, and what belongs to the code. It is a value; no setting has changed. */
export type SettingsRefusal = {
  readonly [Code in SettingsRefusalCode]: { readonly code: Code; readonly what: string } & Details[Code];
}[SettingsRefusalCode];
