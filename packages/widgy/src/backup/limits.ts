/** Rows of a table are written in pieces of so many bytes, and read back so, but for single rows that are larger. */
export const PIECE_BYTES = 1024 * 1024;

/** Bytes of the largest row that fits into a backup, and so of the most that is in memory at once of rows. */
export const MAX_ROW_BYTES = 256 * 1024 * 1024;

/** Pieces and media files of one backup. */
export const MAX_ENTRIES = 1_000_000;

/** Bytes of what a backup says of itself at its beginning. */
export const MAX_HEADER_BYTES = 1024 * 1024;
