import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** The folder of the workspace. */
export const root = fileURLToPath(new URL('../../..', import.meta.url));

/** A step of an example: a file to write, or a command with what it prints. */
export type Step =
  | { readonly file: string; readonly text: string }
  | { readonly command: string; readonly output: string };

/** The example that goes through a page: files, each after a line with nothing but its name, and commands with their output. */
export function stepsOf(page: string): Step[] {
  const found = page.matchAll(/^`([^`\n]+)`:\n\n```\w*\n([\s\S]*?\n)```$|^```console\n([\s\S]*?\n)```$/gm);
  return [...found].flatMap(([, file, text = '', session = '']): Step[] => {
    if (file !== undefined) return [{ file, text }];
    const commands = session.split(/^\$ /m).slice(1);
    return commands.map((part) => {
      const [command = '', ...output] = part.split('\n');
      return { command, output: output.join('\n') };
    });
  });
}

/** The files of the example that goes through a page. */
export function filesOf(page: string): Record<string, string> {
  return Object.fromEntries(
    stepsOf(page).flatMap((step) => ('file' in step ? [[step.file, step.text]] : [])),
  );
}

/** A folder like that of a site, in which `npx compressor`, `npx widgy` and `node` run the source. It is removed at the end. */
export interface Project extends AsyncDisposable {
  readonly folder: string;
  write(files: Readonly<Record<string, string>>): Promise<void>;
  /** What a command prints on both streams, as on a terminal. */
  run(command: string): string;
  /** Starts a program that listens on the port in `PORT` and prints where. */
  serve(program: string, environment?: Readonly<Record<string, string>>): Promise<Serving>;
}

/** A program that answers requests; it is ended with the block it is used in. */
export interface Serving extends AsyncDisposable {
  readonly url: string;
}

export async function createProject(): Promise<Project> {
  const folder = await mkdtemp(join(tmpdir(), 'widgy-manual-'));
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
  await mkdir(join(folder, 'node_modules'));
  for (const name of ['@widgy', 'widgy', 'liquidjs', 'zod', 'eta', 'lodash', 'fastify']) {
    await symlink(join(root, 'node_modules', name), join(folder, 'node_modules', name));
  }
  const programs = join(folder, '.programs');
  await mkdir(programs);
  const node = `exec "${process.execPath}" --conditions=widgy-source`;
  const bin = join(root, 'packages/$package/src/cli/bin.ts');
  const npx = `#!/bin/sh\npackage="$1"\nshift\n${node} "${bin}" "$@"\n`;
  await writeFile(join(programs, 'npx'), npx, { mode: 0o755 });
  await writeFile(join(programs, 'node'), `#!/bin/sh\n${node} "$@"\n`, { mode: 0o755 });
  // A program that is itself a test would report to this one.
  const { NODE_ENV: _environment, NODE_TEST_CONTEXT: _context, ...environment } = process.env;
  const env = { ...environment, PATH: `${programs}${delimiter}${process.env.PATH}` };
  return {
    folder,
    async write(files) {
      for (const [name, text] of Object.entries(files)) {
        await mkdir(dirname(join(folder, name)), { recursive: true });
        await writeFile(join(folder, name), text);
      }
    },
    run(command) {
      const options = { cwd: folder, env, timeout: 60_000, encoding: 'utf8' } as const;
      return spawnSync('sh', ['-c', `exec 2>&1\n${command}`], options).stdout;
    },
    serve: (program, more = {}) =>
      serving(
        spawn(process.execPath, ['--conditions=widgy-source', program], {
          cwd: folder,
          env: { ...env, PORT: '0', ...more },
          stdio: ['ignore', 'pipe', 'inherit'],
        }),
      ),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

/** Waits until a program has said where it listens. */
async function serving(program: ChildProcess): Promise<Serving> {
  const { stdout } = program;
  if (stdout === null) throw new Error('The program has no output.');
  for await (const line of createInterface(stdout)) {
    const [, port] = /:\s?(\d{4,5})\b/.exec(line) ?? [];
    if (port === undefined) continue;
    stdout.resume();
    return {
      url: `http://localhost:${port}`,
      async [Symbol.asyncDispose]() {
        const ended = once(program, 'exit');
        program.kill();
        await ended;
      },
    };
  }
  throw new Error('The program ended before it listened.');
}
