import { type Liquid, Parser } from 'liquidjs';
import { keptTemplates } from './kept-templates.ts';
import { printValue } from './markup.ts';
import { widgetRenderer } from './template-renderer.ts';
import { widgetFilters, widgetTags } from './widget-tags.ts';

/** What engines for widgets have in common. */
export interface EngineOptions {
  /** Folders of the site with partials and layouts; they come after the widget's own. */
  readonly roots: readonly string[];
  /** Whether a template that was read is kept for good. */
  readonly isKeeping: boolean;
}

/**
 * The engine for the templates of one folder. It has all tags, filters and options of the site's engine. Partials and layouts are found in
 * the folder and then in those of the site, and nowhere else; and what is printed is escaped unless it is `Markup`.
 */
export function deriveWidgetEngine(
  site: Liquid,
  folder: string,
  { roots, isKeeping }: EngineOptions,
): Liquid {
  const engine: Liquid = Object.create(site);
  const folders = [folder, ...roots];
  const { cache: _, ...siteOptions } = site.options;
  const options = {
    ...siteOptions,
    ...{ root: folders, partials: folders, layouts: folders },
    ...(isKeeping ? { cache: keptTemplates() } : {}),
    ...{ outputEscape: printValue, ownPropertyOnly: true, catchAllErrors: false, keepOutputType: false },
  };
  return Object.defineProperties(engine, {
    // Tags parse what is inside them with it.
    parser: { get: () => new Parser(engine) },
    options: { value: options },
    tags: { value: widgetTags(site.tags) },
    filters: { value: widgetFilters(site.filters) },
    renderer: { value: widgetRenderer(site.renderer) },
  });
}
