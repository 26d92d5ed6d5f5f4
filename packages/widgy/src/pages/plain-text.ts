import MarkdownIt from 'markdown-it';
import sanitizeHtml from 'sanitize-html';
import { fieldOf, isJsonArray, type JsonValue } from '../tree/json.ts';
import type { Tree } from '../tree/tree.ts';
import { type Widget, walk } from '../tree/widget.ts';
import type { FieldDescription } from '../widgets/fields/description.ts';
import { isJsonObject } from '../widgets/fields/json-schema.ts';
import { isTooLong } from '../widgets/fields/sanitise.ts';
import type { Site } from '../widgets/site.ts';

/** A piece of text that stands by itself on a page, such as a paragraph, without markup and with single spaces. Not empty. */
export interface TextBlock {
  readonly text: string;
  /** Whether it is of a field for more than a line. */
  readonly isProse: boolean;
}

/**
 * What can be read in a tree, from the top down: what fields of the kinds text, long text, rich text and Markdown hold, and those of a
 * site's own that are sanitised as such. Of types that the site does not know, nothing is shown, so nothing is read.
 */
export function* textBlocks(root: Widget, site: Site<never>): Generator<TextBlock> {
  for (const { type, fields } of walk(root)) {
    for (const field of site.types.get(type)?.fields ?? []) {
      yield* blocksOf(fieldOf(fields, field.name) ?? field.default, field, site);
    }
  }
}

/** All of it as one text, a line for each piece, of at most so many UTF-16 units. */
export function plainText(tree: Tree, site: Site<never>, length = Number.POSITIVE_INFINITY): string {
  const lines: string[] = [];
  let left = length;
  for (const { text } of textBlocks(tree.root, site)) {
    if (left <= 0) break;
    lines.push(text.slice(0, left));
    left -= text.length + 1;
  }
  return lines.join('\n').toWellFormed();
}

function* blocksOf(value: JsonValue, field: FieldDescription, site: Site<never>): Generator<TextBlock> {
  if (field.shape === 'list') {
    if (!isJsonArray(value)) return;
    for (const item of value.filter(isJsonObject)) {
      for (const inner of field.fields)
        yield* blocksOf(fieldOf(item, inner.name) ?? inner.default, inner, site);
    }
    return;
  }
  if (typeof value !== 'string') return;
  const markup = site.kinds[field.kind]?.sanitise;
  if (markup !== undefined && isTooLong(value, markup)) return;
  const isProse = markup !== undefined || field.kind === 'long-text';
  for (const text of linesOf(value, markup, field.kind)) {
    const bare = text
      .replace(/[\s\0]+/g, ' ')
      .trim()
      .toWellFormed();
    if (bare !== '') yield { text: bare, isProse };
  }
}

function linesOf(
  value: string,
  markup: 'richText' | 'markdown' | undefined,
  kind: string,
): readonly string[] {
  if (markup === 'richText') return linesOfHtml(value);
  if (markup === 'markdown') return linesOfMarkdown(value);
  return kind === 'text' || kind === 'long-text' ? value.split(/\n\s*\n/) : [];
}

/** What stands in HTML, cut at the elements that begin a new line. That of scripts and the like is not read. */
function linesOfHtml(markup: string): readonly string[] {
  const lines = [''];
  const write = (text: string): void => {
    lines.push(`${lines.pop() ?? ''}${text}`);
  };
  const atElement = (name: string): void => {
    if (!INLINE.has(name)) lines.push('');
  };
  // Only for what it reads on the way: nothing is made of what it lets through.
  sanitizeHtml(markup, {
    allowedTags: [],
    allowedAttributes: {},
    onOpenTag: atElement,
    onCloseTag: atElement,
    textFilter(escaped) {
      write(escaped.replace(/&(?:amp|lt|gt|quot);/g, (entity) => CHARACTERS[entity] ?? entity));
      return '';
    },
  });
  return lines;
}

/** Elements that stand in the middle of a line, and of a word. */
const INLINE: ReadonlySet<string> = new Set(
  'a abbr b bdi bdo cite code del dfn em i ins kbd mark q s samp small span strong sub sup u var wbr'.split(
    ' ',
  ),
);

/** How a text is escaped where HTML is written. */
const CHARACTERS: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
};

function linesOfMarkdown(text: string): readonly string[] {
  return markdown.parse(text, {}).map((token) => {
    if (token.type === 'fence' || token.type === 'code_block') return token.content;
    return (token.children ?? [])
      .map(({ type, content }) => (type === 'softbreak' || type === 'hardbreak' ? ' ' : content))
      .join('');
  });
}

/** It keeps nothing of the texts it reads. */
const markdown = new MarkdownIt({ html: false });
