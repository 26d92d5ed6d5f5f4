import { WidgyError } from '../../errors.ts';
import { MAX_MARKUP_LENGTH } from './limits.ts';
import { cleanRichText } from './sanitise-rich-text.ts';

/**
 * What makes the text that people write harmless before it is kept. Each function must give back what it is given once it was given
 * back by it: a text is sanitised each time it is saved.
 */
export interface Sanitisers {
  /** Takes the HTML of a rich text field, and gives HTML that may be printed on a page. */
  readonly richText: (markup: string) => string;
  /** Takes Markdown, and gives Markdown. It is not yet HTML: what makes HTML of it must refuse unsafe links. */
  readonly markdown: (text: string) => string;
}

/**
 * What holds where a site names no sanitiser.
 *
 * Rich text keeps the elements that text is made of, and of their attributes those in the manual; links and pictures only with
 * addresses that are safe. The text of other elements stays, but for that of scripts and the like.
 *
 * Markdown is no HTML yet, and stays as it was typed but for characters that no text has: signs that mean markup elsewhere mean
 * themselves in code. Rendering shows HTML in it as text, checks its links and sanitises what comes out.
 */
export const defaultSanitisers: Sanitisers = {
  richText: cleanRichText,
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out.
  markdown: (text) => text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, ''),
};

/** Whether a text is too long to be read as markup: it is neither kept nor shown. */
export function isTooLong(text: string, kind: keyof Sanitisers): boolean {
  return text.length > MAX_MARKUP_LENGTH[kind];
}

/**
 * Sanitises a text with one of a site's functions.
 *
 * @throws WidgyError `sanitiser-failed` when the function gives no text: what it was given is never kept instead
 */
export function sanitise(text: string, kind: keyof Sanitisers, { [kind]: clean }: Sanitisers): string {
  const safe: unknown = clean(text);
  if (typeof safe !== 'string') {
    throw new WidgyError('sanitiser-failed', { message: `sanitise.${kind} of the site gave no text` });
  }
  return safe;
}
