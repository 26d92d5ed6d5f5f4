import { extname, resolve } from 'node:path';
import { bundleAsync, transform, type Warning } from 'lightningcss';
import { CompressorError, formatPlace } from '../errors.ts';
import type { Source } from '../recipe/recipe.ts';
import { decode } from '../sources/decode.ts';
import { nameOfUrl, printable } from '../sources/names.ts';
import type { Artifact } from './artifact.ts';
import { type BuildContext, folderOf, InputLog, type OpenSource, openSource } from './context.ts';
import { absolutePath, resolveReferences } from './css-references.ts';
import { positionAt, toolError } from './locate.ts';
import { type MappedText, prependLines, readMap, renameSources } from './source-map.ts';
import { transformSource } from './transform.ts';
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
  const files = new Map<string, Artifact>();
  const licences = new Set<string>();
  const texts = new Map<string, string>();
  const imports = new ImportGraph();
  let importsOtherSites = false;

  const prepare = async (sheet: OpenSource): Promise<string> => {
    texts.set(sheet.path, sheet.text);
    const css = await transformSource(sheet, 'css', context, log);
    const { text, comments } = takeLicences(css.text);
    for (const comment of comments) licences.add(comment);
    const resolved = await resolveReferences({ ...css, text }, sheet.path, context, log);
    for (const file of resolved.files) files.set(file.name, file);
    return resolved.map === undefined || !context.sourceMaps
      ? resolved.text
      : `${resolved.text}\n${inlineMap(resolved)}`;
  };

  const read = async (path: string): Promise<string> => {
    if (path === entry.path) return prepare(entry);
    const name = context.finder.nameOf(path) ?? path;
    const text = decode((await log.read(path)).bytes, name, undefined);
    return prepare({ text, path, language: extname(path).toLowerCase() });
  };

  const resolveImport = async (specifier: string, from: string): Promise<string | { external: string }> => {
    const target = await importTarget(specifier, from, context);
    if (target === undefined) {
      importsOtherSites = true;
      return { external: specifier };
    }
    const loop = imports.add(from, target);
    if (loop === undefined) return target;
    const names = loop.map((path) => context.finder.nameOf(path) ?? path);
    throw new CompressorError('import-loop', { message: `the imports form a loop: ${names.join(' → ')}` });
  };

  const bundled = await bundleAsync({
    filename: entry.path,
    projectRoot: '/',
    minify: context.minify,
    sourceMap: context.sourceMaps,
    targets: context.targets.styles,
    errorRecovery: true,
    resolver: { read, resolve: resolveImport },
  }).catch(async (cause) => {
    throw await bundleError(cause, entry.path, texts, context);
  });
  await reportWarnings(bundled.warnings, texts, context);

  const text = bundled.code.toString();
  if (importsOtherSites) await refuseLateImports(text, entry, context);
  const map =
    bundled.map && renameSources(readMap(bundled.map), (name) => mapSource(absolutePath(name), context));
  const licensed = prependLines([...licences].join('\n'), { text, map: map || undefined });
  return {
    ...licensed,
    inputs: log.inputs,
    files: [...files.values()],
    realm: 'style',
    mustBeFirst: importsOtherSites || /@namespace\b/.test(text),
  };
}

/** How a file is called in source maps: without a path of this machine, and told apart from a URL of the site. */
export function mapSource(path: string, context: BuildContext): string {
  const name = context.finder.nameOf(path) ?? path;
  return name.startsWith('npm:') ? `npm:///${name.slice('npm:'.length)}` : `static:///${name}`;
}

/** The path an `@import` means; undefined for a style sheet of another site. */
async function importTarget(
  specifier: string,
  from: string,
  context: BuildContext,
): Promise<string | undefined> {
  const name = nameOfUrl(specifier, context.staticUrl);
  if (name !== undefined) return (await context.finder.find(name)).path;
  if (/^(?:[a-z][a-z\d+.-]*:|\/)/i.test(specifier)) return undefined;
  const path = resolve(folderOf(from), decodeURIComponent(specifier.replace(/[?#].*$/s, '')));
  const below = context.finder.nameOf(path);
  if (below === undefined || below.startsWith('./')) {
    throw new CompressorError('path-outside-root', {
      message: `"${printable(specifier)}" leaves the static folders`,
    });
  }
  try {
    return (await context.finder.find(below)).path;
  } catch (cause) {
    if (!(cause instanceof CompressorError) || cause.code !== 'source-missing') throw cause;
    throw new CompressorError('import-missing', {
      message: `there is no style sheet "${printable(specifier)}"`,
      cause,
    });
  }
}

/** Who imports whom, to notice a loop when it closes. */
class ImportGraph {
  readonly #imports = new Map<string, Set<string>>();

  /** @returns the files of the loop that this import closes, starting and ending with the same */
  add(from: string, to: string): string[] | undefined {
    const way = this.#way(to, from, new Set());
    if (way !== undefined) return [from, ...way];
    this.#imports.set(from, (this.#imports.get(from) ?? new Set()).add(to));
    return undefined;
  }

  #way(from: string, to: string, seen: Set<string>): string[] | undefined {
    if (from === to) return [to];
    if (seen.has(from)) return undefined;
    seen.add(from);
    for (const next of this.#imports.get(from) ?? []) {
      const rest = this.#way(next, to, seen);
      if (rest !== undefined) return [from, ...rest];
    }
    return undefined;
  }
}

/**
 * Takes the licence comments from the start of a style sheet, because the minifier keeps only some. The text keeps its
 * length, so that source maps still fit.
 */
function takeLicences(css: string): { text: string; comments: string[] } {
  const [head = ''] = /^\s*(?:@charset "[^"]*";\s*)?(?:\/\*[\s\S]*?\*\/\s*)*/.exec(css) ?? [];
  const comments = head.match(/\/\*![\s\S]*?\*\//g) ?? [];
  return { text: head.replaceAll('/*!', '/* ') + css.slice(head.length), comments };
}

function inlineMap({ map }: MappedText): string {
  return `/*# sourceMappingURL=data:application/json;base64,${Buffer.from(JSON.stringify(map)).toString('base64')} */`;
}

/** Lightning CSS adds place and file to what resolver functions throw, and to its own syntax errors. */
async function bundleError(
  cause: unknown,
  entry: string,
  texts: ReadonlyMap<string, string>,
  context: BuildContext,
): Promise<unknown> {
  if (!(cause instanceof Error)) return cause;
  const path = 'fileName' in cause && typeof cause.fileName === 'string' ? cause.fileName : entry;
  const loc = 'loc' in cause && isLocation(cause.loc) ? cause.loc : undefined;
  const place = { path, line: loc?.line ?? 1, column: loc?.column ?? 1, text: texts.get(path) };
  if (cause instanceof CompressorError) {
    if (cause.place !== undefined || loc === undefined) return cause;
    return toolError(context.finder, cause.code, cause.summary, place, { help: cause.help, cause });
  }
  return loc === undefined
    ? cause
    : toolError(context.finder, 'style-syntax', cause.message, place, { cause });
}

function isLocation(value: unknown): value is { line: number; column: number } {
  return typeof value === 'object' && value !== null && 'line' in value && 'column' in value;
}

/**
 * What a browser would drop is an error in a style sheet of the site. In a package it is only said: authors cannot mend it,
 * and old hacks are dropped on purpose.
 */
async function reportWarnings(
  warnings: readonly Warning[],
  texts: ReadonlyMap<string, string>,
  context: BuildContext,
): Promise<void> {
  for (const { message, loc } of warnings) {
    const { filename: path, line, column } = loc;
    const name = context.finder.nameOf(path) ?? path;
    if (!name.startsWith('npm:')) {
      throw await toolError(context.finder, 'style-syntax', message, {
        path,
        line,
        column,
        text: texts.get(path),
      });
    }
    context.warn(
      'debug',
      `${name}:${line}:${column}`,
      `${formatPlace({ file: name, line, column })}: ${message}`,
    );
  }
}

/** Inlining would leave these imports behind other rules, where browsers ignore them. */
async function refuseLateImports(text: string, entry: OpenSource, context: BuildContext): Promise<void> {
  const { warnings } = transform({ filename: entry.path, code: Buffer.from(text), errorRecovery: true });
  if (!warnings.some(({ type }) => type === 'UnexpectedImportRule')) return;
  const place = positionAt(entry.text, Math.max(0, entry.text.search(/@import/i)));
  throw await toolError(
    context.finder,
    'import-external-late',
    'an import of another site comes after local styles',
    {
      path: entry.path,
      ...place,
      text: entry.text,
    },
  );
}
