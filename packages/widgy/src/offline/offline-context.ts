import type { Config } from '../config/config.ts';
import type { SiteValues } from './site-values.ts';

/** Loads the configuration of a site: `() => import('./widgy.config.ts')`. */
export type LoadConfig = () => Promise<{ readonly default: Config }>;

/** Variables for templates. Any of them may be a function, which the compressor calls only if a block uses it. */
export type Variables = Readonly<Record<string, unknown>>;

/** How one context differs from the others of a site. */
export interface OneContext {
  /** Whose settings they are, in a database that holds several sites. Default: as the configuration says. */
  readonly siteId?: string;
  /** What pages of this host or theme give to templates. */
  readonly variables?: Variables;
}

/** What there is to say beside the configuration of the site. */
export interface OfflineContextOptions {
  /** What blocks read beside `site`, `settings` and `static_url`. Default: nothing. */
  readonly variables?: Variables;
  /** For a site with several hosts or themes: one context for each. Default: one context. */
  readonly contexts?: readonly OneContext[];
}

/** What the compressor says of its own configuration. */
export interface OfflineFacts {
  readonly staticUrl: string;
}

/**
 * The offline context of a Widgy site, for `offline.context` of the compressor: the variables `site`, `settings` and `static_url`, as pages
 * have them. Nothing is loaded before a block uses it. The database is opened only if a block uses a setting that can be edited, once for
 * each site in it, and closed again as soon as its settings were read. Such a setting is told as `variable-changes`.
 *
 * @example
 * offline: { context: offlineContext(() => import('./widgy.config.ts')) },
 */
export function offlineContext(
  load: LoadConfig,
  { variables: shared = {}, contexts = [{}] }: OfflineContextOptions = {},
): (facts: OfflineFacts) => readonly Variables[] {
  return ({ staticUrl }) => {
    let opened: Promise<SiteValues> | undefined;
    const values = () => {
      opened ??= openValues(load);
      return opened;
    };
    const site = Object.assign(async () => (await values()).site(), {
      ifMissing: 'Correct the name: site is what defineSite gives.',
    });
    // The compressor calls a function once, so contexts of the same site have the same one.
    const settings = new Map<string | undefined, () => Promise<unknown>>();
    return contexts.map(({ siteId, variables }) => {
      const own =
        settings.get(siteId) ??
        Object.assign(async () => (await values()).settings(siteId), { ifMissing: IF_NO_SETTING });
      settings.set(siteId, own);
      return { site, settings: own, static_url: staticUrl, ...shared, ...variables };
    });
  };
}

const IF_NO_SETTING =
  'Correct its name, or say isPublic where the setting is defined: templates get public settings only.';

/** What is needed of Widgy for it is loaded with the site: a server that only looks up does without. */
async function openValues(load: LoadConfig): Promise<SiteValues> {
  const { openSiteValues } = await import('./site-values.ts');
  return openSiteValues(load);
}
