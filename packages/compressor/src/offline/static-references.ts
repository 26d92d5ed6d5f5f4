import { parse } from 'rolldown/utils';
import { isForeign } from '../build/beside.ts';
import { scanStyle } from '../build/css-scan.ts';

/** Where a static file names another one relative to itself; offsets in UTF-16 code units. */
export interface StaticReference {
  /** As it is written, with its query and fragment. */
  readonly url: string;
  readonly start: number;
  readonly end: number;
}

/** Whether static files with such a name may refer to others. */
export function mayRefer(name: string): boolean {
  return /\.(?:css|m?js)$/.test(name);
}

/**
 * The relative URLs in a style sheet, and the relative imports of a module, in order. A text that does not parse has none: it
 * is sent as it is.
 */
export async function staticReferences(name: string, text: string): Promise<readonly StaticReference[]> {
  const found = name.endsWith('.css') ? inStyle(text) : await inModule(text);
  return found
    .filter(({ url }) => url !== '' && !url.startsWith('#') && !isForeign(url))
    .sort((a, b) => a.start - b.start);
}

function inStyle(text: string): StaticReference[] {
  const { urls, imports } = scanStyle(text);
  const imported = imports.map(({ url, start, end }) => {
    const at = text.slice(start, end).indexOf(url);
    return at === -1 ? undefined : { url, start: start + at, end: start + at + url.length };
  });
  // A URL written with escapes is left alone.
  const plain = urls.filter(({ url, start, end }) => text.slice(start, end) === url);
  return [...plain, ...imported.filter((reference) => reference !== undefined)];
}

async function inModule(text: string): Promise<StaticReference[]> {
  if (!LIKE_AN_IMPORT.test(text)) return [];
  const { module, errors } = await parse('static.js', text, { sourceType: 'module', lang: 'js' });
  if (errors.length > 0) return [];
  const requests = [
    ...module.staticImports.map(({ moduleRequest }) => moduleRequest),
    ...module.staticExports.flatMap(({ entries }) => entries.map(({ moduleRequest }) => moduleRequest)),
    ...module.dynamicImports.map(({ moduleRequest }) => moduleRequest),
  ];
  const inside = new Map<number, StaticReference>();
  for (const request of requests) {
    if (!request) continue;
    const quoted = text.slice(request.start, request.end);
    const [, url] = /^(?:"|')(\.{1,2}\/[^"'\\]*)["']$/.exec(quoted) ?? [];
    if (url !== undefined) inside.set(request.start, { url, start: request.start + 1, end: request.end - 1 });
  }
  return [...inside.values()];
}

/** What holds nothing like this need not be parsed. */
const LIKE_AN_IMPORT = /["']\.{1,2}\//;
