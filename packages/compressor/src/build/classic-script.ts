import { minify, parse } from 'rolldown/utils';
import type { CompressorError } from '../errors.ts';
import type { Source } from '../recipe/recipe.ts';
import { type BuildContext, InputLog, type OpenSource, openSource } from './context.ts';
import { absolutePath } from './css-references.ts';
import { positionAt, toolError } from './locate.ts';
import { composeMaps, type MappedText, readMap, renameSources } from './source-map.ts';
import { mapSource } from './style.ts';
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
  await checkScript(entry, context);
  const plain = await transformSource(entry, 'js', context, log);
  const built = context.minify ? await minifyScript(plain, entry, context) : plain;
  return {
    text: built.text,
    map: built.map && renameSources(built.map, (name) => mapSource(absolutePath(name), context)),
    inputs: log.inputs,
    files: [],
    realm: startsStrict(built.text) ? 'strict' : 'sloppy',
    mustBeFirst: false,
  };
}

async function minifyScript(
  plain: MappedText,
  entry: OpenSource,
  context: BuildContext,
): Promise<MappedText> {
  const result = await minify(`${entry.path}.js`, plain.text, {
    module: false,
    compress: { target: [...context.targets.scripts] },
    mangle: { toplevel: false },
    codegen: { legalComments: 'inline' },
    sourcemap: context.sourceMaps,
  });
  const [error] = result.errors;
  if (error !== undefined) throw await parseError(error, entry, context);
  if (!result.map) return { text: result.code };
  const map = renameSources(readMap(result.map), () => entry.path);
  return { text: result.code, map: plain.map ? composeMaps(map, plain.map) : map };
}

/** Finds syntax errors in the script as it was written, and what only a module may hold. */
async function checkScript(entry: OpenSource, context: BuildContext): Promise<void> {
  const lang = LANGUAGES[entry.language];
  if (lang === undefined) return; // A transformer of the site's own answers for it.
  const { errors } = await parse(entry.path, entry.text, {
    sourceType: 'script',
    lang,
    showSemanticErrors: true,
  });
  const [error] = errors;
  if (error !== undefined) throw await parseError(error, entry, context);
}

const LANGUAGES: Readonly<Record<string, 'js' | 'jsx' | 'ts' | 'tsx'>> = {
  '.js': 'js',
  '.mjs': 'js',
  '.cjs': 'js',
  '.jsx': 'jsx',
  '.ts': 'ts',
  '.mts': 'ts',
  '.tsx': 'tsx',
};

/** What the parser says. */
interface ParseProblem {
  readonly message: string;
  readonly labels: readonly { readonly start: number }[];
  readonly helpMessage: string | null;
}

async function parseError(
  error: ParseProblem,
  entry: OpenSource,
  context: BuildContext,
): Promise<CompressorError> {
  const isModule = /Cannot use (?:import|export) statement|import\.meta/.test(error.message);
  const place = positionAt(entry.text, error.labels[0]?.start ?? 0);
  return toolError(
    context.finder,
    isModule ? 'script-is-module' : 'script-syntax',
    error.message,
    { path: entry.path, ...place, text: entry.text },
    { help: isModule ? undefined : (error.helpMessage ?? undefined) },
  );
}

/**
 * Whether a script's directive prologue (ECMAScript, 11.2.1) holds "use strict": string statements at the start, comments
 * between them allowed.
 */
export function startsStrict(script: string): boolean {
  const token = /\s+|\/\/[^\n]*|\/\*[\s\S]*?\*\/|;|"(?:[^"\\\n]|\\[\s\S])*"|'(?:[^'\\\n]|\\[\s\S])*'/y;
  for (let match = token.exec(script); match !== null; match = token.exec(script)) {
    if (match[0] === '"use strict"' || match[0] === "'use strict'")
      return endsStatement(script.slice(token.lastIndex));
  }
  return false;
}

/** Whether what follows a string leaves it a statement of its own, instead of making it part of an expression. */
function endsStatement(rest: string): boolean {
  return /^(?:\s|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*(?:[;{}!~#@\w$"']|$)/.test(rest);
}

/**
 * Joins scripts so that each begins a statement of its own, whatever the one before ends with: a comment, no semicolon, an
 * expression that a following parenthesis would call.
 */
export function separateStatements(scripts: readonly MappedText[]): MappedText[] {
  return scripts.flatMap((script, index) => {
    const before = scripts[index - 1];
    return before === undefined || before.text.endsWith(';') ? [script] : [{ text: ';' }, script];
  });
}
