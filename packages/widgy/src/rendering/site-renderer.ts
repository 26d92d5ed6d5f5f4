import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Liquid } from 'liquidjs';
import { createRenderer, type Renderer, type RendererOptions } from './renderer.ts';
import { createSiteEngine } from './site-engine.ts';

/** What the renderer of a site is made with. */
export interface SiteRendererOptions extends Omit<RendererOptions, 'engine'> {
  /** The absolute folder with the templates of pages: `pages/page.liquid` is the one of the template `page`. */
  readonly templates: string;
}

/** The renderer of a whole site. */
export interface SiteRenderer extends Renderer {
  /** What `templates` of the compressor's configuration is to be, so that it finds the blocks of pages, widgets and the administration. */
  readonly templates: {
    readonly engine: () => Liquid;
    readonly roots: string[];
    readonly watch: string[];
  };
}

/**
 * Makes the renderer of a whole site: its engine finds the templates of the site's pages, and after them those of the administration.
 *
 * @throws WidgyError `folder-missing`
 * @example
 * export const renderer = createSiteRenderer({ site, templates: `${import.meta.dirname}/templates`, onFailure: console.error });
 */
export function createSiteRenderer({ templates, ...options }: SiteRendererOptions): SiteRenderer {
  const roots = [templates, administrationTemplates()];
  const engine = createSiteEngine(roots, options.isDevelopment !== true);
  const renderer = createRenderer({ ...options, engine });
  return { ...renderer, templates: { engine: () => engine, roots, watch: [...renderer.folders] } };
}

/** The folder with the templates of the administration: all are below `widgy/` in it. */
function administrationTemplates(): string {
  // The same from the source and from what is packed.
  const folder = join(import.meta.dirname, '..', '..', 'admin', 'templates');
  if (!existsSync(folder)) throw new Error(`${folder} is missing: install widgy again`);
  return folder;
}
