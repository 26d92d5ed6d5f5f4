import { copyFile, mkdir, readdir, symlink } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { isWidgetFile, roleOf } from '../../src/widgets/widget-files.ts';

const WORKSPACE = join(import.meta.dirname, '../../../..');
const WIDGY = join(WORKSPACE, 'packages/widgy');

/**
 * Copies a site to another folder, with Widgy in it. Where a style or a script of a widget is, its name is there, since a site knows its
 * widgets' files by their names, and nothing can be read. All other styles and scripts are not there at all.
 *
 * @param isLeftOut what is not copied
 */
export async function copyWithoutSources(
  from: string,
  to: string,
  isLeftOut: (path: string) => boolean,
): Promise<void> {
  await copyTree(from, to, (path) => isLeftOut(path) || basename(path) === 'static');
  const widgy = join(to, 'packages/widgy');
  await copyTree(WIDGY, widgy, (path) =>
    /\/(?:node_modules|dist|test|contract|styles|scripts)$|\.test\.ts$/.test(path),
  );
  await linkPackagesBeside(widgy, join(to, 'node_modules'));
}

async function copyTree(from: string, to: string, isLeftOut: (path: string) => boolean): Promise<void> {
  await mkdir(to, { recursive: true });
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (isLeftOut(source)) continue;
    if (entry.isDirectory()) await copyTree(source, target, isLeftOut);
    else if (isOfWidget(entry.name)) await symlink('is-not-here', target);
    else if (isStyle(entry.name)) continue;
    else if (entry.isFile()) await copyFile(source, target);
  }
}

function isStyle(name: string): boolean {
  return /\.(?:css|scss|less)$/.test(name);
}

/** Whether a file is a style or a script of a widget. */
function isOfWidget(name: string): boolean {
  return isWidgetFile(name) && !['render', 'preview', 'edit'].includes(roleOf(name));
}

/** Gives a folder all packages of the workspace, with this Widgy in the place of the other one. */
async function linkPackagesBeside(widgy: string, modules: string): Promise<void> {
  await mkdir(modules, { recursive: true });
  const packages = join(WORKSPACE, 'node_modules');
  for (const name of await readdir(packages)) {
    if (name.startsWith('.')) continue;
    const target = name === 'widgy' ? relative(dirname(join(modules, name)), widgy) : join(packages, name);
    await symlink(target, join(modules, name));
  }
}
