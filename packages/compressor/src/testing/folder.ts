import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, realpath, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after } from 'node:test';

/** Contents by path below a folder. */
export type Files = Readonly<Record<string, string | Uint8Array>>;

/** Makes a new folder with files; whoever makes it removes it. */
export async function makeFolder(files: Files = {}): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'widgy-test-')));
  await writeFiles(folder, files);
  return folder;
}

/** A new folder with files, removed when the tests of the suite are done. */
export async function temporaryFolder(files: Files = {}): Promise<string> {
  const folder = await makeFolder(files);
  after(() => removeFolder(folder));
  return folder;
}

/** Writes a file and the folders it is in; returns its path. */
export async function writeIn(folder: string, name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
  return path;
}

/** Writes files and the folders they are in. */
export async function writeFiles(folder: string, files: Files): Promise<void> {
  for (const [name, content] of Object.entries(files)) await writeIn(folder, name, content);
}

/** Replaces a file as editors do: by renaming a finished one onto it. */
export async function replaceIn(folder: string, name: string, content: string): Promise<void> {
  await rename(await writeIn(folder, join(dirname(name), '.finished.tmp'), content), join(folder, name));
}

/** Lets a folder reach the packages of the workspace, unless it has its own. */
export async function linkPackages(folder: string): Promise<void> {
  const packages = join(import.meta.dirname, '../../../../node_modules');
  const link = join(folder, 'node_modules');
  if (!existsSync(link)) await symlink(packages, link);
}

export async function removeFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
}
