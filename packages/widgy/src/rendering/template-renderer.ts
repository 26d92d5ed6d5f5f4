import {
  type Context,
  type Emitter,
  type Liquid,
  LiquidError,
  RenderError,
  type Template,
  TypeGuards,
} from 'liquidjs';
import { HtmlEmitter } from './html-emitter.ts';
import type { Steps } from './steps.ts';
import { WidgetContext } from './widget-context.ts';

type Renderer = Liquid['renderer'];

/**
 * What runs the templates of widgets. It does what LiquidJS does, within the limits of the widget: it looks at the clock for each list of
 * templates, not for each template, and knows where in the page each value goes. In any other context LiquidJS's own does it.
 */
export function widgetRenderer(plain: Renderer): Renderer {
  return Object.assign(Object.create(plain), {
    renderTemplates(templates: Template[], context: Context, emitter: Emitter = new HtmlEmitter()) {
      return context instanceof WidgetContext
        ? renderTemplates(templates, context, emitter)
        : plain.renderTemplates(templates, context, emitter);
    },
  });
}

function* renderTemplates(
  templates: readonly Template[],
  context: WidgetContext,
  emitter: Emitter & { readonly buffer?: unknown },
): Steps<unknown> {
  context.enter();
  for (const template of templates) {
    const { token } = template;
    if (TypeGuards.isHTMLToken(token)) {
      emitter.write(token.getContent());
      continue;
    }
    try {
      const html = yield template.render(context, emitter);
      if (html) emitter.write(html);
    } catch (error) {
      if (LiquidError.is(error)) throw error;
      throw new RenderError(error instanceof Error ? error : new Error(String(error)), template);
    }
    if (context.breakCalled || context.continueCalled) break;
  }
  context.leave();
  return emitter.buffer;
}
