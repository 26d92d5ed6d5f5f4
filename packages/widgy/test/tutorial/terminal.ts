import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { freePort } from '../../../../scripts/free-port.ts';

/** What a command printed on both streams, and its exit status. */
export interface Ran {
  readonly printed: string;
  readonly status: number;
}

/** A terminal in a new, empty folder: a shell that keeps its folder and its variables from one command to the next. */
export interface Terminal {
  /** The URL of the servers that it starts. */
  readonly url: string;
  /** Runs a command to its end. */
  run(command: string): Promise<Ran>;
  /** Writes a file into the folder that the shell is in. */
  write(path: string, text: string): Promise<void>;
  /** Ends the server that runs, if one does, and starts another one. Gives what it has printed when it listens. */
  serve(command: string): Promise<string>;
  /** Ends everything and removes the folder. */
  close(): Promise<void>;
}

/** Opens a terminal. `PORT` is a port that is free. */
export async function openTerminal(): Promise<Terminal> {
  const home = await mkdtemp(join(tmpdir(), 'widgy-tutorial-'));
  const port = await freePort();
  const env = { ...environment(), PORT: String(port) };
  const typing = start('exec 2>&1; exec sh', home, env);
  let server: Started | undefined;
  let folder = home;

  const run = async (command: string): Promise<Ran> => {
    const mark = randomUUID();
    typing.shell.stdin.write(`{ ${command}\n} </dev/null; printf '\\n${mark} %s\\n' "$?"\n`);
    const text = await readUntil(typing, new RegExp(`\\n${mark} \\d+\\n`));
    const [printed = '', status = ''] = text.split(`\n${mark} `);
    return { printed, status: Number(status) };
  };
  const endServer = async () => {
    if (server !== undefined) await end(server);
    server = undefined;
  };

  return {
    url: `http://127.0.0.1:${port}`,
    async run(command) {
      const ran = await run(command);
      folder = (await run('pwd')).printed.trim();
      return ran;
    },
    async write(path, text) {
      const file = join(folder, path);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, text);
    },
    async serve(command) {
      await endServer();
      server = start(`exec 2>&1; ${command}`, folder, env);
      return await readUntil(server, /:\d+\n/);
    },
    async close() {
      await endServer();
      await end(typing);
      await rm(home, { recursive: true, force: true });
    },
  };
}

interface Started {
  readonly shell: ChildProcessByStdio<Writable, Readable, null>;
  /** Done when it has ended, and all that it started. */
  readonly closed: Promise<unknown>;
}

/** Starts a shell as the leader of a group, so that whatever it starts can be ended with it. */
function start(script: string, cwd: string, env: NodeJS.ProcessEnv): Started {
  const shell = spawn('sh', ['-c', script], { cwd, env, detached: true, stdio: ['pipe', 'pipe', 'inherit'] });
  shell.stdout.setEncoding('utf8');
  return { shell, closed: once(shell, 'close') };
}

async function end({ shell, closed }: Started): Promise<void> {
  const isRunning = shell.exitCode === null && shell.signalCode === null;
  if (isRunning && shell.pid !== undefined) process.kill(-shell.pid, 'SIGTERM');
  // Its output is open for as long as anybody may write to it.
  await closed;
}

/** What a process prints until a pattern is in it. Nobody reads what comes between two calls. */
function readUntil({ shell: { stdout } }: Started, pattern: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    const settle = (how: () => void) => {
      stdout.off('data', onData).off('end', onEnd).resume();
      how();
    };
    const onData = (chunk: unknown) => {
      text += String(chunk);
      if (pattern.test(text)) settle(() => resolve(text));
    };
    const onEnd = () => settle(() => reject(new Error(`The process ended. It printed:\n${text}`)));
    stdout.on('data', onData).on('end', onEnd);
  });
}

/** The environment of somebody who has Node and nothing else: not that of a script of npm, nor that of a test. */
function environment(): NodeJS.ProcessEnv {
  const {
    NODE_ENV: _mode,
    NODE_OPTIONS: _options,
    NODE_TEST_CONTEXT: _test,
    PATH = '',
    ...rest
  } = process.env;
  const own = Object.entries(rest).filter(([name]) => !/^(npm_|INIT_CWD$)/.test(name));
  const programs = PATH.split(delimiter).filter((folder) => !folder.includes('node_modules'));
  return {
    ...Object.fromEntries(own),
    PATH: [dirname(process.execPath), ...programs].join(delimiter),
    npm_config_audit: 'false',
    npm_config_fund: 'false',
    npm_config_loglevel: 'error',
    npm_config_prefer_offline: 'true',
    npm_config_update_notifier: 'false',
  };
}
