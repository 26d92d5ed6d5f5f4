import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { LRUCache } from 'lru-cache';
import { CompressorError, type Place } from '../errors.ts';
import { contentHash, HASH_LENGTH } from '../hash.ts';
import { unreadable } from './finder.ts';
import { printable } from './names.ts';

/** What a file held when it was read. */
export interface Snapshot {
  readonly path: string;
  readonly bytes: Buffer;
  readonly hash: string;
  /** The file's status-change time in milliseconds; any write, rename or touch moves it. */
  readonly changed: number;
}

/**
 * Reads source files and remembers what they held, until told that one changed. Everything a build uses and every hash
 * in a key comes from here, so that a key always describes the very bytes that were built.
 */
export class SourceReader {
  readonly #limit: number;
  readonly #snapshots: LRUCache<string, Promise<Snapshot>>;
  readonly #hashes = new LRUCache<string, Promise<string>>({ max: REMEMBERED_HASHES });

  /** @param limit largest file that is read whole, in bytes */
  constructor(limit: number) {
    this.#limit = limit;
    this.#snapshots = new LRUCache({ max: REMEMBERED_SNAPSHOTS });
  }

  /**
   * @param name for messages
   * @throws CompressorError `source-unreadable`, `source-too-large`, `source-unstable`
   */
  read(path: string, name: string, place?: Place): Promise<Snapshot> {
    const known = this.#snapshots.get(path);
    if (known !== undefined) return known;
    const snapshot = this.#readNow(path, name, place);
    this.#snapshots.set(path, snapshot);
    snapshot.catch(() => {
      if (this.#snapshots.peek(path) === snapshot) this.#snapshots.delete(path);
    });
    return snapshot;
  }

  /** The content hash of a file of any size, which is not kept in memory. */
  hash(path: string, name: string, place?: Place): Promise<string> {
    const known = this.#hashes.get(path);
    if (known !== undefined) return known;
    const hash = hashFile(path).catch((cause) => {
      if (this.#hashes.peek(path) === hash) this.#hashes.delete(path);
      throw unreadable(name, place, cause);
    });
    this.#hashes.set(path, hash);
    return hash;
  }

  /** Drops what is remembered of a file, because it changed. */
  forget(path: string): void {
    this.#snapshots.delete(path);
    this.#hashes.delete(path);
  }

  /**
   * Whether a file is still what a snapshot says, and was so before a moment: true proves that whoever read the file by
   * itself after that moment saw the same bytes.
   *
   * @param since milliseconds since the epoch
   */
  async isUnchanged(snapshot: Snapshot, since: number): Promise<boolean> {
    try {
      const { ctimeMs } = await stat(snapshot.path);
      return ctimeMs === snapshot.changed && ctimeMs < since - CLOCK_TICK;
    } catch {
      return false; // Gone, so not unchanged.
    }
  }

  async #readNow(path: string, name: string, place: Place | undefined): Promise<Snapshot> {
    for (let attempt = 0; attempt < READ_ATTEMPTS; attempt += 1) {
      const snapshot = await this.#readOnce(path, name, place);
      if (snapshot !== undefined) return snapshot;
    }
    throw new CompressorError('source-unstable', {
      message: `"${printable(name)}" changes while it is read`,
      place,
    });
  }

  /** Undefined if the file changed meanwhile. */
  async #readOnce(path: string, name: string, place: Place | undefined): Promise<Snapshot | undefined> {
    try {
      await using file = await open(path);
      const before = await file.stat();
      if (before.size > this.#limit) {
        throw new CompressorError('source-too-large', {
          message: `"${printable(name)}" has ${before.size} bytes; the limit is ${this.#limit}`,
          place,
        });
      }
      const bytes = await file.readFile();
      const after = await file.stat();
      if (after.ctimeMs !== before.ctimeMs) return undefined;
      return { path, bytes, hash: contentHash(bytes), changed: after.ctimeMs };
    } catch (cause) {
      if (cause instanceof CompressorError) throw cause;
      throw unreadable(name, place, cause);
    }
  }
}

async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex').slice(0, HASH_LENGTH);
}

/** File systems stamp changes with a clock that may lag this much, in milliseconds. */
const CLOCK_TICK = 10;
const READ_ATTEMPTS = 5;
const REMEMBERED_SNAPSHOTS = 5_000;
const REMEMBERED_HASHES = 50_000;
