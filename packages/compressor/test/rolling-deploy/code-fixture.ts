import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { linkPackages, writeFiles } from '../../src/testing/folder.ts';

const CLI = join(import.meta.dirname, '../../src/cli/bin.ts');

/** The code of one release on a disk of its own. */
export interface Code extends AsyncDisposable {
  readonly folder: string;
  /** Runs the command; gives what it printed on standard output. */
  compressor(...given: readonly string[]): Promise<string>;
  /** The same code on another disk, without what was built. */
  copy(): Promise<Code>;
  /** Starts a server of the site. */
  start(): Promise<Server>;
}

/** A server process. */
export interface Server extends AsyncDisposable {
  readonly origin: string;
  /** Ends it as `kill -9` does. */
  kill(): Promise<void>;
  /** Ends it as a deploy does: it answers what was asked, then ends. */
  stop(): Promise<void>;
}

/** Puts the files of a site on a disk. */
export async function writeCode(files: Readonly<Record<string, string>>): Promise<Code> {
  const folder = await mkdtemp(join(tmpdir(), 'widgy-code-'));
  await writeFiles(folder, files);
  await linkPackages(folder);
  return codeIn(folder);
}

function codeIn(folder: string): Code {
  return {
    folder,
    compressor: (...given) => runCommand(folder, given),
    async copy() {
      const other = await mkdtemp(join(tmpdir(), 'widgy-code-'));
      const isCode = (path: string) => !/(?:node_modules|public|\.cache)$/.test(path);
      await cp(folder, other, { recursive: true, filter: isCode });
      await linkPackages(other);
      return codeIn(other);
    },
    start: () => startServer(folder),
    async [Symbol.asyncDispose]() {
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const NODE = ['--conditions=widgy-source'];

async function runCommand(folder: string, given: readonly string[]): Promise<string> {
  const child = spawn(process.execPath, [...NODE, CLI, ...given], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const out: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => out.push(chunk));
  const [status] = await once(child, 'close');
  const text = Buffer.concat(out).toString();
  if (status !== 0) throw new Error(`compressor ${given.join(' ')} ended with ${status}:\n${text}`);
  return text;
}

async function startServer(folder: string): Promise<Server> {
  const child = spawn(process.execPath, [...NODE, 'server.ts'], {
    cwd: folder,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = once(child, 'close');
  const lines = createInterface({ input: child.stdout });
  const [origin] = await Promise.race([
    once(lines, 'line'),
    ended.then(() => Promise.reject(new Error(`the server in ${folder} did not start`))),
  ]);
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    await ended;
  };
  return {
    origin: String(origin),
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
    [Symbol.asyncDispose]: () => end('SIGKILL'),
  };
}
