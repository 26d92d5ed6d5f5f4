import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Disk, NODE_CONDITIONS, type Variables } from './disk-fixture.ts';

/** A server of the site: a process. */
export interface SiteServer extends AsyncDisposable {
  readonly origin: string;
  /** What it has printed, its log among it, line by line. */
  readonly said: readonly string[];
  /** The password of the administrator, where this server has made them. */
  readonly password: string | undefined;
  /** Waits until it prints a line that another process may cause. */
  says(line: string): Promise<void>;
  /** Lets it do nothing any more, without ending it. */
  freeze(): void;
  /** Ends it as `kill -9` does. */
  kill(): Promise<void>;
  /** Tells it to stop, as a deploy does; gives its exit status. */
  stop(): Promise<number | null>;
}

/** Milliseconds in which a server that starts, or is told something, has to show it. */
const DEADLINE = 40_000;

/** Starts a server of the site on a disk, and waits until it listens. */
export async function startSite({ folder }: Disk, variables: Variables): Promise<SiteServer> {
  const child = spawn(process.execPath, [...NODE_CONDITIONS, 'server.ts'], {
    cwd: folder,
    env: { PATH: process.env.PATH, ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said: string[] = [];
  const waiting = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    createInterface(stream).on('line', (line) => {
      said.push(line);
      for (const look of waiting) look();
    });
  }
  const closed = once(child, 'close');
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    await closed;
    return child.exitCode;
  };
  const saying = async (what: string, isSaid: () => boolean) => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const look = () => isSaid() && resolve();
    waiting.add(look);
    look();
    const problem = await Promise.race([
      promise,
      closed.then(() => 'it ended'),
      sleep(DEADLINE, 'it took too long', { ref: false }),
    ]);
    waiting.delete(look);
    if (problem !== undefined) {
      throw new Error(`the server in ${folder} did not say "${what}": ${problem}\n${said.join('\n')}`);
    }
  };
  const rest = (beginning: string) =>
    said.find((line) => line.startsWith(beginning))?.slice(beginning.length);
  try {
    await saying('open', () => rest('open ') !== undefined);
  } catch (error) {
    await end('SIGKILL');
    throw error;
  }
  return {
    origin: rest('open ') ?? '',
    said,
    password: rest('password '),
    says: (line) => saying(line, () => said.includes(line)),
    freeze: () => void child.kill('SIGSTOP'),
    async kill() {
      await end('SIGKILL');
    },
    stop: () => end('SIGTERM'),
    async [Symbol.asyncDispose]() {
      await end('SIGKILL');
    },
  };
}

/** Starts servers on several disks at once. They end when the resources are let go, at the latest. */
export async function startSites(
  disks: readonly Disk[],
  variables: Variables,
  resources: AsyncDisposableStack,
): Promise<readonly SiteServer[]> {
  const starting = await Promise.allSettled(disks.map((disk) => startSite(disk, variables)));
  for (const one of starting) if (one.status === 'fulfilled') resources.use(one.value);
  return starting.map((one) => {
    if (one.status === 'rejected') throw one.reason;
    return one.value;
  });
}

/** Two of something, where there are two. */
export function pairOf<T>([left, right, ...others]: readonly T[]): readonly [T, T] {
  if (left === undefined || right === undefined || others.length > 0) throw new Error('these are not two');
  return [left, right];
}
