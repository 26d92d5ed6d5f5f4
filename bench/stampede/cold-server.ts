import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What a server counted. */
export interface Counts {
  /** Builds that the hook was told of. */
  readonly builds: number;
  /** Times that Sass compiled. */
  readonly compiles: number;
}

/** A server process that was just started. It ends with `await using`. */
export interface ColdServer extends AsyncDisposable {
  readonly port: number;
  counts(): Promise<Counts>;
}

/** Starts a server on a site, with an empty output folder below the site's. */
export async function startColdServer(folder: string): Promise<ColdServer> {
  const output = await mkdtemp(join(folder, 'output-'));
  const child = fork(fileURLToPath(new URL('server.ts', import.meta.url)), [folder, output], {
    execArgv: ['--conditions=widgy-source'],
  });
  const port = numberIn(await answer(child), 'port');
  return {
    port,
    async counts() {
      child.send('counts');
      const counts = await answer(child);
      return { builds: numberIn(counts, 'builds'), compiles: numberIn(counts, 'compiles') };
    },
    async [Symbol.asyncDispose]() {
      const ended = once(child, 'exit');
      child.kill();
      await ended;
    },
  };
}

async function answer(child: ChildProcess): Promise<object> {
  const failed = once(child, 'exit').then(() => {
    throw new Error('The server of the benchmark ended.');
  });
  const [message]: unknown[] = await Promise.race([once(child, 'message'), failed]);
  return typeof message === 'object' && message !== null ? message : {};
}

function numberIn(message: object, name: string): number {
  const value: unknown = Reflect.get(message, name);
  return typeof value === 'number' ? value : Number.NaN;
}
