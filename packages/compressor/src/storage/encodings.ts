import { promisify } from 'node:util';
import { brotliCompress, constants, gzip, zstdCompress } from 'node:zlib';

/** A content coding (RFC 9110, 8.4.1) that artifacts are kept in beside their plain form. */
export interface Encoding {
  /** As in `Accept-Encoding`. */
  readonly name: 'br' | 'zstd' | 'gzip';
  /** Of the file beside the artifact. */
  readonly suffix: '.br' | '.zst' | '.gz';
}

/** The encodings, the smallest result first. */
export const encodings: readonly Encoding[] = [
  { name: 'br', suffix: '.br' },
  { name: 'zstd', suffix: '.zst' },
  { name: 'gzip', suffix: '.gz' },
];

const brotli = promisify(brotliCompress);
const zstd = promisify(zstdCompress);
const zip = promisify(gzip);

/**
 * Compresses with the strongest level that a waiting visitor does not notice: about 50 ms for a megabyte.
 */
export async function compressBytes(bytes: Uint8Array, { name }: Encoding): Promise<Buffer> {
  if (name === 'br') {
    const params = {
      [constants.BROTLI_PARAM_QUALITY]: 9,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    };
    return brotli(bytes, { params });
  }
  if (name === 'zstd') return zstd(bytes, { params: { [constants.ZSTD_c_compressionLevel]: 12 } });
  return zip(bytes, { level: 9 });
}

/** Smaller contents gain nothing worth a second file, in bytes. */
export const ENCODED_FROM = 256;

/** Whether content of a media type shrinks: text, and formats that are not compressed in themselves. */
export function isCompressible(type: string): boolean {
  return /^text\/|[/+](?:javascript|json|xml|wasm)\b|^font\/(?:ttf|otf)|^image\/(?:bmp|x-icon|vnd\.microsoft\.icon)/.test(
    type,
  );
}
