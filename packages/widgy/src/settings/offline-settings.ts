import type { JsonValue } from '../tree/json.ts';
import { bareJson } from './bare-json.ts';
import { type ByGroup, mapPublic } from './by-group.ts';
import { perRequest, type SettingsSnapshot } from './snapshot.ts';
import { isOpen, type SettingsStore } from './store.ts';

/** The value of a setting as an offline context takes it: a function, called only when a block uses it. */
export interface OfflineSetting {
  (): JsonValue | Promise<JsonValue>;
  /** There for a setting that can be edited. The compressor then says that what it built holds for as long as nobody does. */
  readonly keptIn?: 'the database';
}

/** Settings for a build ahead of time. */
export interface OfflineSettings {
  /** A function for each public setting. It gives what `publicSettings` would. */
  readonly settings: ByGroup<OfflineSetting>;
  /**
   * The names of the settings whose values were asked of the database, sorted: what was built holds these values, and is not what pages
   * ask for once somebody edits them.
   */
  readonly wasRead: () => readonly string[];
}

/**
 * Gives the public settings of a site to the offline context of the compressor. Those that cannot be edited need no database; the others
 * read it once for all, when the first of them is used.
 *
 * @param read gives all settings, called once for each value that is asked for. Default: it asks the database of the store, once
 * @example
 * const offline = offlineSettings(store);
 * const context = { settings: offline.settings };
 */
export function offlineSettings(
  store: SettingsStore,
  read: () => Promise<SettingsSnapshot> = perRequest(store),
): OfflineSettings {
  const names = new Set<string>();
  const settings = mapPublic(store.settings, (registered): OfflineSetting => {
    const { name, default: initial } = registered.setting;
    if (!isOpen(store, registered)) {
      const fixed = store.fixed(name);
      const value = bareJson(fixed === undefined ? initial : fixed);
      return () => value;
    }
    const value = async () => {
      names.add(name);
      return bareJson((await read()).find(name)?.value ?? null);
    };
    return Object.assign(value, { keptIn: 'the database' } as const);
  });
  return { settings, wasRead: () => [...names].sort() };
}
