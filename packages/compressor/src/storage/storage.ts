import type { Readable } from 'node:stream';

/**
 * Where artifacts and releases are kept. Nothing in it is ever overwritten: a name is written once, and whoever reads it sees
 * all of it or nothing. Names are relative, with forward slashes; {@link isStorageName} says which characters they may hold.
 *
 * Every method rejects with a CompressorError `storage-failed` when the storage itself fails. Reading a name that no storage
 * could keep finds nothing; writing it is refused.
 */
export interface Storage {
  /** The content under a name; undefined if there is none. */
  read(name: string): Promise<Buffer | undefined>;
  /**
   * The content under a name, bit by bit, for what is too large for memory; undefined if there is none.
   *
   * @param range only these bytes, of those that are there
   */
  open(name: string, range?: ByteRange): Promise<Readable | undefined>;
  /** Size and age of what is under a name; undefined if there is nothing. It sees whatever was written before it was asked. */
  stat(name: string): Promise<StoredFile | undefined>;
  /**
   * Puts content under a name, unless something is there already. Several writers of one name do no harm.
   *
   * @param modified the time it counts as written, where the storage can set it; default: now
   * @returns whether it was written; false if something was there
   */
  write(name: string, content: StoredContent, modified?: Date): Promise<boolean>;
  /** Makes what is under a name as young as if it were written now. Does nothing where there is nothing. */
  touch(name: string): Promise<void>;
  /** Deletes what is under a name. Does nothing where there is nothing. */
  remove(name: string): Promise<void>;
  /**
   * All that is kept under names that begin so, in no order. It may lack what was written a moment ago.
   *
   * @param prefix empty for everything; else what names begin with, such as `releases/`
   */
  list(prefix: string): AsyncIterable<StoredFile>;
  /** Deletes what interrupted writes left behind, of which nothing else speaks; for storages in which they leave something. */
  tidy?(): Promise<void>;
  /** Ends connections. */
  close?(): Promise<void>;
}

/** What serving takes of a storage. */
export type ServerStorage = Pick<Storage, 'read' | 'open' | 'stat' | 'write' | 'remove'>;

/** A stretch of content: the first byte and the last, both included, from 0. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** What a storage knows of something it keeps. */
export interface StoredFile {
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  /** When it was written or touched last. */
  readonly modified: Date;
}

/** Content to be kept: bytes, or something that can be read from the start as often as the storage tries. */
export type StoredContent = Uint8Array | { readonly size: number; open(): Readable };

/** Parts that no common file system or bucket refuses, and that do not begin with a dot. */
const NAME = /^(?:[^\p{C}\\/:*?"<>|.][^\p{C}\\/:*?"<>|]*\/)*[^\p{C}\\/:*?"<>|.][^\p{C}\\/:*?"<>|]*$/u;

/** Whether a name may be given to a storage. */
export function isStorageName(name: string): boolean {
  if (!NAME.test(name) || Buffer.byteLength(name) > NAME_BYTES) return false;
  return name.split('/').every((part) => Buffer.byteLength(part) <= PART_BYTES && !/[ .]$/.test(part));
}

/** Buckets take names of 1,024 bytes, file systems parts of 255; the rest is room for suffixes. */
const NAME_BYTES = 900;
const PART_BYTES = 210;
