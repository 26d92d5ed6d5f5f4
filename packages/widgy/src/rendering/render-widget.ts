import type { Widget } from '../tree/widget.ts';
import { Html } from '../widgets/fields/html.ts';
import type { Site } from '../widgets/site.ts';
import { failureOf, type RenderFailure, WidgetProblem } from './failure.ts';
import type { Frame, Page } from './frame.ts';
import { HtmlEmitter } from './html-emitter.ts';
import { OwnTime } from './own-time.ts';
import { failureBox, withHooks } from './preview.ts';
import { addTime } from './render-times.ts';
import { type Steps, waitFor } from './steps.ts';
import { type ParsedTemplate, templateFor, type WidgetTemplates } from './templates.ts';
import type { WidgetView } from './views.ts';
import { WidgetContext } from './widget-context.ts';

/** What rendering widgets needs of the renderer. */
export interface WidgetRenderer {
  readonly site: Site<never>;
  readonly templates: WidgetTemplates;
  readonly onFailure: (failure: RenderFailure) => void;
  /** Milliseconds from any start that never go back. */
  readonly now: () => number;
}

/**
 * Renders one widget and what its template shows of its children. Whatever fails in it ends this one widget: visitors get nothing in its
 * place, people who edit a box, and `onFailure` is told.
 *
 * @param parent undefined for a root
 */
export function* renderWidget(
  renderer: WidgetRenderer,
  page: Page,
  widget: Widget,
  parent: Frame | undefined,
): Steps<Html> {
  const view = page.views.of(widget, parent?.view);
  const isPreview = page.purpose === 'preview';
  const file = templateFor(renderer.site, widget.type, page.purpose);
  try {
    const shown = yield* show(renderer, page, view, parent);
    return isPreview ? withHooks(widget, shown) : shown;
  } catch (error) {
    const failure = failureOf(error, widget, file?.path);
    page.recording.hasFailed = true;
    renderer.onFailure(failure);
    if (!isPreview) return NOTHING;
    const label = renderer.site.types.get(widget.type)?.definition.label ?? widget.type;
    return withHooks(widget, failureBox(label, failure));
  }
}

function* show(
  renderer: WidgetRenderer,
  page: Page,
  view: WidgetView,
  parent: Frame | undefined,
): Steps<Html> {
  const { type } = view;
  if (!renderer.site.types.has(type)) {
    throw new WidgetProblem('unknown-type', `the site has no type "${type}"`);
  }
  const depth = (parent?.depth ?? page.depth) + 1;
  if (depth > page.limits.depth) {
    throw new WidgetProblem('too-deep', `more than ${page.limits.depth} widgets stand inside one another`);
  }
  // A type may do without a template: its parent shows it by its fields.
  const file = templateFor(renderer.site, type, page.purpose);
  if (file === undefined) return NOTHING;
  const template = yield* waitFor(renderer.templates.read(file));
  const time = new OwnTime(page.limits.widgetMs, renderer.now);
  try {
    return yield* time.within(() =>
      runTemplate({ page, view, time, depth }, page.views.variablesOf(view), template),
    );
  } finally {
    if (page.times !== undefined) addTime(page.times, view.id, time.taken);
  }
}

const NOTHING = Html.trusted('');

/**
 * Runs a template of a type.
 *
 * @param own the variables that it has beside those of the page
 */
export function* runTemplate(frame: Frame, own: object, { engine, templates }: ParsedTemplate): Steps<Html> {
  const context = new WidgetContext(frame, own, engine);
  const emitter = new HtmlEmitter();
  yield* engine.renderer.renderTemplates(templates, context, emitter);
  return emitter.toHtml();
}
