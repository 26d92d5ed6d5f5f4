import { resolve } from 'node:path';
import { Liquid } from 'liquidjs';
import type { ResolvedConfig } from '../../config/config.ts';
import { CompressorError } from '../../errors.ts';
import type { TagHandlers, TemplateEngine } from '../engine.ts';
import { originalError } from './liquid-errors.ts';
import { createLiquidExplorer } from './liquid-explorer.ts';
import { registerLiquidTags } from './liquid-tags.ts';

/** A LiquidJS engine with the compressor's tags: the site's own, or a new one that escapes what it outputs. */
export function createLiquidEngine(config: ResolvedConfig, handlers: TagHandlers): TemplateEngine {
  const { engine, roots, extensions } = config.templates;
  const liquid = engine === 'liquid' ? newLiquid(roots, extensions, config.mode !== 'development') : engine();
  if (!isLiquid(liquid)) {
    throw new CompressorError('config-invalid', {
      message: 'templates.engine returned something that is not a LiquidJS engine',
      help: "Return the result of new Liquid({ … }), or write engine: 'liquid'.",
    });
  }
  // The site's own engine may look for templates elsewhere.
  const folders = [...roots, ...liquid.options.root.map((root) => resolve(root))];
  registerLiquidTags(liquid, handlers, folders);
  return {
    name: 'liquid',
    explore: createLiquidExplorer(liquid, handlers, folders),
    async render(template, variables) {
      try {
        return String(await liquid.renderFile(template, variables));
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

/** By its methods, because the site may use a copy of LiquidJS of its own. */
function isLiquid(value: object): value is Liquid {
  return 'registerTag' in value && 'registerFilter' in value && 'renderFile' in value;
}
