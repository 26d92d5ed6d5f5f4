import { CompressorError } from '../errors.ts';
import { HASH_LENGTH } from '../hash.ts';
import { type Manifest, parseManifest, releaseId } from '../manifest/manifest.ts';
import type { Storage } from '../storage/storage.ts';

/** A release as a storage knows it. */
export interface Release {
  readonly id: string;
  /** When it was published last. */
  readonly published: Date;
}

const FOLDER = 'releases/';
const SUFFIX = '.json';
const ID = /^[A-Za-z0-9][\w.-]{0,99}$/;
const HASH_ID = new RegExp(`^[0-9a-f]{${HASH_LENGTH}}$`);

/**
 * Whether a text can be the id of a release: up to 100 letters, digits, `.`, `_` and `-`, with a letter or digit first. One of 16
 * hexadecimal digits is the hash of its manifest.
 */
export function isReleaseId(text: string): boolean {
  return ID.test(text);
}

/** The releases of a storage, the one published last first. */
export async function listReleases(storage: Storage): Promise<Release[]> {
  const releases: Release[] = [];
  for await (const { name, modified } of storage.list(FOLDER)) {
    const id = idOf(name);
    if (id !== undefined) releases.push({ id, published: modified });
  }
  return releases.sort((a, b) => b.published.getTime() - a.published.getTime() || (a.id < b.id ? -1 : 1));
}

/**
 * The manifest of a release.
 *
 * @throws CompressorError `release-missing`; `manifest-invalid` if it is damaged, or not what its id says
 */
export async function readRelease(storage: Pick<Storage, 'read'>, id: string): Promise<Manifest> {
  const file = releaseFile(id);
  const text = (await storage.read(file))?.toString();
  if (text === undefined) {
    throw new CompressorError('release-missing', { message: `the storage has no release "${id}"` });
  }
  const help = `Publish the release again. If its id is taken, delete ${file} in the storage first.`;
  if (!mayMean(id, text)) {
    throw new CompressorError('manifest-invalid', {
      message: 'the content is not what the id of the release says',
      place: { file },
      help,
    });
  }
  return parseManifest(text, file, help);
}

/**
 * Makes sure that an id is free, or stands for this very manifest. What is not what its id says is damaged, and thrown away.
 *
 * @throws CompressorError `release-taken`
 */
export async function claimRelease(storage: Storage, id: string, text: string): Promise<void> {
  if (!mayMean(id, text)) {
    throw new CompressorError('release-taken', {
      message: `"${id}" could only be the release with that hash, and this one has the hash ${releaseId(text)}`,
      help: 'Choose an id that is not made of 16 hexadecimal digits, or leave --release out.',
    });
  }
  const kept = (await storage.read(releaseFile(id)))?.toString();
  if (kept === undefined || kept === text) return;
  if (!mayMean(id, kept)) return removeRelease(storage, id);
  throw new CompressorError('release-taken', {
    message: `the storage has another release "${id}", made from other sources`,
  });
}

/**
 * Writes a release, the step that makes it known.
 *
 * @throws CompressorError `release-taken` if somebody published another one under this id meanwhile
 */
export async function writeRelease(storage: Storage, id: string, text: string): Promise<void> {
  const file = releaseFile(id);
  if (await storage.write(file, Buffer.from(text))) return;
  await claimRelease(storage, id, text);
  // Published again, it is the newest once more.
  await storage.touch(file);
}

/** Forgets a release. Its files stay until nothing else names them. */
export async function removeRelease(storage: Storage, id: string): Promise<void> {
  await storage.remove(releaseFile(id));
}

/** The name that a release is kept under. */
export function releaseFile(id: string): string {
  return FOLDER + id + SUFFIX;
}

/** Whether an id may stand for a manifest: one that looks like a hash stands for what has that hash. */
function mayMean(id: string, text: string): boolean {
  return !HASH_ID.test(id) || releaseId(text) === id;
}

function idOf(name: string): string | undefined {
  const id = name.endsWith(SUFFIX) ? name.slice(FOLDER.length, -SUFFIX.length) : '';
  return isReleaseId(id) ? id : undefined;
}
