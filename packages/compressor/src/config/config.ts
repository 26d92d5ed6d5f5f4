import type { Transformer } from '../build/transformer.ts';
import type { BytesText } from '../bytes.ts';
import type { ErrorCode } from '../errors.ts';
import type { Logger } from '../log.ts';
import type { BlockKind } from '../recipe/block-kind.ts';
import type { CodeKind } from '../recipe/recipe.ts';
import type { TagAttributes } from '../recipe/tag-attributes.ts';
import type { Storage } from '../storage/storage.ts';
import type { Hooks } from './hooks.ts';

/**
 * When bundles are made.
 *
 * - `development`: elements stay one to one and are only compiled; edits reach the browser at once.
 * - `in-request`: blocks become bundles, each built the first time it is asked for.
 * - `offline`: bundles are made ahead of time by `compressor compress`; pages only look them up.
 */
export type Mode = 'development' | 'in-request' | 'offline';

/**
 * Variables for templates; any value may be a function, called only if a block uses it, at most once. A function with a property
 * `keptIn`, such as `the database`, says that its value may be changed there after the build; one with `ifMissing`, a sentence, says what to
 * do where a block reads something that its value lacks.
 */
export type ContextVariables = Readonly<Record<string, unknown>>;

/** What a function that supplies contexts is told of the configuration. */
export interface ContextFacts {
  /** The prefix of the URLs of static files: `static.url`. */
  readonly staticUrl: string;
}

/** One context, several, or a function that returns or yields them. */
export type ContextSource =
  | ContextVariables
  | readonly ContextVariables[]
  | ((
      facts: ContextFacts,
    ) =>
      | ContextVariables
      | Iterable<ContextVariables>
      | AsyncIterable<ContextVariables>
      | Promise<ContextVariables | Iterable<ContextVariables>>);

/**
 * What a page gets whose block is not in the manifest.
 *
 * - `original`: the elements as they were written; the miss is logged.
 * - `build`: a bundle made as in the mode `in-request`.
 * - `error`: rendering fails.
 */
export type OnMiss = 'original' | 'build' | 'error';

/**
 * How much something may weigh. It is one of
 *
 * - a page: what the templates that a pattern matches load at once
 * - a block: one with this name, or in the templates that a pattern matches
 * - an artifact: an output file by its name without hash, such as `site.css`, or by a pattern such as `*.woff2`
 */
export type Budget = (
  | { readonly page: string; readonly block?: never; readonly artifact?: never }
  | { readonly block: string; readonly page?: never; readonly artifact?: never }
  | { readonly artifact: string; readonly page?: never; readonly block?: never }
) & {
  /** Only scripts or only style sheets. Default: both together. */
  readonly kind?: 'js' | 'css';
  /** The most it may weigh: a number of bytes, or a text such as `'170 kB'`. */
  readonly bytes: number | BytesText;
  /** Whether that is counted as sent with Brotli, or plain. Default: `br`. */
  readonly encoding?: 'br' | 'raw';
};

/** The options as a site writes them in `compressor.config.ts`; every one has a default. */
export interface Config {
  /** Default: `in-request` if NODE_ENV is `production`, else `development`. */
  readonly mode?: Mode;
  readonly templates?: {
    /**
     * `liquid`, `nunjucks`, or a function that returns the site's own configured LiquidJS engine, Nunjucks environment, or
     * any object that renders (`OwnEngine`). Default: `liquid`.
     */
    readonly engine?: 'liquid' | 'nunjucks' | (() => object);
    /** Folders with templates, first match wins. Default: `['templates']`. */
    readonly roots?: readonly string[];
    /**
     * Further folders that are watched in development: of templates that lie beside code and are no pages, so that nobody looks for
     * pages there. Default: none.
     */
    readonly watch?: readonly string[];
    /** Default: `['.liquid', '.html']`; with the engine `nunjucks` `['.njk', '.html']`. */
    readonly extensions?: readonly string[];
  };
  readonly static?: {
    /** Prefix of the URLs of static files: a path, or a whole origin with a path. Default: `/static/`. */
    readonly url?: string;
    /** Folders with static files, first match wins; `npm:package/folder` adds a package's. Default: `['static']`. */
    readonly roots?: readonly string[];
  };
  readonly output?: {
    /** Folder of this server that keeps what was built. Default: `public/assets`. */
    readonly directory?: string;
    /** Where all servers find what was built; the folder is then each server's copy. Default: only the folder. */
    readonly storage?: Storage | undefined;
    /** Prefix of the URLs of bundles: a path, or a whole origin with a path. Default: `/assets/`. */
    readonly url?: string;
    /**
     * Whether what one server writes, all servers see. Default: false; true with `storage` in the mode `in-request`, and in
     * development.
     */
    readonly shared?: boolean;
    /** Whether tags from a manifest let browsers check what they load (Subresource Integrity). Default: true. */
    readonly integrity?: boolean;
    /** Attributes for the tags of all blocks of a kind; `true` for those without a value. Default: none. */
    readonly attributes?: {
      readonly css?: Readonly<Record<string, string | true>>;
      readonly js?: Readonly<Record<string, string | true>>;
    };
  };
  readonly build?: {
    /** A browserslist query, or several. Default: `baseline widely available`. */
    readonly browsers?: string | readonly string[];
    /** Default: true except in development. */
    readonly minify?: boolean;
    /** Whether bundles link source maps, which show the sources to every visitor. Default: only in development. */
    readonly sourceMaps?: boolean;
    /**
     * Pictures and fonts up to so many bytes become part of the style sheets that show them, as `data:` URLs. Default: 0, so
     * none.
     */
    readonly dataUris?: number;
    /** Your own steps from one language to CSS or JavaScript; they are asked before the built-in ones. */
    readonly transformers?: readonly Transformer[];
    /** Kinds of blocks beside `css` and `js`. Default: none. */
    readonly kinds?: readonly BlockKind[];
    /** How JSX is compiled. Default: the automatic runtime of `react`. */
    readonly jsx?: {
      readonly runtime?: 'automatic' | 'classic';
      /** The package with the runtime, such as `preact`. Default: `react`. */
      readonly importSource?: string;
    };
  };
  readonly offline?: {
    /** What templates are rendered with when nobody visits. Default: no variables. */
    readonly context?: ContextSource;
    /** Further variables for the templates that a pattern matches: `{ 'shop/*': { currency: 'EUR' } }`. */
    readonly templateContexts?: Readonly<Record<string, ContextSource>>;
    /** Patterns for the templates to look at, such as `pages/*.liquid`. Default: all templates. */
    readonly include?: string | readonly string[];
    /** Patterns for templates to leave out. Default: none. */
    readonly exclude?: string | readonly string[];
    /** Default: `original`. */
    readonly onMiss?: OnMiss;
    /** The file that says what was built, to be deployed beside the code. Default: `compressor.manifest.json`. */
    readonly manifest?: string;
    /**
     * The id of the release that a server fetches from the storage when it starts, in place of the manifest. Default: the
     * manifest beside the code.
     */
    readonly release?: string | undefined;
    /** How long a function in a context may take, in milliseconds. Default: 10,000. */
    readonly timeout?: number;
    /** Codes of diagnostics that are only warnings for this site. Default: none. */
    readonly allow?: readonly ErrorCode[];
  };
  /** How much pages, blocks and artifacts may weigh, so that `compress`, `check` and `report` fail if they weigh more. */
  readonly budgets?: readonly Budget[];
  /**
   * Where `compress` and `check` keep what they compiled, so that the next run need not; `false` for nowhere. It may be
   * deleted at any time. Default: the directory `node_modules/.cache/widgy-compressor`, or `.cache/widgy-compressor` where
   * there is no `node_modules`.
   */
  readonly cache?: false | { readonly directory?: string };
  /**
   * Signs asset URLs, so that nobody else can make a server build anything. Several servers need the same one.
   * A list rotates: the first signs, all are accepted. Default: random, until the process ends.
   */
  readonly secret?: string | readonly string[] | undefined;
  readonly limits?: {
    /** Largest source that is read, in bytes. Default: 16 MiB. */
    readonly sourceBytes?: number;
    /** Longest signed recipe in a URL, in characters. Default: 4000. */
    readonly urlLength?: number;
    /** Memory for artifacts kept ready to be served, in bytes. Default: 64 MiB. */
    readonly memoryBytes?: number;
    /** Requests to the storage that `compress` has under way at once. Default: 16. */
    readonly storageRequests?: number;
  };
  /** Functions that are told of artifacts, releases and blocks. Default: none. */
  readonly hooks?: Hooks;
  /** Where the compressor says what it does. Default: standard error. */
  readonly logger?: Logger;
}

/** Checks nothing and changes nothing: it lets an editor offer and check the options. */
export function defineConfig(config: Config): Config {
  return config;
}

/** A budget with its defaults filled in. */
export interface ResolvedBudget {
  readonly of: 'page' | 'block' | 'artifact';
  readonly pattern: string;
  readonly kind: 'js' | 'css' | undefined;
  readonly bytes: number;
  readonly encoding: 'br' | 'raw';
}

/** The options with all defaults filled in and all folders absolute. */
export interface ResolvedConfig {
  /** The folder that relative paths and packages were resolved against. */
  readonly base: string;
  readonly mode: Mode;
  readonly templates: {
    readonly engine: 'liquid' | 'nunjucks' | (() => object);
    readonly roots: readonly string[];
    readonly watch: readonly string[];
    readonly extensions: readonly string[];
  };
  readonly static: { readonly url: string; readonly roots: readonly string[] };
  readonly output: {
    readonly directory: string;
    readonly storage: Storage | undefined;
    readonly url: string;
    readonly shared: boolean;
    readonly integrity: boolean;
    readonly attributes: Readonly<Record<CodeKind, TagAttributes>>;
  };
  readonly build: {
    readonly browsers: readonly string[];
    readonly minify: boolean;
    readonly sourceMaps: boolean;
    readonly dataUris: number;
    readonly transformers: readonly Transformer[];
    readonly kinds: readonly BlockKind[];
    readonly jsx: { readonly runtime: 'automatic' | 'classic'; readonly importSource: string };
  };
  readonly offline: {
    readonly context: ContextSource;
    readonly templateContexts: Readonly<Record<string, ContextSource>>;
    readonly include: readonly string[];
    readonly exclude: readonly string[];
    readonly onMiss: OnMiss;
    readonly manifest: string;
    readonly release: string | undefined;
    readonly timeout: number;
    readonly allow: readonly ErrorCode[];
  };
  readonly budgets: readonly ResolvedBudget[];
  readonly cache: false | { readonly directory: string };
  /** The first signs; empty means that the process makes up its own. */
  readonly secrets: readonly string[];
  readonly limits: {
    readonly sourceBytes: number;
    readonly urlLength: number;
    readonly memoryBytes: number;
    readonly storageRequests: number;
  };
  readonly hooks: Hooks;
  readonly logger: Logger;
}
