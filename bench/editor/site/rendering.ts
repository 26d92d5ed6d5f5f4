import { join } from 'node:path';
import { createSiteRenderer } from 'widgy/rendering';
import { site } from './site.ts';

/** The renderer of the site. */
export const renderer = createSiteRenderer({
  site,
  templates: join(import.meta.dirname, 'templates'),
  hasFixedAssets: true,
  onFailure: ({ error }) => {
    throw error;
  },
});
