import { closeSync, createReadStream, fstatSync, openSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { mediaType } from '../build/artifact.ts';
import { caching } from '../caching.ts';
import { CompressorError } from '../errors.ts';
import { contentHash, withoutHash } from '../hash.ts';
import { STATIC_FOLDER } from '../manifest/manifest.ts';
import { type Finder, type FoundFile, unreadable } from '../sources/finder.ts';
import { printable } from '../sources/names.ts';
import type { SourceReader } from '../sources/reader.ts';
import type { ArtifactStore } from '../storage/artifact-store.ts';
import type { OtherReleases } from './other-releases.ts';
import { type AssetRequest, type AssetResponse, type Content, plainResponse, respond } from './response.ts';

/** What the static route works with. */
export interface StaticRouteContext {
  readonly finder: Finder;
  readonly reader: SourceReader;
  readonly store: ArtifactStore;
  /** The static files of releases, where those were published. */
  readonly published: PublishedStatics | undefined;
}

/** Static files that were published with releases. */
export interface PublishedStatics {
  /** The fingerprinted names of this server's release, by names. */
  readonly names: ReadonlyMap<string, string>;
  readonly files: OtherReleases;
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
  const name = nameIn(path);
  if (name === undefined) return notFound();
  const file = await findFile(name, context.finder);
  const content = file && (await contentOf(file, context));
  const isFinal = content !== undefined && withoutHash(name)?.hash === content.hash && file?.isFingerprinted;
  if (isFinal) return respond(request, content, caching.immutable);
  if (content !== undefined && !file?.isFingerprinted) return respond(request, content, caching.revalidate);
  // What is on the disk under a fingerprinted name is another version; a release may have the right one.
  const published = await servePublished(request, name, context);
  if (published !== undefined) return published;
  return content === undefined ? notFound() : respond(request, content, caching.never);
}

/** Answers from what was published with a release; undefined if none has it. */
async function servePublished(
  request: AssetRequest,
  name: string,
  { published, store }: StaticRouteContext,
): Promise<AssetResponse | undefined> {
  const current = published?.names.get(name);
  const found = await published?.files.find(STATIC_FOLDER + (current ?? name));
  if (found === undefined || found === 'absent') return undefined;
  if (found === 'busy') return plainResponse(503, 'Too many files are looked for.', { 'retry-after': '1' });
  const { bytes } = found;
  const content: Content = {
    hash: contentHash(bytes),
    type: servedType(name),
    size: bytes.length,
    open: (range) => (range === undefined ? bytes : bytes.subarray(range.start, range.end + 1)),
    encoded: (encoding) => store.encoded(found.name, bytes, encoding),
  };
  return respond(request, content, current === undefined ? caching.immutable : caching.revalidate);
}

function notFound(): AssetResponse {
  return plainResponse(404, 'There is no such file.');
}

async function contentOf(file: FoundFile, context: StaticRouteContext): Promise<Content> {
  const { size } = await stat(file.path).catch((cause) => {
    throw unreadable(file.name, undefined, cause);
  });
  return size <= ENCODED_UP_TO ? wholeFile(file, context) : largeFile(file, size, context);
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

/** The name that a path means; undefined for one that nothing is served under. */
function nameIn(path: string): string | undefined {
  try {
    const name = decodeURIComponent(path);
    const isHidden = name.startsWith('npm:') || name.split('/').some((part) => part.startsWith('.'));
    return isHidden ? undefined : name;
  } catch {
    return undefined; // Not percent-encoded UTF-8.
  }
}

async function findFile(
  name: string,
  finder: Finder,
): Promise<(FoundFile & { isFingerprinted: boolean }) | undefined> {
  try {
    const found = await finder.find(name);
    return { ...found, isFingerprinted: found.name !== name };
  } catch (error) {
    if (error instanceof CompressorError && error.code !== 'source-unreadable') return undefined;
    throw error;
  }
}

/** The extensions of some source languages belong to other formats too; nobody serves video from here as TypeScript. */
function servedType(name: string): string {
  return /\.(?:[mc]?tsx?|jsx|s[ac]ss|less|styl)$/.test(name) ? 'text/plain; charset=utf-8' : mediaType(name);
}
