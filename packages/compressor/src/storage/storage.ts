/**
 * Where artifacts and what is known of them are kept. Nothing in it is ever changed or overwritten: a name is written once,
 * and whoever reads it sees all of it or nothing. Names are relative, with forward slashes, of the characters
 * `A-Z a-z 0-9 _ . -`.
 */
export interface Storage {
  /** The content under a name; undefined if there is none. */
  read(name: string): Promise<Buffer | undefined>;
  /** The size of what is under a name, in bytes; undefined if there is nothing. */
  size(name: string): Promise<number | undefined>;
  /**
   * Puts content under a name, unless something is there already. Several writers of one name do no harm.
   *
   * @throws CompressorError `storage-failed`
   */
  write(name: string, content: Uint8Array): Promise<void>;
}

const NAME = /^(?:[\w-][\w.-]*\/)*[\w-][\w.-]*$/;

/** Whether a name may be given to a storage. */
export function isStorageName(name: string): boolean {
  return name.length <= NAME_LENGTH && NAME.test(name);
}

/** File systems take parts of 255 bytes; the rest is room for suffixes. */
const NAME_LENGTH = 200;
