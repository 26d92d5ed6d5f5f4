import { randomBytes } from 'node:crypto';
import { extname, sep } from 'node:path';
import { Builder } from './build/builder.ts';
import type { BuildContext } from './build/context.ts';
import { createBuildContext } from './build/create-context.ts';
import type { ResolvedConfig } from './config/config.ts';
import { REQUEST_VARIABLE, type TagHandlers, type TemplateEngine } from './engines/engine.ts';
import { loadEngine } from './engines/load.ts';
import { createPage, type Page } from './engines/placeholder/page.ts';
import type { Place } from './errors.ts';
import type { CodeKind } from './recipe/recipe.ts';
import { loadRelease } from './releases/load-release.ts';
import { BlockRenderer, type TemplateBlock } from './render/block-renderer.ts';
import { linkValues } from './render/links.ts';
import { OfflineRenderer } from './render/offline-renderer.ts';
import { type RequestOptions, RequestValues } from './render/request-values.ts';
import { StaticUrls } from './render/static-urls.ts';
import { TagText, URL_GAP } from './render/tag-text.ts';
import { fileTag } from './render/tags.ts';
import { SourceScales, type SourceSize } from './report/source-scales.ts';
import { Development } from './serve/development.ts';
import { LiveReload } from './serve/live-reload.ts';
import { OtherReleases } from './serve/other-releases.ts';
import { CLIENT_SCRIPT, RequestHandler, type ServedRelease } from './serve/request-handler.ts';
import type { AssetRequest, AssetResponse } from './serve/response.ts';
import { ServerHooks } from './serve/server-hooks.ts';
import { publishedStatics } from './serve/static-route.ts';
import type { FileChange, SourceWatcher } from './sources/watcher.ts';
import { ArtifactStore } from './storage/artifact-store.ts';
import { openServerStorage } from './storage/open-storage.ts';
import type { ServerStorage } from './storage/storage.ts';
import { storageFailure } from './storage/storage-failure.ts';

/**
 * The compressor of one site: it renders templates, serves assets and static files, and watches the sources. It has a life:
 * {@link Compressor.close} ends it.
 */
export class Compressor {
  readonly config: ResolvedConfig;
  readonly #context: BuildContext;
  readonly #watcher: SourceWatcher | undefined;
  readonly #builder: Builder;
  readonly #storage: ServerStorage;
  readonly #store: ArtifactStore;
  readonly #blocks: BlockRenderer;
  /** In offline mode what was built ahead of time, else undefined. */
  #offline: OfflineMode | undefined;
  readonly #live = new LiveReload();
  readonly #development: Development | undefined;
  #staticUrls: StaticUrls;
  readonly #hooks: ServerHooks;
  readonly #requests: RequestHandler;
  #engine: TemplateEngine | undefined;
  #scales: SourceScales | undefined;
  #changes: Promise<void> = Promise.resolve();

  private constructor(config: ResolvedConfig, context: BuildContext, watcher: SourceWatcher | undefined) {
    const isDevelopment = config.mode === 'development';
    const { memoryBytes } = config.limits;
    this.config = config;
    this.#context = context;
    this.#watcher = watcher;
    this.#staticUrls = new StaticUrls(this.#context);
    const { warn } = context;
    this.#hooks = new ServerHooks(config.hooks, (failure) => warn('error', failure.summary, String(failure)));
    this.#builder = new Builder(this.#context, {
      separateModules: isDevelopment,
      onRead: (path) => this.#watcher?.add(path),
      onBuild: (build, making) => this.#hooks.built(build, making),
    });
    const onStorageFailure = (error: unknown) => warn('error', storageFailure(error), String(error));
    this.#storage = openServerStorage(config, onStorageFailure);
    this.#store = new ArtifactStore(this.#storage, memoryBytes, onStorageFailure);
    const secrets = config.secrets.length > 0 ? config.secrets : [randomBytes(32).toString('hex')];
    const isTemplate = (path: string) => isTemplateOf(config, path);
    this.#development = isDevelopment ? new Development(this.#builder, this.#live, isTemplate) : undefined;
    this.#blocks = new BlockRenderer({
      config,
      warn,
      builder: this.#builder,
      store: this.#store,
      secret: secrets[0] ?? '',
      observer: this.#development ?? { shown() {}, failed() {} },
    });
    this.#requests = new RequestHandler({
      config,
      secrets,
      context: this.#context,
      builder: this.#builder,
      store: this.#store,
      live: isDevelopment ? this.#live : undefined,
    });
    this.#watcher?.onChange((changes) => {
      this.#changes = this.#changes
        .then(() => this.#onChange(changes))
        .catch((error) => warn('error', String(error), String(error)));
    });
  }

  /** Starts a compressor: loads the template engine and begins to watch. */
  static async create(config: ResolvedConfig): Promise<Compressor> {
    const context = createBuildContext(config);
    const isBuilding = config.mode !== 'offline' || config.offline.onMiss === 'build';
    if (isBuilding) context.pipeline.targets(); // What is wrong with them is told now, and not to the first visitor.
    const compressor = new Compressor(config, context, await watchSources(config, context));
    try {
      if (config.mode === 'offline') await compressor.#loadManifest();
      compressor.#engine = await loadEngine(config, compressor.tags);
      await compressor.#watcher?.ready;
    } catch (error) {
      await compressor.close();
      throw error;
    }
    if (config.secrets.length === 0 && config.mode === 'in-request') {
      config.logger.log(
        'info',
        'no secret is configured: asset URLs are valid until this process ends, and on this server only',
      );
    }
    return compressor;
  }

  /**
   * Renders a template with the configured engine.
   *
   * @param request the nonce and the URL for the tags in this page; without it, those in the variable `compressor`
   * @throws CompressorError what the template or `request` has wrong
   */
  async render(
    template: string,
    variables: Readonly<Record<string, unknown>> = {},
    request: RequestOptions | undefined = undefined,
  ): Promise<string> {
    if (this.#engine === undefined) throw new Error('A compressor is made by Compressor.create.');
    return this.#engine.render(
      template,
      variables,
      RequestValues.check(request ?? variables[REQUEST_VARIABLE]),
    );
  }

  /**
   * Values for the header `Link` that let a browser fetch what every page of a template shows, before the page is rendered. They
   * come from the manifest: in other modes than offline, and for engines that nobody can look into, there are none.
   *
   * @param request the nonce and the URL that the page will have
   * @throws CompressorError `request-invalid`
   */
  links(template: string, request?: RequestOptions): readonly string[] {
    const values = RequestValues.check(request);
    const { manifest } = this.#offline ?? {};
    if (manifest === undefined) return [];
    const names = [template, template + (this.config.templates.extensions[0] ?? '')];
    const name = names.find((one) => Object.hasOwn(manifest.pages, one));
    const page = name === undefined ? undefined : manifest.pages[name];
    return page === undefined ? [] : linkValues(page, manifest, this.config, values);
  }

  /**
   * Begins a page for an engine that knows nothing of blocks: its functions are handed to the template, and it finishes what the
   * engine gives.
   *
   * @param template names the template in messages
   * @param request the nonce and the URL for the tags in this page
   * @throws CompressorError `request-invalid`
   */
  page(template?: string, request?: RequestOptions): Page {
    return createPage(this.tags, template, RequestValues.check(request));
  }

  /** What the tags of an engine call; for engines that are not configured in `templates`. */
  get tags(): TagHandlers {
    return {
      compress: (block, request) => this.#renderBlock(block, request),
      known: (block) =>
        this.config.hooks.onBlock === undefined ? this.#offline?.renderer.known(block) : undefined,
      kinds: this.config.build.kinds,
      staticUrl: (name, place) => this.staticUrl(name, place),
      plainUrl: (name) => this.#staticUrls.plain(name),
      developmentTag: this.#development && liveReloadTag(this.config.output.url),
    };
  }

  /**
   * The fingerprinted URL of a static file. It comes at once when the file is known. A file that is missing keeps its plain
   * URL and is reported once.
   */
  staticUrl(name: string, place?: Place): string | Promise<string> {
    return this.#staticUrls.get(name, place);
  }

  /** Answers a request for an asset or a static file; undefined for any other path. */
  handle(request: AssetRequest): Promise<AssetResponse | undefined> {
    return this.#requests.handle(request, this.#offline);
  }

  /**
   * Weighs some sources by themselves, as a release ships them: minified and with Brotli, whatever the mode is. Style sheets weigh without
   * the fonts and pictures they show, modules with all that they import. They are built for it the first time, and when they changed.
   *
   * @param names as in a block: `css/site.scss`, `npm:package/file.ts`; modules of the kind `js`
   * @throws CompressorError what building them finds, such as a source that is not there
   */
  weigh(kind: CodeKind, names: readonly string[]): Promise<SourceSize> {
    this.#scales ??= new SourceScales(this.#context, (path) => this.#watcher?.add(path));
    return this.#scales.weigh(kind, names);
  }

  /** Ends the connections that live reload keeps open, so that a server can close. */
  disconnect(): void {
    this.#live.close();
  }

  /** Ends watching, open connections, those of the storage too, and the processes of transformers. */
  async close(): Promise<void> {
    this.disconnect();
    await this.#watcher?.close();
    await this.#changes;
    await Promise.all(this.#context.transformers.map((transformer) => transformer.close?.()));
    await this.#hooks.settled();
    await this.config.output.storage?.close?.();
  }

  async #loadManifest(): Promise<void> {
    const { config } = this;
    const { manifest, usable } = await loadRelease({
      config,
      warn: this.#context.warn,
      builder: this.#builder,
      storage: this.#storage,
      store: this.#store,
    });
    this.#staticUrls = new StaticUrls(this.#context, manifest.statics);
    const isBuilding = config.offline.onMiss === 'build';
    const renderer = await OfflineRenderer.create({
      config,
      manifest: usable,
      store: this.#store,
      warn: this.#context.warn,
      build: isBuilding ? (block) => this.#blocks.make(block) : undefined,
    });
    const others = new OtherReleases(this.#store);
    const statics = publishedStatics(manifest.statics ?? {}, this.#store);
    this.#offline = { manifest, renderer, others, statics };
  }

  #renderBlock(block: TemplateBlock, request: RequestValues): string | Promise<string> {
    const tags = (this.#offline?.renderer ?? this.#blocks).render(block, request);
    if (typeof tags === 'string') return this.#hooks.shown(block, tags);
    return tags.then((written) => this.#hooks.shown(block, written));
  }

  async #onChange(changes: readonly FileChange[]): Promise<void> {
    const paths = changes.map(({ path }) => path);
    for (const path of paths) this.#context.reader.forget(path);
    this.#builder.invalidate(paths);
    this.#scales?.forget(paths);
    this.#blocks.forget();
    this.#staticUrls.forget();
    await this.#development?.update(changes);
  }
}

/** What a server in offline mode has of its release. */
interface OfflineMode extends ServedRelease {
  readonly renderer: OfflineRenderer;
}

/** Begins to watch what a server builds from; what was built ahead of time does not change while it is served. */
async function watchSources(
  config: ResolvedConfig,
  { finder, warn }: BuildContext,
): Promise<SourceWatcher | undefined> {
  if (config.mode === 'offline') return undefined;
  const { SourceWatcher } = await import('./sources/watcher.ts');
  const folders = [...finder.roots, ...config.templates.roots];
  const onError = (error: unknown) =>
    warn('error', `watching ${String(error)}`, `watching: ${String(error)}`);
  // Beside templates lies code, which only a restart changes.
  const isTold = (path: string) => isIn(folders, path) || isTemplateOf(config, path);
  return new SourceWatcher([...folders, ...watchedBeside(config)], onError, isTold);
}

/** The folders beside those of templates in which more templates are. */
function watchedBeside({ mode, templates }: ResolvedConfig): readonly string[] {
  return mode === 'development' ? templates.watch : [];
}

function isTemplateOf(config: ResolvedConfig, path: string): boolean {
  const { roots, extensions } = config.templates;
  return isIn([...roots, ...watchedBeside(config)], path) && extensions.includes(extname(path));
}

function isIn(folders: readonly string[], path: string): boolean {
  return folders.some((folder) => path.startsWith(folder + sep));
}

/** Starts a compressor for a resolved configuration. */
export function createCompressor(config: ResolvedConfig): Promise<Compressor> {
  return Compressor.create(config);
}

/** The tag for the script of the live reload. It listens to this server, wherever the files of a page come from. */
function liveReloadTag(url: string): TagText {
  const facts = { goal: 'module', attributes: {}, nonce: undefined, integrity: undefined } as const;
  const tag = fileTag(facts, CLIENT_SCRIPT).map((piece) => (piece === URL_GAP ? url : piece));
  return new TagText(tag, url);
}
