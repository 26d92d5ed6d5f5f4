import { Liquid } from 'liquidjs';
import { keptTemplates } from './kept-templates.ts';
import { runSteps } from './steps.ts';

/** LiquidJS for the pages of a site: it renders at once what does not have to be waited for. See `runSteps`. */
class SiteEngine extends Liquid {
  override async renderFile(...[file, context, options = {}]: Parameters<Liquid['renderFile']>) {
    return await runSteps(this._renderFile(file, context, { ...options, sync: false }));
  }
}

/**
 * The engine of a site. What is printed is escaped, and a filter that is not there is an error.
 *
 * @param roots absolute folders, in which templates are looked for in this order
 * @param isKeeping whether a template that was read is kept for good
 */
export function createSiteEngine(roots: readonly string[], isKeeping: boolean): Liquid {
  return new SiteEngine({
    root: [...roots],
    extname: '.liquid',
    outputEscape: 'escape',
    strictFilters: true,
    ...(isKeeping ? { cache: keptTemplates() } : {}),
  });
}
