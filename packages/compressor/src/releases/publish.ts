import { CompressorError } from '../errors.ts';
import { mapLimited } from '../limit.ts';
import { type Sibling, type SizeOf, siblingOf } from '../storage/sibling.ts';
import type { Storage, StoredContent, StoredFile } from '../storage/storage.ts';
import { untilUnlocked } from './gc-lock.ts';
import { claimRelease, releaseFile, writeRelease } from './release.ts';

/** A file of a release. */
export interface Publishable {
  readonly name: string;
  readonly size: number;
  load(): Promise<StoredContent>;
  /**
   * What is kept beside it: its encodings.
   *
   * @param sizeOf the size of what the storage has already under a name, in bytes; that need not be made again
   */
  siblings(sizeOf: SizeOf): Promise<readonly Sibling[]>;
}

/** A release to be published. */
export interface Publication {
  readonly id: string;
  /** Its manifest. */
  readonly text: string;
  readonly files: readonly Publishable[];
}

/** How to publish. */
export interface Publishing {
  readonly storage: Storage;
  /** How many files are on their way at once. */
  readonly concurrency: number;
  /** Whether each file is asked for once more at the end, even if the storage said that it has it. */
  readonly isThorough: boolean;
  readonly onProgress?: (done: number, name: string) => void;
  /** Told when somebody else deletes files in the storage, who must be done first. */
  readonly onWait?: () => void;
  /** Lets time go by while somebody else deletes. Default: half a second. */
  readonly pause?: () => Promise<unknown>;
}

/**
 * Publishes a release: its files first, each after its encodings, and the release last. Until then the storage says nothing of
 * it. Publishing what is there already writes nothing.
 *
 * Somebody may collect what no release names at the same time. What began to collect before the release was known may delete
 * files that were there when publishing began: so it waits for them to end, then looks whether every file is there, and writes
 * those that are not. Whoever begins later knows the release.
 *
 * @throws CompressorError `storage-failed`, `release-taken`; `artifact-missing` if a file is not there in the end
 */
export async function publish({ id, text, files }: Publication, publishing: Publishing): Promise<void> {
  const { storage, concurrency, isThorough, onProgress, onWait = () => {}, pause } = publishing;
  await claimRelease(storage, id, text);
  const kept = await keptIn(storage);
  const started = new Date();
  let done = 0;
  const reused = new Set<string>();
  await mapLimited(files, concurrency, async (file) => {
    if (!(await publishFile(file, kept, started, storage))) reused.add(file.name);
    done += 1;
    onProgress?.(done, file.name);
  });
  do {
    await writeRelease(storage, id, text);
    await untilUnlocked(storage, onWait, pause);
    // Whoever collected meanwhile may have found this very release, published long ago.
  } while ((await storage.stat(releaseFile(id))) === undefined);
  const now = isThorough ? NOTHING : await keptIn(storage);
  await mapLimited(files, concurrency, (file) =>
    verify(file, reused.has(file.name) ? NOTHING : now, started, storage),
  );
}

/** What a storage keeps, by artifact: the artifact itself, if it is there, and all that is beside it. */
type Kept = ReadonlyMap<string, readonly StoredFile[]>;

const NOTHING: Kept = new Map();

async function keptIn(storage: Storage): Promise<Kept> {
  const kept = new Map<string, StoredFile[]>();
  const add = (artifact: string, file: StoredFile) => {
    const files = kept.get(artifact);
    if (files === undefined) kept.set(artifact, [file]);
    else files.push(file);
  };
  for await (const file of storage.list('')) {
    add(file.name, file);
    const artifact = siblingOf(file.name);
    if (artifact !== undefined) add(artifact, file);
  }
  return kept;
}

/** Says whether the file had to be written. */
async function publishFile(file: Publishable, kept: Kept, started: Date, storage: Storage): Promise<boolean> {
  const { name, size } = file;
  const there = kept.get(name) ?? [];
  const names = new Map(there.map((stored) => [stored.name, stored]));
  // A sibling that was cut off, or belongs to a file that was, has no size to tell it by: it goes with its file.
  const isWhole = (names.get(name)?.size ?? size) === size;
  if (!isWhole) {
    for (const stored of there) await storage.remove(stored.name);
    names.clear();
  }
  for (const { name: beside, bytes } of await file.siblings((other) => names.get(other)?.size)) {
    await storage.write(beside, bytes, started);
  }
  const isNew = !names.has(name);
  if (isNew) await storage.write(name, await file.load(), started);
  for (const stored of names.values()) {
    if (started.getTime() - stored.modified.getTime() > TOUCHED_AFTER) await storage.touch(stored.name);
  }
  return isNew;
}

/**
 * Looks whether a file is there, and writes it again if not.
 *
 * @param now what the storage lists; a list may be late, so what is not in it is asked for
 */
async function verify(file: Publishable, now: Kept, started: Date, storage: Storage): Promise<void> {
  const { name, size } = file;
  if (now.get(name)?.some((stored) => stored.name === name && stored.size === size)) return;
  if ((await storage.stat(name))?.size === size) return;
  await publishFile(file, NOTHING, started, storage);
  const stored = await storage.stat(name);
  if (stored?.size === size) return;
  const found = stored === undefined ? 'it is not there' : `it has ${stored.size} bytes instead of ${size}`;
  throw new CompressorError('artifact-missing', {
    message: `"${name}" was written to the storage, but ${found}`,
  });
}

/**
 * What is older than this is made young again when a release uses it, so that nobody collects it meanwhile, even if the storage
 * lists late; in milliseconds.
 */
const TOUCHED_AFTER = 60 * 60_000;
