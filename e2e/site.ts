import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Mode, silentLogger } from '@widgy/compressor';
import { buildSite } from '../site/src/app.ts';

/** The site, running. */
export interface RunningSite extends AsyncDisposable {
  readonly url: string;
}

/** Starts the site with an output folder of its own, on a day in its season. */
export async function startSite(mode: Mode): Promise<RunningSite> {
  const directory = await mkdtemp(join(tmpdir(), 'widgy-e2e-'));
  const app = await buildSite({
    now: () => new Date('2026-06-18T11:00:00Z'),
    compressor: { mode, output: { directory }, logger: silentLogger },
  });
  const url = await app.listen({ port: 0 });
  return {
    url,
    async [Symbol.asyncDispose]() {
      await app.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
