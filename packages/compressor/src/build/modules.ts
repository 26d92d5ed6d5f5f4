import { dirname, resolve } from 'node:path';
import { type OutputChunk, type OutputOptions, type RolldownOptions, rolldown } from 'rolldown';
import { CompressorError } from '../errors.ts';
import { isFile, type Source } from '../recipe/recipe.ts';
import { type Artifact, safeName } from './artifact.ts';
import { type BuildContext, InputLog, openSource, recordReads } from './context.ts';
import { chunksToArtifacts, type EntryText } from './module-chunks.ts';
import {
  isVirtual,
  type ModuleEntry,
  siteModules,
  startModules,
  startOf,
  transformedModules,
} from './module-plugins.ts';
import { rolldownError } from './rolldown-error.ts';
import type { Inputs } from './unit.ts';

/** ES modules, bundled. */
export interface ModuleBundle {
  readonly inputs: Inputs;
  /** The entries in the order they run: one for all sources, or one for each. */
  readonly entries: readonly EntryText[];
  /** Chunks and their source maps, by the names that the entries import them by. */
  readonly files: readonly Artifact[];
}

/**
 * Bundles modules: imports followed, unused exports dropped, what is loaded later (`import()`) or shared split into
 * chunks. No chunk ever imports an entry, so that an entry can be served under any name.
 *
 * @param separate whether each source keeps an entry of its own, with what they share in common chunks
 * @throws CompressorError `script-syntax`, `import-missing`, and what reading and transforming throw
 */
export async function bundleModules(
  sources: readonly Source[],
  separate: boolean,
  context: BuildContext,
): Promise<ModuleBundle> {
  let log = new InputLog(context);
  const chunks = await recordReads(
    context,
    () => log,
    async () => {
      log = new InputLog(context); // What an earlier attempt read may not be read any more.
      const entries = await Promise.all(
        sources.map((source, index) => openEntry(source, index, context, log)),
      );
      const result = await bundle(entries, separate, context, log);
      return { result: result.chunks, paths: result.paths };
    },
  );
  return { inputs: log.inputs, ...chunksToArtifacts(chunks, context) };
}

async function openEntry(
  source: Source,
  index: number,
  context: BuildContext,
  log: InputLog,
): Promise<ModuleEntry> {
  const { path, text, language } = await openSource(source, context, log);
  // The bundler reads files by itself, as UTF-8.
  if (isFile(source))
    return source.charset === undefined ? { id: path, language } : { id: path, text, language };
  return { id: path.replace(/inline(?=\.\w+$)/, `inline-${index + 1}`), text, language };
}

async function bundle(
  entries: readonly ModuleEntry[],
  separate: boolean,
  context: BuildContext,
  log: InputLog,
): Promise<{ chunks: OutputChunk[]; paths: string[] }> {
  const starts = separate ? entries.map((entry) => [entry]) : [entries];
  const bundle = await rolldown({
    ...bundleOptions(context),
    // Each entry is a module of ours that imports others, so nothing can import an entry.
    input: Object.fromEntries(starts.map((start, index) => [`entry${index}`, startOf(start)])),
    plugins: [startModules(entries), ...siteModules(context), ...transformedModules(context, log)],
    experimental: {
      attachDebugInfo: 'none', // It would write paths of this machine into the text.
      chunkOptimization: !separate, // It would put what several entries share into one of them.
    },
  });
  try {
    let chunks = chunksOf((await bundle.generate(outputOptions(context))).output);
    if (refersToEntry(chunks)) {
      const ofEntries = new Set(chunks.flatMap(({ isEntry, moduleIds }) => (isEntry ? moduleIds : [])));
      const test = (id: string) => ofEntries.has(id) && !isVirtual(id);
      const codeSplitting = { groups: [{ name: 'main', test }] };
      chunks = chunksOf((await bundle.generate({ ...outputOptions(context), codeSplitting })).output);
    }
    const given = new Set(entries.flatMap(({ id, text }) => (text === undefined ? [] : [id])));
    const paths = (await bundle.watchFiles).filter((path) => !given.has(path) && !isVirtual(path));
    return { chunks, paths: paths.sort() };
  } catch (cause) {
    throw await bundleError(cause, entries, context);
  } finally {
    await bundle.close();
  }
}

/** Whether a chunk loads an entry because that holds what both need. */
function refersToEntry(chunks: readonly OutputChunk[]): boolean {
  const entries = new Set(chunks.filter(({ isEntry }) => isEntry).map(({ fileName }) => fileName));
  return chunks.some(({ imports, dynamicImports }) =>
    [...imports, ...dynamicImports].some((name) => entries.has(name)),
  );
}

function chunksOf(output: readonly { type: string }[]): OutputChunk[] {
  return output.filter((file): file is OutputChunk => file.type === 'chunk');
}

function bundleOptions(context: BuildContext): RolldownOptions {
  const { runtime, importSource } = context.jsx;
  return {
    cwd: context.finder.base,
    platform: 'browser',
    tsconfig: false,
    preserveEntrySignatures: false,
    transform: {
      target: [...context.pipeline.targets().scripts],
      jsx: { runtime, ...(runtime === 'automatic' && { importSource }) },
      define: { 'process.env.NODE_ENV': JSON.stringify(context.minify ? 'production' : 'development') },
    },
    onLog(_level, log) {
      // A browser cannot load what the bundler could not find.
      if (log.code === 'UNRESOLVED_IMPORT') throw Object.assign(new Error(log.message), log);
    },
  };
}

function outputOptions(context: BuildContext): OutputOptions {
  return {
    format: 'esm',
    minify: context.minify,
    sourcemap: context.sourceMaps,
    // A path as the bundler writes it starts at the folder of the output file, which there is none of.
    sourcemapPathTransform: (source, mapPath) => resolve(dirname(mapPath), source),
    comments: { legal: true, annotation: false, jsdoc: false },
    entryFileNames: '[name].js',
    chunkFileNames: ({ name }) => `${safeName(name)}.[hash:16].js`,
    hashCharacters: 'hex',
  };
}

async function bundleError(
  cause: unknown,
  entries: readonly ModuleEntry[],
  context: BuildContext,
): Promise<unknown> {
  if (cause instanceof CompressorError || !(cause instanceof Error)) return cause;
  const problems: readonly Error[] =
    'errors' in cause && Array.isArray(cause.errors) ? cause.errors : [cause];
  const own = problems.find((problem) => problem instanceof CompressorError);
  if (own !== undefined) return own;
  const textOf = (path: string) => entries.find(({ id }) => id === path)?.text;
  return rolldownError(context.finder, problems[0] ?? cause, textOf, entries[0]?.id ?? '');
}
