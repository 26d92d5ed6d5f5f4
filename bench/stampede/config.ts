import { type ResolvedConfig, resolveConfig, silentLogger } from '@widgy/compressor';
import type { Transformer } from '../../packages/compressor/src/build/transformer.ts';
import { sassTransformer } from '../../packages/compressor/src/build/transformers/sass.ts';
import { createFinder } from '../../packages/compressor/src/sources/finder.ts';

/**
 * The configuration of each server: the same site and secret, an output folder of its own. Sass is the built-in transformer
 * with a counter in front.
 */
export function configure(folder: string, output: string, onCompile: () => void): ResolvedConfig {
  const sass = sassTransformer(createFinder(folder, [`${folder}/static`]), silentLogger);
  const counting: Transformer = {
    ...sass,
    transform(input) {
      onCompile();
      return sass.transform(input);
    },
  };
  return resolveConfig(
    {
      mode: 'in-request',
      output: { directory: output },
      secret: 'a secret for benchmarks only',
      build: { transformers: [counting] },
      logger: silentLogger,
    },
    folder,
  );
}
