import { relative } from 'node:path';
import type { CheckedRendering } from '../config/config.ts';
import type { RenderFailure } from '../rendering/failure.ts';
import { createRenderer, renderTree, renderWidgetForm } from '../rendering/renderer.ts';
import { createTree } from '../tree/tree.ts';
import { findTemplate, type Site } from '../widgets/site.ts';
import { widgetForm } from '../widgets/widget-form.ts';
import type { Diagnostic } from './diagnostic.ts';
import { samplesOfType, type WidgetSample } from './widget-samples.ts';

/** What was found in the templates of a site. */
export interface CheckedSite {
  readonly types: number;
  readonly renderings: number;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Renders widgets of every type with data that is made up, as visitors and as editors see them, and their edit forms where a type has a
 * template for them. What fails is told once, with the first data that it failed with.
 *
 * @param directory that paths of templates are told from
 */
export async function checkSite(
  site: Site<never>,
  { variables = {}, ...options }: CheckedRendering,
  directory: string,
): Promise<CheckedSite> {
  const failures: RenderFailure[] = [];
  const renderer = createRenderer({
    ...options,
    site,
    limits: { ...options.limits, cacheBytes: 0 },
    onFailure: (failure) => failures.push(failure),
  });
  const found = new Map<string, Diagnostic>();
  const notes: Diagnostic[] = [];
  let renderings = 0;
  for (const type of site.types.keys()) {
    const { samples, plain } = samplesOfType(site, type);
    const hasForm = findTemplate(site, type, 'edit') !== undefined;
    notes.push(...plain.map((field) => plainNote(type, field)));
    for (const sample of samples) {
      for (const purpose of ['public', 'preview'] as const) {
        await renderTree(renderer, createTree(sample.widget), { purpose, variables });
        renderings += 1;
      }
      if (hasForm) {
        await renderWidgetForm(renderer, widgetForm(site, type, sample.widget.fields), { variables });
        renderings += 1;
      }
      for (const failure of failures.splice(0)) {
        const { code, message, template, line, column } = failure;
        const key = JSON.stringify([failure.type, code, message, template, line, column]);
        if (!found.has(key)) found.set(key, failureDiagnostic(failure, sample, directory));
      }
    }
  }
  return { types: site.types.size, renderings, diagnostics: [...found.values(), ...notes] };
}

function failureDiagnostic(
  { code, widget: id, type, message, template, line, column }: RenderFailure,
  { what, widget }: WidgetSample,
  directory: string,
): Diagnostic {
  return {
    ...{ code, severity: 'error', type, fields: widget.fields },
    ...(template === undefined ? {} : { template: relative(directory, template) }),
    ...(line === undefined ? {} : { line }),
    ...(column === undefined ? {} : { column }),
    message: `${message} (in ${id === undefined ? 'the edit form of ' : ''}a widget of the type "${widget.type}" with ${what})`,
    help: HELP[code],
  };
}

const HELP: Readonly<Record<RenderFailure['code'], string>> = {
  'unknown-type': 'Register the type.',
  'template-failed':
    'Correct the template. What tags and filters of the site it may use is said as rendering.engine in the configuration.',
  'template-missing':
    'Add the file, or correct its name. Folders of the site with partials are said as rendering.roots in the configuration.',
  'too-slow': 'Do less in the template, or allow more as rendering.limits in the configuration.',
  'too-deep': 'Let fewer widgets be made inside one another.',
};

function plainNote(type: string, field: string): Diagnostic {
  return {
    ...{ code: 'field-not-varied', severity: 'note', type, path: `/${field}` },
    message: 'no value could be made up that fits the field, so only its default was rendered',
    help: 'Test the template with other values yourself.',
  };
}
