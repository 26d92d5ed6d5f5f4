import { isDeepStrictEqual } from 'node:util';
import type { FinishedFile } from '../build/finished.ts';
import type { Manifest } from '../manifest/manifest.ts';
import { listReleases, readRelease } from '../releases/release.ts';
import { counterpartsIn } from '../storage/counterparts.ts';
import {
  canBeDictionary,
  compressWithDictionary,
  DICTIONARY_BROTLI,
  isDictionaryWorthwhile,
} from '../storage/dictionary-encodings.ts';
import { isVersioned } from '../storage/dictionary-siblings.ts';
import type { Storage } from '../storage/storage.ts';

/** What a visitor has who was there before the current release. */
export interface PreviousRelease {
  readonly id: string;
  /** Whether it has the very artifact. */
  has(artifact: string): boolean;
  /** The name of the same bundle in it; undefined for what is new. */
  counterpart(artifact: string): string | undefined;
}

/**
 * The release that was published last and is not this very build; undefined if there is none. One with the same groups is this
 * build, under whatever id it was published.
 *
 * @throws CompressorError `manifest-invalid`, `release-missing`, `storage-failed`
 */
export async function findPreviousRelease(
  storage: Storage,
  current: Manifest,
): Promise<PreviousRelease | undefined> {
  for (const { id } of await listReleases(storage)) {
    const manifest = await readRelease(storage, id);
    if (isDeepStrictEqual(manifest.groups, current.groups)) continue;
    const counterpart = counterpartsIn(current, manifest);
    return { id, has: (artifact) => Object.hasOwn(manifest.artifacts, artifact), counterpart };
  }
  return undefined;
}

/**
 * What a visitor who has the files of the previous release downloads of a file: nothing if they have it, else what is published
 * for them, which is the difference to what they have if that saves enough (RFC 9842).
 *
 * @param full what anybody else downloads, in bytes
 */
export async function differenceOf(
  file: FinishedFile,
  full: number,
  previous: PreviousRelease,
  storage: Storage,
): Promise<number> {
  if (previous.has(file.name)) return 0;
  const counterpart = isVersioned(file) ? previous.counterpart(file.name) : undefined;
  const dictionary = counterpart === undefined ? undefined : await storage.read(counterpart);
  if (dictionary === undefined || !canBeDictionary(dictionary, file.size)) return full;
  const difference = await compressWithDictionary(
    await file.load(),
    dictionary,
    DICTIONARY_BROTLI,
    'publishing',
  );
  return isDictionaryWorthwhile(difference.length, full) ? difference.length : full;
}
