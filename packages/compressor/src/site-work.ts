import { openOfflineBuild } from './build/cache/open.ts';
import type { BuildContext } from './build/context.ts';
import type { CheckOptions, CompressOptions, Reported } from './compress-site.ts';
import type { ResolvedConfig } from './config/config.ts';
import type { TemplateEngine } from './engines/engine.ts';
import { loadEngine } from './engines/load.ts';
import { type Analysing, type Analysis, analyse } from './offline/analyse.ts';
import { type Compressed, compress } from './offline/compress.ts';
import { discoveryMemory } from './offline/discovery-memory.ts';
import type { ExploreTemplate } from './offline/exploration.ts';
import { StaticUrls } from './render/static-urls.ts';
import { type Reporting, reportOn, reviewBudgets } from './report/report-site.ts';
import { withStorage } from './storage/open-storage.ts';

/** Does what `compressSite` of compress-site.ts says. */
export function compressSite(config: ResolvedConfig, options: CompressOptions): Promise<Compressed> {
  const { dryRun = false, encodings = true, thorough = false, statics = false, release } = options;
  return withAnalysing(config, options, (analysing, { context }) =>
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

/** Does what `checkSite` says. */
export function checkSite(config: ResolvedConfig, options: CheckOptions): Promise<Analysis> {
  return withAnalysing(config, options, analyse);
}

/** Does what `reportSite` says. */
export function reportSite(config: ResolvedConfig, options: CheckOptions): Promise<Reported> {
  return withAnalysing(config, options, async (analysing, { reporting }) => {
    const analysis = await analyse(analysing);
    const report = await withStorage(config, (storage) => reportOn(analysis, storage, reporting));
    return { analysis, report };
  });
}

async function withAnalysing<T>(
  config: ResolvedConfig,
  { workers = 4, cache = true, onProgress = () => {} }: CompressOptions,
  step: (analysing: Analysing, build: { context: BuildContext; reporting: Reporting }) => Promise<T>,
): Promise<T> {
  const { context, builder, facts } = openOfflineBuild(config, cache);
  const builds = [{ context, builder }];
  const mapping = () => {
    const build = { ...config.build, sourceMaps: true };
    const opened = openOfflineBuild({ ...config, build, hooks: {} }, cache);
    builds.push(opened);
    return opened.builder;
  };
  const reporting = { config, facts, mapping, workers, onProgress };
  try {
    const urls = new StaticUrls(context);
    let isPure = true;
    let engine: Promise<TemplateEngine> | undefined;
    // What was explored before need not be explored again, and then no engine is needed.
    const explore: ExploreTemplate = async (...run) => {
      engine ??= loadEngine(config, {
        compress: ({ markup }) => markup,
        kinds: config.build.kinds,
        staticUrl(name, place) {
          isPure = false;
          return urls.get(name, place);
        },
        plainUrl: (name) => urls.plain(name),
        developmentTag: undefined,
      });
      return (await engine).explore(...run);
    };
    const memory = cache ? discoveryMemory(config, facts, explore, () => isPure) : undefined;
    const review = (analysis: Analysis) => reviewBudgets(analysis, reporting);
    return await step(
      { config, explore, builder, workers, onProgress, memory, review },
      { context, reporting },
    );
  } finally {
    for (const each of builds) each.builder.save();
    // What the configuration brings is the same for all.
    const transformers = new Set(builds.flatMap((each) => each.context.transformers));
    await Promise.all([...transformers].map((transformer) => transformer.close?.()));
  }
}
