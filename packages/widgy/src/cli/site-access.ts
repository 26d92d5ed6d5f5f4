import { existsSync } from 'node:fs';
import { calloutLinkable } from '../callouts/index.ts';
import type { CheckedRendering, Config, Lazy } from '../config/config.ts';
import type { Database } from '../database/database.ts';
import { MEMORY, readLocation } from '../database/location.ts';
import { type DatabaseOptions, openDatabase } from '../database/open-database.ts';
import { type DocumentStore, openDocuments } from '../documents/store.ts';
import { WidgyError } from '../errors.ts';
import type { Linkable } from '../links/linkable.ts';
import { mediaLinkable } from '../media/linkable.ts';
import { pageLinkable } from '../pages/linkable.ts';
import { DEFAULT_SITE, type SettingsOptions } from '../settings/store.ts';
import { isPlainObject } from '../tree/problems.ts';
import type { Site } from '../widgets/site.ts';
import { asConfigError, checkKeys, isSettings, isSite, RENDERING_KEYS } from './load-config.ts';

/** The database of a site that says nothing else: relative to the folder where the process runs. */
export const DEFAULT_DATABASE = 'sqlite:data/site.db';

/** The parts of a site that commands use, each made when it is asked for. */
export interface SiteAccess {
  site(): Promise<Site<never>>;
  rendering(): Promise<CheckedRendering>;
  /** What the settings of the site are opened with, beside a database; undefined where the configuration has none. */
  settings(): Promise<Pick<SettingsOptions, 'settings' | 'file' | 'site'> | undefined>;
  /** Does something with the database, and closes it. */
  withDatabase<T>(migrations: 'ignore' | 'require', step: (database: Database) => Promise<T>): Promise<T>;
  /** Opens the documents of the site in some database. */
  documentsIn(database: Database): Promise<DocumentStore>;
  /** Does something with the documents of the site in its database, which must be there and migrated. */
  withDocuments<T>(step: (store: DocumentStore) => Promise<T>): Promise<T>;
}

/**
 * What links may lead to on a server of the site: pages, files and call-outs, beside what the configuration names. A configuration that has a
 * type of the same name means its own.
 */
function withBuiltIn({ siteId = DEFAULT_SITE, documents }: Config, own: readonly Linkable[]) {
  const showing = { site: siteId, isReviewed: documents?.isReviewed ?? false, now: Date.now };
  const media = mediaLinkable({ site: siteId, url: '/media/' });
  const builtIn = [pageLinkable(showing), media, calloutLinkable(showing)];
  const names = new Set(own.map(({ type }) => type));
  return [...builtIn.filter(({ type }) => !names.has(type)), ...own];
}

/** @param environment the variables of the process */
export function accessSite(
  config: Config,
  environment: Readonly<Record<string, string | undefined>>,
): SiteAccess {
  const site = async () => {
    const made = await valueGiven('site', config.site);
    if (!isSite(made)) throw wrong('site', 'gave no site');
    return made;
  };
  const withDatabase: SiteAccess['withDatabase'] = async (migrations, step) => {
    const url = await valueGiven('database', config.database ?? environment.DATABASE_URL ?? DEFAULT_DATABASE);
    if (typeof url !== 'string') throw wrong('database', 'gave no URL');
    const database = await open({ url, migrations });
    try {
      return await step(database);
    } finally {
      await database.close();
    }
  };
  /** What opens documents, when all that it takes is there. */
  const opener = async () => {
    const made = await site();
    const linkables = (await valueGiven('linkables', config.linkables)) ?? [];
    if (!Array.isArray(linkables)) throw wrong('linkables', 'gave no list');
    const all = withBuiltIn(config, linkables);
    return (database: Database) =>
      openDocuments({ ...config.documents, site: made, linkables: all, database });
  };
  return {
    site,
    withDatabase,
    async rendering() {
      const given = (await valueGiven('rendering', config.rendering)) ?? {};
      if (!isPlainObject(given)) throw wrong('rendering', 'gave no object');
      checkKeys(given, RENDERING_KEYS, 'the configuration', 'rendering.');
      return given;
    },
    async settings() {
      const settings = await valueGiven('settings', config.settings);
      if (settings === undefined) return undefined;
      if (!isSettings(settings)) throw wrong('settings', 'gave no settings');
      const file = (await valueGiven('settingsFile', config.settingsFile)) ?? {};
      if (!isPlainObject(file)) throw wrong('settingsFile', 'gave no object');
      return { settings, file, ...(config.siteId === undefined ? {} : { site: config.siteId }) };
    },
    documentsIn: async (database) => (await opener())(database),
    async withDocuments(step) {
      const open = await opener();
      return await withDatabase('require', (database) => step(open(database)));
    },
  };
}

async function valueGiven<T>(key: keyof Config, given: Lazy<T>): Promise<T> {
  if (!isMaker(given)) return given;
  try {
    return await given();
  } catch (cause) {
    throw asConfigError(cause, `${key} of the configuration failed`);
  }
}

function isMaker<T>(given: Lazy<T>): given is () => T | Promise<T> {
  return typeof given === 'function';
}

function wrong(key: keyof Config, what: string): WidgyError {
  return new WidgyError('config-invalid', { message: `${key} of the configuration ${what}` });
}

/** Opens a database. Only migrating makes one that is not there. */
async function open(options: DatabaseOptions): Promise<Database> {
  const location = readLocation(options.url);
  const isMissing =
    options.migrations !== 'ignore' &&
    location.kind === 'sqlite' &&
    location.path !== MEMORY &&
    !existsSync(location.path);
  if (!isMissing) return await openDatabase(options);
  throw new WidgyError('database-unreachable', {
    message: `there is no database ${location.path}`,
    help: 'Run widgy migrate, which makes it, or name another one as database in the configuration.',
  });
}
