import type { Liquid } from 'liquidjs';
import type { Site } from '../widgets/site.ts';

/** What templates see of a site. */
export type SiteVariable = Pick<Site, 'styles' | 'scripts' | 'editorStyles' | 'editorScripts'>;

/** What templates see of a site, in the variable `site`. */
export function siteVariable({ styles, scripts, editorStyles, editorScripts }: Site<never>): SiteVariable {
  return Object.freeze({ styles, scripts, editorStyles, editorScripts });
}

/** The variables of a page: those of the site first, then the globals of its engine, then the page's own; later ones win. */
export function pageVariables(
  site: SiteVariable,
  engine: Liquid,
  own: Readonly<Record<string, unknown>> | undefined,
): Readonly<Record<string, unknown>> {
  return { site, ...engine.options.globals, ...own };
}
