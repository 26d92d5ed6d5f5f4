import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { type Config, compressSite, loadConfig, type Mode, silentLogger } from '@widgy/compressor';
import { buildSite } from '../site/src/app.ts';

/** The site, running. */
export interface RunningSite extends AsyncDisposable {
  readonly url: string;
}

/**
 * Starts the site with an output folder of its own, on a day in its season. In offline mode it is compressed first, and then
 * served without any style sheet or script that it was made from.
 */
export async function startSite(mode: Mode): Promise<RunningSite> {
  const folder = await mkdtemp(join(tmpdir(), 'widgy-e2e-'));
  const own: Config = {
    mode,
    output: { directory: join(folder, 'assets') },
    offline: { manifest: join(folder, 'manifest.json'), onMiss: 'error' },
    logger: silentLogger,
  };
  const app = await buildSite({
    now: () => new Date('2026-06-18T11:00:00Z'),
    compressor: mode === 'offline' ? { ...own, static: await compressed(own, folder) } : own,
  });
  const url = await app.listen({ port: 0 });
  return {
    url,
    async [Symbol.asyncDispose]() {
      await app.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Compresses the site, and copies what a server still needs of its static files: pictures. */
async function compressed(own: Config, folder: string): Promise<{ roots: string[] }> {
  const config = await loadConfig(new URL('../site/compressor.config.ts', import.meta.url), own);
  const { isDone, diagnostics } = await compressSite(config);
  if (!isDone || diagnostics.length > 0) throw new Error(JSON.stringify(diagnostics));
  const [source = ''] = config.static.roots;
  const pictures = join(folder, 'static');
  await cp(source, pictures, { recursive: true, filter: (path) => !SOURCES.has(extname(path)) });
  return { roots: [pictures] };
}

const SOURCES: ReadonlySet<string> = new Set(['.css', '.scss', '.js', '.ts', '.tsx']);
