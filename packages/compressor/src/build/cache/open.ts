import { relative } from 'node:path';
import type { ResolvedConfig } from '../../config/config.ts';
import type { BuildContext } from '../context.ts';
import { createBuildContext } from '../create-context.ts';
import { BuildCache } from './build-cache.ts';
import { openCacheFolder } from './cache-folder.ts';
import { openCacheStore, type UsedTable } from './cache-store.ts';
import { knownTargets } from './known-targets.ts';
import { OfflineBuilder } from './offline-builder.ts';
import { ownCode } from './own-code.ts';

/** What building ahead of time takes. */
export interface OfflineBuild {
  readonly context: BuildContext;
  readonly builder: OfflineBuilder;
  /** Small facts that take long to find out, by hashes of what they hang on; kept where there is a build cache. */
  readonly facts: UsedTable<unknown>;
}

/**
 * Makes what builds a site ahead of time. The transformers of the context may hold processes: close them at the end.
 *
 * @param withCache whether to use the build cache that the configuration names
 */
export function openOfflineBuild(config: ResolvedConfig, withCache: boolean): OfflineBuild {
  const onArtifact = config.hooks.onArtifact?.bind(config.hooks);
  if (!withCache || config.cache === false) {
    const context = createBuildContext(config, true);
    return {
      context,
      builder: new OfflineBuilder(context, undefined, onArtifact),
      facts: new Map<string, unknown>(),
    };
  }
  const { directory } = config.cache;
  const folder = openCacheFolder(directory, (level, message) => config.logger.log(level, message));
  const store = openCacheStore(folder);
  const context = createBuildContext(config, true, () => knownTargets(config.build.browsers, store));
  const written = [directory, config.output.directory, config.offline.manifest];
  const cache = new BuildCache(context, store, surroundingFingerprint(config, context), written);
  return { context, builder: new OfflineBuilder(context, cache, onArtifact), facts: store.facts };
}

/** What shapes results or decides which files are found, beside what is part of every key. */
function surroundingFingerprint({ limits }: ResolvedConfig, { finder }: BuildContext): string {
  return JSON.stringify([
    process.version,
    process.platform,
    process.arch,
    ownCode(CODE),
    finder.roots.map((root) => relative(finder.base, root)),
    limits.sourceBytes,
  ]);
}

const CODE = ['build', 'build/cache', 'build/transformers', 'sources', 'recipe'];
