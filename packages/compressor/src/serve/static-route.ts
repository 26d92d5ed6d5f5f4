import { closeSync, createReadStream, fstatSync, openSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { mediaType } from '../build/artifact.ts';
import { caching } from '../caching.ts';
import { CompressorError } from '../errors.ts';
import { withoutHash } from '../hash.ts';
import { STATIC_FOLDER } from '../manifest/manifest.ts';
import { type Finder, type FoundFile, unreadable } from '../sources/finder.ts';
import { printable } from '../sources/names.ts';
import type { SourceReader } from '../sources/reader.ts';
import type { ArtifactStore, KeptArtifact, KeptStream } from '../storage/artifact-store.ts';
import { STREAMED_FROM } from '../storage/encodings.ts';
import { contentOf } from './asset-route.ts';
import { OtherReleases } from './other-releases.ts';
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
  /** The same, to tell them from names that anybody made up. */
  readonly own: ReadonlySet<string>;
  readonly others: OtherReleases<KeptArtifact | KeptStream>;
}

/** @param names the fingerprinted names of this server's release, by names; none if it was published without static files */
export function publishedStatics(
  names: Readonly<Record<string, string>>,
  store: ArtifactStore,
): PublishedStatics {
  return {
    names: new Map(Object.entries(names)),
    own: new Set(Object.values(names)),
    others: new OtherReleases({
      artifact: (name) => store.published(name),
      isReady: (name) => store.isReady(name),
    }),
  };
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
  const content = file && (await contentOnDisk(file, context));
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
  if (published === undefined) return undefined;
  const current = published.names.get(name);
  const fingerprinted = current ?? name;
  const stored = STATIC_FOLDER + fingerprinted;
  const isOwn = published.own.has(fingerprinted);
  const found = isOwn ? await store.published(stored) : await published.others.find(stored);
  if (found === undefined || found === 'absent') return undefined;
  if (found === 'busy') return plainResponse(503, 'Too many files are looked for.', { 'retry-after': '1' });
  const content = 'bytes' in found ? contentOf(found, store) : streamedContent(found);
  const caches = current === undefined ? caching.immutable : caching.revalidate;
  return respond(request, { ...content, type: servedType(name) }, caches);
}

function streamedContent({ name, type, size, open }: KeptStream): Content {
  return { type, hash: withoutHash(name)?.hash ?? '', size, open };
}

function notFound(): AssetResponse {
  return plainResponse(404, 'There is no such file.');
}

async function contentOnDisk(file: FoundFile, context: StaticRouteContext): Promise<Content> {
  const { size } = await stat(file.path).catch((cause) => {
    throw unreadable(file.name, undefined, cause);
  });
  const isSmall = size <= Math.min(STREAMED_FROM, context.reader.limit);
  return isSmall ? wholeFile(file, context) : largeFile(file, size, context);
}

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
