import { Script } from 'node:vm';
import { type ParseResult, parse } from 'rolldown/utils';
import type { BuildContext, OpenSource } from './context.ts';
import type { ToolPlace } from './locate.ts';
import { scriptError } from './script-error.ts';

/** What the parser takes a text for. */
export type Language = 'js' | 'jsx' | 'ts' | 'tsx';

/** The language of a source, unless only a transformer of the site knows it. */
export function languageOf({ language }: OpenSource): Language | undefined {
  return LANGUAGES[language];
}

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

/**
 * Parses a script; finds syntax errors, and what only a module may hold.
 *
 * @param placeOf where it was written
 * @throws CompressorError `script-syntax`, `script-is-module`
 */
export async function parseScript(
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
  throw await scriptError(error.message, placeOf(offset), context, error.helpMessage);
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
