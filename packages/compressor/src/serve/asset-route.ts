import { type Builder, entryNames } from '../build/builder.ts';
import { caching } from '../caching.ts';
import { CompressorError } from '../errors.ts';
import { contentHash, withoutHash } from '../hash.ts';
import type { LogLevel } from '../log.ts';
import type { NamedGroup } from '../recipe/signed-recipe.ts';
import { entryFile, groupOfFolder } from '../render/asset-url.ts';
import type { ArtifactStore, KeptArtifact } from '../storage/artifact-store.ts';
import { buildAndKeep } from '../storage/build-and-keep.ts';
import { isVersioned } from '../storage/dictionary-siblings.ts';
import { storageFailure } from '../storage/storage-failure.ts';
import { dictionaryHeader } from './dictionary-headers.ts';
import type { OtherReleases } from './other-releases.ts';
import {
  type AssetRequest,
  type AssetResponse,
  type Content,
  pathOnly,
  plainResponse,
  respond,
} from './response.ts';

/** What the asset route works with. */
export interface AssetRouteContext {
  readonly builder: Builder;
  readonly store: ArtifactStore;
  readonly secrets: readonly string[];
  /** Whether artifacts are sent compressed with older versions that browsers have. */
  readonly withDictionaries: boolean;
  readonly warn: (level: LogLevel, key: string, message: string) => void;
}

/** An artifact, and whether every server would give the same under this name for ever. */
interface Found {
  readonly artifact: KeptArtifact;
  readonly isFinal: boolean;
}

/**
 * Answers a request for `<signed recipe>/<file>`: from what is kept, or by building. A file whose name carries another key
 * than this server's sources give is still answered, but nobody may keep it.
 *
 * @param path what follows the prefix of the assets, percent-encoded as the client sent it
 */
export async function serveAsset(
  request: AssetRequest,
  path: string,
  context: AssetRouteContext,
): Promise<AssetResponse> {
  const [folder = '', file = '', ...rest] = path.split('/');
  const group = rest.length === 0 ? await groupOfFolder(folder, context.secrets, context.store) : undefined;
  if (group === undefined || withoutHash(file) === undefined) return notFound();
  let found: Found | undefined;
  try {
    found = (await findKept(group, file, context)) ?? (await findBuilt(group, file, context));
  } catch (error) {
    if (!(error instanceof CompressorError)) throw error;
    context.warn('error', folder, error.message);
    return plainResponse(500, 'This file could not be built. The log of the server says why.');
  }
  if (found === undefined) return notFound();
  if (!found.isFinal) return respond(request, contentOf(found.artifact, context.store), caching.never);
  const content = context.withDictionaries
    ? versionedContent(request, found.artifact, context.store)
    : contentOf(found.artifact, context.store);
  return respond(request, content, caching.immutable);
}

/** Answers a request for an artifact by its own name, which this server's manifest knows. */
export async function serveArtifact(
  request: AssetRequest,
  name: string,
  store: ArtifactStore,
): Promise<AssetResponse> {
  const artifact = await store.artifact(name);
  if (artifact === undefined) return notFound();
  return respond(request, versionedContent(request, artifact, store), caching.immutable);
}

/** Answers a request for an artifact by its own name, which another release may know; undefined if none does. */
export async function serveOtherRelease(
  request: AssetRequest,
  name: string,
  others: OtherReleases,
  store: ArtifactStore,
): Promise<AssetResponse | undefined> {
  // Static files have a route of their own.
  if (name.includes('/')) return undefined;
  const found = await others.find(name);
  if (found === 'absent') return undefined;
  if (found === 'busy') return plainResponse(503, 'Too many files are looked for.', { 'retry-after': '1' });
  return respond(request, versionedContent(request, found, store), caching.immutable);
}

function notFound(): AssetResponse {
  return plainResponse(404, 'There is no such file.');
}

/** A file that was built before, by this server or by another one with the same storage. */
async function findKept(
  group: NamedGroup,
  file: string,
  context: AssetRouteContext,
): Promise<Found | undefined> {
  const { hash = '' } = withoutHash(file) ?? {};
  try {
    const names = await context.store.entriesOf(group, hash);
    const index = entryIndex(group, hash, file, names?.length ?? 0);
    const name = names === undefined ? file : names[index];
    const artifact = name === undefined ? undefined : await context.store.artifact(name);
    return artifact && { artifact, isFinal: true };
  } catch (error) {
    // A storage that fails costs a build.
    context.warn('error', storageFailure(error), String(error));
    return undefined;
  }
}

async function findBuilt(
  group: NamedGroup,
  file: string,
  context: AssetRouteContext,
): Promise<Found | undefined> {
  const parts = await context.builder.plan(group, group.name);
  const [part] = parts;
  // Cut in two here, joined where the page was made: the sources differ, and no single file is right.
  if (part === undefined || parts.length > 1) return undefined;
  const build = await buildAndKeep(part, context);
  const other = withoutHash(file);
  const exact = build.files.find(({ name }) => name === file);
  if (exact !== undefined) return { artifact: exact, isFinal: true };
  const entry = build.entries[entryIndex(group, other?.hash ?? '', file, build.entries.length)];
  if (entry !== undefined) return { artifact: entry, isFinal: other?.hash === build.key };
  // Pictures and fonts of another version still do; the parts of another version of a script do not.
  const similar = build.files.find(
    ({ name }) => withoutHash(name)?.name === other?.name && !/\.(js|map)$/.test(name),
  );
  return similar && { artifact: similar, isFinal: false };
}

/** Which entry a file name means, whatever key it carries; -1 for none. */
function entryIndex(group: NamedGroup, hash: string, file: string, count: number): number {
  return entryNames(group, count).findIndex((name) => entryFile(name, hash, group.goal) === file);
}

/** An artifact as it is sent. */
export function contentOf({ name, bytes, type }: KeptArtifact, store: ArtifactStore): Content {
  return {
    type,
    hash: withoutHash(name)?.hash ?? contentHash(bytes),
    size: bytes.length,
    open: (range) => (range === undefined ? bytes : bytes.subarray(range.start, range.end + 1)),
    encoded: (encoding) => store.encoded(name, bytes, encoding),
  };
}

/** The content as a version among others: each may be the dictionary for the next. */
function versionedContent(request: AssetRequest, artifact: KeptArtifact, store: ArtifactStore): Content {
  const content = contentOf(artifact, store);
  if (!isVersioned({ ...artifact, size: content.size })) return content;
  return {
    ...content,
    dictionary: {
      header: dictionaryHeader(pathOnly(request.url)),
      encoded: (encoding, hash) => store.encodedWithDictionary(artifact, encoding, hash),
    },
  };
}
