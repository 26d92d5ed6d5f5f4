import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A whole process that builds the corpus. */
export interface Runner {
  readonly name: string;
  /** Removes all that earlier runs left. */
  reset(folder: string): void;
  run(folder: string): Promise<ProcessRun>;
}

/** What a process took. */
export interface ProcessRun {
  readonly milliseconds: number;
  /** Most memory it had, in MB; NaN where the system does not tell. */
  readonly megabytes: number;
}

const bin = fileURLToPath(new URL('../../packages/compressor/dist/cli/bin.js', import.meta.url));

/** The compressor as it is published: compiled to JavaScript. */
export const compressor: Runner = {
  name: 'compressor',
  reset(folder) {
    for (const name of ['assets', '.cache', 'manifest.json']) remove(folder, name);
  },
  run: (folder) => timed(process.execPath, [bin, 'compress', '--no-encodings', '--quiet'], folder),
};

/** Django with django-compressor, where the system's Python has them. */
export const django: Runner = {
  name: 'django-compressor',
  reset: (folder) => remove(folder, 'static/CACHE'),
  run: (folder) =>
    timed(PYTHON, ['-m', 'django', 'compress', '--settings', 'settings'], folder, {
      BENCH_FOLDER: folder,
      PYTHONPATH: folder,
      PYTHONDONTWRITEBYTECODE: '1',
    }),
};

/** esbuild, called once for each bundle with the files joined; it neither looks at templates nor writes a manifest. */
export const esbuild: Runner = {
  name: 'esbuild',
  reset: (folder) => remove(folder, 'esbuild'),
  run: (folder) =>
    timed(process.execPath, [fileURLToPath(new URL('run-esbuild.mjs', import.meta.url)), folder], folder),
};

const PYTHON =
  ['/usr/bin/python3', 'python3'].find(
    (python) =>
      spawnSync(python, ['-c', 'import compressor, rjsmin, rcssmin'], { timeout: 10_000 }).status === 0,
  ) ?? '';

/** Whether django-compressor can run here. */
export const hasDjango = PYTHON !== '';

/** Compiles the package as `npm pack` does. */
export function compileCompressor(): void {
  const root = fileURLToPath(new URL('../../', import.meta.url));
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  const { status } = spawnSync(process.execPath, [tsc, '-p', 'packages/compressor/tsconfig.pack.json'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  });
  if (status !== 0) throw new Error('The compressor could not be compiled.');
}

/** Changes one script of a corpus, differently each time. */
export function editScript(folder: string, round: number): void {
  const path = join(folder, 'static/js/lodash.lodash.template.js');
  writeFileSync(
    path,
    readFileSync(path, 'utf8').replace(/\nwindow\.edited.*|$/, `\nwindow.edited = ${round};`),
  );
}

/** Runs a process and waits for it. GNU time tells its memory, where it is installed. */
async function timed(
  command: string,
  args: readonly string[],
  folder: string,
  env: Readonly<Record<string, string>> = {},
): Promise<ProcessRun> {
  const report = join(folder, 'memory.txt');
  remove(folder, 'memory.txt');
  const [program, given] = existsSync(TIME)
    ? [TIME, ['-f', '%M', '-o', report, command, ...args]]
    : [command, [...args]];
  const started = performance.now();
  const child = spawn(program, given, {
    cwd: folder,
    stdio: ['ignore', 'ignore', 2],
    env: { ...process.env, ...env },
  });
  const [status] = await once(child, 'exit');
  const milliseconds = performance.now() - started;
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}.`);
  return {
    milliseconds,
    megabytes: existsSync(report) ? Number(readFileSync(report, 'utf8')) / 1024 : Number.NaN,
  };
}

const TIME = '/usr/bin/time';

function remove(folder: string, name: string): void {
  rmSync(join(folder, name), { recursive: true, force: true });
}
