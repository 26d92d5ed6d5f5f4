import { extname } from 'node:path';
import { type OutputChunk, type OutputOptions, type Plugin, type RolldownOptions, rolldown } from 'rolldown';
import { CompressorError } from '../errors.ts';
import { withoutHash } from '../hash.ts';
import { isFile, type Source } from '../recipe/recipe.ts';
import { type Artifact, createArtifact, safeName } from './artifact.ts';
import { type BuildContext, InputLog, openSource, recordReads } from './context.ts';
import { rolldownError } from './rolldown-error.ts';
import { type RawSourceMap, readMap, renameSources } from './source-map.ts';
import { mapSource } from './style.ts';
import { transformSource } from './transform.ts';
import type { Inputs } from './unit.ts';

/** ES modules, bundled. */
export interface ModuleBundle {
  readonly inputs: Inputs;
  /** The entries in the order they run: one for all sources, or one for each. */
  readonly entries: readonly {
    readonly text: string;
    readonly map: RawSourceMap | undefined;
    readonly references: readonly string[];
  }[];
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
  const log = new InputLog(context);
  const entries = await Promise.all(sources.map((source, index) => openEntry(source, index, context, log)));
  const inputs = separate
    ? Object.fromEntries(entries.map(({ id }, index) => [`entry${index}`, id]))
    : { entry0: ALL_ENTRIES };
  const plugins = [virtualModules(entries), ...transformerPlugins(context, log)];
  const options: RolldownOptions = { ...bundleOptions(context), input: inputs, plugins };
  const chunks = await recordReads(context, log, async () => {
    const { chunks, paths } = await generate(options, context, entries);
    return { result: chunks, paths };
  });
  return { inputs: log.inputs, ...toBundle(chunks, context) };
}

/** The module that imports all others in order. */
const ALL_ENTRIES = '\0widgy:entries';
const ENTRY_NAME = /^entry(\d+)$/;

interface Entry {
  readonly id: string;
  /** Only for inline sources; files are read by the bundler. */
  readonly text?: string;
  readonly language: string;
}

async function openEntry(
  source: Source,
  index: number,
  context: BuildContext,
  log: InputLog,
): Promise<Entry> {
  const { path, text, language } = await openSource(source, context, log);
  if (isFile(source)) return { id: path, language };
  return { id: path.replace(/inline(?=\.\w+$)/, `inline-${index + 1}`), text, language };
}

function virtualModules(entries: readonly Entry[]): Plugin {
  const inline = new Map(
    entries.flatMap(({ id, text, language }) => (text === undefined ? [] : [[id, { text, language }]])),
  );
  return {
    name: 'widgy-entries',
    resolveId(id) {
      return id === ALL_ENTRIES || inline.has(id) ? id : null;
    },
    load(id) {
      if (id === ALL_ENTRIES) return entries.map((entry) => `import ${JSON.stringify(entry.id)};`).join('\n');
      const source = inline.get(id);
      return source ? { code: source.text, moduleType: moduleType(source.language) } : null;
    },
  };
}

function moduleType(language: string): 'js' | 'jsx' | 'ts' | 'tsx' {
  const type = language.slice(1);
  return type === 'ts' || type === 'tsx' || type === 'jsx' ? type : 'js';
}

/** Lets the site's own transformers work on imported files; the bundler itself knows TypeScript and JSX. */
function transformerPlugins(context: BuildContext, log: InputLog): Plugin[] {
  return context.transformers
    .filter(({ name, output }) => output === 'js' && name !== 'rolldown')
    .map(({ name, extensions }) => ({
      name: `widgy-${name}`,
      load: {
        filter: { id: new RegExp(`(?:${extensions.map((extension) => `\\${extension}`).join('|')})$`) },
        async handler(id) {
          const { bytes } = await log.read(id);
          const source = { text: bytes.toString('utf8'), path: id, language: extname(id).toLowerCase() };
          const { text, map } = await transformSource(source, 'js', context, log);
          return { code: text, moduleType: 'js', ...(map && { map: JSON.stringify(map) }) };
        },
      },
    }));
}

function bundleOptions(context: BuildContext): RolldownOptions {
  const { runtime, importSource } = context.jsx;
  return {
    cwd: context.finder.base,
    platform: 'browser',
    tsconfig: false,
    preserveEntrySignatures: false,
    transform: {
      target: [...context.targets.scripts],
      jsx: { runtime, ...(runtime === 'automatic' && { importSource }) },
      define: { 'process.env.NODE_ENV': JSON.stringify(context.minify ? 'production' : 'development') },
    },
    onLog(_level, log) {
      // A browser cannot load what the bundler could not find.
      if (log.code === 'UNRESOLVED_IMPORT') throw Object.assign(new Error(log.message), log);
    },
  };
}

async function generate(
  options: RolldownOptions,
  context: BuildContext,
  entries: readonly Entry[],
): Promise<{ chunks: OutputChunk[]; paths: string[] }> {
  const output: OutputOptions = {
    format: 'esm',
    minify: context.minify,
    sourcemap: context.sourceMaps,
    comments: { legal: true, annotation: false, jsdoc: false },
    entryFileNames: '[name].js',
    chunkFileNames: '[name].[hash:16].js',
    hashCharacters: 'hex',
  };
  const bundle = await rolldown(options);
  try {
    let chunks = chunksOf((await bundle.generate(output)).output);
    const names = new Set(chunks.filter(({ isEntry }) => isEntry).map(({ fileName }) => fileName));
    if (chunks.some(({ imports }) => imports.some((name) => names.has(name)))) {
      const inEntries = new Set(chunks.flatMap(({ isEntry, moduleIds }) => (isEntry ? moduleIds : [])));
      const groups = [{ name: 'main', test: (id: string) => inEntries.has(id) }];
      chunks = chunksOf((await bundle.generate({ ...output, codeSplitting: { groups } })).output);
    }
    const own = new Set([
      ALL_ENTRIES,
      ...entries.flatMap(({ id, text }) => (text === undefined ? [] : [id])),
    ]);
    const paths = (await bundle.watchFiles).filter((path) => !own.has(path) && !path.startsWith('\0'));
    return { chunks, paths: paths.sort() };
  } catch (cause) {
    throw await bundleError(cause, entries, context);
  } finally {
    await bundle.close();
  }
}

function chunksOf(output: readonly { type: string }[]): OutputChunk[] {
  return output.filter((file): file is OutputChunk => file.type === 'chunk');
}

function toBundle(chunks: readonly OutputChunk[], context: BuildContext): Omit<ModuleBundle, 'inputs'> {
  const files: Artifact[] = [];
  const entries: ModuleBundle['entries'][number][] = [];
  const ordered = [...chunks].sort(
    (a, b) => entryIndex(a) - entryIndex(b) || (a.fileName < b.fileName ? -1 : 1),
  );
  for (const chunk of ordered) {
    const references = [...new Set([...chunk.imports, ...chunk.dynamicImports])]
      .filter((name) => withoutHash(name))
      .sort();
    const text = chunk.code.replace(/\n?\/\/# sourceMappingURL=\S+\s*$/, '').trimEnd();
    const map = chunk.map ? renameSources(readMap(chunk.map), (path) => mapSource(path, context)) : undefined;
    if (chunk.isEntry) {
      entries.push({ text, map, references });
      continue;
    }
    const mapFile = map && createArtifact(`${safeName(chunk.name)}.js.map`, JSON.stringify(map));
    const linked = mapFile ? `${text}\n//# sourceMappingURL=${mapFile.name}` : text;
    files.push({
      name: chunk.fileName,
      bytes: Buffer.from(linked),
      type: 'text/javascript; charset=utf-8',
      references: mapFile ? [...references, mapFile.name] : references,
    });
    if (mapFile) files.push(mapFile);
  }
  return { entries, files };
}

function entryIndex(chunk: OutputChunk): number {
  return chunk.isEntry ? Number(ENTRY_NAME.exec(chunk.name)?.[1] ?? 0) : Number.MAX_SAFE_INTEGER;
}

async function bundleError(
  cause: unknown,
  entries: readonly Entry[],
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
