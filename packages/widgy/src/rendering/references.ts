import sanitizeHtml from 'sanitize-html';
import type { JsonObject } from '../tree/json.ts';
import type { Tree } from '../tree/tree.ts';
import { looksLikeReference, REFERENCE_PREFIX } from '../widgets/fields/reference.ts';
import { isSafeUrl } from '../widgets/fields/safe-url.ts';

/** What a reference leads to, for a page. */
export interface ResolvedReference {
  /** Undefined where what it points at has no address of its own, or none for this visitor. */
  readonly url: string | undefined;
  readonly label: string;
  /** What templates find as `data` of the address. */
  readonly data?: JsonObject;
  /** What templates find as `tree` of the address, to be shown with `render_root`. */
  readonly tree?: Tree;
}

/** What references lead to, by their texts: `widgy:page/42`. */
export type ResolvedReferences = ReadonlyMap<string, ResolvedReference>;

/** For a tree whose references lead nowhere. */
export const NO_REFERENCES: ResolvedReferences = new Map();

/** The address that a link has on the page; empty if it leads nowhere or would be unsafe. */
export function addressOf(text: string, references: ResolvedReferences): string {
  const url = looksLikeReference(text) ? (references.get(text)?.url ?? '') : text;
  return isSafeUrl(url) ? url : '';
}

/**
 * Puts addresses in the place of references in sanitised HTML. A link that leads nowhere stays as text without a link, and a picture
 * without an address goes.
 */
export function resolveInMarkup(markup: string, references: ResolvedReferences): string {
  if (!markup.includes(REFERENCE_PREFIX)) return markup;
  const resolve = (tagName: string, attribs: sanitizeHtml.Attributes): sanitizeHtml.Tag => {
    const resolved = Object.entries(attribs).flatMap(([name, value]) => {
      if (!ADDRESSES.has(name) || !looksLikeReference(value)) return [[name, value]];
      const address = addressOf(value, references);
      return address === '' ? [] : [[name, address]];
    });
    return { tagName, attribs: Object.fromEntries(resolved) };
  };
  return sanitizeHtml(markup, {
    // It was sanitised: here only addresses change.
    allowedTags: false,
    allowedAttributes: false,
    allowVulnerableTags: true,
    allowedSchemes: ['http', 'https', 'mailto', 'tel'],
    transformTags: { '*': resolve },
    exclusiveFilter: ({ tag, attribs }) => tag === 'img' && attribs.src === undefined,
  });
}

const ADDRESSES: ReadonlySet<string> = new Set(['href', 'src']);
