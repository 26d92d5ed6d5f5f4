import { withoutHash } from '../hash.ts';
import { mapLimited } from '../limit.ts';
import { type Manifest, STATIC_FOLDER } from '../manifest/manifest.ts';
import { siblingOf } from '../storage/sibling.ts';
import type { Storage, StoredFile } from '../storage/storage.ts';
import { type Lock, takeLock } from './gc-lock.ts';
import { listReleases, type Release, readRelease, releaseFile, removeRelease } from './release.ts';

/** What to keep. */
export interface Retention {
  /** So many releases are kept, those published last. */
  readonly keep: number;
  /** Whatever is younger is kept, releases and files, in milliseconds. */
  readonly olderThan: number;
  /** Releases that are kept whatever their age: those known to be in use. */
  readonly pinned: readonly string[];
}

/** What was deleted, or would be. */
export interface Collected {
  /** The releases that stay, the one published last first. */
  readonly kept: readonly Release[];
  readonly releases: readonly Release[];
  readonly files: readonly StoredFile[];
}

/**
 * Deletes the releases that need not be kept, then every file that no remaining release names. A release goes before its
 * files: whatever happens on the way, no release is left whose files are gone.
 *
 * Only files that the compressor itself made are looked at. What builds during requests left goes by age alone: it is built
 * again when somebody asks for it. What interrupted writes left behind goes too, and is not told of.
 *
 * @param now milliseconds since the epoch; default: by the clock of the storage, because the times of its files are
 * @throws CompressorError `gc-running`, `storage-failed`; `manifest-invalid` if a release that is kept cannot be read, because
 * nobody knows then what it needs
 */
export async function collectGarbage(
  storage: Storage,
  retention: Retention,
  isDryRun: boolean,
  now?: number,
): Promise<Collected> {
  // Only who writes learns the time of a storage.
  if (isDryRun) return findGarbage(storage, retention, now ?? Date.now());
  const lock = await takeLock(storage);
  try {
    return await remove(storage, lock, retention, now ?? lock.taken.getTime());
  } finally {
    await lock.release();
  }
}

async function remove(storage: Storage, lock: Lock, retention: Retention, now: number): Promise<Collected> {
  const garbage = await findGarbage(storage, retention, now);
  for (const { id } of garbage.releases) {
    await lock.renew();
    await removeRelease(storage, id);
  }
  const removed = await mapLimited(garbage.files, DELETED_AT_ONCE, async (file) => {
    await lock.renew();
    // A list may be late: whoever published a moment ago made the file young again.
    const current = await storage.stat(file.name);
    if (current === undefined || !isOld(current, retention, now)) return undefined;
    await storage.remove(file.name);
    return file;
  });
  await storage.tidy?.();
  return { ...garbage, files: removed.filter((file) => file !== undefined) };
}

async function findGarbage(storage: Storage, retention: Retention, now: number): Promise<Collected> {
  // Files first: a release that appears meanwhile names files that are not in this list, or are young.
  const files: StoredFile[] = [];
  for await (const file of storage.list('')) files.push(file);
  const all = await listReleases(storage);
  const kept: Release[] = [];
  const releases: Release[] = [];
  for (const [index, release] of all.entries()) {
    const isKept =
      index < retention.keep ||
      retention.pinned.includes(release.id) ||
      !isOld({ modified: release.published }, retention, now);
    (isKept ? kept : releases).push(release);
  }
  const live = new Set(kept.map(({ id }) => releaseFile(id)));
  const manifests = await mapLimited(kept, READ_AT_ONCE, ({ id }) => readRelease(storage, id));
  for (const name of manifests.flatMap(filesOf)) live.add(name);
  return {
    kept,
    releases,
    files: files.filter(
      (file) =>
        isOwn(file.name) &&
        !live.has(file.name) &&
        !live.has(siblingOf(file.name) ?? '') &&
        isOld(file, retention, now),
    ),
  };
}

/** All files that a release needs. */
function filesOf({ artifacts, statics = {} }: Manifest): string[] {
  return [...Object.keys(artifacts), ...Object.values(statics).map((name) => STATIC_FOLDER + name)];
}

function isOld({ modified }: Pick<StoredFile, 'modified'>, { olderThan }: Retention, now: number): boolean {
  return now - modified.getTime() >= olderThan;
}

/** Whether the compressor writes files under names like this. Releases are dealt with on their own. */
function isOwn(name: string): boolean {
  return [name, siblingOf(name)].some(
    (own) => own !== undefined && (withoutHash(own) !== undefined || IN_REQUEST.test(own)),
  );
}

/** Records of builds during requests, and encodings of static files. Recipes stay: nothing else says what their URLs mean. */
const IN_REQUEST = /^(?:builds\/[^/]+\.json|static\/[0-9a-f]{16})$/;

const DELETED_AT_ONCE = 16;
const READ_AT_ONCE = 8;
