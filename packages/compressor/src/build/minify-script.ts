import { type MinifyResult, minify, type ParseResult } from 'rolldown/utils';
import type { BuildContext, OpenSource } from './context.ts';
import { composeMaps } from './map-steps.ts';
import { languageOf } from './parse-script.ts';
import { placeBefore, scriptError } from './script-error.ts';
import { type MappedText, readMap, renameSources } from './source-map.ts';

/** What the minifier makes of a text; it does not say where from. */
interface EarlyResult {
  readonly text: string;
  readonly result: Promise<MinifyResult>;
}

/**
 * Begins to minify a script before anyone knows whether it is right, so that this is found out meanwhile. Undefined where the
 * text may not be what will be minified, or where only parsing tells how.
 */
export function minifyEarly(entry: OpenSource, context: BuildContext): EarlyResult | undefined {
  const { text, language } = entry;
  if (!context.minify || languageOf(entry) !== 'js') return undefined;
  if (text.startsWith('#!') || text.includes('sourceMappingURL=') || LET_STATEMENT.test(text))
    return undefined;
  if (context.transformers.some(({ output, extensions }) => output === 'js' && extensions.includes(language)))
    return undefined;
  const result = runMinifier(entry, text, true, context);
  result.catch(() => {}); // For whoever waits for it; what parsing says comes first.
  return { text, result };
}

/**
 * Minifies a script, its top-level names untouched.
 *
 * @param plain its text, compiled
 * @param script the same, parsed
 * @param early what was begun before; used if it is of the same text
 * @throws CompressorError `script-syntax`
 */
export async function minifyScript(
  plain: MappedText,
  script: ParseResult,
  entry: OpenSource,
  context: BuildContext,
  early?: EarlyResult,
): Promise<MappedText> {
  const result = await (early?.text === plain.text
    ? early.result
    : runMinifier(entry, plain.text, !hasTopLevelLet(plain.text, script), context));
  const [error] = result.errors;
  if (error !== undefined) {
    const offset = error.labels[0]?.start ?? 0;
    throw await scriptError(error.message, placeBefore(plain, entry, offset), context);
  }
  if (!result.map) return { text: result.code };
  const map = renameSources(readMap(result.map), () => entry.path);
  return { text: result.code, map: plain.map ? composeMaps(map, plain.map) : map };
}

/**
 * @param compress false where a top-level `let` may stand: the minifier takes one that this script never assigns for a
 * constant, but other scripts may assign it
 */
function runMinifier(
  { path }: OpenSource,
  text: string,
  compress: boolean,
  { pipeline, sourceMaps }: BuildContext,
): Promise<MinifyResult> {
  return minify(`${path}.js`, text, {
    module: false,
    compress: compress && { target: [...pipeline.targets().scripts] },
    mangle: { toplevel: false },
    codegen: { legalComments: 'inline' },
    sourcemap: sourceMaps,
  });
}

/** Reading the syntax tree takes as long as parsing, so first comes a look at the text. */
function hasTopLevelLet(text: string, script: ParseResult): boolean {
  if (!LET_STATEMENT.test(text)) return false;
  return script.program.body.some((node) => node.type === 'VariableDeclaration' && node.kind === 'let');
}

/** Where a statement may begin that declares with `let`. */
const LET_STATEMENT = /(?:^|[;{})]|\*\/)\s*let\b/m;
