import { join, resolve } from 'node:path';
import { CompressorError } from '../errors.ts';
import type { Finder } from '../sources/finder.ts';
import { packageName, printable } from '../sources/names.ts';
import type { BuildContext } from './context.ts';
import { isEmbeddable } from './data-uri.ts';

/** Whether a URL has a scheme, names another host, or starts at the root of the host: it then names no file beside. */
export function isForeign(url: string): boolean {
  return /^(?:[a-z][a-z\d+.-]*:|[/\\])/i.test(url);
}

/**
 * The file that a relative URL of a style sheet means, seen from a folder; undefined if there is none. Seen from a folder of
 * the site that is no static one, files of the same package are found, except hidden ones. From a static folder nobody gets
 * there: all that is in one may come from anywhere.
 *
 * @throws CompressorError `path-outside-root`, `path-invalid`, `source-is-directory`
 */
export async function findBeside(
  folder: string,
  urlPath: string,
  { finder, onMissing }: Pick<BuildContext, 'finder' | 'onMissing'>,
): Promise<string | undefined> {
  const path = resolve(folder, decodePath(urlPath));
  const name = nameSeenFrom(folder, path, finder);
  if (name === undefined) throw leaves(urlPath);
  try {
    const found = await finder.find(name);
    // A link may lead to a file that its own name would not have reached.
    if (found.path !== path && nameSeenFrom(folder, found.path, finder) === undefined) throw leaves(urlPath);
    return found.path;
  } catch (cause) {
    if (!(cause instanceof CompressorError) || cause.code !== 'source-missing') throw cause;
    if (finder.nameOf(path)?.startsWith('./')) onMissing(path);
    return undefined;
  }
}

/**
 * Lets through what a style sheet may make public. Below the folder of the configuration, outside the static folders, that
 * are pictures and fonts: templates, sources and settings lie there too, and no style sheet shows them.
 *
 * @returns the path
 * @throws CompressorError `path-outside-root`
 */
export function refuseUnshown(path: string, finder: Finder): string {
  const name = finder.nameOf(path);
  if (!name?.startsWith('./') || (isShown(name) && !isHidden(name))) return path;
  throw new CompressorError('path-outside-root', {
    message: `"${printable(name.slice(2))}" is outside the static folders, and neither a picture nor a font`,
  });
}

/** Whether a file is what style sheets show: a picture, a pointer of a mouse (which has no registered media type) or a font. */
function isShown(name: string): boolean {
  return isEmbeddable({ name }) || /\.cur$/i.test(name);
}

/** The name to find a file by, for a style sheet in a folder; undefined for a file that it may not name. */
function nameSeenFrom(folder: string, path: string, finder: Finder): string | undefined {
  const name = finder.nameOf(path);
  if (!name?.startsWith('./')) return name;
  const own = finder.ownNameOf(path);
  const here = finder.ownNameOf(join(folder, 'any'));
  if (own === undefined || here === undefined || isHidden(name)) return undefined;
  return packageName(own)?.package === packageName(here)?.package ? own : undefined;
}

/** Whether a file, or a folder that it is in, has a name that begins with a dot. */
function isHidden(name: string): boolean {
  return /\/\./.test(name);
}

function leaves(urlPath: string): CompressorError {
  return new CompressorError('path-outside-root', {
    message: `"${printable(urlPath)}" leaves the static folders`,
  });
}

function decodePath(urlPath: string): string {
  try {
    return decodeURIComponent(urlPath);
  } catch (cause) {
    throw new CompressorError('path-invalid', {
      message: `"${printable(urlPath)}" is not percent-encoded UTF-8`,
      help: 'Write "%" in a file name as "%25".',
      cause,
    });
  }
}
