import { basename, resolve } from 'node:path';
import { originalPositionFor, TraceMap } from '@jridgewell/trace-mapping';
import { type CustomAtRules, transform, type Visitor } from 'lightningcss';
import { CompressorError } from '../errors.ts';
import { nameOfUrl, printable } from '../sources/names.ts';
import { type Artifact, createArtifact } from './artifact.ts';
import { type BuildContext, folderOf, type InputLog } from './context.ts';
import { type ToolPlace, toolError } from './locate.ts';
import { composeMaps, type MappedText, readMap } from './source-map.ts';

/** A reference as the CSS parser gives it; places count from 1. */
interface Reference {
  readonly url: string;
  readonly line?: number | undefined;
  readonly column?: number | undefined;
}

/** Cheap and complete: what this does not match has no reference to a file. */
const MAY_REFER = /(?:url|src)\(\s*["']?(?!data:|#)|image-set\(/i;

/**
 * Replaces every `url()`, `src()` and `image-set()` of a style sheet that means a file of the site or of a package by the
 * content-addressed name of that file, and returns those files. Other URLs stay as they are.
 *
 * @param path absolute path of the style sheet; relative references start in its folder or, where a source map says that
 * they were written in another file, in the folder of that one first
 * @throws CompressorError `reference-missing`, `path-outside-root`
 */
export async function resolveReferences(
  sheet: MappedText,
  path: string,
  context: BuildContext,
  log: InputLog,
): Promise<MappedText & { files: readonly Artifact[] }> {
  if (!MAY_REFER.test(sheet.text)) return { ...sheet, files: [] };
  const found = new Map<string, Reference>();
  rewrite(sheet.text, path, false, (reference) => {
    found.set(keyOf(reference), reference);
    return reference.url;
  });
  const names = new Map<string, string>();
  const files = new Map<string, Artifact>();
  const origins = sheet.map && new TraceMap(JSON.stringify(sheet.map));
  for (const [key, reference] of found) {
    const target = await locateReference(reference, { text: sheet.text, path }, origins, context);
    if (target === undefined) continue;
    const { bytes } = await log.read(target.path);
    const file = createArtifact(basename(target.path), bytes);
    files.set(file.name, file);
    names.set(key, file.name + encodeURI(target.suffix).replace(/[()'"\\]/g, encodeURIComponent));
  }
  if (names.size === 0) return { ...sheet, files: [] };
  const rewritten = rewrite(
    sheet.text,
    path,
    context.sourceMaps,
    (reference) => names.get(keyOf(reference)) ?? reference.url,
  );
  const map = rewritten.map && sheet.map ? composeMaps(rewritten.map, sheet.map) : rewritten.map;
  return { text: rewritten.text, map, files: [...files.values()] };
}

function keyOf({ url, line, column }: Reference): string {
  return `${line}:${column}:${url}`;
}

/** Runs over all references of a style sheet with a real parser; what `replace` returns is written in their place. */
function rewrite(
  text: string,
  path: string,
  sourceMap: boolean,
  replace: (reference: Reference) => string,
): MappedText {
  const strings: FunctionVisitor = ({ name, arguments: parts }) => ({
    type: 'function',
    value: {
      name,
      arguments: parts.map((part) =>
        part.type === 'token' && part.value.type === 'string'
          ? { type: 'token', value: { type: 'string', value: replace({ url: part.value.value }) } }
          : part,
      ),
    },
  });
  const visitor: Visitor<CustomAtRules> = {
    Url: (url) => ({ ...url, url: replace({ url: url.url, ...url.loc }) }),
    Image(image) {
      if (image.type !== 'image-set') return;
      const options = image.value.options.map((option) => {
        if (option.image.type !== 'url') return option;
        const { url, loc } = option.image.value;
        return { ...option, image: { type: 'url' as const, value: { loc, url: replace({ url, ...loc }) } } };
      });
      return { ...image, value: { ...image.value, options } };
    },
    Function: { src: strings, 'image-set': strings, '-webkit-image-set': strings },
  };
  const result = transform({
    filename: path,
    projectRoot: '/',
    code: Buffer.from(text),
    sourceMap,
    errorRecovery: true,
    visitor,
  });
  return { text: result.code.toString(), map: result.map ? readMap(result.map) : undefined };
}

type FunctionVisitor = Extract<NonNullable<Visitor<CustomAtRules>['Function']>, (...args: never) => unknown>;

/** The file a reference means and what follows its path; undefined for a URL that is none of ours. */
async function locateReference(
  reference: Reference,
  sheet: { readonly text: string; readonly path: string },
  origins: TraceMap | undefined,
  context: BuildContext,
): Promise<{ path: string; suffix: string } | undefined> {
  const [, urlPath = '', suffix = ''] = /^([^?#]*)(.*)$/s.exec(reference.url.trim()) ?? [];
  if (urlPath === '') return undefined;
  const written = originOf(reference, origins) ?? {
    ...sheet,
    line: reference.line ?? 1,
    column: reference.column ?? 1,
  };
  try {
    const name = nameOfUrl(urlPath, context.staticUrl);
    if (name !== undefined) return { path: (await context.finder.find(name)).path, suffix };
    if (/^(?:[a-z][a-z\d+.-]*:|\/)/i.test(urlPath)) return undefined;
    for (const folder of new Set([folderOf(written.path), folderOf(sheet.path)])) {
      const file = await findBeside(folder, urlPath, context);
      if (file !== undefined) return { path: file, suffix };
    }
  } catch (cause) {
    if (!(cause instanceof CompressorError)) throw cause;
    throw await toolError(context.finder, cause.code, cause.summary, written, { help: cause.help, cause });
  }
  throw await toolError(
    context.finder,
    'reference-missing',
    `there is no file "${printable(urlPath)}"`,
    written,
  );
}

async function findBeside(
  folder: string,
  urlPath: string,
  context: BuildContext,
): Promise<string | undefined> {
  const name = context.finder.nameOf(resolve(folder, decodeURIComponent(urlPath)));
  if (name === undefined || name.startsWith('./')) {
    throw new CompressorError('path-outside-root', {
      message: `"${printable(urlPath)}" leaves the static folders`,
    });
  }
  try {
    return (await context.finder.find(name)).path;
  } catch (cause) {
    if (cause instanceof CompressorError && cause.code === 'source-missing') return undefined;
    throw cause;
  }
}

/** Where a reference was written, if the style sheet came out of another language. */
function originOf({ line, column }: Reference, origins: TraceMap | undefined): ToolPlace | undefined {
  if (origins === undefined || line === undefined || column === undefined) return undefined;
  const origin = originalPositionFor(origins, { line, column: column - 1 });
  if (origin.source === null) return undefined;
  return { path: absolutePath(origin.source), line: origin.line, column: origin.column + 1 };
}

/** The path of a source as tools write it into maps: absolute, a file URL, or absolute without its first slash. */
export function absolutePath(source: string): string {
  const path = source.startsWith('file:') ? decodeURIComponent(new URL(source).pathname) : source;
  return path.startsWith('/') ? path : `/${path}`;
}
