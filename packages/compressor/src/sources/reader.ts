import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { LRUCache } from 'lru-cache';
import { CompressorError, type Place } from '../errors.ts';
import { contentHash, HASH_LENGTH } from '../hash.ts';
import { unreadable } from './finder.ts';
import { printable } from './names.ts';
import { readAtOnce } from './reader-at-once.ts';

/** What a file held when it was read. */
export interface Snapshot {
  readonly path: string;
  readonly bytes: Buffer;
  readonly hash: string;
  /** The file's status-change time in milliseconds; any write, rename or touch moves it. */
  readonly changed: number;
}

/** The hash of a file, and its status-change time when it was taken. */
export type Stamp = Pick<Snapshot, 'hash' | 'changed'>;

/**
 * Reads source files and remembers what they held, until told that one changed. Everything a build uses and every hash
 * in a key comes from here, so that a key always describes the very bytes that were built.
 */
export class SourceReader {
  /** The largest file that is read whole, in bytes. */
  readonly limit: number;
  readonly #snapshots: LRUCache<string, Snapshot>;
  readonly #reading = new Map<string, Promise<Snapshot>>();
  /** Bounded by a size and not by a number: for a number, the cache takes all of its memory at once, which costs 10 ms for each reader. */
  readonly #stamps = new LRUCache<string, Promise<Stamp>>({
    maxSize: REMEMBERED_HASHES,
    sizeCalculation: () => 1,
  });

  /**
   * @param limit largest file that is read whole, in bytes
   * @param memory most memory for what is remembered of files, in bytes
   */
  constructor(limit: number, memory = REMEMBERED_BYTES) {
    this.limit = limit;
    this.#snapshots = new LRUCache({ maxSize: memory, sizeCalculation: ({ bytes }) => bytes.length + 1 });
  }

  /**
   * @param name for messages
   * @throws CompressorError `source-unreadable`, `source-too-large`, `source-unstable`
   */
  read(path: string, name: string, place?: Place): Promise<Snapshot> {
    const known = this.#snapshots.get(path);
    if (known !== undefined) return Promise.resolve(known);
    const running = this.#reading.get(path);
    if (running !== undefined) return running;
    const reading = this.#readNow(path, name, place);
    this.#reading.set(path, reading);
    // Where someone told meanwhile that the file changed, the result is for whoever asked before, and not to be remembered.
    const isLatest = () => this.#reading.get(path) === reading && this.#reading.delete(path);
    reading.then((snapshot) => isLatest() && this.#snapshots.set(path, snapshot), isLatest);
    return reading;
  }

  /**
   * The same for a file that a tool read a moment ago, so that the system has it at hand: to wait for a small one would take
   * ten times as long as to read it.
   *
   * @throws CompressorError what {@link SourceReader.read} throws
   */
  readAgain(path: string, name: string): Promise<Snapshot> {
    if (this.#snapshots.has(path) || this.#reading.has(path)) return this.read(path, name);
    const snapshot = readAtOnce(path, this.limit);
    if (snapshot === undefined) return this.read(path, name);
    this.#snapshots.set(path, snapshot);
    return Promise.resolve(snapshot);
  }

  /** What a file holds now, even if nobody has told yet that it changed. */
  async readCurrent(path: string, name: string): Promise<Snapshot> {
    const snapshot = await this.read(path, name);
    if ((await changeTime(path, name)) === snapshot.changed) return snapshot;
    this.forget(path);
    return this.read(path, name);
  }

  /** The content hash of a file of any size, which is not kept in memory. */
  async hash(path: string, name: string, place?: Place): Promise<string> {
    return (await this.#stamp(path, name, place)).hash;
  }

  /** The hash of what a file holds now, and the time by which to tell that it still does. */
  async stampCurrent(path: string, name: string): Promise<Stamp> {
    const stamp = await this.#stamp(path, name);
    if ((await changeTime(path, name)) === stamp.changed) return stamp;
    this.forget(path);
    return this.#stamp(path, name);
  }

  /** Drops what is remembered of a file, because it changed. */
  forget(path: string): void {
    this.#snapshots.delete(path);
    this.#reading.delete(path);
    this.#stamps.delete(path);
  }

  #stamp(path: string, name: string, place?: Place): Promise<Stamp> {
    const known = this.#stamps.get(path);
    if (known !== undefined) return known;
    const stamp = stampFile(path).catch((cause) => {
      if (this.#stamps.peek(path) === stamp) this.#stamps.delete(path);
      throw unreadable(name, place, cause);
    });
    this.#stamps.set(path, stamp);
    return stamp;
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
      if (before.size > this.limit) {
        throw new CompressorError('source-too-large', {
          message: `"${printable(name)}" has ${before.size} bytes; the limit is ${this.limit}`,
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

/** A change while the file is read moves its time, so that the stamp is found outdated when it is looked at. */
async function stampFile(path: string): Promise<Stamp> {
  const { ctimeMs } = await stat(path);
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return { hash: hash.digest('hex').slice(0, HASH_LENGTH), changed: ctimeMs };
}

async function changeTime(path: string, name: string): Promise<number> {
  try {
    return (await stat(path)).ctimeMs;
  } catch (cause) {
    throw unreadable(name, undefined, cause);
  }
}

/** File systems stamp changes with a clock that may lag this much, in milliseconds. */
const CLOCK_TICK = 10;
const READ_ATTEMPTS = 5;
/** Memory for what was read of files, in bytes. */
const REMEMBERED_BYTES = 64 * 1024 * 1024;
const REMEMBERED_HASHES = 50_000;
