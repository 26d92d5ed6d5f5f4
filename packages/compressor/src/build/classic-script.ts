import { Script } from 'node:vm';
import { originalPositionFor, TraceMap } from '@jridgewell/trace-mapping';
import { minify, type ParseResult, parse } from 'rolldown/utils';
import type { CompressorError } from '../errors.ts';
import type { Source } from '../recipe/recipe.ts';
import { type BuildContext, InputLog, type OpenSource, openSource } from './context.ts';
import { LineIndex } from './edited-text.ts';
import { type ToolPlace, toolError } from './locate.ts';
import {
  absolutePath,
  composeMaps,
  type MappedText,
  mapSource,
  plainMap,
  readMap,
  renameSources,
} from './source-map.ts';
import { transformSource } from './transform.ts';
import type { Unit } from './unit.ts';

/**
 * Builds one classic script: compiled and minified on its own, its top-level names untouched, because other scripts of the
 * page may use them.
 *
 * @throws CompressorError `script-syntax`, `script-is-module`, and what reading and transforming throw
 */
export async function buildClassicScript(source: Source, context: BuildContext): Promise<Unit> {
  const log = new InputLog(context);
  const entry = await openSource(source, context, log);
  const lang = LANGUAGES[entry.language];
  // A transformer of the site's own answers for the syntax of its language.
  const parsed = lang && (await parseScript(entry.text, lang, (offset) => placeIn(entry, offset), context));
  const compiled = await transformSource(entry, 'js', context, log);
  const script =
    lang === 'js' && parsed
      ? parsed
      : await parseScript(compiled.text, 'js', (offset) => placeBefore(compiled, entry, offset), context);
  const plain = { ...compiled, text: withoutLinks(compiled.text, script) };
  const built = context.minify
    ? await minifyScript(plain, script, entry, context)
    : withMap(plain, entry, context);
  return {
    text: built.text,
    map: built.map && renameSources(built.map, (name) => mapSource(absolutePath(name), context)),
    inputs: log.inputs,
    files: [],
    realm: isStrict(compiled.text, script) ? 'strict' : 'sloppy',
    mustBeFirst: false,
  };
}

async function minifyScript(
  plain: MappedText,
  script: ParseResult,
  entry: OpenSource,
  context: BuildContext,
): Promise<MappedText> {
  const result = await minify(`${entry.path}.js`, plain.text, {
    module: false,
    // The minifier takes a top-level `let` that this script never assigns for a constant, but other scripts may assign it.
    compress: hasTopLevelLet(plain.text, script) ? false : { target: [...context.targets.scripts] },
    mangle: { toplevel: false },
    codegen: { legalComments: 'inline' },
    sourcemap: context.sourceMaps,
  });
  const [error] = result.errors;
  if (error !== undefined) {
    const offset = error.labels[0]?.start ?? 0;
    throw await parseError(error.message, placeBefore(plain, entry, offset), context);
  }
  if (!result.map) return { text: result.code };
  const map = renameSources(readMap(result.map), () => entry.path);
  return { text: result.code, map: plain.map ? composeMaps(map, plain.map) : map };
}

/** The script as it is, with a map to its source if maps are wanted. */
function withMap({ text, map }: MappedText, entry: OpenSource, context: BuildContext): MappedText {
  return context.sourceMaps ? { text, map: map ?? plainMap(entry.path, entry.text) } : { text };
}

/** Reading the syntax tree takes as long as parsing, so first comes a look at the text. */
function hasTopLevelLet(text: string, script: ParseResult): boolean {
  if (!/(?:^|[;{})]|\*\/)\s*let\b/m.test(text)) return false;
  return script.program.body.some((node) => node.type === 'VariableDeclaration' && node.kind === 'let');
}

/**
 * Whether a script begins with "use strict" (ECMAScript, 11.2.1). Only after a start of comments and a quote can it, so only
 * then the syntax tree is read.
 */
function isStrict(text: string, script: ParseResult): boolean {
  if (!/^(?:#!.*)?(?:\s|\/\/.*|<!--.*|\/\*[^*]*\*+(?:[^/*][^*]*\*+)*\/)*["']/.test(text)) return false;
  return script.program.body.some((node) => 'directive' in node && node.directive === 'use strict');
}

/**
 * Makes a script fit to stand behind others: a `#!` line and comments that name the source maps of its makers become plain
 * comments. The text keeps its length, so that source maps still fit.
 */
function withoutLinks(text: string, script: ParseResult): string {
  let result = text.startsWith('#!') ? `//${text.slice(2)}` : text;
  if (!result.includes('sourceMappingURL=')) return result;
  for (const { value, start } of script.comments) {
    if (!/^[#@]\s*sourceMappingURL=/.test(value)) continue;
    result = `${result.slice(0, start + 2)} ${result.slice(start + 3)}`;
  }
  return result;
}

/** Parses a script; finds syntax errors, and what only a module may hold. */
async function parseScript(
  text: string,
  lang: Language,
  placeOf: (offset: number) => ToolPlace,
  context: BuildContext,
): Promise<ParseResult> {
  const result = await parse('script.js', text, { sourceType: 'script', lang, showSemanticErrors: true });
  const error = result.errors.find(({ message }) => !isRedeclaration(message) || !mayRedeclare(text, lang));
  if (error === undefined) return result;
  const starts = error.labels.map(({ start }) => start);
  // A name declared twice is wrong the second time.
  const offset = isRedeclaration(error.message) ? Math.max(0, ...starts) : (starts[0] ?? 0);
  throw await parseError(error.message, placeOf(offset), context, error.helpMessage);
}

function isRedeclaration(message: string): boolean {
  return /already been declared/.test(message);
}

/**
 * Whether a script is right although the parser takes a name in it for declared twice: it refuses a `var` in a block that
 * has the name of a function outside. V8 knows better. TypeScript refuses that too.
 */
function mayRedeclare(text: string, lang: Language): boolean {
  if (lang !== 'js') return false;
  try {
    return new Script(text) instanceof Script;
  } catch {
    return false;
  }
}

type Language = 'js' | 'jsx' | 'ts' | 'tsx';

const LANGUAGES: Readonly<Record<string, Language>> = {
  '': 'js',
  '.js': 'js',
  '.mjs': 'js',
  '.cjs': 'js',
  '.jsx': 'jsx',
  '.ts': 'ts',
  '.mts': 'ts',
  '.tsx': 'tsx',
};

function parseError(
  message: string,
  place: ToolPlace,
  context: BuildContext,
  help: string | null = null,
): Promise<CompressorError> {
  const isModule = /Cannot use (?:import|export) statement|import\.meta/.test(message);
  const code = isModule ? 'script-is-module' : 'script-syntax';
  return toolError(context.finder, code, message, place, {
    help: isModule ? undefined : (help ?? undefined),
  });
}

function placeIn({ path, text }: OpenSource, offset: number): ToolPlace {
  return { path, ...new LineIndex(text).positionOf(offset), text };
}

/** Where something in a compiled script was written. */
function placeBefore({ text, map }: MappedText, entry: OpenSource, offset: number): ToolPlace {
  const position = new LineIndex(text).positionOf(offset);
  if (map === undefined) return { path: entry.path, ...position, text };
  const trace = new TraceMap(JSON.stringify(map));
  const origin = originalPositionFor(trace, { line: position.line, column: position.column - 1 });
  if (origin.source === null) return { path: entry.path, line: 1, column: 1, text: entry.text };
  const path = absolutePath(origin.source);
  return {
    path,
    line: origin.line,
    column: origin.column + 1,
    text: path === entry.path ? entry.text : undefined,
  };
}

/**
 * Joins scripts so that each begins a statement of its own, whatever the one before ends with: a comment, no semicolon, an
 * expression that a following parenthesis would call.
 */
export function separateStatements(scripts: readonly MappedText[]): MappedText[] {
  const full = scripts.filter(({ text }) => text.trim() !== '');
  return full.flatMap((script, index) => (index === 0 ? [script] : [{ text: ';' }, script]));
}
