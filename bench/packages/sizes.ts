import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

/** How long a text is, as it is and as it is sent. */
export interface Sizes {
  readonly raw: number;
  readonly gzip: number;
  readonly brotli: number;
  /** Bytes of licence comments in it, uncompressed. */
  readonly licences: number;
}

/** Sizes with the strongest levels: gzip 9, Brotli 11. */
export function sizesOf(text: string): Sizes {
  const bytes = Buffer.from(text);
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: 11,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  };
  return {
    raw: bytes.length,
    gzip: gzipSync(bytes, { level: 9 }).length,
    brotli: brotliCompressSync(bytes, { params }).length,
    licences: licencesIn(text).reduce((size, comment) => size + Buffer.byteLength(comment), 0),
  };
}

/** Comments that say to be kept: what starts so in a string goes on for long before it ends, if it does. */
function licencesIn(text: string): string[] {
  return text.match(/\/\*(?:!|(?:(?!\*\/)[\s\S]){0,300}@(?:license|preserve))[\s\S]*?\*\//g) ?? [];
}
