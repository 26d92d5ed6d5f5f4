import { readFileSync, realpathSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import { dirname, join, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { WidgyError } from '../errors.ts';
import { isPlainObject } from '../tree/problems.ts';

/**
 * The name by which the compressor finds a folder: `npm:package/path/of/the/folder`. It is the same on every machine, and
 * it makes nothing in the folder public: definitions and templates lie there too, and a static folder is served.
 *
 * A site's own folders are named in the same way, with the name of the site's package. Node lets a package name itself where its
 * package.json has `exports`, or where it is linked into `node_modules`, as in a workspace.
 *
 * @param folder absolute
 * @param site the folder of the site, where the compressor is configured: packages are looked up from there
 * @throws WidgyError `folder-unreachable`
 */
export function assetFolderName(folder: string, site: string): string {
  const real = realpathSync(folder);
  const home = namedPackage(real);
  if (home === undefined) {
    throw new WidgyError('folder-unreachable', {
      message: `${folder} has styles or scripts, and is in no package with a name`,
      help: 'Give the package.json of the site a name, and "exports": {}.',
    });
  }
  if (packageFolder(home.name, site) !== home.folder) {
    const isOwn = relative(home.folder, realpathSync(site)).split(sep)[0] !== '..';
    throw new WidgyError('folder-unreachable', {
      message: `${folder} has styles or scripts, but the site in ${site} does not reach the package "${home.name}" by its name`,
      help: isOwn
        ? `Add "exports": {} to ${join(home.folder, 'package.json')}: a package may then name its own files.`
        : `Add "${home.name}" to the dependencies of the site.`,
    });
  }
  return `npm:${[home.name, ...relative(home.folder, real).split(sep)].filter((part) => part !== '').join('/')}`;
}

interface NamedPackage {
  readonly name: string;
  readonly folder: string;
}

/** The nearest package around a folder; manifests without a name, which only say `type`, make none. */
function namedPackage(folder: string): NamedPackage | undefined {
  const name = nameIn(join(folder, 'package.json'));
  if (name !== undefined) return { name, folder };
  const parent = dirname(folder);
  return parent === folder ? undefined : namedPackage(parent);
}

function nameIn(manifest: string): string | undefined {
  try {
    const data: unknown = JSON.parse(readFileSync(manifest, 'utf8'));
    return isPlainObject(data) && typeof data.name === 'string' ? data.name : undefined;
  } catch (cause) {
    if (isError(cause, 'ENOENT', 'ENOTDIR')) return undefined;
    throw unreadable(manifest, cause);
  }
}

/** The folder of the package that a name means from a site; undefined if it means none. */
function packageFolder(name: string, site: string): string | undefined {
  try {
    const manifest = findPackageJSON(name, pathToFileURL(join(site, 'package.json')));
    return manifest && realpathSync(dirname(manifest));
  } catch (cause) {
    if (isError(cause, 'ERR_MODULE_NOT_FOUND')) return undefined;
    throw unreadable(join(site, 'package.json'), cause);
  }
}

function isError(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof Error && 'code' in error && codes.some((code) => code === error.code);
}

function unreadable(manifest: string, cause: unknown): WidgyError {
  return new WidgyError('folder-unreachable', {
    message: `${manifest} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`,
    help: 'Correct the file: widgets are named by the packages they are in.',
    cause,
  });
}
