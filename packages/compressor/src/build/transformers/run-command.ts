import { type ChildProcess, spawn } from 'node:child_process';
import { nodeCodeOf } from '../../caught.ts';

/** A program to run, without a shell. */
export interface Run {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** All that the program sees of an environment. */
  readonly environment: Readonly<Record<string, string>>;
  /** What it gets on standard input; undefined for none. */
  readonly input: string | undefined;
  /** In milliseconds. */
  readonly timeout: number;
  /** The most that it may write to standard output, in bytes. */
  readonly outputBytes: number;
  readonly signal: AbortSignal;
}

/** What a program said. */
export interface RunResult {
  readonly output: Buffer;
  /** Standard error, its end if there is much. */
  readonly errors: string;
}

/** A program that could not be started because there is none of that name. */
export class NoSuchProgram extends Error {}

/**
 * Runs a program to its end. Whatever happens, neither it nor what it started in its process group is left when the promise
 * settles.
 *
 * @throws NoSuchProgram, or an Error that says how the program ended and what it wrote to standard error
 */
export async function runCommand(run: Run): Promise<RunResult> {
  const { command, args, cwd, environment, input, timeout, outputBytes, signal } = run;
  const child = spawn(command, args, {
    cwd,
    env: environment,
    stdio: ['pipe', 'pipe', 'pipe'],
    windowsHide: true,
    // A group of its own can be ended as a whole; Windows has none, and ends by descent.
    detached: process.platform !== 'win32',
  });
  let stopped: string | undefined;
  const stop = (reason: string): void => {
    stopped ??= reason;
    killTree(child);
  };
  const timer = setTimeout(() => stop(`it was ended after ${timeout} milliseconds`), timeout);
  const onAbort = () => stop('it was ended, because the compressor was closed');
  signal.addEventListener('abort', onAbort);
  if (signal.aborted) onAbort();
  // What it started and left behind would keep the streams open.
  child.once('exit', () => killTree(child));
  try {
    const output = collect(child.stdout, outputBytes, () => stop(`it wrote more than ${outputBytes} bytes`));
    const errors = collectEnd(child.stderr, ERROR_BYTES);
    // A program may end without reading what it gets.
    child.stdin.on('error', () => {});
    child.stdin.end(input ?? '');
    const status = await ended(child);
    const said = errors().trim();
    if (stopped === undefined && status === 0) return { output: output(), errors: said };
    const how = stopped ?? (typeof status === 'number' ? `exit status ${status}` : `ended by ${status}`);
    throw new Error(said === '' ? how : `${how}: ${said}`);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
  }
}

/** The exit status, or the signal that ended the program. */
function ended(child: ChildProcess): Promise<number | string> {
  return new Promise((resolve, reject) => {
    child.once('error', (cause) => {
      const isMissing = nodeCodeOf(cause) === 'ENOENT';
      reject(isMissing ? new NoSuchProgram(cause.message, { cause }) : cause);
    });
    child.once('close', (status, signal) => resolve(status ?? signal ?? 'a signal'));
  });
}

/** Ends a program and all that it started. */
function killTree({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  if (process.platform === 'win32') {
    // It fails for a program that has ended, and nothing else can be done about one that has not.
    spawn('taskkill', ['/pid', String(pid), '/t', '/f'], { stdio: 'ignore' }).on('error', () => {});
    return;
  }
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    // The group is gone, as it should be; macOS says EPERM for one whose processes have ended.
    const code = nodeCodeOf(error);
    if (code !== 'ESRCH' && code !== 'EPERM') throw error;
  }
}

/** @param onExcess called once more than the limit has come */
function collect(stream: NodeJS.ReadableStream, limit: number, onExcess: () => void): () => Buffer {
  const chunks: Buffer[] = [];
  let size = 0;
  stream.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size > limit) onExcess();
    else chunks.push(chunk);
  });
  return () => Buffer.concat(chunks);
}

/** The last bytes of a stream, as text. */
function collectEnd(stream: NodeJS.ReadableStream, limit: number): () => string {
  let kept = Buffer.alloc(0);
  stream.on('data', (chunk: Buffer) => {
    kept = Buffer.concat([kept, chunk]).subarray(-limit);
  });
  return () => kept.toString();
}

/** As much as is shown of what a program writes to standard error. */
const ERROR_BYTES = 4_096;
