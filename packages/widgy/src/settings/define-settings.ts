import { z } from 'zod';
import { hasCode, WidgyError } from '../errors.ts';
import { BUILT_IN_KINDS } from '../widgets/fields/built-in-kinds.ts';
import { describeFields, labelOf } from '../widgets/fields/describe.ts';
import type { FieldDescription } from '../widgets/fields/description.ts';
import type { FieldKinds } from '../widgets/fields/kind.ts';
import { defaultSanitisers, type Sanitisers } from '../widgets/fields/sanitise.ts';
import { checkSettingValue } from './check-value.ts';
import { type Setting, settingInvalid } from './define-setting.ts';
import { SECRET_KIND, secretKind } from './secret-kind.ts';

/** What a registry may be given beside the settings. */
export interface SettingsDefinition {
  /** The kinds of fields and the sanitisers: `defineSettings(all, { site })` takes those of a site. Default: the built-in ones. */
  readonly site?: { readonly kinds: FieldKinds; readonly sanitise: Sanitisers };
  /** What people call the groups, by their names. Default: the name of the group. */
  readonly groups?: Readonly<Record<string, string>>;
}

/** A setting in a registry. */
export interface RegisteredSetting {
  readonly setting: Setting;
  /** How it is edited. Its name is that of the setting, with the dot. */
  readonly field: FieldDescription;
  /** The schema of an object with this setting under its name. */
  readonly schema: z.ZodObject;
}

/** Settings that are edited together. */
export interface SettingGroup {
  readonly name: string;
  readonly label: string;
  readonly settings: readonly RegisteredSetting[];
}

/** All settings there are: an immutable value. A process may have several. */
export interface Settings {
  /** By name, in the order in which they were given. */
  readonly all: ReadonlyMap<string, RegisteredSetting>;
  /** In the order in which their first settings were given. */
  readonly groups: readonly SettingGroup[];
  readonly kinds: FieldKinds;
  readonly sanitise: Sanitisers;
}

/**
 * Makes the registry of settings.
 *
 * @throws WidgyError `setting-duplicate`, `setting-invalid`, or `name-unknown` for a label of no group
 */
export function defineSettings(given: readonly Setting[], definition: SettingsDefinition = {}): Settings {
  const { site = { kinds: BUILT_IN_KINDS, sanitise: defaultSanitisers }, groups: labels = {} } = definition;
  const kinds: FieldKinds = { ...site.kinds, [SECRET_KIND]: secretKind };
  const all = new Map<string, RegisteredSetting>();
  for (const setting of given) {
    if (all.has(setting.name)) {
      const message = `there are two settings called "${setting.name}"`;
      throw new WidgyError('setting-duplicate', { message });
    }
    all.set(setting.name, register(setting, kinds));
  }
  const groups = groupsOf([...all.values()], labels);
  const settings = Object.freeze({ all, groups, kinds, sanitise: site.sanitise });
  for (const registered of all.values()) checkDefault(settings, registered);
  return settings;
}

function register(setting: Setting, kinds: FieldKinds): RegisteredSetting {
  const { name, group, formSchema, schema } = setting;
  try {
    const [field] = describeFields(formSchema, { type: group, kinds });
    if (field === undefined) throw settingInvalid(name, 'has no form');
    return Object.freeze({
      setting,
      field: Object.freeze({ ...field, name }),
      schema: z.object({ [name]: schema }),
    });
  } catch (error) {
    if (!hasCode(error, 'field-invalid')) throw error;
    throw settingInvalid(name, `cannot be edited: ${error.summary}`, error.help, error);
  }
}

function groupsOf(
  all: readonly RegisteredSetting[],
  labels: Readonly<Record<string, string>>,
): readonly SettingGroup[] {
  const names = [...new Set(all.map(({ setting }) => setting.group))];
  const unknown = Object.keys(labels).find((name) => !names.includes(name));
  if (unknown !== undefined) {
    throw new WidgyError('name-unknown', {
      message: `there is a label for the group ${JSON.stringify(unknown)}, which no setting is in`,
    });
  }
  return names.map((name) =>
    Object.freeze({
      name,
      label: Object.hasOwn(labels, name) ? (labels[name] ?? labelOf(name)) : labelOf(name),
      settings: all.filter(({ setting }) => setting.group === name),
    }),
  );
}

/** What kinds and sanitisers have against a default is found before the first reading. */
function checkDefault(settings: Settings, registered: RegisteredSetting): void {
  const { name, default: initial } = registered.setting;
  const checked = checkSettingValue(settings, registered, initial);
  if (checked.ok) return;
  throw settingInvalid(name, `has a default that cannot be kept: ${checked.errors[0]?.message}`);
}
