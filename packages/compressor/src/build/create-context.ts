import type { ResolvedConfig } from '../config/config.ts';
import { onceLogger } from '../log.ts';
import { createFinder } from '../sources/finder.ts';
import { SourceReader } from '../sources/reader.ts';
import type { BuildContext } from './context.ts';
import { pipelineFingerprint } from './fingerprint.ts';
import { createPipeline } from './pipeline.ts';
import { type BuildTargets, resolveTargets } from './targets.ts';
import { lessTransformer } from './transformers/less.ts';
import { sassTransformer } from './transformers/sass.ts';
import { stylusTransformer } from './transformers/stylus.ts';
import { typescriptTransformer } from './transformers/typescript.ts';

/**
 * What a configuration means for builds. The transformers in it may hold processes: close them at the end.
 *
 * @param isAlone whether nobody else waits for this process, as it may serve no pages
 * @param findTargets finds out the browsers of the configuration, for who may know them already; what it throws comes from the pipeline
 */
export function createBuildContext(
  config: ResolvedConfig,
  isAlone = false,
  findTargets: () => BuildTargets = () => resolveTargets(config.build.browsers),
): BuildContext {
  const finder = createFinder(config.base, config.static.roots, isAlone);
  const transformers = [
    ...config.build.transformers,
    sassTransformer(finder, config.logger),
    lessTransformer(finder),
    stylusTransformer(finder, config.logger),
    typescriptTransformer(finder),
  ];
  return {
    finder,
    pipeline: createPipeline(findTargets, (targets) => pipelineFingerprint(config, targets, transformers)),
    transformers,
    reader: new SourceReader(config.limits.sourceBytes),
    staticUrl: config.static.url,
    minify: config.build.minify,
    sourceMaps: config.build.sourceMaps,
    dataUris: config.build.dataUris,
    kinds: config.build.kinds,
    jsx: config.build.jsx,
    onMissing: () => {},
    warn: onceLogger(config.logger),
    logger: config.logger,
  };
}
