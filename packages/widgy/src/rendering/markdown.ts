import MarkdownIt from 'markdown-it';
import { isLinkUrl } from '../widgets/fields/reference.ts';
import { defaultSanitisers } from '../widgets/fields/sanitise.ts';

/**
 * The HTML of a Markdown text, sanitised. HTML in it is shown as text, links and pictures with addresses that are not safe stay
 * text, and references stay references.
 */
export function renderMarkdown(text: string): string {
  return defaultSanitisers.richText(markdown.render(text));
}

/** It keeps nothing of the texts it reads. */
const markdown = Object.assign(new MarkdownIt({ html: false }), { validateLink: isLinkUrl });
