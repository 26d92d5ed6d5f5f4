import { readFileSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import type stylusModule from 'stylus';
import { CompressorError, type ErrorCode } from '../../errors.ts';
import type { Logger } from '../../log.ts';
import type { Finder } from '../../sources/finder.ts';
import { installedVersion } from '../fingerprint.ts';
import { toolError } from '../locate.ts';
import { absolutePath, type RawSourceMap, readMap } from '../source-map.ts';
import type { Transformer, TransformInput } from '../transformer.ts';
import { firstFile, searchFolders } from './look-up.ts';
import { stylusFunctions } from './stylus-functions.ts';

/**
 * Stylus. Names resolve against the file, the files that import it, then the static folders, then the installed packages.
 * `use()` is refused: what a plugin reads and does is its own secret.
 */
export function stylusTransformer(finder: Finder, logger: Logger): Transformer {
  return {
    name: 'stylus',
    version: installedVersion('stylus') ?? 'absent',
    extensions: ['.styl'],
    output: 'css',
    async transform(input) {
      const stylus = await load();
      const imports: unknown[] = [];
      const files = new Set<string>();
      const say = input.log ?? ((level, message) => logger.log(level, message));
      const options = {
        filename: input.path,
        // Stylus looks in the last folder first.
        paths: searchFolders(finder).reverse(),
        functions: stylusFunctions(stylus, finder, files, say),
        // The cache knows parsed files by their text alone, and gives places in a file of the same text elsewhere.
        cache: false,
        // It says which files were really imported; `deps()` would guess, and run before what decides about imports.
        _imports: imports,
        ...(input.sourceMap && { sourcemap: { comment: false, basePath: '/' } }),
      };
      const renderer = stylus(input.text, options);
      try {
        const text = renderer.render();
        const dependencies = new Set([...files, ...(await importedFiles(imports, finder, input))]);
        dependencies.delete(input.path);
        return { text, ...mapOf(renderer, input), dependencies: [...dependencies] };
      } catch (cause) {
        // A file that may not be read must not be shown in a message either.
        await importedFiles(imports, finder, input);
        throw await located(cause, finder, input);
      }
    },
  };
}

type Stylus = typeof stylusModule;

async function load(): Promise<Stylus> {
  try {
    return (await import('stylus')).default;
  } catch (cause) {
    throw new CompressorError('tool-missing', {
      message: 'Stylus sources need the package stylus',
      help: 'Run npm install stylus.',
      cause,
    });
  }
}

/** Stylus's own functions that are written in Stylus; the version stands for them. */
const OWN_FOLDER = join('stylus', 'lib', 'functions');

/**
 * The files that were imported.
 *
 * @throws CompressorError `path-outside-root`
 */
async function importedFiles(
  imports: readonly unknown[],
  finder: Finder,
  { path, text }: TransformInput,
): Promise<string[]> {
  const files: string[] = [];
  for (const node of imports.filter(isImport)) {
    if (dirname(node.path).endsWith(sep + OWN_FOLDER)) continue;
    try {
      const file = firstFile([node.path], finder);
      if (file !== undefined) files.push(file);
    } catch (cause) {
      if (!(cause instanceof CompressorError)) throw cause;
      const { filename, lineno: line, column } = node;
      const place = { path: filename, line, column, text: filename === path ? text : undefined };
      throw await toolError(finder, cause.code, cause.summary, place, { help: cause.help, cause });
    }
  }
  return files;
}

/** What Stylus notes of an `@import`: the file, and where the statement stands. */
interface ImportNode {
  readonly path: string;
  readonly filename: string;
  readonly lineno: number;
  readonly column: number;
}

function isImport(node: unknown): node is ImportNode {
  return typeof node === 'object' && node !== null && 'path' in node && typeof node.path === 'string';
}

/** The map of what was rendered, with the texts that Stylus leaves out. */
function mapOf(renderer: object, { path, text }: TransformInput): { map?: RawSourceMap } {
  const map: unknown = Reflect.get(renderer, 'sourcemap');
  if (map === undefined) return {};
  const read = readMap(JSON.stringify(map));
  const sources = read.sources.map((source) => (source === null ? null : absolutePath(source)));
  const sourcesContent = sources.map((source) => {
    if (source === null) return null;
    return source === path ? text : readFileSync(source, 'utf8');
  });
  return { map: { ...read, sources, sourcesContent } };
}

/** Stylus puts the place into the message: `path:line:column`, the lines around it, what is wrong, and who called. */
const MESSAGE = /^(.*):(\d+):(\d+)\n[\s\S]*?\n\n([\s\S]*?)\s*(?:\n {4}at [\s\S]*)?$/;

async function located(cause: unknown, finder: Finder, { path, text }: TransformInput): Promise<unknown> {
  if (!(cause instanceof Error)) return cause;
  const [, file, line, column, message] = MESSAGE.exec(cause.message) ?? [];
  if (file === undefined || message === undefined) return cause;
  const place = {
    path: file,
    line: Number(line),
    column: Number(column),
    text: file === path ? text : undefined,
  };
  if (cause instanceof CompressorError) {
    return toolError(finder, cause.code, cause.summary, place, { help: cause.help, cause });
  }
  return toolError(finder, codeOf(message), message, place, { cause });
}

/** Stylus says what went wrong in words only; these are the words of the cases that have a code of their own. */
function codeOf(message: string): ErrorCode {
  if (/import loop has been found/.test(message)) return 'import-loop';
  return /failed to locate/.test(message) ? 'import-missing' : 'style-syntax';
}
