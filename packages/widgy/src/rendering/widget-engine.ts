import { type Context, type Emitter, type Liquid, Parser, type Template } from 'liquidjs';
import { HtmlEmitter } from './html-emitter.ts';
import { printValue } from './markup.ts';
import { keepSettled } from './steps.ts';
import { WidgetContext } from './widget-context.ts';
import { widgetFilters, widgetTags } from './widget-tags.ts';

type Renderer = Liquid['renderer'];

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
    renderer: { value: timed(site.renderer) },
  });
}

/** Renders as another renderer does, within the time of the widget, and knowing where in the page each value goes. */
function timed(renderer: Renderer): Renderer {
  return Object.assign(Object.create(renderer), {
    renderTemplates(templates: Template[], context: Context, emitter: Emitter = new HtmlEmitter()) {
      if (context instanceof WidgetContext) context.frame.time.check();
      return renderer.renderTemplates(templates, context, emitter);
    },
  });
}

function keptTemplates(): NonNullable<Liquid['options']['cache']> {
  const kept = new Map<string, Template[] | Promise<Template[]>>();
  return {
    read: (key) => kept.get(key),
    write: (key, value) => keepSettled(kept, key, value),
    remove: (key) => {
      kept.delete(key);
    },
  };
}
