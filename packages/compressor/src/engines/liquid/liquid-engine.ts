import { resolve } from 'node:path';
import { Liquid } from 'liquidjs';
import type { ResolvedConfig } from '../../config/config.ts';
import { RequestValues } from '../../render/request-values.ts';
import { REQUEST_VARIABLE, type TagHandlers, type TemplateEngine } from '../engine.ts';
import { originalError } from './liquid-errors.ts';
import { createLiquidExplorer } from './liquid-explorer.ts';
import { registerLiquidTags } from './liquid-tags.ts';

/**
 * A LiquidJS engine with the compressor's tags.
 *
 * @param site the site's own engine; a new one that escapes what it outputs by default
 */
export function createLiquidEngine(
  config: ResolvedConfig,
  handlers: TagHandlers,
  site?: Liquid,
): TemplateEngine {
  const { roots, extensions } = config.templates;
  const liquid = site ?? newLiquid(roots, extensions, config.mode !== 'development');
  // The site's own engine may look for templates elsewhere, and its tags may bring some that lie beside their code.
  const folders = [...roots, ...liquid.options.root.map((root) => resolve(root)), config.base];
  registerLiquidTags(liquid, handlers, folders);
  return {
    name: 'liquid',
    explore: createLiquidExplorer(liquid, handlers, folders),
    async render(template, variables, request = RequestValues.none) {
      // Partials that see no variables see globals.
      const globals = { ...liquid.options.globals, [REQUEST_VARIABLE]: request.variable };
      try {
        return String(
          await liquid.renderFile(template, variables, request === RequestValues.none ? {} : { globals }),
        );
      } catch (error) {
        throw originalError(error);
      }
    },
  };
}

function newLiquid(roots: readonly string[], extensions: readonly string[], cache: boolean): Liquid {
  return new Liquid({
    root: [...roots],
    extname: extensions[0] ?? '.liquid',
    cache,
    outputEscape: 'escape',
    strictFilters: true,
  });
}
