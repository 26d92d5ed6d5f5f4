import { readdir } from 'node:fs/promises';
import { extname, join, matchesGlob } from 'node:path';
import type { ResolvedConfig } from '../config/config.ts';
import { CompressorError } from '../errors.ts';
import { compare } from './diagnostic.ts';

/** A template of the site. */
export interface TemplateFile {
  /** With forward slashes, from the folder it is in. */
  readonly name: string;
  readonly path: string;
}

/**
 * The templates to look at, sorted by name. A template in an earlier folder hides one of the same name in a later one.
 *
 * @throws CompressorError `config-invalid` for a folder that cannot be read
 */
export async function listTemplates(
  config: Pick<ResolvedConfig, 'templates' | 'offline'>,
): Promise<TemplateFile[]> {
  const { roots, extensions } = config.templates;
  const { include, exclude } = config.offline;
  const files = new Map<string, TemplateFile>();
  for (const root of roots) {
    for (const name of await namesIn(root)) {
      const isWanted =
        extensions.includes(extname(name)) &&
        !files.has(name) &&
        include.some((pattern) => matches(name, pattern)) &&
        !exclude.some((pattern) => matches(name, pattern));
      if (isWanted) files.set(name, { name, path: join(root, name) });
    }
  }
  return [...files.values()].sort((a, b) => compare(a.name, b.name));
}

/** Node loads what reads patterns when it is first asked, which takes longer than to list all the names. */
function matches(name: string, pattern: string): boolean {
  return pattern === '**/*' || matchesGlob(name, pattern);
}

/**
 * Files whose name begins with a dot are left over by editors.
 *
 * @throws CompressorError `config-invalid`
 */
async function namesIn(root: string): Promise<string[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true }).catch((cause) => {
    throw new CompressorError('config-invalid', {
      message: `the folder ${root}, which templates.roots names, cannot be read: ${String(cause)}`,
      cause,
    });
  });
  return entries
    .filter((entry) => !entry.isDirectory() && !entry.name.startsWith('.'))
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(root.length + 1)
        .replaceAll('\\', '/'),
    );
}
