import type { ResolvedConfig } from '../config/config.ts';
import { CompressorError } from '../errors.ts';
import type { TagHandlers, TemplateEngine } from './engine.ts';

/**
 * Makes the configured engine; only then is its package needed.
 *
 * @throws CompressorError `tool-missing`, `config-invalid`
 */
export async function loadEngine(config: ResolvedConfig, handlers: TagHandlers): Promise<TemplateEngine> {
  const { createLiquidEngine } = await import('./liquid/liquid-engine.ts').catch((cause) => {
    const isMissing = cause instanceof Error && 'code' in cause && cause.code === 'ERR_MODULE_NOT_FOUND';
    if (!isMissing) throw cause;
    throw new CompressorError('tool-missing', {
      message: 'Liquid templates need the package liquidjs',
      help: 'Run npm install liquidjs.',
      cause,
    });
  });
  return createLiquidEngine(config, handlers);
}
