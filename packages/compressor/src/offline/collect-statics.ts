import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { posix } from 'node:path';
import { mediaType } from '../build/artifact.ts';
import type { BuildContext } from '../build/context.ts';
import { EditedText } from '../build/edited-text.ts';
import { CompressorError } from '../errors.ts';
import { contentHash, withHash } from '../hash.ts';
import { mapLimited } from '../limit.ts';
import { STATIC_FOLDER } from '../manifest/manifest.ts';
import { realFolder } from '../sources/finder.ts';
import { printable, urlOfName } from '../sources/names.ts';
import { STREAMED_FROM } from '../storage/encodings.ts';
import { isStorageName } from '../storage/storage.ts';
import { type Diagnostic, diagnosticOf } from './diagnostic.ts';
import type { Encodable } from './encode-artifacts.ts';
import { staticPaths } from './static-paths.ts';
import { mayRefer, type StaticReference, staticReferences } from './static-references.ts';

/** The static files of a site, to be published. */
export interface CollectedStatics {
  /** The fingerprinted name of each, by its name; in the order of names. */
  readonly names: ReadonlyMap<string, string>;
  readonly files: readonly Encodable[];
  readonly diagnostics: readonly Diagnostic[];
}

/** A static file under its fingerprinted name. */
interface Fingerprinted {
  readonly name: string;
  readonly size: number;
  readonly open: Encodable['load'];
}

/**
 * Gathers every static file of a site. Relative URLs in style sheets, and relative imports of modules, get the fingerprinted
 * names of what they mean, so that no file is asked for by its plain name.
 *
 * @param own files and folders of the compressor, absolute: they are no static files, wherever they lie
 */
export async function collectStatics(
  { finder, reader }: BuildContext,
  own: readonly string[],
): Promise<CollectedStatics> {
  const found = await staticPaths(finder.roots, own.map(realFolder));
  const { paths } = found;
  const diagnostics = [...found.diagnostics];
  const inMemoryUpTo = Math.min(STREAMED_FROM, reader.limit);
  const known = new Map<string, Promise<Fingerprinted>>();

  const fingerprint = (name: string, path: string, users: readonly string[]): Promise<Fingerprinted> => {
    const running = known.get(name);
    if (running !== undefined) return running;
    const made = mayRefer(name) ? rewrite(name, path, [...users, name]) : plain(name, path);
    known.set(name, made);
    return made;
  };

  const plain = async (name: string, path: string): Promise<Fingerprinted> => {
    const [hash, { size }] = [await reader.hash(path, name), await stat(path)];
    const isSmall = size <= inMemoryUpTo;
    const open = async () =>
      isSmall ? (await reader.read(path, name)).bytes : { size, open: () => createReadStream(path) };
    return { name: withHash(name, hash), size, open };
  };

  const rewrite = async (name: string, path: string, users: readonly string[]): Promise<Fingerprinted> => {
    if ((await stat(path)).size > inMemoryUpTo) return plain(name, path);
    const { bytes } = await reader.read(path, name);
    const text = bytes.toString();
    // Offsets are counted in the text: what is no UTF-8 is sent as it is.
    const isText = Buffer.from(text).equals(bytes);
    const references = isText ? await staticReferences(name, text) : [];
    const edits: { start: number; end: number; text: string }[] = [];
    for (const reference of references) {
      const target = targetOf(reference, name);
      const targetPath = target && paths.get(target);
      if (target === undefined || targetPath === undefined) continue;
      if (users.includes(target)) {
        diagnostics.push(circular(name, target));
        continue;
      }
      const { name: other } = await fingerprint(target, targetPath, users);
      const [, suffix = ''] = /^[^?#]*(.*)$/s.exec(reference.url) ?? [];
      edits.push({ ...reference, text: relativeUrl(name, other) + suffix });
    }
    const content = edits.length === 0 ? bytes : Buffer.from(new EditedText(text, edits).text);
    return { name: withHash(name, contentHash(content)), size: content.length, open: async () => content };
  };

  const names = new Map<string, string>();
  const files: Encodable[] = [];
  // Two modules that import each other wait for nothing, as one of them is always the first.
  await mapLimited([...paths], 1, async ([name, path]) => {
    const { name: fingerprinted, size, open } = await fingerprint(name, path, []);
    const stored = STATIC_FOLDER + fingerprinted;
    if (!isStorageName(stored)) {
      diagnostics.push(diagnosticOf(unstorable(name), 'error'));
      return;
    }
    names.set(name, fingerprinted);
    files.push({ name: stored, type: mediaType(name), size, load: open });
  });
  return { names, files, diagnostics };
}

/** The static file that a relative URL means. */
function targetOf({ url }: StaticReference, user: string): string | undefined {
  const path = url.replace(/[?#].*$/s, '');
  try {
    const name = posix.join(posix.dirname(user), decodeURIComponent(path));
    return name.startsWith('../') ? undefined : name;
  } catch {
    return undefined; // Not percent-encoded UTF-8, so no file of ours.
  }
}

/** How one static file names another, both with fingerprints. */
function relativeUrl(user: string, other: string): string {
  const path = posix.relative(posix.dirname(user), other);
  const url = urlOfName(path, '');
  return url.startsWith('.') ? url : `./${url}`;
}

function circular(name: string, target: string): Diagnostic {
  const message = `"${printable(name)}" and "${printable(target)}" refer to each other, so one of them keeps its plain name in the other`;
  return diagnosticOf(new CompressorError('static-circular', { message, place: { file: name } }), 'warning');
}

function unstorable(name: string): CompressorError {
  return new CompressorError('path-invalid', {
    message: `the static file "${printable(name)}" has a name that no storage can keep`,
    help: 'Rename it, without \\ : * ? " < > | and control characters and with at most 180 characters in each part, or move it out of the static folders.',
  });
}
