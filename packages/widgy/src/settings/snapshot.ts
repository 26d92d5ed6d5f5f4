import type { z } from 'zod';
import type { Queries } from '../database/database.ts';
import { WidgyError } from '../errors.ts';
import { didYouMean } from '../widgets/nearest.ts';
import type { Setting } from './define-setting.ts';
import type { Settings } from './define-settings.ts';
import { resolveSetting, type SettingState } from './resolve.ts';
import type { SettingsStore } from './store.ts';

/** All settings at one moment. It never changes. No value can be seen in it by printing it. */
export interface SettingsSnapshot {
  readonly settings: Settings;
  /**
   * The value of a setting.
   *
   * @throws WidgyError `name-unknown` for a setting that is not in the registry
   */
  readonly get: <Schema extends z.ZodType>(setting: Setting<Schema>) => z.output<Schema>;
  /** What a setting is, by its name, as plain JSON; undefined if there is none. */
  readonly find: (name: string) => SettingState | undefined;
}

/**
 * Reads all settings of a site: one statement. A row that does not fit is reported, and the default counts in its place.
 *
 * @throws WidgyError of the database alone
 */
export async function readSettings(store: SettingsStore): Promise<SettingsSnapshot> {
  const { settings, site, fixed, check, warnings } = store;
  const { kysely } = await store.database();
  const rows = new Map((await selectRows(kysely, site)).map((row) => [row.name, row]));
  const resolved = [...settings.all.values()].map((registered) => {
    const { setting } = registered;
    const row = rows.get(setting.name);
    const stored = row && {
      revision: row.revision,
      checked: row.value === null ? undefined : check(registered, row.value),
    };
    return [setting.name, resolveSetting(setting, fixed(setting.name), stored)] as const;
  });
  warnings.found(resolved.flatMap(([, { warning }]) => warning ?? []));
  return snapshotOf(settings, new Map(resolved.map(([name, { state }]) => [name, state])));
}

/**
 * Makes what one request asks for the settings: it reads them when it is first called, and gives the same snapshot from then on, also to
 * those who ask at once. A reading that failed has failed for the whole request.
 *
 * @example
 * const settings = perRequest(store);
 * const { site } = publicSettings(await settings());
 */
export function perRequest(store: SettingsStore): () => Promise<SettingsSnapshot> {
  let reading: Promise<SettingsSnapshot> | undefined;
  return () => {
    reading ??= readSettings(store);
    return reading;
  };
}

function selectRows(queries: Queries, site: string) {
  return queries
    .selectFrom('settings')
    .select(['name', 'value', 'revision'])
    .where('site', '=', site)
    .execute();
}

function snapshotOf(settings: Settings, states: ReadonlyMap<string, SettingState>): SettingsSnapshot {
  return Object.freeze({
    settings,
    get<Schema extends z.ZodType>(setting: Setting<Schema>): z.output<Schema> {
      const { name, schema } = setting;
      const state = states.get(name);
      if (state !== undefined && settings.all.get(name)?.setting === setting)
        return schema.parse(state.value);
      throw new WidgyError('name-unknown', {
        message: `the setting "${name}" was not given to defineSettings`,
        help:
          didYouMean(
            name,
            [...states.keys()].filter((other) => other !== name),
          ).trim() || undefined,
      });
    },
    find: (name: string) => states.get(name),
  });
}
