import { Context, type Liquid } from 'liquidjs';
import { ancestorsOf, findWidget, type Tree } from '../tree/tree.ts';
import type { Page } from './frame.ts';
import type { RenderLimits } from './limits.ts';
import { pageVariables, siteVariable } from './page-variables.ts';
import { Recording } from './recording.ts';
import { NO_REFERENCES } from './references.ts';
import { REQUEST_VARIABLE, type RenderOptions } from './render-options.ts';
import { renderWidget, type WidgetRenderer } from './render-widget.ts';
import { runSteps } from './steps.ts';
import { viewsOf, type WidgetView } from './views.ts';

/** A widget, with all below it, as its page shows it. */
export interface RenderedPart {
  readonly html: string;
  /** Milliseconds that it took, with all below it. */
  readonly ms: number;
}

/** How a widget is rendered without its page. */
export type RenderPartOptions = Omit<RenderOptions, 'cacheBy'>;

/** Renders one widget of a tree; undefined where the tree has none of this id. */
export type RenderPart = (
  tree: Tree,
  id: string,
  options?: RenderPartOptions,
) => Promise<RenderedPart | undefined>;

/** What rendering parts needs. */
export interface PartSettings {
  readonly widgets: WidgetRenderer;
  readonly engine: Liquid;
  readonly limits: RenderLimits;
}

/** Makes the function that renders widgets without their page. Nothing of them is kept: they are asked for since they changed. */
export function partRenderer({ widgets, engine, limits }: PartSettings): RenderPart {
  const { site, now } = widgets;
  const shownSite = siteVariable(site);
  return async (tree, id, options = {}) => {
    const widget = findWidget(tree, id);
    if (widget === undefined) return undefined;
    const { purpose = 'public', references = NO_REFERENCES, request = {}, times } = options;
    const begun = now();
    const views = viewsOf(tree, { site, references });
    const above = [...ancestorsOf(tree, id)].reverse();
    // A view knows its parent from when it is made.
    let parent: WidgetView | undefined;
    for (const each of [...above, widget]) parent = views.of(each, parent);
    const page: Page = {
      ...{ purpose, limits, views, recording: new Recording(), depth: above.length, times },
      variables: {
        ...pageVariables(shownSite, engine, options.variables),
        [REQUEST_VARIABLE]: { nonce: request.nonce, url: request.url },
      },
      renderLimit: new Context({}, engine.options).renderLimit,
    };
    const html = `${await runSteps(renderWidget(widgets, page, widget, undefined))}`;
    return { html, ms: now() - begun };
  };
}
