import { openOfflineBuild } from './build/cache/open.ts';
import type { BuildContext } from './build/context.ts';
import type { ResolvedConfig } from './config/config.ts';
import { loadEngine } from './engines/load.ts';
import { type Analysis, analyse, type Progress } from './offline/analyse.ts';
import { type Compressed, compress } from './offline/compress.ts';
import { StaticUrls } from './render/static-urls.ts';
import { withStorage } from './storage/open-storage.ts';

/** How to go about it; every option has a default. */
export interface CompressOptions {
  /** How many bundles are built at once. The result is the same for any number. Default: 4. */
  readonly workers?: number;
  /** Whether everything is done but writing. Default: false. */
  readonly dryRun?: boolean;
  /** Whether artifacts are also kept as Brotli. Default: true. */
  readonly encodings?: boolean;
  /** Whether the build cache is used. It changes how long a build takes, and nothing else. Default: true. */
  readonly cache?: boolean;
  /** The id of the release. Default: the hash of its manifest. */
  readonly release?: string;
  /** Whether static files are published, too. Default: false. */
  readonly statics?: boolean;
  /** Whether the storage is asked for each file once more after publishing. Default: false. */
  readonly thorough?: boolean;
  readonly onProgress?: (progress: Progress) => void;
}

/**
 * Builds every block of a site ahead of time and writes artifacts and manifest; nothing if anything is wrong. What is wrong
 * with templates, contexts and sources is in the result.
 *
 * @throws CompressorError for what is wrong with the configuration
 */
export function compressSite(config: ResolvedConfig, options: CompressOptions = {}): Promise<Compressed> {
  const { dryRun = false, encodings = true, thorough = false, statics = false, release } = options;
  return withAnalysing(config, options, (analysing, context) =>
    withStorage(config, (storage) =>
      compress({
        ...analysing,
        storage,
        context,
        release,
        withStatics: statics,
        isDryRun: dryRun,
        withEncodings: encodings,
        isThorough: thorough,
      }),
    ),
  );
}

/** Finds every block of a site and what it hangs on, builds all and writes nothing. */
export function checkSite(
  config: ResolvedConfig,
  options: Pick<CompressOptions, 'workers' | 'cache' | 'onProgress'> = {},
): Promise<Analysis> {
  return withAnalysing(config, options, analyse);
}

async function withAnalysing<T>(
  config: ResolvedConfig,
  { workers = 4, cache = true, onProgress = () => {} }: CompressOptions,
  step: (analysing: Parameters<typeof analyse>[0], context: BuildContext) => Promise<T>,
): Promise<T> {
  const { context, builder } = openOfflineBuild(config, cache);
  try {
    const urls = new StaticUrls(context);
    const { explore } = await loadEngine(config, {
      compress: ({ markup }) => markup,
      staticUrl: (name, place) => urls.get(name, place),
      plainUrl: (name) => urls.plain(name),
      developmentTag: '',
    });
    return await step({ config, explore, builder, workers, onProgress }, context);
  } finally {
    builder.save();
    await Promise.all(context.transformers.map((transformer) => transformer.close?.()));
  }
}
