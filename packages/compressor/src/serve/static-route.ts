import { closeSync, createReadStream, fstatSync, openSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { mediaType } from '../build/artifact.ts';
import { caching } from '../caching.ts';
import { CompressorError } from '../errors.ts';
import { withoutHash } from '../hash.ts';
import { type Finder, type FoundFile, unreadable } from '../sources/finder.ts';
import { printable } from '../sources/names.ts';
import type { SourceReader } from '../sources/reader.ts';
import type { ArtifactStore } from '../storage/artifact-store.ts';
import { type AssetRequest, type AssetResponse, type Content, plainResponse, respond } from './response.ts';

/** What the static route works with. */
export interface StaticRouteContext {
  readonly finder: Finder;
  readonly reader: SourceReader;
  readonly store: ArtifactStore;
}

/**
 * Answers a request for a static file. Under its fingerprinted name it may be kept for ever if it still has that content;
 * files of packages and names that begin with a dot are not served.
 *
 * @param path what follows the prefix of static files, percent-encoded as the client sent it
 */
export async function serveStatic(
  request: AssetRequest,
  path: string,
  context: StaticRouteContext,
): Promise<AssetResponse> {
  const file = await findFile(path, context.finder);
  if (file === undefined) return plainResponse(404, 'There is no such file.');
  const { size } = await stat(file.path).catch((cause) => {
    throw unreadable(file.name, undefined, cause);
  });
  const content = await (size <= ENCODED_UP_TO ? wholeFile(file, context) : largeFile(file, size, context));
  const asked = withoutHash(path);
  const isFinal = asked?.hash === content.hash && file.isFingerprinted;
  const mayChange = file.isFingerprinted ? caching.never : caching.revalidate;
  return respond(request, content, isFinal ? caching.immutable : mayChange);
}

/** Larger files are sent from the disk as they are, in bytes. */
const ENCODED_UP_TO = 4 * 1024 * 1024;

/** What is sent is what was hashed. */
async function wholeFile({ path, name }: FoundFile, { reader, store }: StaticRouteContext): Promise<Content> {
  const { bytes, hash } = await reader.readCurrent(path, name);
  return {
    hash,
    type: servedType(name),
    size: bytes.length,
    open: (range) => (range === undefined ? bytes : bytes.subarray(range.start, range.end + 1)),
    encoded: (encoding) => store.encoded(`static/${hash}`, bytes, encoding),
  };
}

/** What is sent is the file that was hashed: its time of change is compared once it is open. */
async function largeFile(
  { path, name }: FoundFile,
  size: number,
  { reader }: StaticRouteContext,
): Promise<Content> {
  const { hash, changed } = await reader.stampCurrent(path, name);
  return {
    hash,
    type: servedType(name),
    size,
    open(range) {
      const fd = openSync(path, 'r');
      if (fstatSync(fd).ctimeMs === changed) return createReadStream(path, { fd, ...range });
      closeSync(fd);
      throw new CompressorError('source-unstable', {
        message: `"${printable(name)}" changes while it is sent`,
      });
    },
  };
}

async function findFile(
  path: string,
  finder: Finder,
): Promise<(FoundFile & { isFingerprinted: boolean }) | undefined> {
  try {
    const name = decodeURIComponent(path);
    if (name.startsWith('npm:') || name.split('/').some((part) => part.startsWith('.'))) return undefined;
    const found = await finder.find(name);
    return { ...found, isFingerprinted: found.name !== name };
  } catch (error) {
    if (error instanceof URIError) return undefined;
    if (error instanceof CompressorError && error.code !== 'source-unreadable') return undefined;
    throw error;
  }
}

/** The extensions of some source languages belong to other formats too; nobody serves video from here as TypeScript. */
function servedType(name: string): string {
  return /\.(?:[mc]?tsx?|jsx|s[ac]ss|less|styl)$/.test(name) ? 'text/plain; charset=utf-8' : mediaType(name);
}
