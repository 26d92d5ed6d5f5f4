import type { ResolvedConfig } from './config/config.ts';
import type { Analysis, Progress } from './offline/analyse.ts';
import type { Compressed } from './offline/compress.ts';
import type { Report } from './report/report.ts';

/** Servers import this package, and do none of this. */
const loadWork = () => import('./site-work.ts');

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

/** How to look at a site without writing anything. */
export type CheckOptions = Pick<CompressOptions, 'workers' | 'cache' | 'onProgress'>;

/**
 * Builds every block of a site ahead of time and writes artifacts and manifest; nothing if anything is wrong. What is wrong
 * with templates, contexts and sources, and which budget is exceeded, is in the result.
 *
 * @throws CompressorError for what is wrong with the configuration
 */
export async function compressSite(
  config: ResolvedConfig,
  options: CompressOptions = {},
): Promise<Compressed> {
  return (await loadWork()).compressSite(config, options);
}

/** Finds every block of a site and what it hangs on, builds all and writes nothing. */
export async function checkSite(config: ResolvedConfig, options: CheckOptions = {}): Promise<Analysis> {
  return (await loadWork()).checkSite(config, options);
}

/** What a site weighs, with what is wrong with it. */
export interface Reported {
  readonly report: Report;
  readonly analysis: Analysis;
}

/**
 * Builds every block of a site, writes nothing, and says what pages, blocks, artifacts and sources weigh. What cannot be built
 * is missing from the report, and in the diagnostics of the analysis.
 */
export async function reportSite(config: ResolvedConfig, options: CheckOptions = {}): Promise<Reported> {
  return (await loadWork()).reportSite(config, options);
}
