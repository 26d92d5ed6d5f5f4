import { basename } from 'node:path';
import { CompressorError } from '../errors.ts';
import { nameOfUrl, printable } from '../sources/names.ts';
import { type Artifact, createArtifact } from './artifact.ts';
import { findBeside, isForeign, refuseUnshown } from './beside.ts';
import { type BuildContext, folderOf, type InputLog } from './context.ts';
import type { ScannedUrl } from './css-scan.ts';
import { dataUri, isEmbeddable } from './data-uri.ts';
import type { Edit } from './edited-text.ts';
import { type ToolPlace, toolError } from './locate.ts';

/**
 * Finds the files that URLs of a style sheet mean, and the edits that put their content-addressed names in place of the
 * URLs, or the files themselves where they are small; see {@link embedded}. URLs that mean no file of the site or of a
 * package stay as they are.
 *
 * @param urls as the scanner found them in the style sheet
 * @param path absolute path of the style sheet; relative URLs start in its folder or, where they were written in another
 * file (a Sass partial), in the folder of that one first
 * @param placeOf where the character at an offset of the style sheet was written
 * @throws CompressorError `reference-missing`, `source-is-directory`, `path-outside-root`, `path-invalid`
 */
export async function resolveReferences(
  urls: readonly ScannedUrl[],
  path: string,
  placeOf: (offset: number) => ToolPlace,
  context: BuildContext,
  log: InputLog,
): Promise<{ edits: readonly Edit[]; files: readonly Artifact[] }> {
  const references: Reference[] = [];
  /** What was found before, by folder and URL: large sheets repeat themselves. */
  const known = new Map<string, Artifact | undefined>();
  for (const { url, start, end, isQuoted } of urls) {
    const [, urlPath = '', suffix = ''] = /^([^?#]*)(.*)$/s.exec(url.trim()) ?? [];
    if (urlPath === '' || isData(urlPath)) continue;
    const place = placeOf(start);
    const id = JSON.stringify([folderOf(place.path), urlPath]);
    if (!known.has(id)) known.set(id, await fileOf(urlPath, path, place, context, log));
    const file = known.get(id);
    if (file !== undefined) references.push({ file, suffix, start, end, isQuoted });
  }
  const uris = embedded(references, context.dataUris);
  const edits = references.map(({ file, suffix, start, end, isQuoted }) => {
    const uri = uris.get(file.name);
    if (uri === undefined) return { start, end, text: file.name + escapeSuffix(suffix) };
    return { start, end, text: isQuoted ? uri : `"${uri}"` };
  });
  const files = new Map(references.map(({ file }) => [file.name, file]));
  for (const name of uris.keys()) files.delete(name);
  return { edits, files: [...files.values()] };
}

/** A URL of a style sheet that means a file. */
interface Reference extends Pick<ScannedUrl, 'start' | 'end' | 'isQuoted'> {
  readonly file: Artifact;
  /** The query and fragment. */
  readonly suffix: string;
}

/**
 * The `data:` URLs of the pictures and fonts that the sheet holds itself, by name. A file is in it as often as it is
 * referred to, so all its references together must be within the limit. A reference with a fragment keeps its file: a
 * part of a picture can be shown only of a file, and what is fetched anyway need not be held as well.
 *
 * @param limit in bytes of the file
 */
function embedded(references: readonly Reference[], limit: number): ReadonlyMap<string, string> {
  if (limit === 0) return new Map();
  const uris = new Map<string, string>();
  for (const [name, uses] of Map.groupBy(references, ({ file }) => file.name)) {
    const [{ file } = { file: undefined }] = uses;
    if (file === undefined || !isEmbeddable(file) || file.bytes.length * uses.length > limit) continue;
    if (uses.every(({ suffix }) => !suffix.includes('#'))) uris.set(name, dataUri(file));
  }
  return uris;
}

function isData(url: string): boolean {
  return /^data:/i.test(url);
}

async function fileOf(
  urlPath: string,
  sheetPath: string,
  place: ToolPlace,
  context: BuildContext,
  log: InputLog,
): Promise<Artifact | undefined> {
  const target = await locate(urlPath, sheetPath, place, context);
  return target === undefined ? undefined : createArtifact(basename(target), (await log.read(target)).bytes);
}

/** The path of a file that a URL means without its query and fragment; undefined for a URL that is none of ours. */
async function locate(
  urlPath: string,
  sheetPath: string,
  place: ToolPlace,
  context: BuildContext,
): Promise<string | undefined> {
  try {
    const name = nameOfUrl(urlPath, context.staticUrl);
    if (name !== undefined) return refuseUnshown((await context.finder.find(name)).path, context.finder);
    if (isForeign(urlPath)) return undefined;
    for (const folder of new Set([folderOf(place.path), folderOf(sheetPath)])) {
      const file = await findBeside(folder, urlPath, context);
      if (file !== undefined) return refuseUnshown(file, context.finder);
    }
  } catch (cause) {
    if (!(cause instanceof CompressorError)) throw cause;
    throw await toolError(context.finder, cause.code, cause.summary, place, { help: cause.help, cause });
  }
  const message = `there is no file "${printable(urlPath)}"`;
  throw await toolError(context.finder, 'reference-missing', message, place);
}

/** A query and fragment as they may stand in `url()`, with quotes or without. */
function escapeSuffix(suffix: string): string {
  return suffix.toWellFormed().replace(/[\s"'()\\<>]|[^\x21-\x7e]/gu, (character) => {
    return `%${Buffer.from(character).toString('hex').toUpperCase().match(/../g)?.join('%')}`;
  });
}
