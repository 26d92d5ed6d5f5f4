import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import type { FinishedFile } from '../build/finished.ts';
import { withoutHash } from '../hash.ts';
import { parseManifest } from '../manifest/manifest.ts';
import { compare } from '../offline/diagnostic.ts';
import { isCompressible } from '../storage/encodings.ts';
import type { Storage } from '../storage/storage.ts';

/** What a visitor has who was there before the current release. */
export interface PreviousRelease {
  readonly id: string;
  /** Names of its artifacts. */
  readonly artifacts: ReadonlySet<string>;
}

/**
 * The release that was written last before a certain one; undefined if there is none.
 *
 * @param current the id of that one, whether it was written or not
 * @throws CompressorError `manifest-invalid`, `storage-failed`
 */
export async function findPreviousRelease(
  storage: Storage,
  current: string,
): Promise<PreviousRelease | undefined> {
  const releases: { id: string; name: string; modified: Date }[] = [];
  for await (const { name, modified } of storage.list(FOLDER)) {
    const id = ID.exec(name)?.[1];
    if (id !== undefined && id !== current) releases.push({ id, name, modified });
  }
  releases.sort((a, b) => b.modified.getTime() - a.modified.getTime() || compare(a.name, b.name));
  for (const { name, id } of releases) {
    const text = await storage.read(name);
    if (text === undefined) continue;
    return { id, artifacts: new Set(Object.keys(parseManifest(text.toString(), name).artifacts)) };
  }
  return undefined;
}

const FOLDER = 'releases/';
const ID = /^releases\/([0-9a-f]{16})\.json$/;

/**
 * What a visitor who has the files of the previous release downloads of a file: nothing if they have it, else what differs from a
 * file of the same plain name, compressed with that as the dictionary (RFC 9842).
 *
 * @param full what anybody else downloads, in bytes
 */
export async function differenceOf(
  file: FinishedFile,
  full: number,
  previous: PreviousRelease,
  storage: Storage,
): Promise<number> {
  if (previous.artifacts.has(file.name)) return 0;
  if (!isCompressible(file.type)) return full;
  const plain = withoutHash(file.name)?.name;
  const counterparts = [...previous.artifacts].filter((name) => withoutHash(name)?.name === plain);
  let smallest = full;
  for (const name of counterparts.slice(0, COUNTERPARTS)) {
    const dictionary = await storage.read(name);
    if (dictionary === undefined) continue;
    const bytes = await file.load();
    // The types of Node do not know the dictionary of Brotli.
    const options = {
      dictionary,
      params: {
        [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      },
    };
    const difference = await brotli(bytes, options);
    smallest = Math.min(smallest, DICTIONARY_HEADER + difference.length);
  }
  return smallest;
}

const brotli = promisify(brotliCompress);

/** A site may call many files the same; so many of them are tried. */
const COUNTERPARTS = 4;

/** Magic number and hash of the dictionary before the stream (RFC 9842, 4). */
const DICTIONARY_HEADER = 36;
