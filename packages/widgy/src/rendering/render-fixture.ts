import { join } from 'node:path';

import type { z } from 'zod';
import { createTree } from '../tree/tree.ts';
import { createWidget, type Widget, type WidgetParts } from '../tree/widget.ts';
import { defineWidget, type WidgetDefinition } from '../widgets/define-widget.ts';
import { defineSite, type SiteDefinition } from '../widgets/site.ts';
import { siteFolder } from '../widgets/site-fixture.ts';
import type { RenderFailure } from './failure.ts';
import type { RenderOptions } from './render-options.ts';
import { createRenderer, type RendererOptions } from './renderer.ts';

/** What a site for tests has: the files of its folder, and of each type its fields and rules. */
export interface TestSite {
  /** By path; `box/render.liquid` is a template of the type `box`, and what is in `shared/` can be shown by all. */
  readonly files: Readonly<Record<string, string>>;
  readonly fields?: Readonly<Record<string, z.ZodObject>>;
  readonly rules?: Partial<Omit<WidgetDefinition<z.ZodObject>, 'fields'>>;
  readonly site?: Partial<SiteDefinition>;
  readonly options?: Partial<RendererOptions>;
}

/** A renderer for a site made of files, and what it was told of failures. */
export async function rendererFor({ files, fields = {}, rules = {}, site = {}, options = {} }: TestSite) {
  const folder = await siteFolder({ 'shared/.keep': '', ...files });
  const types = new Set([
    ...Object.keys(fields),
    ...Object.keys(files).flatMap((path) => /^(\w+)\/(?:render|preview)\.liquid$/.exec(path)?.[1] ?? []),
  ]);
  const widgets = [...types].map((type) =>
    defineWidget({
      label: type.toUpperCase(),
      children: { accept: ['*'] },
      files: [],
      ...rules,
      ...(fields[type] === undefined ? {} : { fields: fields[type] }),
      ...(Object.keys(files).some((path) => path.startsWith(`${type}/`))
        ? { directory: join(folder, type) }
        : {}),
      type,
    }),
  );
  const failures: RenderFailure[] = [];
  const renderer = createRenderer({
    site: defineSite({ folder, widgets, ...site }),
    roots: [join(folder, 'shared')],
    onFailure: (failure) => failures.push(failure),
    ...options,
  });
  const render = (root: Widget, given?: RenderOptions) => renderer.render(createTree(root), given);
  return { folder, renderer, failures, render };
}

/** A widget with its children. */
export function widget(id: string, type: string, parts: Omit<WidgetParts, 'id' | 'type'> = {}): Widget {
  return createWidget({ id, type, ...parts });
}
