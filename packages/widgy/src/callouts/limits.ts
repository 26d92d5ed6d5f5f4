/** Characters in the name of a call-out. */
export const MAX_CALLOUT_NAME = 120;

/** Call-outs in one answer of a list. */
export const MAX_CALLOUTS_LISTED = 100;

/** UTF-8 bytes of the trees of call-outs that a linkable remembers, as canonical JSON. */
export const REMEMBERED_CALLOUT_BYTES = 8 * 1024 * 1024;
