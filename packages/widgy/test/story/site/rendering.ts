import { createSiteRenderer } from 'widgy/rendering';
import { site } from './site.ts';

export const renderer = createSiteRenderer({
  site,
  templates: `${import.meta.dirname}/templates`,
  onFailure: ({ type, message }) => process.stderr.write(`${type}: ${message}\n`),
});
