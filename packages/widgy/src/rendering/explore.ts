import type { Context, Emitter, Liquid } from 'liquidjs';
import { findTemplate, type Site } from '../widgets/site.ts';
import { TEMPLATE_KINDS } from '../widgets/widget-files.ts';
import { type Steps, waitFor } from './steps.ts';
import { type ParsedTemplate, WidgetTemplates } from './templates.ts';
import type { EngineOptions } from './widget-engine.ts';

/** Runs all templates in a context. */
export type Explore = (context: Context, emitter: Emitter) => Steps<void>;

/**
 * Runs the templates of all widgets, in the scope of the page that shows a tree, for an engine that looks for something in them: which
 * widgets a tree will hold, nobody knows then. Of a widget's own variables there are only its children; a template that needs
 * another where it is looked at lacks it. Each template is read once for the engine.
 *
 * @param inner is given the engines that the templates of widgets are run with. A widget that shows another tree shows what is being
 * explored already, so nothing is to be explored for them: it would never end
 */
export function exploreWidgets(
  site: Site<never>,
  engine: Liquid,
  { inner, ...options }: EngineOptions & { readonly inner: WeakSet<Liquid> },
): Explore {
  const templates = new WidgetTemplates(engine, options);
  return function* explore(context: Context, emitter: Emitter): Steps<void> {
    const unreadable: unknown[] = [];
    for (const [type, { definition }] of site.types) {
      const named = definition.rules.children?.slots ?? [];
      const slots = Object.fromEntries(named.map(({ name }) => [name, [ANY_WIDGET]]));
      for (const kind of TEMPLATE_KINDS) {
        const file = findTemplate(site, type, kind);
        if (file === undefined) continue;
        let parsed: ParsedTemplate;
        try {
          parsed = yield* waitFor(templates.read(file));
        } catch (error) {
          unreadable.push(error);
          continue;
        }
        inner.add(parsed.engine);
        context.push({ children: [ANY_WIDGET], slots });
        try {
          yield* parsed.engine.renderer.renderTemplates(parsed.templates, context, emitter);
        } finally {
          context.pop();
        }
      }
    }
    // The others are explored all the same.
    if (unreadable.length > 0) throw unreadable[0];
  };
}

/** Stands for a widget of which nothing is known. */
const ANY_WIDGET: object = Object.freeze({ __proto__: null });

/** Whether a value stands for the widgets that nobody knows yet. */
export function isAnyWidget(value: unknown): boolean {
  return value === ANY_WIDGET;
}

/** Explores nothing. */
export const exploreNothing: Explore = function* nothing() {};
