import type { PermissionCatalogue } from '../accounts/index.ts';
import type { DocumentOptions } from '../documents/store.ts';
import type { CheckImpact } from '../editor/check/check-message.ts';
import type { Linkable } from '../links/linkable.ts';
import type { PagesOptions } from '../pages/index.ts';
import type { RendererOptions } from '../rendering/renderer.ts';
import type { Settings } from '../settings/define-settings.ts';
import type { Site } from '../widgets/site.ts';

/** A value, or a function that gives it and is called only where it is needed. */
export type Lazy<T> = T | (() => T | Promise<T>);

/** How the widgets of a site are rendered to be checked: as its pages render them. */
export interface CheckedRendering
  extends Pick<RendererOptions, 'engine' | 'roots' | 'pure' | 'hasFixedAssets' | 'limits'> {
  /** What pages give to templates, such as `settings`. */
  readonly variables?: Readonly<Record<string, unknown>>;
}

/** What the command `widgy` and `offlineContext` have to know of a site. */
export interface Config {
  readonly site: Lazy<Site<never>>;
  /** The settings of the site, as `defineSettings` gives them. Default: none. */
  readonly settings?: Lazy<Settings>;
  /** Values of settings that the code gives, by name: `file` of `openSettings`. Default: none. */
  readonly settingsFile?: Lazy<Readonly<Record<string, unknown>>>;
  /** Whose settings they are, where the database holds several sites. Default: `DEFAULT_SITE`. */
  readonly siteId?: string;
  /** The URL of the database. Default: `DATABASE_URL` of the environment, or else `sqlite:data/site.db`. */
  readonly database?: Lazy<string>;
  /** What link fields may point at. Default: nothing. */
  readonly linkables?: Lazy<readonly Linkable[]>;
  readonly rendering?: Lazy<CheckedRendering>;
  /** As the server opens its documents: how large trees may get, whether there is review, and what is asked before anything is kept. */
  readonly documents?: Pick<DocumentOptions, 'limits' | 'isReviewed' | 'before'>;
  /** What the site is called: in titles of pages, in the administration and in mails. Default: `Widgy`. */
  readonly siteName?: string;
  /** Menus, templates and mounts of pages, and other host names of the site beside that of `BASE_URL`. Default: none, and the types that stand at the top of documents as roots of pages. */
  readonly pages?: Partial<Omit<PagesOptions, 'documents' | 'site' | 'now'>>;
  /**
   * The editor offers to publish a draft only where its check of accessibility finds nothing of this impact or a worse one. The forms and the
   * API publish without it: it needs a browser. Default: nothing is asked.
   */
  readonly accessibilityGate?: CheckImpact;
  /** What there is to be permitted. Default: what `definePermissions` gives for the site. */
  readonly permissions?: PermissionCatalogue;
}

/** The default export of `widgy.config.ts`: gives back what it is given, and lets an editor know its type. */
export function defineConfig<Given extends Config>(config: Given): Given {
  return config;
}
