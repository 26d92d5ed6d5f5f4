import type { ParseResult } from 'rolldown/utils';
import type { Source } from '../recipe/recipe.ts';
import { type BuildContext, InputLog, type OpenSource, openSource } from './context.ts';
import { plainMap } from './map-steps.ts';
import { minifyEarly, minifyScript } from './minify-script.ts';
import { languageOf, parseScript } from './parse-script.ts';
import { placeBefore, placeIn } from './script-error.ts';
import { absolutePath, type MappedText, mapSource, renameSources } from './source-map.ts';
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
  const lang = languageOf(entry);
  const early = minifyEarly(entry, context);
  // A transformer of the site's own answers for the syntax of its language.
  const parsed = lang && (await parseScript(entry.text, lang, (offset) => placeIn(entry, offset), context));
  const compiled = await transformSource(entry, 'js', context, log);
  const script =
    lang === 'js' && parsed
      ? parsed
      : await parseScript(compiled.text, 'js', (offset) => placeBefore(compiled, entry, offset), context);
  const plain = { ...compiled, text: withoutLinks(compiled.text, script) };
  const built = context.minify
    ? await minifyScript(plain, script, entry, context, early)
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

/** The script as it is, with a map to its source if maps are wanted. */
function withMap({ text, map }: MappedText, entry: OpenSource, context: BuildContext): MappedText {
  return context.sourceMaps ? { text, map: map ?? plainMap(entry.path, entry.text) } : { text };
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
