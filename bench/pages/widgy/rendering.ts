import { join } from 'node:path';
import { createSiteRenderer } from 'widgy/rendering';
import { site } from './site.ts';

/** The renderer of the site. It keeps no HTML where the benchmark says so. */
export const renderer = createSiteRenderer({
  site,
  templates: join(import.meta.dirname, 'templates'),
  hasFixedAssets: true,
  ...(process.env.BENCH_KEEPS === 'nothing' ? { limits: { cacheBytes: 0 } } : {}),
  onFailure: ({ error }) => {
    throw error;
  },
});
