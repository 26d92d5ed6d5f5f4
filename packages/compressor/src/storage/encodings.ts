import { promisify } from 'node:util';
import { brotliCompress, constants, gzip, zstdCompress } from 'node:zlib';

/** A content coding (RFC 9110, 8.4.1) that artifacts are kept in beside their plain form. */
export interface Encoding {
  /** As in `Accept-Encoding`. */
  readonly name: 'br' | 'zstd' | 'gzip';
  /** Of the file beside the artifact. */
  readonly suffix: '.br' | '.zst' | '.gz';
}

/** Brotli (RFC 7932). */
export const BROTLI: Encoding = { name: 'br', suffix: '.br' };
/** Zstandard (RFC 8878). */
export const ZSTANDARD: Encoding = { name: 'zstd', suffix: '.zst' };
/** gzip (RFC 1952). */
export const GZIP: Encoding = { name: 'gzip', suffix: '.gz' };

/** The encodings, the smallest result first. */
export const encodings: readonly Encoding[] = [BROTLI, ZSTANDARD, GZIP];

/**
 * How long compressing may take: `waiting` is the strongest that a waiting visitor does not notice, about 50 ms for a
 * megabyte; `publishing` is the strongest there is, more than a second for a megabyte.
 */
export type Effort = 'waiting' | 'publishing';

/** Levels of each compressor. */
const LEVELS = {
  waiting: { brotli: 9, zstd: 12, gzip: 9 },
  publishing: { brotli: constants.BROTLI_MAX_QUALITY, zstd: 19, gzip: 9 },
} as const;

const brotli = promisify(brotliCompress);
const zstd = promisify(zstdCompress);
const zip = promisify(gzip);

/** The same bytes for the same content and effort, on a thread of Node's pool. */
export async function compressBytes(bytes: Uint8Array, { name }: Encoding, effort: Effort): Promise<Buffer> {
  if (name === 'br') return brotli(bytes, { params: brotliParams(bytes.length, effort) });
  if (name === 'zstd') return zstd(bytes, { params: zstdParams(effort) });
  return zip(bytes, { level: LEVELS[effort].gzip });
}

/**
 * Parameters for Node's Brotli.
 *
 * @param size of the content, in bytes
 */
export function brotliParams(size: number, effort: Effort): Record<number, number> {
  return {
    [constants.BROTLI_PARAM_QUALITY]: LEVELS[effort].brotli,
    [constants.BROTLI_PARAM_SIZE_HINT]: size,
  };
}

/** Parameters for Node's Zstandard. */
export function zstdParams(effort: Effort): Record<number, number> {
  return {
    [constants.ZSTD_c_compressionLevel]: LEVELS[effort].zstd,
    [constants.ZSTD_c_windowLog]: ZSTD_WINDOW_LOG,
  };
}

/** 8 MiB: browsers refuse what was made with a larger window (RFC 9659, 3). */
const ZSTD_WINDOW_LOG = 23;

/** Smaller contents save about what the header costs that names the encoding, in bytes. */
export const ENCODED_FROM = 128;

/** Static files above this are sent and published as they are, in bytes: bit by bit, without encodings, and nobody looks into them. */
export const STREAMED_FROM = 4 * 1024 * 1024;

/** What an encoding must save of the size without it to be kept and sent: less is not worth what decoding costs. */
export const SAVED_SHARE = 0.05;

/** Whether an encoding saves enough. */
export function isWorthwhile(size: number, without: number): boolean {
  return size <= without * (1 - SAVED_SHARE);
}

/** Whether content of a media type shrinks: text, and formats that are not compressed in themselves. */
export function isCompressible(type: string): boolean {
  return /^text\/|[/+](?:javascript|json|xml|wasm)\b|^font\/(?:ttf|otf)|^image\/(?:bmp|x-icon|vnd\.microsoft\.icon)/.test(
    type,
  );
}

/** Whether content is worth compressing at all. */
export function isEncoded({ type, size }: { readonly type: string; readonly size: number }): boolean {
  return size >= ENCODED_FROM && isCompressible(type);
}
