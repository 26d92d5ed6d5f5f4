import type { Compressor } from '@widgy/compressor';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { PasswordHasher, SignedIn } from '../accounts/index.ts';
import type { Config, Lazy } from '../config/config.ts';
import type { WidgyEnvironment } from '../config/index.ts';
import type { PublicPage } from '../pages/index.ts';
import type { Renderer } from '../rendering/index.ts';
import type { Site } from '../widgets/site.ts';
import type { ContentSources } from './content-security.ts';
import type { Widgy } from './widgy.ts';

/** What a server is made with, beside what its environment says. */
export interface ServerOptions {
  /** The default export of `widgy.config.ts`. Its permissions are those of people who are signed in, such as `permissionsFor()` gives. */
  readonly config: Omit<Config, 'site'> & { readonly site: Lazy<Site<SignedIn>> };
  /** Renders the widgets of the site; its engine renders all templates. */
  readonly renderer: Renderer;
  /** Whose assets are served. The server closes it. */
  readonly compressor: Compressor;
  readonly environment: WidgyEnvironment;
  /** What pages may load from elsewhere. Default: nothing. */
  readonly contentSources?: ContentSources;
  /** Variables of all public pages, the same for every visitor and every page for as long as the server runs. */
  readonly variables?: Readonly<Record<string, unknown>>;
  /** What answers for pages that mount something, by the names in `pages.mounts` of the configuration. */
  readonly mounts?: Readonly<Record<string, Mount>>;
  /** The template of pages that say what went wrong: it gets `status`, `heading` and `text`. Default: one of Widgy's. */
  readonly errorTemplate?: string;
  /** Routes of the site's own. Each says who may ask for it, as `config.access`; one that does not keeps the server from starting. */
  readonly routes?: (app: FastifyInstance, widgy: Widgy) => void | Promise<void>;
  /** Whether this server does what is to be done again and again for the site, in turn with the others. Default: true. */
  readonly hasJobs?: boolean;
  /** Bytes of pages that are kept in memory. Default: `PAGE_CACHE_BYTES`; 0 keeps none. */
  readonly pageCacheBytes?: number;
  /**
   * For how long browsers reach the site over HTTPS alone once they have, in seconds: the header `Strict-Transport-Security`. 0 sends none.
   * Default: `STRICT_TRANSPORT_S` in production where `BASE_URL` begins with `https://`, and else 0.
   */
  readonly strictTransport?: number;
  /**
   * How long a server that is told to stop still takes connections while `/readyz` says that it stops, in milliseconds: until what sends
   * visitors to it has noticed. Default: `STOP_PAUSE_MS` in production, and else 0.
   */
  readonly stopPause?: number;
  /** What hashes passwords. Several sites in one process share one, so that its limits hold for all. Default: one of its own. */
  readonly hasher?: PasswordHasher;
  /** The time in milliseconds since 1970. Default: `Date.now`. */
  readonly now?: () => number;
}

/** What a visitor asks of something that is mounted on a page. */
export interface MountQuestion {
  readonly page: PublicPage['page'];
  /** What stands behind the page's own address, without a slash; empty for the page itself. */
  readonly rest: string;
  readonly query: URLSearchParams;
  readonly request: FastifyRequest;
  readonly widgy: Widgy;
  /** Whether somebody is signed in: there may be more for them to find. */
  readonly isSignedIn: boolean;
}

/** Gives more variables for the template of a page; undefined where there is nothing at this address. Such a page is made anew each time. */
export type Mount = (
  question: MountQuestion,
) => Readonly<Record<string, unknown>> | undefined | Promise<Readonly<Record<string, unknown>> | undefined>;
