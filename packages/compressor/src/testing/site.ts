import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Compressor, createCompressor } from '../compressor.ts';
import type { Config } from '../config/config.ts';
import type { Hooks } from '../config/hooks.ts';
import { resolveConfig } from '../config/resolve.ts';
import type { Logger, LogLevel } from '../log.ts';
import type { AssetResponse } from '../serve/response.ts';
import { type Files, linkPackages, makeFolder, removeFolder, replaceIn, writeFiles } from './folder.ts';

/** A small site in a folder of its own. */
export interface TestFolder extends AsyncDisposable {
  readonly path: string;
  /** Writes files, named from the folder, over what is there. */
  write(files: Files): Promise<void>;
  /** Replaces a file as editors do: by renaming a finished one onto it. */
  replace(name: string, content: string): Promise<void>;
}

/** Makes a folder with these files; installed packages can be reached from it. It is removed at the end. */
export async function createFolder(files: Files): Promise<TestFolder> {
  const path = await makeFolder(files);
  await mkdir(join(path, 'static'), { recursive: true });
  await mkdir(join(path, 'templates'), { recursive: true });
  await linkPackages(path);
  return {
    path,
    write: (more) => writeFiles(path, more),
    replace: (name, content) => replaceIn(path, name, content),
    [Symbol.asyncDispose]: () => removeFolder(path),
  };
}

/** A compressor on a test folder. */
export interface TestSite extends AsyncDisposable {
  readonly compressor: Compressor;
  /** What was logged, `level: message`. */
  readonly log: readonly string[];
  /** Keys of the builds that were made. */
  readonly built: readonly string[];
  get(
    url: string,
    headers?: Record<string, string>,
    method?: string,
  ): Promise<AssetResponse & { text: string }>;
}

/** Starts a compressor on a folder: in-request, with a secret, unless the options say otherwise. */
export async function startSite(folder: TestFolder, config: Config = {}): Promise<TestSite> {
  const log: string[] = [];
  const built: string[] = [];
  const logger: Logger = {
    log: (level: LogLevel, message) => level !== 'debug' && log.push(`${level}: ${message}`),
  };
  const hooks: Hooks = {
    ...config.hooks,
    onArtifact(event) {
      if (!built.includes(event.key)) built.push(event.key);
      return config.hooks?.onArtifact?.(event);
    },
  };
  const options: Config = { mode: 'in-request', secret: TEST_SECRET, logger, ...config, hooks };
  const compressor = await createCompressor(resolveConfig(options, folder.path));
  return {
    compressor,
    log,
    built,
    async get(url, headers = {}, method = 'GET') {
      const response = await compressor.handle({ method, url, headers });
      if (response === undefined) throw new Error(`${url} is neither an asset nor a static file`);
      return { ...response, text: await bodyText(response) };
    },
    async [Symbol.asyncDispose]() {
      await compressor.close();
    },
  };
}

/** The secret of test sites. */
export const TEST_SECRET = 'a secret for tests only';

async function bodyText({ body, headers }: AssetResponse): Promise<string> {
  if (body === undefined || headers['content-encoding'] !== undefined) return '';
  if (Buffer.isBuffer(body)) return body.toString();
  if (headers['content-type']?.startsWith('text/event-stream')) return '';
  const chunks: Buffer[] = [];
  for await (const chunk of body) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString();
}

/** The values of `href` and `src` in a page, in order. */
export function urlsIn(html: string): string[] {
  return [...html.matchAll(/(?:href|src)="([^"]+)"/g)].map(([, url = '']) => url);
}
