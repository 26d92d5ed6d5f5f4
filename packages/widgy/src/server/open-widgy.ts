import { isIP } from 'node:net';
import {
  definePermissions,
  type FolderMailerOptions,
  folderMailer,
  type Mailer,
  openAccounts,
  smtpMailer,
} from '../accounts/index.ts';
import { CALLOUT_ROOT, calloutLinkable, openCallouts } from '../callouts/index.ts';
import type { Lazy } from '../config/config.ts';
import { openMediaStorage, type WidgyEnvironment } from '../config/index.ts';
import { createGenerationReader } from '../database/generation-reader.ts';
import { openDatabase } from '../database/open-database.ts';
import { openDocuments } from '../documents/index.ts';
import { mediaLinkable, openMedia } from '../media/index.ts';
import { composeHooks, openPages, pageLinkable, pagesHook } from '../pages/index.ts';
import { defineSettings, openSettings } from '../settings/index.ts';
import { DEFAULT_SITE } from '../settings/store.ts';
import type { Site } from '../widgets/site.ts';
import type { ServerOptions } from './options.ts';
import type { Widgy } from './widgy.ts';

/** Where the administration is. */
export const ADMIN_URL = '/admin';

/** Where media are. */
export const MEDIA_URL = '/media/';

/**
 * Opens a site: its database, which is migrated, and all that is kept in it. What is opened is closed by `close`.
 *
 * @param onProblem is told of what failed and kept nobody from their work
 * @param onMailWritten is told of mails that were written into a folder, since nobody gets them
 * @throws WidgyError for whatever is wrong with the configuration or the database
 */
export async function openWidgy(
  options: ServerOptions,
  onProblem: (problem: unknown) => void,
  onMailWritten: FolderMailerOptions['onWritten'] = () => {},
): Promise<Widgy> {
  const { config, environment, renderer, compressor, contentSources = {}, now = Date.now } = options;
  const { variables = {}, mounts = {} } = options;
  const { siteId = DEFAULT_SITE, siteName = 'Widgy', accessibilityGate } = config;
  const site = await given(config.site);
  const settings = (await given(config.settings)) ?? defineSettings([]);
  const file = (await given(config.settingsFile)) ?? {};
  const ownLinkables = (await given(config.linkables)) ?? [];
  const url = (await given(config.database)) ?? environment.DATABASE_URL;
  const baseUrl = environment.BASE_URL ?? `http://localhost:${environment.PORT}`;
  const database = await openDatabase({ url, migrations: 'apply' });
  const isReviewed = config.documents?.isReviewed ?? false;
  const showing = { site: siteId, isReviewed, now };
  const media = openMedia({
    ...{ database, site: siteId, url: MEDIA_URL, now },
    storage: await openMediaStorage(environment.MEDIA_URL, process.cwd()),
  });
  const hook = pagesHook({ ...showing, database, site });
  const { before } = config.documents ?? {};
  const documents = openDocuments({
    ...config.documents,
    ...{ database, site, now, onProblem },
    before: before === undefined ? hook : composeHooks(hook, before),
    linkables: [pageLinkable(showing), mediaLinkable(media), calloutLinkable(showing), ...ownLinkables],
  });
  const accounts = openAccounts({
    ...{ database, site: siteId, siteName, now, onProblem },
    permissions: config.permissions ?? definePermissions(site),
    mail: { mailer: mailerOf(environment, onMailWritten), baseUrl },
    ...(options.hasher === undefined ? {} : { hasher: options.hasher }),
  });
  const hosts = [new URL(baseUrl).hostname, ...(config.pages?.hosts ?? [])];
  return {
    ...{ siteId, siteName, baseUrl, adminUrl: ADMIN_URL, site, environment, database, documents, media },
    ...{ accessibilityGate, accounts, renderer, compressor, contentSources, now, variables, mounts },
    pages: openPages({ rootTypes: rootTypesOf(site), ...config.pages, hosts, documents, site: siteId }),
    callouts: site.types.has(CALLOUT_ROOT) ? openCallouts({ documents, site: siteId }) : undefined,
    settings: openSettings({ settings, database, file, site: siteId, now, onProblem }),
    generation: createGenerationReader(database, siteId),
    async close() {
      await accounts.later.whenIdle();
      await database.close();
      await compressor.close();
    },
  };
}

async function given<T>(lazy: Lazy<T>): Promise<T> {
  return await (isMaker(lazy) ? lazy() : lazy);
}

function isMaker<T>(lazy: Lazy<T>): lazy is () => T | Promise<T> {
  return typeof lazy === 'function';
}

/** The types that stand nowhere but at the top of a page. That of call-outs stands in none. */
function rootTypesOf({ catalogue }: Site<never>): readonly string[] {
  return [...catalogue.values()]
    .filter(({ type, isRootChoice }) => isRootChoice && type !== CALLOUT_ROOT)
    .map(({ type }) => type);
}

function mailerOf(
  { MAIL_URL: location, MAIL_FROM, BASE_URL }: WidgyEnvironment,
  onWritten: NonNullable<FolderMailerOptions['onWritten']>,
): Mailer {
  const host = BASE_URL === undefined ? 'localhost' : new URL(BASE_URL).hostname;
  const from = MAIL_FROM ?? `widgy@${host.includes('.') && isIP(host) === 0 ? host : 'site.invalid'}`;
  return location.kind === 'folder'
    ? folderMailer(location.path, { from, onWritten })
    : smtpMailer(location.url, { from });
}
