import type { Liquid } from 'liquidjs';
import type { Environment } from 'nunjucks/src/environment.js';
import { messageOf, nodeCodeOf } from '../caught.ts';
import type { ResolvedConfig } from '../config/config.ts';
import { CompressorError } from '../errors.ts';
import type { TagHandlers, TemplateEngine } from './engine.ts';
import { createOwnEngine, isOwnEngine } from './placeholder/own-engine.ts';

/**
 * Makes the configured engine; only the package of that one is needed.
 *
 * @throws CompressorError `tool-missing`, `config-invalid`
 */
export async function loadEngine(config: ResolvedConfig, handlers: TagHandlers): Promise<TemplateEngine> {
  const { engine } = config.templates;
  const site = typeof engine === 'function' ? engine() : engine;
  if (site === 'liquid' || isLiquid(site)) {
    const { createLiquidEngine } = await load(
      () => import('./liquid/liquid-engine.ts'),
      'liquidjs',
      'Liquid',
    );
    return createLiquidEngine(config, handlers, site === 'liquid' ? undefined : site);
  }
  if (site === 'nunjucks' || isNunjucks(site)) {
    const { createNunjucksEngine } = await load(
      () => import('./nunjucks/nunjucks-engine.ts'),
      'nunjucks',
      'Nunjucks',
    );
    return createNunjucksEngine(config, handlers, site === 'nunjucks' ? undefined : site);
  }
  if (isOwnEngine(site)) return createOwnEngine(site, handlers);
  throw new CompressorError('config-invalid', {
    message:
      'templates.engine returned something that is no LiquidJS engine, no Nunjucks environment, and has no render method',
    help: "Return the result of new Liquid({ … }) or of nunjucks.configure(…), write engine: 'liquid' or engine: 'nunjucks', or return an object that renders.",
  });
}

async function load<T>(module: () => Promise<T>, name: string, what: string): Promise<T> {
  try {
    return await module();
  } catch (cause) {
    const isMissing = nodeCodeOf(cause) === 'ERR_MODULE_NOT_FOUND';
    // A file of this package that is missing is another matter.
    if (!isMissing || messageOf(cause).startsWith('Cannot find module')) throw cause;
    throw new CompressorError('tool-missing', {
      message: `${what} templates need the package ${name}`,
      help: `Run npm install ${name}.`,
      cause,
    });
  }
}

/** By its methods, because the site may use a copy of the package of its own. */
function isLiquid(value: unknown): value is Liquid {
  return hasAll(value, ['registerTag', 'registerFilter', 'renderFile']);
}

function isNunjucks(value: unknown): value is Environment {
  return hasAll(value, ['addExtension', 'addFilter', 'getTemplate', 'loaders']);
}

function hasAll(value: unknown, names: readonly string[]): boolean {
  return typeof value === 'object' && value !== null && names.every((name) => name in value);
}
