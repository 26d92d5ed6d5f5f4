import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { Site } from '../widgets/site.ts';
import { TEMPLATE_KINDS } from '../widgets/widget-files.ts';

/**
 * The folders of every template that rendering widgets of some types can read, each once: those of its own templates, and the site's.
 *
 * @param roots the site's folders with partials and layouts
 */
export function templateFolders(
  site: Site<never>,
  types: readonly string[],
  roots: readonly string[],
): readonly string[] {
  const own = types.flatMap((type) => {
    const files = site.types.get(type)?.files ?? {};
    return TEMPLATE_KINDS.flatMap((kind) => files[kind]?.folder ?? []);
  });
  return [...new Set([...own, ...roots])];
}

/**
 * A hash of the content of every template that rendering widgets of some types can read: all in {@link templateFolders}. Which
 * partial is shown may hang on data, so what can be read counts, not what was.
 *
 * @param roots the site's folders with partials and layouts
 */
export async function templateFingerprint(
  site: Site<never>,
  types: readonly string[],
  roots: readonly string[],
): Promise<string> {
  const hash = createHash('sha256');
  for (const folder of templateFolders(site, types, roots)) {
    hash.update('folder ');
    for (const name of await filesIn(folder)) {
      const content = await readFile(join(folder, name));
      hash.update(`${JSON.stringify(name)} ${content.length} `).update(content);
    }
  }
  return hash.digest('hex');
}

/** A partial may have any name, so all files count but those of packages and those that no editor shows. */
async function filesIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((name) => !/(?:^|\/)(?:\.|node_modules\/)/.test(name))
    .sort();
}
