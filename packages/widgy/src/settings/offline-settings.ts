import type { JsonValue } from '../tree/json.ts';
import { bareJson } from './bare-json.ts';
import { type ByGroup, mapPublic } from './by-group.ts';
import { perRequest } from './snapshot.ts';
import { isOpen, type SettingsStore } from './store.ts';

/** Settings for a build ahead of time. */
export interface OfflineSettings {
  /** A function for each public setting, as an offline context takes them. It gives what `publicSettings` would. */
  readonly settings: ByGroup<() => JsonValue | Promise<JsonValue>>;
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
 * @example
 * const offline = offlineSettings(store);
 * const context = { settings: offline.settings };
 */
export function offlineSettings(store: SettingsStore): OfflineSettings {
  const read = new Set<string>();
  const snapshot = perRequest(store);
  const settings = mapPublic(store.settings, (registered) => {
    const { name, default: initial } = registered.setting;
    if (!isOpen(store, registered)) {
      const fixed = store.fixed(name);
      const value = bareJson(fixed === undefined ? initial : fixed);
      return () => value;
    }
    return async () => {
      read.add(name);
      return bareJson((await snapshot()).find(name)?.value ?? null);
    };
  });
  return { settings, wasRead: () => [...read].sort() };
}
