import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** An empty project in which a package of the workspace is installed as users get it. */
export interface PackedProject {
  readonly folder: string;
  /** The paths in the package. */
  readonly files: readonly string[];
}

/** A package of the workspace as it is published. */
export interface PackedPackage {
  /** The package file, absolute. */
  readonly path: string;
  /** The paths in the package. */
  readonly files: readonly string[];
}

const workspace = join(import.meta.dirname, '..');

/**
 * Packs a package of the workspace and those of the workspace that it needs, and installs them in a new folder, which
 * the caller removes.
 *
 * @param others what else is installed: `name@version`
 */
export async function packedProject(
  packageFolder: string,
  others: readonly string[] = [],
): Promise<PackedProject> {
  const folder = await mkdtemp(join(tmpdir(), 'widgy-packed-'));
  const { path, files } = packPackage(packageFolder, folder);
  await writeFile(join(folder, 'package.json'), '{ "private": true, "type": "module" }');
  const alongside = neededInWorkspace(packageFolder).map((each) => packPackage(each, folder).path);
  npm(folder, 'install', path, ...alongside, ...others);
  return { folder, files };
}

/**
 * Packs a package of the workspace into a folder, after those of the workspace that it needs: it is compiled against
 * their types. Or takes it as it was packed before, where `TEST_PACKAGES` names a folder in which whoever runs several
 * tests lets them keep what they have packed.
 */
export function packPackage(packageFolder: string, destination: string): PackedPackage {
  for (const needed of neededInWorkspace(packageFolder)) packPackage(needed, destination);
  const kept = process.env.TEST_PACKAGES;
  if (kept === undefined) return oneAtATime(() => packNow(packageFolder, destination));
  const record = join(kept, `${basename(packageFolder)}.json`);
  return oneAtATime(() => {
    if (existsSync(record)) return JSON.parse(readFileSync(record, 'utf8'));
    const packed = packNow(packageFolder, kept);
    writeFileSync(record, JSON.stringify(packed));
    return packed;
  });
}

function neededInWorkspace(packageFolder: string): readonly string[] {
  const { dependencies = {} } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8'));
  const { packages } = JSON.parse(readFileSync(join(workspace, 'package-lock.json'), 'utf8'));
  return Object.keys(dependencies)
    .map((name) => packages[`node_modules/${name}`])
    .filter((entry) => entry?.link === true)
    .map(({ resolved }) => join(workspace, resolved));
}

function packNow(packageFolder: string, destination: string): PackedPackage {
  const [{ filename, files }] = JSON.parse(
    npm(packageFolder, 'pack', '--json', '--pack-destination', destination),
  );
  return { path: join(destination, filename), files: files.map(({ path }: { path: string }) => path) };
}

/** The version of a package that the lockfile of the workspace has: the one that was tried. */
export async function lockedVersion(name: string): Promise<string> {
  const { packages } = JSON.parse(await readFile(join(workspace, 'package-lock.json'), 'utf8'));
  return packages[`node_modules/${name}`].version;
}

/** Packing empties `dist` and fills it again, and test files run at the same time. What ends a process gives its lock back too. */
function oneAtATime<T>(step: () => T): T {
  const folder = join(workspace, 'node_modules/.cache');
  mkdirSync(folder, { recursive: true });
  const lock = new DatabaseSync(join(folder, 'packing.lock'), { timeout: 120_000 });
  try {
    lock.exec('begin exclusive');
    return step();
  } finally {
    lock.close();
  }
}

/** Compiles a file of the project as a user would, without the sources of the workspace. Throws where it has errors. */
export function checkTypes(project: string, file: string): void {
  const modules = join(workspace, 'node_modules');
  const options = ['--noEmit', '--strict', '--skipLibCheck', '--module', 'nodenext', '--target', 'es2024'];
  execFileSync(
    join(modules, '.bin/tsc'),
    [...options, '--typeRoots', join(modules, '@types'), '--types', 'node', file],
    { cwd: project, stdio: 'pipe' },
  );
}

function npm(folder: string, ...args: string[]): string {
  return execFileSync('npm', [...args, '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}
