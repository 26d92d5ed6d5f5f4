import { asConfigError, checkConfig } from '../cli/load-config.ts';
import { accessSite, type SiteAccess } from '../cli/site-access.ts';
import type { Config } from '../config/config.ts';
import { WidgyError } from '../errors.ts';
import { type OfflineSettings, offlineSettings } from '../settings/offline-settings.ts';
import { readSettings, type SettingsSnapshot } from '../settings/snapshot.ts';
import { openSettings, type SettingsStore } from '../settings/store.ts';
import type { Site } from '../widgets/site.ts';
import type { LoadConfig } from './offline-context.ts';

/** What a site gives to its templates when nobody is visiting. */
export interface SiteValues {
  /** @throws WidgyError for what is wrong with the configuration, or with the site */
  site(): Promise<Site<never>>;
  /**
   * The public settings, each as a function.
   *
   * @param siteId whose they are; undefined for those that the configuration says
   * @throws WidgyError for what is wrong with the configuration, or with the settings
   */
  settings(siteId: string | undefined): Promise<OfflineSettings['settings']>;
}

/** @throws WidgyError `config-invalid`, `config-unknown-key` */
export async function openSiteValues(load: LoadConfig): Promise<SiteValues> {
  const access = accessSite(checkConfig(await loaded(load), THE_CONFIGURATION), process.env);
  return {
    site: access.site,
    async settings(siteId) {
      const given = await access.settings();
      if (given === undefined) {
        throw new WidgyError('config-invalid', {
          message: `${THE_CONFIGURATION} has no settings`,
          help: 'Give what defineSettings gives as settings, or take the setting out of the block.',
        });
      }
      const store = openSettings({
        ...given,
        ...(siteId === undefined ? {} : { site: siteId }),
        database: () => Promise.reject(new Error('The database is open while settings are read, only.')),
      });
      let reading: Promise<SettingsSnapshot> | undefined;
      const read = () => {
        reading ??= readAndClose(access, store);
        return reading;
      };
      return offlineSettings(store, read).settings;
    },
  };
}

const THE_CONFIGURATION = 'the configuration of the site';

async function loaded(load: LoadConfig): Promise<Config> {
  try {
    return (await load()).default;
  } catch (cause) {
    throw asConfigError(cause, `${THE_CONFIGURATION} cannot be loaded`);
  }
}

/** Reads the settings of a store from a database that is open for this alone: one statement. */
async function readAndClose(access: SiteAccess, store: SettingsStore): Promise<SettingsSnapshot> {
  try {
    return await access.withDatabase('require', (database) =>
      readSettings({ ...store, database: async () => database }),
    );
  } catch (cause) {
    if (!(cause instanceof WidgyError)) throw cause;
    const help = `${cause.help} To build without a database, use the setting outside of the block, or give its value as settingsFile.`;
    throw new WidgyError(cause.code, { message: cause.summary, help, cause });
  }
}
