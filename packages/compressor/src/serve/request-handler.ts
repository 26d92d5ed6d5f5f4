import type { Builder } from '../build/builder.ts';
import type { BuildContext } from '../build/context.ts';
import type { ResolvedConfig } from '../config/config.ts';
import { CompressorError } from '../errors.ts';
import type { Manifest } from '../manifest/manifest.ts';
import { printable } from '../sources/names.ts';
import type { ArtifactStore } from '../storage/artifact-store.ts';
import { LEFT_ALONE } from '../storage/circuit-breaker.ts';
import { storageFailure } from '../storage/storage-failure.ts';
import { serveArtifact, serveAsset, serveOtherRelease } from './asset-route.ts';
import type { LiveReload } from './live-reload.ts';
import type { OtherReleases } from './other-releases.ts';
import { type AssetRequest, type AssetResponse, pathOnly, plainResponse } from './response.ts';
import { type PublishedStatics, serveStatic } from './static-route.ts';

/** What answering requests takes. */
export interface RequestHandlerContext {
  readonly config: ResolvedConfig;
  readonly context: BuildContext;
  readonly builder: Builder;
  readonly store: ArtifactStore;
  readonly secrets: readonly string[];
  /** Only in development. */
  readonly live: LiveReload | undefined;
}

/** The release that a server runs, as far as requests are concerned. */
export interface ServedRelease {
  readonly manifest: Manifest;
  readonly others: OtherReleases;
  readonly statics: PublishedStatics;
}

/** The name of the script of live reload below the URL of assets. */
export const CLIENT_SCRIPT = 'live-reload.js';

/** Sends each request to the route that answers it, and turns failures into answers. */
export class RequestHandler {
  readonly #own: RequestHandlerContext;
  readonly #assetPath: string;
  readonly #staticPath: string;

  constructor(own: RequestHandlerContext) {
    this.#own = own;
    this.#assetPath = pathOf(own.config.output.url);
    this.#staticPath = pathOf(own.config.static.url);
  }

  /**
   * Answers a request for an asset or a static file; undefined for any other path.
   *
   * @param release in offline mode
   */
  async handle(
    request: AssetRequest,
    release: ServedRelease | undefined,
  ): Promise<AssetResponse | undefined> {
    const { context, store } = this.#own;
    const path = pathOnly(request.url);
    // The folder of static files may be below that of assets.
    const isStatic = path.startsWith(this.#staticPath);
    if (!isStatic && !path.startsWith(this.#assetPath)) return undefined;
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return plainResponse(405, 'Only GET and HEAD are answered here.', { allow: 'GET, HEAD' });
    }
    try {
      if (!isStatic) {
        return await this.#asset(this.#asReached(request), path.slice(this.#assetPath.length), release);
      }
      const published = release?.statics;
      return await serveStatic(request, path.slice(this.#staticPath.length), {
        ...context,
        store,
        published,
      });
    } catch (error) {
      if (error instanceof CompressorError && error.code === 'storage-failed') {
        context.warn('error', storageFailure(error), String(error));
        return plainResponse(503, 'This file cannot be had at the moment.', {
          'retry-after': String(LEFT_ALONE / 1000),
        });
      }
      context.warn('error', `${path} ${String(error)}`, `${printable(path)}: ${String(error)}`);
      return plainResponse(500, 'This file could not be served. The log of the server says why.');
    }
  }

  async #asset(
    request: AssetRequest,
    path: string,
    release: ServedRelease | undefined,
  ): Promise<AssetResponse> {
    const { config, context, builder, store, secrets, live } = this.#own;
    if (live !== undefined && path === CLIENT_SCRIPT) {
      const { serveClientScript } = await import('./client-script.ts');
      return serveClientScript();
    }
    if (live !== undefined && path === 'live-reload') return live.connect();
    if (release !== undefined) {
      if (Object.hasOwn(release.manifest.artifacts, path)) return serveArtifact(request, path, store);
      const response = await serveOtherRelease(request, path, release.others, store);
      if (response !== undefined) return response;
      if (config.offline.onMiss !== 'build') return plainResponse(404, 'There is no such file.');
    }
    const withDictionaries = live === undefined;
    return serveAsset(request, path, { warn: context.warn, builder, store, secrets, withDictionaries });
  }

  /** Whoever asks here, browsers reach assets by the URL that is configured. */
  #asReached(request: AssetRequest): AssetRequest {
    return this.#own.config.output.url.startsWith('https:') ? { ...request, isSecure: true } : request;
  }
}

/** The path of a URL prefix that may have an origin. */
function pathOf(prefix: string): string {
  return new URL(prefix, 'http://localhost').pathname;
}
