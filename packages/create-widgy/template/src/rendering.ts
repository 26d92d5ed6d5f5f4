import { join } from 'node:path';
import { createSiteRenderer } from 'widgy/rendering';
import { site } from './site.ts';

export const renderer = createSiteRenderer({
  site,
  templates: join(import.meta.dirname, '..', 'templates'),
  isDevelopment: process.env.NODE_ENV !== 'production',
  // A widget whose template fails is left out, and the page around it stays.
  onFailure: (failure) => process.stderr.write(`${failure.message}\n`),
});
