import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';

/** Names that a package file cannot have in the template, and what they are in a project. */
const RENAMED: ReadonlyMap<string, string> = new Map([
  // npm leaves files of this name out of packages, or makes others of them.
  ['_gitignore', '.gitignore'],
  // With its right name it would be taken for a package in a package.
  ['_package.json', 'package.json'],
]);

/** Whether nothing would be in the way of a project: the folder is not there, or has nothing in it but a repository without files. */
export async function isFree(folder: string): Promise<boolean> {
  try {
    return (await readdir(folder)).every((name) => name === '.git');
  } catch (error) {
    if (Object(error).code === 'ENOENT') return true;
    throw error;
  }
}

/**
 * Copies the files of a template into a folder, which is made where it is not there, and makes a secret for it. Nothing that is there is
 * written over.
 *
 * @param name of the package that the project is
 * @returns the paths that were written, relative to the folder
 */
export async function writeProject(
  template: string,
  folder: string,
  name: string,
): Promise<readonly string[]> {
  const entries = await readdir(template, { withFileTypes: true, recursive: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const written: string[] = [];
  for (const file of files.sort()) {
    const original = basename(file);
    const path = join(dirname(relative(template, file)), RENAMED.get(original) ?? original);
    const content = await readFile(file);
    await mkdir(dirname(join(folder, path)), { recursive: true });
    const isManifest = original === '_package.json';
    await writeFile(join(folder, path), isManifest ? named(content.toString('utf8'), name) : content, {
      flag: 'wx',
    });
    written.push(path);
  }
  await writeFile(join(folder, '.env'), secrets(), { flag: 'wx', mode: 0o600 });
  return [...written, '.env'];
}

/** With a secret of its own, a server that starts again still knows who was signed in. */
function secrets(): string {
  const secret = randomBytes(48).toString('base64url');
  return `# Variables of this machine alone. They stay out of version control.\nWIDGY_SECRET=${secret}\n`;
}

function named(manifest: string, name: string): string {
  return `${JSON.stringify({ ...JSON.parse(manifest), name }, undefined, 2)}\n`;
}
