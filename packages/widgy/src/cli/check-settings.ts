import { readSettings } from '../settings/snapshot.ts';
import { openSettings, type SettingsOptions } from '../settings/store.ts';
import { type UnknownSetting, unknownSettings } from '../settings/unknown-settings.ts';
import type { SettingWarning } from '../settings/warning.ts';
import { didYouMean } from '../widgets/nearest.ts';
import type { Diagnostic } from './diagnostic.ts';

/** What was found in the settings of a site. */
export interface CheckedSettings {
  /** How many the site has. */
  readonly settings: number;
  readonly diagnostics: readonly Diagnostic[];
}

/** Checks what the database holds for the settings of one site. Two statements. No diagnostic tells a value: it may be a secret. */
export async function checkSettings(options: SettingsOptions): Promise<CheckedSettings> {
  const store = openSettings({ ...options, onProblem: () => {} });
  const { all } = store.settings;
  await readSettings(store);
  const unknown = await unknownSettings(store);
  return {
    settings: all.size,
    diagnostics: [
      ...store.report().flatMap(warningDiagnostics),
      ...unknown.map((row) => unknownDiagnostic(row, [...all.keys()])),
    ],
  };
}

/** One for each thing that does not fit: what visitors get is not what somebody wrote. What is kept beside a fixed value harms nobody. */
function warningDiagnostics({ code, name, what, errors }: SettingWarning): readonly Diagnostic[] {
  const severity = code === 'setting-misfit' ? 'error' : 'warning';
  const common = { code, severity, setting: name, help: HELP[code] } as const;
  if (errors.length === 0) return [{ ...common, message: what }];
  return errors.map(({ path, message }) => ({ ...common, path, message: `${what}: ${message}` }));
}

const HELP: Readonly<Record<SettingWarning['code'], string>> = {
  'setting-misfit': 'Save the setting again, or let its schema accept what is kept.',
  'setting-shadowed':
    'It does no harm. For what is kept to count, take the value out of settingsFile, or make the setting editable.',
};

function unknownDiagnostic({ name }: UnknownSetting, known: readonly string[]): Diagnostic {
  const near = didYouMean(name, known).trim();
  return {
    ...{ code: 'setting-unknown', severity: 'warning', setting: name },
    message: 'the database has a value of it, and the site has no such setting',
    help: `${near === '' ? '' : `${near} `}Bring the setting back, under this name. Until then its value is kept, and nobody gets it.`,
  };
}
