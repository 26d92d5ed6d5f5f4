import { WidgyError } from '../../errors.ts';
import { escapeHtml } from './html.ts';

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

/** What holds where a site names no sanitiser: no markup at all is let through, and what was typed is shown as it was typed. */
export const denyAllMarkup: Sanitisers = {
  // A reference that is already written stays: text saved twice is the same as text saved once.
  richText: (markup) =>
    markup.replace(/[<>"']|&(?!(?:[a-z][a-z0-9]{1,31}|#[0-9]{1,7}|#x[0-9a-f]{1,6});)/gi, escapeHtml),
  // Markup in Markdown begins with this sign; everything else is Markdown's own.
  markdown: (text) => text.replaceAll('<', '&lt;'),
};

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
