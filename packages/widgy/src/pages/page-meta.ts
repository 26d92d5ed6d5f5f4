import { rememberedByTwo } from '../remembered.ts';
import type { Tree } from '../tree/tree.ts';
import type { Widget } from '../tree/widget.ts';
import type { Site } from '../widgets/site.ts';
import { addressOfPath } from './address.ts';
import { MADE_DESCRIPTION_LENGTH } from './limits.ts';
import type { Page } from './page.ts';
import { textBlocks } from './plain-text.ts';
import { lengthOf } from './slug.ts';

/** What the whole site says of itself to search engines and social networks. */
export interface SiteMeta {
  readonly name: string;
  /** What stands in front of addresses: `https://example.org`. */
  readonly origin: string;
  /** Whether search engines may list anything of it. */
  readonly isIndexed: boolean;
  /** The whole address of a picture for pages that are shown elsewhere. */
  readonly image?: string;
}

/** What a page says in its head. Plain text, not escaped. */
export interface PageMeta {
  readonly title: string;
  /** Empty where there is no text to make it from. */
  readonly description: string;
  /** The one address of the page, whole. */
  readonly canonical: string;
  readonly robots: 'index, follow' | 'noindex, follow';
  readonly og: {
    readonly title: string;
    readonly description: string;
    readonly type: 'website' | 'article';
    readonly url: string;
    readonly siteName: string;
    readonly image: string | undefined;
  };
}

/**
 * What a page says of itself: what its author wrote, and where they wrote nothing, what the page shows: its title with the name of the
 * site, and the beginning of its first text of more than a line.
 */
export function pageMeta(
  page: Pick<Page, 'title' | 'path' | 'metaTitle' | 'metaDescription' | 'isIndexed' | 'isProtected'>,
  tree: Tree,
  widgets: Site<never>,
  site: SiteMeta,
): PageMeta {
  const { title, path, metaTitle, metaDescription, isIndexed, isProtected } = page;
  const canonical = `${site.origin}${addressOfPath(path)}`;
  const description = metaDescription || firstText(widgets, tree.root);
  const isHome = path === '';
  const made = site.name === '' || title === site.name ? title : `${title} – ${site.name}`;
  return {
    title: metaTitle || made,
    description,
    canonical,
    robots: isIndexed && !isProtected && site.isIndexed ? 'index, follow' : 'noindex, follow',
    og: {
      title: metaTitle || title,
      description,
      type: isHome ? 'website' : 'article',
      url: canonical,
      siteName: site.name,
      image: site.image,
    },
  };
}

/** The beginning of the first text of more than a line; where there is none, of the first text. */
const firstText = rememberedByTwo((widgets: Site<never>, root: Widget): string => {
  let first = '';
  for (const { text, isProse } of textBlocks(root, widgets)) {
    if (isProse) return shortened(text);
    first ||= text;
  }
  return shortened(first);
});

/** Whole words, with `…` where something is left out. */
function shortened(text: string): string {
  if (lengthOf(text) <= MADE_DESCRIPTION_LENGTH) return text;
  const start = [...text].slice(0, MADE_DESCRIPTION_LENGTH - 1).join('');
  const words = start.slice(0, Math.max(start.lastIndexOf(' '), 0));
  return `${(words.length > MADE_DESCRIPTION_LENGTH / 2 ? words : start).replace(/[\s,;:–-]+$/, '')}…`;
}
