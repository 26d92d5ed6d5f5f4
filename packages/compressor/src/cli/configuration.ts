import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Config, ResolvedConfig } from '../config/config.ts';
import { loadConfig } from '../config/resolve.ts';
import { checkConfig } from '../config/schema.ts';
import type { Options } from './options.ts';

const NAMES = [
  'compressor.config.ts',
  'compressor.config.mts',
  'compressor.config.js',
  'compressor.config.mjs',
];

/**
 * The configuration that a command line asks for.
 *
 * @param directory where the command runs
 * @throws CompressorError `config-not-found`, `config-invalid`, `config-unknown-key`
 */
export function configurationOf(options: Options, directory: string): Promise<ResolvedConfig> {
  const name =
    options.config ??
    NAMES.find((candidate) => existsSync(resolve(directory, candidate))) ??
    'compressor.config.ts';
  const { engine, include, exclude, command } = options;
  const mode = command === 'render' ? options.mode : 'offline';
  const given: unknown = {
    ...(mode !== undefined && { mode }),
    ...(engine !== undefined && { templates: { engine } }),
    offline: { ...(include && { include }), ...(exclude && { exclude }) },
  };
  const changes: Config = checkConfig(given);
  return loadConfig(resolve(directory, name), changes);
}
