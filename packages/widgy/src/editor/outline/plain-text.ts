/** A text of some kind of field without its markup, and with single spaces: for the eye and for finding it, not to be put into a page as it is. */
export function plainText(value: string, kind: string): string {
  const bare = HTML.has(kind) ? withoutTags(value) : kind === 'markdown' ? withoutMarks(value) : value;
  return bare.replace(/[\s\0]+/g, ' ').trim();
}

/** The kinds of fields whose texts are HTML. */
const HTML: ReadonlySet<string> = new Set(['rich-text', 'html-source', 'unsafe-html']);

function withoutTags(markup: string): string {
  // An element in the middle of a word divides nothing; one that is cut off at the end is no text.
  return markup
    .replace(/<\/?(?:a|abbr|b|code|em|i|mark|s|small|span|strong|sub|sup|u)\b[^<>]*>/gi, '')
    .replace(/<[a-z/!][^<>]*(?:>|$)/gi, ' ')
    .replace(/&(?:amp|lt|gt|quot|nbsp|#39);/g, (entity) => CHARACTERS[entity] ?? entity);
}

const CHARACTERS: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&nbsp;': ' ',
  '&#39;': "'",
};

function withoutMarks(text: string): string {
  return text
    .replace(/^\s*(?:#{1,6}|>|[-*+]|\d+[.)])\s+/gm, '')
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/(\*{1,3}|`+)(.+?)\1/g, '$2');
}
