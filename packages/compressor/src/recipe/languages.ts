import type { CodeGoal } from './recipe.ts';

/** The `type` values that browsers run as classic scripts: the JavaScript MIME types of the WHATWG MIME Sniffing Standard. */
const CLASSIC_TYPES = new Set([
  '',
  ...['application', 'text'].flatMap((top) => [
    `${top}/javascript`,
    `${top}/ecmascript`,
    `${top}/x-javascript`,
  ]),
  'application/x-ecmascript',
  'text/x-ecmascript',
  ...['1.0', '1.1', '1.2', '1.3', '1.4', '1.5'].map((version) => `text/javascript${version}`),
  'text/jscript',
  'text/livescript',
]);

/** Languages that a `type` or `lang` attribute may name, by the extension of their files. */
const SCRIPT_LANGUAGES: ReadonlyMap<string, string> = new Map([
  ['ts', '.ts'],
  ['typescript', '.ts'],
  ['text/typescript', '.ts'],
  ['application/typescript', '.ts'],
  ['tsx', '.tsx'],
  ['text/tsx', '.tsx'],
  ['jsx', '.jsx'],
  ['text/jsx', '.jsx'],
]);

const STYLE_LANGUAGES: ReadonlyMap<string, string> = new Map([
  ['css', '.css'],
  ['text/css', '.css'],
  ['scss', '.scss'],
  ['text/scss', '.scss'],
  ['text/x-scss', '.scss'],
  ['sass', '.sass'],
  ['text/sass', '.sass'],
  ['text/x-sass', '.sass'],
  ['less', '.less'],
  ['text/less', '.less'],
  ['text/x-less', '.less'],
  ['stylus', '.styl'],
  ['styl', '.styl'],
  ['text/stylus', '.styl'],
  ['text/x-stylus', '.styl'],
]);

/** What a script element is, or undefined if it is data or something only the browser understands (an import map). */
export function scriptLanguage(
  type: string,
  lang: string | undefined,
): { goal: CodeGoal; language: string } | undefined {
  const name = type.trim().toLowerCase();
  const named = lang === undefined ? undefined : SCRIPT_LANGUAGES.get(lang.trim().toLowerCase());
  if (lang !== undefined && named === undefined) return undefined;
  if (name === 'module') return { goal: 'module', language: named ?? '.js' };
  if (CLASSIC_TYPES.has(name)) return { goal: 'classic', language: named ?? '.js' };
  const typed = SCRIPT_LANGUAGES.get(name);
  return typed === undefined ? undefined : { goal: 'classic', language: named ?? typed };
}

/** The language of a style element or style sheet link, or undefined if it is none that is understood. */
export function styleLanguage(type: string, lang: string | undefined): string | undefined {
  const name = (lang ?? type).trim().toLowerCase();
  return name === '' ? '.css' : STYLE_LANGUAGES.get(name);
}
