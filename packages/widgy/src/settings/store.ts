import type { Database } from '../database/database.ts';
import { WidgyError } from '../errors.ts';
import type { JsonValue } from '../tree/json.ts';
import { ID_RULE, isId } from '../tree/widget.ts';
import { didYouMean } from '../widgets/nearest.ts';
import { type CheckedValue, checkSettingValue, checkStoredValue } from './check-value.ts';
import type { RegisteredSetting, Settings } from './define-settings.ts';
import { createWarnings, type SettingWarning, type Warnings } from './warning.ts';

/** What settings are opened with. */
export interface SettingsOptions {
  readonly settings: Settings;
  /** The database, or what opens it: that is called at the first reading or writing, and again if it failed. Whoever opened it closes it. */
  readonly database: Database | (() => Database | Promise<Database>);
  /**
   * Values by name that the site's code gives, such as from its environment. They count, and those settings cannot be edited. One that is
   * undefined is not given.
   */
  readonly file?: Readonly<Record<string, unknown>>;
  /** Whose settings they are, where a database holds several sites. See `isId`. Default: {@link DEFAULT_SITE}. */
  readonly site?: string;
  /** The time in milliseconds since 1970. Default: `Date.now`. */
  readonly now?: () => number;
  /** Is told once of each row that is not as it should be. It must not throw. Default: a line on standard error. */
  readonly onProblem?: (warning: SettingWarning) => void;
}

/** The settings of one site in a database: what all functions of this folder are given first. No value can be seen in it. */
export interface SettingsStore {
  readonly settings: Settings;
  readonly site: string;
  readonly now: () => number;
  readonly database: () => Promise<Database>;
  /** The value that the file gives a setting; undefined if it gives none. */
  readonly fixed: (name: string) => JsonValue | undefined;
  /** Checks what the database holds. What was checked last is remembered for each setting. */
  readonly check: (registered: RegisteredSetting, text: string) => CheckedValue;
  readonly warnings: Warnings;
  /** What the last reading found to be wrong. */
  readonly report: () => readonly SettingWarning[];
}

/** The site that settings belong to where none is named. */
export const DEFAULT_SITE = 'default';

/**
 * Opens the settings of a site. The database is not asked yet.
 *
 * @throws WidgyError `settings-file-invalid`, with everything that is wrong in `file`, or `setting-invalid` for the name of the site
 */
export function openSettings(options: SettingsOptions): SettingsStore {
  const { settings, database, file = {}, site = DEFAULT_SITE, now = Date.now } = options;
  if (!isId(site)) {
    const message = `the site ${JSON.stringify(site)} has an id that cannot be used`;
    throw new WidgyError('setting-invalid', { message, help: `It ${ID_RULE}.` });
  }
  const values = valuesOfFile(settings, file);
  const warnings = createWarnings(options.onProblem ?? writeWarning);
  return {
    settings,
    site,
    now,
    database: openedOnce(database),
    fixed: (name) => values.get(name),
    check: remembering(settings),
    warnings,
    report: warnings.report,
  };
}

/** Whether a setting can be changed in the database: it is editable, and the file says nothing of it. */
export function isOpen({ fixed }: Pick<SettingsStore, 'fixed'>, { setting }: RegisteredSetting): boolean {
  return setting.isEditable && fixed(setting.name) === undefined;
}

function valuesOfFile(
  settings: Settings,
  file: Readonly<Record<string, unknown>>,
): ReadonlyMap<string, JsonValue> {
  const values = new Map<string, JsonValue>();
  const faults: string[] = [];
  for (const [name, value] of Object.entries(file)) {
    if (value === undefined) continue;
    const registered = settings.all.get(name);
    if (registered === undefined) {
      faults.push(
        `there is no setting ${JSON.stringify(name)}. ${didYouMean(name, [...settings.all.keys()])}`.trim(),
      );
      continue;
    }
    const checked = checkSettingValue(settings, registered, value);
    if (checked.ok) values.set(name, checked.value);
    else faults.push(...checked.errors.map(({ path, message }) => `${path.slice(1)}: ${message}`));
  }
  if (faults.length > 0) throw new WidgyError('settings-file-invalid', { message: faults.join('\n') });
  return values;
}

function openedOnce(database: SettingsOptions['database']): () => Promise<Database> {
  let opened: Promise<Database> | undefined;
  return () => {
    if (opened === undefined) {
      const opening = (async () => (typeof database === 'function' ? await database() : database))();
      opened = opening;
      // Whoever asked is told of the failure; the next one tries again.
      opening.catch(() => {
        opened = undefined;
      });
    }
    return opened;
  };
}

/** What a text comes to depends on nothing but the text, so the last answer for each setting holds for as long as the text is the same. */
function remembering(settings: Settings): SettingsStore['check'] {
  const last = new Map<string, { readonly text: string; readonly checked: CheckedValue }>();
  return (registered, text) => {
    const { name } = registered.setting;
    const known = last.get(name);
    if (known?.text === text) return known.checked;
    const checked = checkStoredValue(settings, registered, text);
    last.set(name, { text, checked });
    return checked;
  };
}

function writeWarning({ what }: SettingWarning): void {
  process.stderr.write(`widgy: ${what}\n`);
}
