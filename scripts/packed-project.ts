import { execFileSync } from 'node:child_process';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** An empty project in which a package of the workspace is installed as users get it. */
export interface PackedProject {
  readonly folder: string;
  /** The paths in the package. */
  readonly files: readonly string[];
}

/**
 * Packs a package of the workspace, and installs it in a new folder, which the caller removes.
 *
 * @param others what else is installed: `name@version`
 */
export async function packedProject(
  packageFolder: string,
  others: readonly string[] = [],
): Promise<PackedProject> {
  const folder = await mkdtemp(join(tmpdir(), 'widgy-packed-'));
  const [{ filename, files }] = JSON.parse(
    npm(packageFolder, 'pack', '--json', '--pack-destination', folder),
  );
  await writeFile(join(folder, 'package.json'), '{ "private": true, "type": "module" }');
  npm(folder, 'install', `./${filename}`, ...others);
  return { folder, files: files.map(({ path }: { path: string }) => path) };
}

/** Compiles a file of the project as a user would, without the sources of the workspace. Throws where it has errors. */
export function checkTypes(project: string, file: string): void {
  const modules = join(import.meta.dirname, '../node_modules');
  const options = ['--noEmit', '--strict', '--skipLibCheck', '--module', 'nodenext', '--target', 'es2024'];
  execFileSync(
    join(modules, '.bin/tsc'),
    [...options, '--typeRoots', join(modules, '@types'), '--types', 'node', file],
    { cwd: project, stdio: 'pipe' },
  );
}

function npm(folder: string, ...args: string[]): string {
  return execFileSync('npm', [...args, '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}
