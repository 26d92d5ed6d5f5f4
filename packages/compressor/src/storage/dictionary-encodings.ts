import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, zstdCompress } from 'node:zlib';
import { HASH_LENGTH } from '../hash.ts';
import { brotliParams, type Effort, zstdParams } from './encodings.ts';

/** A content coding that only a client can undo which already has another content, the dictionary (RFC 9842). */
export interface DictionaryEncoding {
  /** As in `Accept-Encoding`. */
  readonly name: 'dcb' | 'dcz';
  /** Of the file beside the artifact. */
  readonly suffix: '.dcb' | '.dcz';
  /** What the bytes begin with, before the hash of the dictionary. */
  readonly magic: Buffer;
}

/** Brotli with a dictionary. */
export const DICTIONARY_BROTLI: DictionaryEncoding = {
  name: 'dcb',
  suffix: '.dcb',
  magic: Buffer.from('ff444342', 'hex'),
};

/** Zstandard with a dictionary. */
export const DICTIONARY_ZSTANDARD: DictionaryEncoding = {
  name: 'dcz',
  suffix: '.dcz',
  magic: Buffer.from('5e2a4d1820000000', 'hex'),
};

/** The encodings with a dictionary, the smallest result first. */
export const dictionaryEncodings: readonly DictionaryEncoding[] = [DICTIONARY_BROTLI, DICTIONARY_ZSTANDARD];

const brotli = promisify(brotliCompress);
const zstd = promisify(zstdCompress);

/** The full SHA-256 that a dictionary is known by in headers. */
export function dictionaryHash(dictionary: Buffer): Buffer {
  return createHash('sha256').update(dictionary).digest();
}

/** Compresses with a dictionary: the same bytes for the same contents and effort. */
export async function compressWithDictionary(
  bytes: Uint8Array,
  dictionary: Buffer,
  { name, magic }: DictionaryEncoding,
  effort: Effort,
): Promise<Buffer> {
  // The types of Node know the dictionary of Zstandard only.
  const brotliOptions = { dictionary, params: brotliParams(bytes.length, effort) };
  const stream =
    name === 'dcb'
      ? await brotli(bytes, brotliOptions)
      : await zstd(bytes, { dictionary, params: zstdParams(effort) });
  return Buffer.concat([magic, dictionaryHash(dictionary), stream]);
}

/** Whether bytes are in this encoding, made with the dictionary of this hash. */
export function isMadeWith(bytes: Buffer, hash: Buffer, { magic }: DictionaryEncoding): boolean {
  return bytes.subarray(0, magic.length + hash.length).equals(Buffer.concat([magic, hash]));
}

/** The name that content is kept under in an encoding with a dictionary. */
export function dictionaryEncodingName(
  artifact: string,
  hash: Buffer,
  { suffix }: DictionaryEncoding,
): string {
  return `${artifact}.${hash.toString('hex').slice(0, HASH_LENGTH)}${suffix}`;
}

/**
 * Whether a content may be the dictionary of another: together they must fit the window that every browser has, so that all
 * of the dictionary can be referred to; and Zstandard must not take it for a dictionary in its own format.
 *
 * @param size of the other, in bytes
 */
export function canBeDictionary(dictionary: Buffer, size: number): boolean {
  const isZstandard = dictionary.subarray(0, 4).equals(ZSTANDARD_DICTIONARY);
  return dictionary.length > 0 && dictionary.length + size <= DICTIONARY_WINDOW && !isZstandard;
}

/** Largest content together with its dictionary, in bytes: a window that RFC 9842, 4 and 5 demand of all clients. */
export const DICTIONARY_WINDOW = 8 * 1024 * 1024;

const ZSTANDARD_DICTIONARY = Buffer.from('37a430ec', 'hex');

/** What an encoding with a dictionary must save of the size with Brotli alone to be kept and sent. Shared caches cannot keep it. */
export const SAVED_BY_DICTIONARY = 0.2;

/** Whether an encoding with a dictionary saves enough. */
export function isDictionaryWorthwhile(size: number, withoutDictionary: number): boolean {
  return size <= withoutDictionary * (1 - SAVED_BY_DICTIONARY);
}
