import { readdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { CompressorError } from '../errors.ts';
import { isInside } from '../sources/finder.ts';
import { printable } from '../sources/names.ts';
import { compare, type Diagnostic, diagnosticOf } from './diagnostic.ts';

/** The files of the static folders. */
export interface StaticPaths {
  /** Absolute, with symbolic links resolved, by name; in the order of names. */
  readonly paths: ReadonlyMap<string, string>;
  /** Links that lead nowhere, or out of the static folders. Nobody is served what is behind them. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * All files that are served below the static folders: the first folder that has a name wins, names that begin with a dot are left
 * out, and links are followed as long as they stay inside.
 *
 * @param roots the static folders, absolute, with symbolic links resolved
 * @param own files and folders of the compressor, absolute, with symbolic links resolved: they are no static files, wherever they lie
 * @throws CompressorError `config-invalid`
 */
export async function staticPaths(roots: readonly string[], own: readonly string[]): Promise<StaticPaths> {
  const paths = new Map<string, string>();
  const diagnostics: Diagnostic[] = [];

  const add = (name: string, path: string): void => {
    if (!paths.has(name)) paths.set(name, path);
  };

  /** @param above the folders on the way here, which a link may lead back to */
  const visit = async (folder: string, prefix: string, above: readonly string[]): Promise<void> => {
    for (const entry of await entriesOf(folder)) {
      const path = join(folder, entry.name);
      const name = prefix + entry.name;
      if (entry.name.startsWith('.') || own.includes(path)) continue;
      if (entry.isDirectory()) await visit(path, `${name}/`, [...above, path]);
      else if (entry.isFile()) add(name, path);
      else if (entry.isSymbolicLink()) await follow(path, name, above);
    }
  };

  const follow = async (link: string, name: string, above: readonly string[]): Promise<void> => {
    try {
      const path = await realpath(link);
      if (!isInside(roots, path)) throw leadsOutside(name);
      if (own.includes(path) || above.includes(path)) return;
      if ((await stat(path)).isDirectory()) await visit(path, `${name}/`, [...above, path]);
      else add(name, path);
    } catch (error) {
      const problem = error instanceof CompressorError ? error : leadsNowhere(name, error);
      diagnostics.push(diagnosticOf(problem, 'warning'));
    }
  };

  for (const root of roots) await visit(root, '', [root]);
  return { paths: new Map([...paths].sort(([a], [b]) => compare(a, b))), diagnostics };
}

async function entriesOf(folder: string) {
  return readdir(folder, { withFileTypes: true }).catch((cause) => {
    throw new CompressorError('config-invalid', {
      message: `the folder ${folder}, which static.roots names or holds, cannot be read: ${String(cause)}`,
      cause,
    });
  });
}

function leadsOutside(name: string): CompressorError {
  const message = `"${printable(name)}" is a link to something outside the static folders, and is not published`;
  return new CompressorError('path-outside-root', { message });
}

function leadsNowhere(name: string, cause: unknown): CompressorError {
  const message = `"${printable(name)}" is a link that leads nowhere, and is not published`;
  return new CompressorError('source-missing', { message, help: 'Correct the link, or remove it.', cause });
}
