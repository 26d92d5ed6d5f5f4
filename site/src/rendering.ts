import { join } from 'node:path';
import { createSiteRenderer, type SiteRenderer } from 'widgy/rendering';
import { site as ownSite } from './site.ts';

/** The folder with the templates of the site: its pages, and the parts that widgets share. */
export const ownTemplates = join(import.meta.dirname, '..', 'templates');

/** What renderers differ in. */
export interface RendererChoices {
  /** Whether templates are read again for each page. */
  readonly isDevelopment?: boolean;
  /** Whether bundles never change while the process runs: in the mode `offline`. */
  readonly hasFixedAssets?: boolean;
  /** Default: the site as it is. */
  readonly site?: typeof ownSite;
}

/** Makes a renderer of the site. Its engine belongs to one compressor, so each server has its own. */
export function createRenderer({ site = ownSite, ...choices }: RendererChoices): SiteRenderer {
  return createSiteRenderer({
    ...choices,
    ...{ site, templates: ownTemplates, roots: [ownTemplates] },
    // Such a widget is left out, and the page around it stays.
    onFailure: ({ type, message, template = 'no template', line = 0 }) =>
      process.stderr.write(`The widget "${type}" was not shown: ${message} (${template}:${line})\n`),
  });
}

const isProduction = process.env.NODE_ENV === 'production';

/** The renderer of the process, for its compressor and its server. */
export const renderer = createRenderer({ isDevelopment: !isProduction, hasFixedAssets: isProduction });
