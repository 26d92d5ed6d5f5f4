import type { Goal, RecipeGroup } from '../recipe/recipe.ts';
import { startTag } from './html.ts';

/** What a tag for a bundle is made from, beside the mode. */
export interface TagFacts {
  readonly goal: Goal;
  readonly attributes: RecipeGroup['attributes'];
  /** For this request only. */
  readonly nonce: string | undefined;
}

/** The tag that loads a bundle. */
export function fileTag({ goal, attributes, nonce }: TagFacts, url: string): string {
  if (goal === 'style') return startTag('link', { rel: 'stylesheet', href: url, ...attributes, nonce });
  const type = goal === 'module' ? 'module' : undefined;
  return `${startTag('script', { type, src: url, ...attributes, nonce })}</script>`;
}

/** The tag that only fetches a bundle, to be used later. It never runs or applies it. */
export function preloadTag({ goal, attributes, nonce }: TagFacts, url: string): string {
  const { media, crossorigin, referrerpolicy, fetchpriority } = attributes;
  const kept = { media, crossorigin, referrerpolicy, fetchpriority, nonce };
  if (goal === 'module') return startTag('link', { rel: 'modulepreload', href: url, ...kept });
  return startTag('link', { rel: 'preload', as: goal === 'style' ? 'style' : 'script', href: url, ...kept });
}

/**
 * The element that holds a bundle's text. It cannot be closed from within.
 *
 * @param text escaped by {@link import('./inline.ts').escapeInline}
 */
export function inlineTag({ goal, attributes, nonce }: TagFacts, text: string): string {
  // These ask for something to be fetched; nothing is.
  const {
    crossorigin: _c,
    referrerpolicy: _r,
    fetchpriority: _f,
    defer: _d,
    blocking: _b,
    ...kept
  } = attributes;
  if (goal === 'style') return `${startTag('style', { ...kept, nonce })}${text}</style>`;
  if (goal === 'module') return `${startTag('script', { type: 'module', ...kept, nonce })}${text}</script>`;
  const { async: _a, ...classic } = kept;
  return `${startTag('script', { ...classic, nonce })}${text}</script>`;
}
