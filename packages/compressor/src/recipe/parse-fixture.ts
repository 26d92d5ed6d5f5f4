import { nameOfUrl } from '../sources/names.ts';
import { parseBlock } from './parse.ts';
import { isFile, type Kind, type Source } from './recipe.ts';

/** As in a site whose static files are below `/static/`. */
export const resolve = (url: string): string | undefined => nameOfUrl(url, '/static/');

function sourceText(source: Source): string {
  if (!isFile(source)) return `${source.language}:${source.text}`;
  return source.charset === undefined ? source.file : `${source.file} (${source.charset})`;
}

/** One line for each segment: `goal[attributes] sources` of a group, `kept markup` of anything else. */
export function outline(kind: Kind, markup: string): string[] {
  return parseBlock(kind, markup, resolve).segments.map((segment) => {
    if (segment.type === 'kept') return `kept ${segment.markup}`;
    const { goal, attributes, sources } = segment.group;
    const names = Object.entries(attributes).map(([name, value]) =>
      value === '' ? name : `${name}=${value}`,
    );
    return `${goal}[${names.join(' ')}] ${sources.map(sourceText).join(', ')}`;
  });
}

/** The link to a static style sheet. */
export const css = (name: string, more = ''): string =>
  `<link rel="stylesheet" href="/static/${name}.css"${more}>`;
/** The script element of a static script. */
export const js = (name: string, more = ''): string => `<script src="/static/${name}.js"${more}></script>`;
