import { mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Compressor, type CompressorHooks, createCompressor } from '../compressor.ts';
import type { Config } from '../config/config.ts';
import { resolveConfig } from '../config/resolve.ts';
import type { Logger, LogLevel } from '../log.ts';
import type { AssetResponse } from '../serve/response.ts';

/** A small site in a folder of its own. */
export interface TestFolder extends AsyncDisposable {
  readonly path: string;
  /** Writes files, named from the folder, over what is there. */
  write(files: Readonly<Record<string, string | Buffer>>): Promise<void>;
  /** Replaces a file as editors do: by renaming a finished one onto it. */
  replace(name: string, content: string): Promise<void>;
}

/** Makes a folder with these files; installed packages can be reached from it. It is removed at the end. */
export async function createFolder(files: Readonly<Record<string, string | Buffer>>): Promise<TestFolder> {
  const path = await mkdtemp(join(tmpdir(), 'widgy-'));
  const folder: TestFolder = {
    path,
    async write(more) {
      for (const [name, content] of Object.entries(more)) {
        await mkdir(dirname(join(path, name)), { recursive: true });
        await writeFile(join(path, name), content);
      }
    },
    async replace(name, content) {
      const finished = join(path, `${dirname(name)}/.${Math.random().toString(36).slice(2)}.tmp`);
      await writeFile(finished, content);
      await rename(finished, join(path, name));
    },
    async [Symbol.asyncDispose]() {
      await rm(path, { recursive: true, force: true });
    },
  };
  await mkdir(join(path, 'static'), { recursive: true });
  await mkdir(join(path, 'templates'), { recursive: true });
  await symlink(NODE_MODULES, join(path, 'node_modules'));
  await folder.write(files);
  return folder;
}

const NODE_MODULES = fileURLToPath(new URL('../../../../node_modules', import.meta.url));

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
  const hooks: CompressorHooks = { onBuild: ({ key }) => built.push(key) };
  const options: Config = { mode: 'in-request', secret: TEST_SECRET, logger, ...config };
  const compressor = await createCompressor(resolveConfig(options, folder.path), hooks);
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
