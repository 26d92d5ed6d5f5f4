import MarkdownIt from 'markdown-it';
import sanitizeHtml from 'sanitize-html';
import { parseReference, type Reference } from '../widgets/fields/reference.ts';

/** The references in a text of HTML: those that are an `href` or a `src`, of whatever element. */
export function referencesInHtml(markup: string): readonly Reference[] {
  if (!MAY_HOLD_REFERENCE.test(markup)) return [];
  const found: unknown[] = [];
  // Only for what it reads on the way, with entities decoded as browsers do: nothing is made of what it lets through.
  sanitizeHtml(markup, {
    allowedTags: [],
    allowedAttributes: {},
    onOpenTag: (_, { href, src }) => found.push(href, src),
  });
  return found.flatMap(referenceIn);
}

/** The references in a text of Markdown: of links, wherever their address is written, and of images. HTML in it is text. */
export function referencesInMarkdown(text: string): readonly Reference[] {
  if (!MAY_HOLD_REFERENCE.test(text)) return [];
  const found: unknown[] = [];
  const rest = markdown.parse(text, {});
  for (let next = rest.pop(); next !== undefined; next = rest.pop()) {
    found.push(next.attrGet('href'), next.attrGet('src'));
    // One by one: a text may have more parts than a call may have arguments.
    for (const child of next.children ?? []) rest.push(child);
  }
  return found.flatMap(referenceIn);
}

/**
 * What a text has if there is a reference in it: its prefix, or what may stand for a character of it. Most texts have nothing of it, and
 * reading them is what costs most when a large tree is read for the first time.
 */
const MAY_HOLD_REFERENCE = /widgy\\?:|&#|&colon/;

/** It keeps nothing of the texts it reads. */
const markdown = new MarkdownIt({ html: false });

function referenceIn(text: unknown): readonly Reference[] {
  const reference = typeof text === 'string' ? parseReference(text) : undefined;
  return reference === undefined ? [] : [reference];
}
