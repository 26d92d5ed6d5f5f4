import { realpathSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { CompressorError } from '../../errors.ts';
import { type Finder, unreadable } from '../../sources/finder.ts';
import { checkName, printable } from '../../sources/names.ts';

/** Where a name is looked up that is not beside the file it is written in: the static folders, then the installed packages. */
export function searchFolders({ roots, base }: Finder): string[] {
  const packages: string[] = [];
  for (let folder = base; ; folder = dirname(folder)) {
    if (basename(folder) !== 'node_modules') packages.push(join(folder, 'node_modules'));
    if (dirname(folder) === folder) return [...roots, ...packages];
  }
}

/**
 * The first of these paths that is a file, with symbolic links resolved; undefined if none is.
 *
 * @throws CompressorError `path-outside-root` for a file that is neither a static file, nor in a package, nor below the
 * folder of the configuration; `source-unreadable`
 */
export function firstFile(paths: Iterable<string>, finder: Finder): string | undefined {
  for (const path of paths) {
    const file = realFile(path);
    if (file === undefined) continue;
    if (finder.nameOf(file) === undefined) throw outside(path);
    return file;
  }
  return undefined;
}

/**
 * Refuses a file whose content would become public although it is none of the site's public files.
 *
 * @throws CompressorError `path-outside-root`
 */
export function refusePrivate(file: string, finder: Finder): void {
  const name = finder.nameOf(file);
  if (name === undefined || name.startsWith('./') || /(?:^|\/)\./.test(name)) throw outside(file);
  checkName(name);
}

function realFile(path: string): string | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isFile() ? realpathSync.native(path) : undefined;
  } catch (cause) {
    throw unreadable(basename(path), undefined, cause);
  }
}

function outside(path: string): CompressorError {
  return new CompressorError('path-outside-root', {
    message: `"${printable(basename(path))}" is neither below the static folders nor in a package`,
  });
}
