/** Milliseconds after the begin before the code of windows is loaded: what is seen first comes first. */
export const QUIET_MS = 3_000;
