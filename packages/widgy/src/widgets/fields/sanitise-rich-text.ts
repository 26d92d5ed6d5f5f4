import sanitizeHtml from 'sanitize-html';
import { escapeHtml } from './html.ts';
import { isLinkUrl, REFERENCE_PREFIX } from './reference.ts';
import { RICH_TEXT_ATTRIBUTES, RICH_TEXT_CODE_CLASS, RICH_TEXT_ELEMENTS } from './rich-text-elements.ts';
import { SAFE_SCHEMES } from './safe-url.ts';

/** Elements inside one another; what is deeper loses its elements and keeps its text. */
export const MAX_RICH_TEXT_DEPTH = 50;

/** So often a text is sanitised at most until that changes nothing any more. */
const MAX_PASSES = 5;

/**
 * Sanitises the HTML of a rich text field. What it gives, it gives back unchanged. A text that does not come to rest is not
 * rich text that somebody wrote: all of it is shown as text.
 */
export function cleanRichText(markup: string): string {
  let clean = markup;
  for (let pass = 0; pass < MAX_PASSES; pass++) {
    const next = sanitizeHtml(clean, OPTIONS);
    if (next === clean) return clean;
    clean = next;
  }
  return sanitizeHtml(clean, OPTIONS) === clean
    ? clean
    : escapeHtml(clean).replace(/&(?:quot|#39);/g, unquote);
}

/** Outside tags quotes mean nothing, and stay as they are written. */
function unquote(reference: string): string {
  return reference === '&quot;' ? '"' : "'";
}

function keepSafe(address: string): sanitizeHtml.Transformer {
  return (tagName, attribs) => {
    const safe = Object.entries(attribs).filter(([name, value]) => name !== address || isLinkUrl(value));
    return { tagName, attribs: Object.fromEntries(safe) };
  };
}

const SCHEME_OF_REFERENCES = REFERENCE_PREFIX.slice(0, -1);

const OPTIONS: sanitizeHtml.IOptions = {
  allowedTags: [...RICH_TEXT_ELEMENTS],
  allowedAttributes: Object.fromEntries(
    Object.entries(RICH_TEXT_ATTRIBUTES).map(([tag, names]) => [tag, [...names]]),
  ),
  allowedClasses: { code: [RICH_TEXT_CODE_CLASS] },
  allowedSchemes: [...SAFE_SCHEMES, SCHEME_OF_REFERENCES],
  allowedSchemesByTag: { img: ['http', 'https', SCHEME_OF_REFERENCES] },
  allowProtocolRelative: true,
  nestingLimit: MAX_RICH_TEXT_DEPTH,
  // What these hold is no text that anybody wrote to be read.
  nonTextTags: [
    ...[
      'script',
      'style',
      'textarea',
      'option',
      'select',
      'noscript',
      'template',
      'title',
      'iframe',
      'object',
    ],
    ...['svg', 'math', 'xmp', 'noembed', 'noframes', 'plaintext', 'audio', 'video', 'canvas', 'head'],
  ],
  transformTags: { a: keepSafe('href'), img: keepSafe('src') },
  exclusiveFilter: ({ tag, attribs }) => tag === 'img' && attribs.src === undefined,
};
