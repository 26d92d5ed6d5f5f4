import { extname } from 'node:path';
import { bundleAsync, transform } from 'lightningcss';
import { CompressorError } from '../errors.ts';
import type { Source } from '../recipe/recipe.ts';
import { decode } from '../sources/decode.ts';
import { type BuildContext, InputLog, openSource } from './context.ts';
import { countCharacters, traceMap } from './map-steps.ts';
import { SheetLines } from './sheet-lines.ts';
import { mapSource, prependLines, type RawSourceMap, readMap } from './source-map.ts';
import { StyleImports } from './style-imports.ts';
import { bundleError, reportWarnings } from './style-problems.ts';
import { prepareSheet, type StyleSheet } from './style-sheet.ts';
import type { Unit } from './unit.ts';

/**
 * Builds one style sheet: compiled, imports inlined with their media, layer and supports, references resolved, syntax
 * lowered to the configured browsers, minified.
 *
 * @throws CompressorError `style-syntax`, `import-missing`, `import-loop`, `import-external-late`, `reference-missing`, and
 * what reading and transforming throw
 */
export async function buildStyle(source: Source, context: BuildContext): Promise<Unit> {
  const log = new InputLog(context);
  const entry = await openSource(source, context, log);
  const sheets = new Map<string, StyleSheet>();
  const lines = new SheetLines();
  const imports = new StyleImports(sheets, context);

  const read = async (path: string): Promise<string> => {
    const isEntry = path === entry.path;
    const name = context.finder.nameOf(path) ?? path;
    const text = isEntry ? entry.text : decode((await log.read(path)).bytes, name, undefined);
    const language = isEntry ? entry.language : extname(path).toLowerCase();
    const sheet = await prepareSheet({ path, text, language }, context, log);
    if (!isEntry && sheet.hasDefaultNamespace) {
      throw new CompressorError('style-syntax', {
        message: 'an imported style sheet declares a default namespace, which would apply to all styles',
        place: { file: name },
        help: 'Use a <link> for this style sheet.',
      });
    }
    sheets.set(path, sheet);
    return lines.add(sheet);
  };

  const bundled = await bundleAsync({
    filename: entry.path,
    projectRoot: '/',
    minify: context.minify,
    sourceMap: context.sourceMaps,
    targets: context.pipeline.targets().styles,
    errorRecovery: true,
    resolver: { read, resolve: (specifier, from) => imports.resolve(specifier, from) },
  }).catch(async (cause) => {
    throw await bundleError(cause, entry, lines, imports, context);
  });
  await reportWarnings(bundled.warnings, entry, lines, context);
  await imports.check();

  const css = bundled.code.toString();
  if (imports.hasForeign && hasLateImports(css)) throw await imports.late();
  const map = bundled.map
    ? originalMap(countCharacters(readMap(bundled.map), css), lines, sheets, context)
    : undefined;
  // Sheets are read in any order; their licences and files come in the order of their names.
  const nameOf = ({ path }: StyleSheet) => context.finder.nameOf(path) ?? path;
  const ordered = [...sheets.values()].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
  const licences = new Set(ordered.flatMap((sheet) => sheet.licences));
  return {
    ...prependLines([...licences].join('\n'), { text: css, map }),
    inputs: log.inputs,
    files: [...new Map(ordered.flatMap(({ files }) => files.map((file) => [file.name, file]))).values()],
    realm: 'style',
    mustBeFirst: imports.hasForeign || /@namespace\b/.test(css),
  };
}

/** Inlining may leave imports of other sites behind rules, where browsers ignore them. */
function hasLateImports(css: string): boolean {
  const { warnings } = transform({ filename: 'bundle.css', code: Buffer.from(css), errorRecovery: true });
  return warnings.some(({ type }) => type === 'UnexpectedImportRule');
}

/** The map of the bundle, taken back from what the bundler read to what was written. */
function originalMap(
  map: RawSourceMap,
  lines: SheetLines,
  sheets: ReadonlyMap<string, StyleSheet>,
  context: BuildContext,
): RawSourceMap {
  const originals = new Map([...sheets.values()].flatMap((sheet) => [...sheet.originals]));
  return traceMap(map, (position) => {
    const place = lines.originOf(position);
    if (place === undefined) return undefined;
    return { ...place, source: mapSource(place.path, context), content: originals.get(place.path) };
  });
}
