import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout } from 'node:timers/promises';

/** How a server is started. */
export interface ServerCommand {
  /** The program and what it is given. */
  readonly command: readonly [program: string, ...args: string[]];
  readonly folder: string;
  /** Beside `PORT`. Nothing else but `PATH` and `HOME` comes from this process. */
  readonly environment: Readonly<Record<string, string>>;
}

/** A server in a process of its own. It is ended at the end. */
export interface RunningServer extends AsyncDisposable {
  readonly origin: URL;
  /** Milliseconds from the start of its process to the end of the first page. */
  readonly startedIn: number;
  /** Most memory that the process and its children have had, in MB. */
  readonly megabytes: () => number;
  /** Milliseconds of the processor that it has used. */
  readonly processor: () => number;
}

/** How long a server may take to show its first page, in milliseconds. */
const MOST_START = 60_000;

/** Starts a server, and asks it for a page until it is there. Its process tells what it cost: that needs Linux. */
export async function startServer(
  { command: [program, ...args], folder, environment }: ServerCommand,
  path: string,
): Promise<RunningServer> {
  const { PATH = '', HOME = '' } = process.env;
  const port = await freePort();
  const origin = new URL(`http://127.0.0.1:${port}`);
  const started = performance.now();
  const child = spawn(program, args, {
    cwd: folder,
    env: { PATH, HOME, ...environment, PORT: `${port}` },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = lastWords(child);
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    const isLate = await Promise.race([ended.then(() => false), setTimeout(5_000, true, { ref: false })]);
    if (isLate) child.kill('SIGKILL');
    await ended;
  };
  try {
    await firstPage(new URL(path, origin), child, started);
  } catch (error) {
    await stop();
    throw new Error(`${program} ${args.join(' ')} showed no page: ${said()}`, { cause: error });
  }
  const startedIn = performance.now() - started;
  const pid = child.pid ?? 0;
  return {
    ...{ origin, startedIn },
    megabytes: () => sum(processTree(pid).map(mostMegabytes)),
    processor: () => sum(processTree(pid).map(usedProcessor)),
    [Symbol.asyncDispose]: stop,
  };
}

async function firstPage(url: URL, child: ChildProcess, started: number): Promise<void> {
  for (;;) {
    if (child.exitCode !== null) throw new Error(`It ended with ${child.exitCode}.`);
    const answer = await fetch(url).catch(() => undefined);
    const text = await answer?.text();
    if (answer?.ok === true && text !== '') return;
    if (performance.now() - started > MOST_START) throw new Error(`It answers ${answer?.status}: ${text}`);
    await setTimeout(POLL_MS);
  }
}

const POLL_MS = 5;

/** Collects what a process prints; gives the end of it. */
function lastWords(child: ChildProcess): () => string {
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      said = `${said}${text}`.slice(-4_000);
    });
  }
  return () => said;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('There is no free port.');
  return address.port;
}

/** A process with all that it started. */
function processTree(pid: number): readonly number[] {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean);
  return [pid, ...children.flatMap((child) => processTree(Number(child)))];
}

function mostMegabytes(pid: number): number {
  const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) / 1024;
}

/** The 14th and 15th field, of which those behind the name in parentheses are counted; in hundredths of a second on Linux. */
function usedProcessor(pid: number): number {
  const [, behind = ''] = /\) (.*)$/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
  const fields = behind.split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
