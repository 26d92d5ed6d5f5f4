import { Context, type Liquid } from 'liquidjs';
import { createWidget } from '../tree/widget.ts';
import type { Html } from '../widgets/fields/html.ts';
import { joinParts } from '../widgets/fields/print-form.ts';
import { findTemplate } from '../widgets/site.ts';
import { type FormOptions, type WidgetForm, widgetFormParts } from '../widgets/widget-form.ts';
import { failureOf } from './failure.ts';
import type { Page } from './frame.ts';
import type { RenderLimits } from './limits.ts';
import { Markup } from './markup.ts';
import { OwnTime } from './own-time.ts';
import { pageVariables, siteVariable } from './page-variables.ts';
import { Recording } from './recording.ts';
import { runTemplate, type WidgetRenderer } from './render-widget.ts';
import { runSteps } from './steps.ts';
import { Views } from './views.ts';

/** How an edit form is rendered. */
export interface RenderFormOptions extends Pick<FormOptions, 'prefix' | 'links' | 'search'> {
  /** What its template sees beside the form. */
  readonly variables?: Readonly<Record<string, unknown>>;
}

/** Renders an edit form. */
export type RenderForm = (form: WidgetForm, options?: RenderFormOptions) => Promise<Html>;

/** What rendering edit forms needs. */
export interface FormSettings {
  readonly widgets: WidgetRenderer;
  readonly engine: Liquid;
  readonly limits: RenderLimits;
}

/** Makes the function that renders edit forms. Nothing of them is kept: what they show is different each time. */
export function formRenderer({ widgets, engine, limits }: FormSettings): RenderForm {
  const { site, templates, onFailure, now } = widgets;
  const shownSite = siteVariable(site);
  return async (form, { variables, ...options } = {}) => {
    const { type } = form;
    const parts = widgetFormParts(site, form, options);
    const whole = joinParts(parts);
    const file = findTemplate(site, type, 'edit');
    if (file === undefined) return whole;
    const controls = Object.entries(parts.controls).map(([name, html]) => [name, new Markup(html)]);
    const own = {
      __proto__: null,
      ...{ type, label: site.types.get(type)?.definition.label },
      ...{ form: new Markup(whole), head: new Markup(parts.head), controls: Object.fromEntries(controls) },
    };
    const views = new Views({ site, references: new Map() });
    const page: Page = {
      ...{ purpose: 'public', limits, views, recording: new Recording(), depth: 0, times: undefined },
      variables: pageVariables(shownSite, engine, variables),
      renderLimit: new Context({}, engine.options).renderLimit,
    };
    // A form has no children to show.
    const view = views.of(createWidget({ id: 'form', type }), undefined);
    const time = new OwnTime(limits.widgetMs, now);
    try {
      const template = await templates.read(file);
      const frame = { page, view, time, depth: 1 };
      return await runSteps(time.within(() => runTemplate(frame, own, template)));
    } catch (error) {
      onFailure(failureOf(error, { type }, file.path));
      return whole;
    }
  };
}
