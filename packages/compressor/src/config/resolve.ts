import { existsSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { CompressorError } from '../errors.ts';
import { consoleLogger } from '../log.ts';
import type { Config, ResolvedConfig } from './config.ts';
import { checkConfig } from './schema.ts';

const MEBIBYTE = 1024 * 1024;

/**
 * Checks options and fills in the defaults.
 *
 * @param base the folder that relative paths are resolved against and packages are looked up from
 * @throws CompressorError `config-unknown-key`, `config-invalid`
 */
export function resolveConfig(config: Config, base: string): ResolvedConfig {
  return fillIn(checkConfig(config), base);
}

/**
 * Imports a configuration file (its default export) and resolves it against the file's folder.
 *
 * @throws CompressorError `config-not-found`, `config-unknown-key`, `config-invalid`
 */
export async function loadConfig(file: string | URL): Promise<ResolvedConfig> {
  const path = file instanceof URL ? fileURLToPath(file) : resolve(file);
  if (!existsSync(path)) {
    throw new CompressorError('config-not-found', { message: `there is no file ${path}` });
  }
  const place = { file: relative(process.cwd(), path) };
  let module: { default?: unknown };
  try {
    module = await import(pathToFileURL(path).href);
  } catch (cause) {
    throw new CompressorError('config-invalid', {
      message: `the file cannot be loaded: ${String(cause)}`,
      place,
      help: 'Correct the file; the cause of this error says where.',
      cause,
    });
  }
  if (module.default === undefined) {
    throw new CompressorError('config-invalid', {
      message: 'the file has no default export',
      place,
      help: 'Write export default defineConfig({ … }).',
    });
  }
  return fillIn(checkConfig(module.default, place), dirname(path));
}

function fillIn(config: Config, base: string): ResolvedConfig {
  const mode = config.mode ?? (process.env['NODE_ENV'] === 'production' ? 'in-request' : 'development');
  const development = mode === 'development';
  const absolute = (path: string) => resolve(base, path);
  const browsers = config.build?.browsers ?? 'baseline widely available';
  const secrets = config.secret ?? [];
  return {
    base: resolve(base),
    mode,
    templates: {
      engine: config.templates?.engine ?? 'liquid',
      roots: (config.templates?.roots ?? ['templates']).map(absolute),
      extensions: config.templates?.extensions ?? ['.liquid', '.html'],
    },
    static: {
      url: config.static?.url ?? '/static/',
      roots: (config.static?.roots ?? ['static']).map((root) =>
        root.startsWith('npm:') ? root : absolute(root),
      ),
    },
    output: {
      directory: absolute(config.output?.directory ?? 'public/assets'),
      url: config.output?.url ?? '/assets/',
      // One process serves a site in development, so whatever it keeps, it finds again.
      shared: config.output?.shared ?? development,
    },
    build: {
      browsers: typeof browsers === 'string' ? [browsers] : browsers,
      minify: config.build?.minify ?? !development,
      sourceMaps: config.build?.sourceMaps ?? development,
      transformers: config.build?.transformers ?? [],
      jsx: {
        runtime: config.build?.jsx?.runtime ?? 'automatic',
        importSource: config.build?.jsx?.importSource ?? 'react',
      },
    },
    secrets: typeof secrets === 'string' ? [secrets] : secrets,
    limits: {
      sourceBytes: config.limits?.sourceBytes ?? 16 * MEBIBYTE,
      urlLength: config.limits?.urlLength ?? 4000,
      memoryBytes: config.limits?.memoryBytes ?? 64 * MEBIBYTE,
    },
    logger: config.logger ?? consoleLogger,
  };
}
