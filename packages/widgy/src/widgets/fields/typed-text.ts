/**
 * What is typed into a field of rich text by somebody who writes no HTML: text without a tag and without a character reference becomes
 * paragraphs where lines are empty, and line breaks where a line ends. Text with markup stays as it is.
 */
export function markupOfTyped(text: string): string {
  if (text.trim() === '' || hasMarkup(text)) return text;
  const paragraphs = text.split(/\n\s*\n/).map((part) => part.trim());
  return paragraphs
    .filter((part) => part !== '')
    .map((part) => `<p>${escapeText(part).replaceAll('\n', '<br />')}</p>`)
    .join('');
}

/** The text that somebody can go on writing: what was typed without HTML comes back without it, and everything else as HTML. */
export function typedOfMarkup(markup: string): string {
  if (!markup.startsWith('<p>') || !markup.endsWith('</p>')) return markup;
  const text = markup
    .slice('<p>'.length, -'</p>'.length)
    .replaceAll(/<\/p>\s*<p>/g, '\n\n')
    .replaceAll('<br />', '\n')
    .replaceAll(/&(?:lt|gt|amp);/g, (reference) => CHARACTERS[reference] ?? reference);
  return markupOfTyped(text) === markup ? text : markup;
}

/** Whether a text has something that HTML would not show as it stands there. */
function hasMarkup(text: string): boolean {
  return /<[a-z/!?][^<>]*>|&(?:#\d+|#x[\da-f]+|[a-z][a-z\d]*);/i.test(text);
}

/** Outside tags quotes mean nothing, and stay as they are written. */
function escapeText(text: string): string {
  return text.replace(/[&<>]/g, (character) => REFERENCES[character] ?? character);
}

const REFERENCES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const CHARACTERS: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>' };
