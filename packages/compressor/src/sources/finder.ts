import { existsSync, realpathSync, statSync } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { findPackageJSON } from 'node:module';
import { basename, dirname, isAbsolute, join, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { nodeCodeOf, refusalOf } from '../caught.ts';
import { CompressorError, type Place } from '../errors.ts';
import { withoutHash } from '../hash.ts';
import { checkName, packageName, printable } from './names.ts';
import { readPackageManifest } from './package-manifest.ts';

/** A file that a name means. */
export interface FoundFile {
  readonly name: string;
  /** Absolute, with symbolic links resolved. */
  readonly path: string;
}

/** Answers which file a name means, and by which name a file goes. */
export interface Finder {
  /** The folders that names are looked up in, absolute, in order. */
  readonly roots: readonly string[];
  /** The folder of the configuration. */
  readonly base: string;
  /**
   * The file of a name: the first of the static folders that has it, or the file in the package for `npm:` names. A
   * fingerprinted name means the file without the fingerprint, unless a file has that very name.
   *
   * @throws CompressorError `source-missing`, `source-is-directory`, `source-unreadable`, `path-outside-root`,
   * `path-invalid`, `package-missing`
   */
  find(name: string, place?: Place): Promise<FoundFile>;
  /**
   * The name of a file for keys, messages and source maps, the same on every machine: below a static folder, in a
   * package (`npm:…`), or below the folder of the configuration (`./…`). A package that lies in another one, because the
   * site has a second version of it, is named with that one: `npm:outer/node_modules/inner/…`. Undefined for a file
   * elsewhere.
   */
  nameOf(path: string): string | undefined;
  /**
   * The `npm:` name of a file of the site that lies in no static folder, by the package of the site that it is in. Undefined for
   * a file elsewhere, and in a package that does not have that name for Node: one without `exports`, if it is not linked.
   */
  ownNameOf(path: string): string | undefined;
}

/**
 * @param base the folder that packages are looked up from
 * @param roots absolute folders, or `npm:package/folder`
 * @param isAlone whether nobody else waits while a file is looked up: then it takes a fraction of the time
 */
export function createFinder(base: string, roots: readonly string[], isAlone = false): Finder {
  const home = realFolder(base);
  const folders = roots.map((root) => {
    if (!root.startsWith('npm:')) return realFolder(root);
    const name = root.replace(/\/+$/, '');
    checkName(name);
    return realFolder(inPackage(name, home).path);
  });
  const packages: KnownPackages = new Map();

  const nameOf = (path: string): string | undefined => {
    for (const folder of folders) {
      const name = below(folder, path);
      if (name !== undefined) return name;
    }
    const own = below(home, path);
    if (own !== undefined && !own.split('/').includes('node_modules')) return `./${own}`;
    const owner = nearestPackage(dirname(path), home, packages);
    return owner && `npm:${owner.name}/${below(owner.folder, path)}`;
  };

  const ownNameOf = (path: string): string | undefined => {
    if (!nameOf(path)?.startsWith('./')) return undefined;
    const owner = nearestPackage(dirname(path), home, packages);
    if (owner === undefined || packageFolder(owner.name, home) !== owner.folder) return undefined;
    return `npm:${owner.name}/${below(owner.folder, path)}`;
  };

  const look = async (name: string, place: Place | undefined): Promise<FoundFile | undefined> => {
    const candidates = packageName(name)
      ? [inPackage(name, home, place)]
      : folders.map((folder) => ({ folder, path: join(folder, name) }));
    for (const candidate of candidates) {
      const path = await filePath(candidate.path, name, place, isAlone);
      if (path === undefined) continue;
      if (!isInside([candidate.folder, ...folders], path)) {
        throw new CompressorError('path-outside-root', {
          message: `"${printable(name)}" is a link to a file outside the static folders`,
          place,
        });
      }
      return { name, path };
    }
    return undefined;
  };

  const find = async (name: string, place?: Place): Promise<FoundFile> => {
    checkName(name, place);
    const plain = withoutHash(name);
    const found = (await look(name, place)) ?? (plain && (await look(plain.name, place)));
    if (found !== undefined) return found;
    throw new CompressorError('source-missing', {
      message: `there is no file "${printable(name)}"`,
      place,
      help: packageName(name)
        ? 'Check the path below the folder of the package.'
        : `Looked in ${roots.map((root) => (isAbsolute(root) ? relative(base, root) : root)).join(', ')}. Check the spelling.`,
    });
  };

  return { roots: folders, base: home, find, nameOf, ownNameOf };
}

/** A folder with symbolic links resolved, as far as it exists. */
export function realFolder(folder: string): string {
  if (existsSync(folder)) return realpathSync(folder);
  const parent = dirname(folder);
  return parent === folder ? folder : join(realFolder(parent), basename(folder));
}

/** The real path of a file; undefined if there is none. */
async function filePath(
  candidate: string,
  name: string,
  place: Place | undefined,
  isAlone: boolean,
): Promise<string | undefined> {
  try {
    const stats = isAlone ? statSync(candidate) : await stat(candidate);
    if (stats.isFile()) return isAlone ? realpathSync.native(candidate) : await realpath(candidate);
    throw new CompressorError('source-is-directory', { message: `"${printable(name)}" is a folder`, place });
  } catch (cause) {
    if (cause instanceof CompressorError) throw cause;
    const code = nodeCodeOf(cause);
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    if (code === 'ENAMETOOLONG' || code === 'EINVAL') {
      throw new CompressorError('path-invalid', {
        message: `"${printable(name)}" is not a file name`,
        place,
        cause,
      });
    }
    throw unreadable(name, place, cause);
  }
}

/** The error for a file that is there but may not be read. */
export function unreadable(name: string, place: Place | undefined, cause: unknown): CompressorError {
  const reason = refusalOf(cause);
  return new CompressorError('source-unreadable', {
    message: `"${printable(name)}" cannot be read (${reason})`,
    place,
    cause,
  });
}

/** The folder of the package that a `npm:` name is in, and the path the name means, whether or not it exists. */
function inPackage(name: string, base: string, place?: Place): { folder: string; path: string } {
  const parts = packageName(name);
  const folder = parts && packageFolder(parts.package, base);
  if (parts === undefined || folder === undefined) {
    throw new CompressorError('package-missing', {
      message: `the package of "${printable(name)}" is not installed`,
      place,
      help: `Run npm install ${parts?.package ?? ''} in ${base}.`,
    });
  }
  return { folder, path: join(folder, parts.file) };
}

/** The folder that a package is installed in; undefined if it is not. */
function packageFolder(name: string, base: string): string | undefined {
  try {
    const manifest = findPackageJSON(name, pathToFileURL(join(base, 'package.json')));
    return manifest && realFolder(dirname(manifest));
  } catch {
    return undefined; // Node throws for a package that is not installed.
  }
}

/** Whether a path is below one of some folders, or is one. Links in it must be resolved. */
export function isInside(folders: readonly string[], path: string): boolean {
  return folders.some((folder) => path === folder || below(folder, path) !== undefined);
}

/** The path below a folder with forward slashes; undefined if it is not below. */
function below(folder: string, path: string): string | undefined {
  const part = relative(folder, path);
  if (part === '' || part === '..' || part.startsWith(`..${sep}`)) return undefined;
  return part.split(sep).join('/');
}

/** Packages by the folders in them. */
type KnownPackages = Map<string, { folder: string; name: string } | undefined>;

/** The package that a folder is in; one inside another installed package is named with that one. */
function nearestPackage(
  folder: string,
  home: string,
  known: KnownPackages,
): { folder: string; name: string } | undefined {
  if (known.has(folder)) return known.get(folder);
  const name = readPackageManifest(join(folder, 'package.json'))?.name;
  const parent = dirname(folder);
  const outer = parent === folder ? undefined : nearestPackage(parent, home, known);
  let found = outer;
  if (name !== undefined) {
    const isNested =
      outer?.folder.split(sep).includes('node_modules') && packageFolder(name, home) !== folder;
    found = { folder, name: outer && isNested ? `${outer.name}/${below(outer.folder, folder)}` : name };
  }
  known.set(folder, found);
  return found;
}
