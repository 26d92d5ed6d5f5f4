import { isDeepStrictEqual, promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import type { FinishedFile } from '../build/finished.ts';
import { withoutHash } from '../hash.ts';
import type { Manifest } from '../manifest/manifest.ts';
import { listReleases, readRelease } from '../releases/release.ts';
import { isCompressible } from '../storage/encodings.ts';
import type { Storage } from '../storage/storage.ts';

/** What a visitor has who was there before the current release. */
export interface PreviousRelease {
  readonly id: string;
  /** Names of its artifacts. */
  readonly artifacts: ReadonlySet<string>;
}

/**
 * The release that was published last and is not this very build; undefined if there is none. One with the same groups is this
 * build, under whatever id it was published.
 *
 * @throws CompressorError `manifest-invalid`, `release-missing`, `storage-failed`
 */
export async function findPreviousRelease(
  storage: Storage,
  current: Pick<Manifest, 'groups'>,
): Promise<PreviousRelease | undefined> {
  for (const { id } of await listReleases(storage)) {
    const { groups, artifacts } = await readRelease(storage, id);
    if (!isDeepStrictEqual(groups, current.groups)) return { id, artifacts: new Set(Object.keys(artifacts)) };
  }
  return undefined;
}

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
