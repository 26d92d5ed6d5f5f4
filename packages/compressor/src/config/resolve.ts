import { existsSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseBytes } from '../bytes.ts';
import { CompressorError, type Place } from '../errors.ts';
import { consoleLogger } from '../log.ts';
import { STATIC_FOLDER } from '../manifest/manifest.ts';
import type { TagAttributes } from '../recipe/tag-attributes.ts';
import type { Budget, Config, ResolvedBudget, ResolvedConfig } from './config.ts';
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
 * @param changes options that take the place of those in the file, one by one
 * @throws CompressorError `config-not-found`, `config-unknown-key`, `config-invalid`
 */
export async function loadConfig(file: string | URL, changes: Config = {}): Promise<ResolvedConfig> {
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
  return fillIn(merge(checkConfig(module.default, place), checkConfig(changes)), dirname(path), place);
}

function merge(config: Config, changes: Config): Config {
  return {
    ...config,
    ...changes,
    templates: { ...config.templates, ...changes.templates },
    static: { ...config.static, ...changes.static },
    output: { ...config.output, ...changes.output },
    build: { ...config.build, ...changes.build },
    limits: { ...config.limits, ...changes.limits },
    offline: { ...config.offline, ...changes.offline },
    hooks: { ...config.hooks, ...changes.hooks },
  };
}

function fillIn(config: Config, base: string, place?: Place): ResolvedConfig {
  const staticUrl = config.static?.url ?? '/static/';
  const outputUrl = config.output?.url ?? '/assets/';
  refuseOverlap(staticUrl, outputUrl, place);
  const mode = config.mode ?? (process.env.NODE_ENV === 'production' ? 'in-request' : 'development');
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
      watch: (config.templates?.watch ?? []).map(absolute),
      extensions: config.templates?.extensions ?? [
        config.templates?.engine === 'nunjucks' ? '.njk' : '.liquid',
        '.html',
      ],
    },
    static: {
      url: staticUrl,
      roots: (config.static?.roots ?? ['static']).map((root) =>
        root.startsWith('npm:') ? root : absolute(root),
      ),
    },
    output: {
      directory: absolute(config.output?.directory ?? 'public/assets'),
      storage: config.output?.storage,
      url: outputUrl,
      // One process serves a site in development, so whatever it keeps, it finds again. In offline mode servers only read
      // from the storage.
      shared:
        config.output?.shared ??
        (development || (mode === 'in-request' && config.output?.storage !== undefined)),
      integrity: config.output?.integrity ?? true,
      attributes: {
        css: attributesOf(config.output?.attributes?.css),
        js: attributesOf(config.output?.attributes?.js),
      },
    },
    build: {
      browsers: listOf(browsers),
      minify: config.build?.minify ?? !development,
      sourceMaps: config.build?.sourceMaps ?? development,
      dataUris: config.build?.dataUris ?? 0,
      transformers: config.build?.transformers ?? [],
      kinds: config.build?.kinds ?? [],
      jsx: {
        runtime: config.build?.jsx?.runtime ?? 'automatic',
        importSource: config.build?.jsx?.importSource ?? 'react',
      },
    },
    offline: {
      context: config.offline?.context ?? {},
      templateContexts: config.offline?.templateContexts ?? {},
      include: listOf(config.offline?.include ?? '**/*'),
      exclude: listOf(config.offline?.exclude ?? []),
      onMiss: config.offline?.onMiss ?? 'original',
      manifest: absolute(config.offline?.manifest ?? 'compressor.manifest.json'),
      release: config.offline?.release,
      timeout: config.offline?.timeout ?? 10_000,
      allow: config.offline?.allow ?? [],
    },
    budgets: (config.budgets ?? []).map(resolveBudget),
    cache: config.cache !== false && { directory: absolute(config.cache?.directory ?? cacheIn(base)) },
    secrets: listOf(secrets),
    limits: {
      sourceBytes: config.limits?.sourceBytes ?? 16 * MEBIBYTE,
      urlLength: config.limits?.urlLength ?? 4000,
      memoryBytes: config.limits?.memoryBytes ?? 64 * MEBIBYTE,
      storageRequests: config.limits?.storageRequests ?? 16,
    },
    hooks: config.hooks ?? {},
    logger: config.logger ?? consoleLogger,
  };
}

function resolveBudget({ page, block, artifact, kind, bytes, encoding = 'br' }: Budget): ResolvedBudget {
  const limit = { kind, bytes: parseBytes(bytes) ?? 0, encoding };
  if (page !== undefined) return { of: 'page', pattern: page, ...limit };
  if (block !== undefined) return { of: 'block', pattern: block, ...limit };
  return { of: 'artifact', pattern: artifact ?? '', ...limit };
}

/** Tools keep their caches beside the packages, where no version control looks. */
function cacheIn(base: string): string {
  const folder = '.cache/widgy-compressor';
  return existsSync(resolve(base, 'node_modules')) ? `node_modules/${folder}` : folder;
}

function attributesOf(given: Readonly<Record<string, string | true>> = {}): TagAttributes {
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => [name, value === true ? '' : value]),
  );
}

function listOf(value: string | readonly string[]): readonly string[] {
  return typeof value === 'string' ? [value] : value;
}

/**
 * One prefix below the other, or all paths below one, would take requests away from the files or pages they are for. Only static
 * files may be where they are published, since no artifact is.
 */
function refuseOverlap(staticUrl: string, outputUrl: string, place: Place | undefined): void {
  const [statics, outputs] = [staticUrl, outputUrl].map((url) => new URL(url, 'http://localhost').pathname);
  if (statics === undefined || outputs === undefined) return;
  if (!statics.startsWith(outputs) && !outputs.startsWith(statics)) return;
  if (statics === `${outputs}${STATIC_FOLDER}` && outputs !== '/') return;
  throw new CompressorError('config-invalid', {
    message: `static.url (${staticUrl}) and output.url (${outputUrl}) overlap`,
    place,
    help: `Give each a path of its own, such as /static/ and /assets/. Published static files may be below ${outputUrl}${STATIC_FOLDER}.`,
  });
}
