import { cp } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { type Config, compressSite, type Mode } from '@widgy/compressor';
import { type FirstAdministrator, seed } from '../site/src/seed/seed.ts';
import {
  loadTestConfig,
  openTestServer,
  type TestServer,
  type TestServerOptions,
} from '../site/src/site-fixture.ts';

/** The site, running, with what it has from the beginning. */
export interface RunningSite extends AsyncDisposable {
  readonly url: string;
  readonly administrator: FirstAdministrator;
  readonly widgy: TestServer['widgy'];
}

/**
 * Starts the site with folders of its own, on a day in its season. In offline mode it is compressed first, without any database, and then
 * served without any style sheet or script of its own that it was made from.
 */
export async function startSite(
  mode: Mode,
  options: Pick<TestServerOptions, 'now' | 'types' | 'accessibilityGate'> = {},
): Promise<RunningSite> {
  const server = await openTestServer({
    ...options,
    compressor: async (folder) => {
      const own: Config = {
        mode,
        output: { directory: join(folder, 'assets') },
        offline: { manifest: join(folder, 'manifest.json'), onMiss: 'error' },
      };
      return mode === 'offline' ? { ...own, static: await compressed(own, folder) } : own;
    },
  });
  const administrator = await seed(server.widgy);
  if (administrator === undefined) throw new Error('The database was not empty.');
  return {
    url: await server.app.listen({ port: 0 }),
    administrator,
    widgy: server.widgy,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

/** Compresses the site, and copies what a server still needs of its static files: pictures. */
async function compressed(own: Config, folder: string): Promise<{ roots: string[] }> {
  const { config } = await loadTestConfig(own);
  const { isDone, diagnostics } = await compressSite(config);
  if (!isDone || diagnostics.length > 0) throw new Error(JSON.stringify(diagnostics));
  const [source = ''] = config.static.roots;
  const pictures = join(folder, 'static');
  await cp(source, pictures, { recursive: true, filter: (path) => !SOURCES.has(extname(path)) });
  return { roots: [pictures] };
}

const SOURCES: ReadonlySet<string> = new Set(['.css', '.scss', '.js', '.ts', '.tsx']);
