import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { load } from './delivery/load.ts';

/** How a server did in one round. */
export interface Served {
  /** Per second. */
  readonly requests: number;
  /** Microseconds of the server's processor for each request. */
  readonly cpu: number;
}

/** A server, which is put under load. */
export interface ServerUnderLoad {
  /** Its file. It tells `{ url }` when it listens, and `{ cpu }`, microseconds it has used, for each message it is sent. */
  readonly file: URL;
  readonly args: readonly string[];
  /** What it is asked for. */
  readonly path: string;
  /** How its answers are encoded; undefined where they are not. */
  readonly encoding: 'br' | undefined;
}

/** Connections that stay open. */
export const CONNECTIONS = 50;

/** Starts a server in a process of its own, and asks it for one thing for three seconds, after one that does not count. */
export async function serveUnderLoad({ file, args, path, encoding }: ServerUnderLoad): Promise<Served> {
  const child = fork(fileURLToPath(file), [...args], { execArgv: ['--conditions=widgy-source'] });
  const failed = once(child, 'exit').then(() => {
    throw new Error(`The server "${args[0]}" ended.`);
  });
  failed.catch(() => {}); // It ends in any case; while it is asked, the race below tells.
  const answer = async (what: string): Promise<unknown> => {
    const [message]: unknown[] = await Promise.race([once(child, 'message'), failed]);
    return typeof message === 'object' && message !== null ? Reflect.get(message, what) : undefined;
  };
  const cpu = async (): Promise<number> => {
    child.send('cpu');
    return Number(await answer('cpu'));
  };
  try {
    const url = new URL(path, String(await answer('url')));
    await load(url, { connections: CONNECTIONS, milliseconds: WARM_UP, encoding });
    const before = await cpu();
    const { requestsPerSecond } = await load(url, {
      connections: CONNECTIONS,
      milliseconds: MEASURED,
      encoding,
    });
    const requests = (requestsPerSecond * MEASURED) / 1000;
    return { requests: requestsPerSecond, cpu: ((await cpu()) - before) / requests };
  } finally {
    child.kill();
  }
}

/** In milliseconds. */
const WARM_UP = 1_000;
const MEASURED = 3_000;
