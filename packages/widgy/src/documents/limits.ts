/** Operations in one change. What needs more is sent as several changes, or is one `insert` of all of it. */
export const MAX_OPERATIONS = 1000;

/** Changes of a draft that are kept, at least, where a site does not say otherwise. */
export const KEPT_CHANGES = 1000;

/** After so many changes the tree of a draft is kept anew, so that reading a draft takes few operations. */
export const FOLD_AFTER = 100;

/** Changes of a draft that a process remembers with their trees. */
export const REMEMBERED_CHANGES = 100;

/** UTF-8 bytes of canonical JSON of all trees that a process remembers for one site. */
export const REMEMBERED_BYTES = 64 * 1024 * 1024;

/** Characters in a commit's message. */
export const MAX_MESSAGE_LENGTH = 10_000;

/** Commits in one page of the history. */
export const MAX_HISTORY_PAGE = 200;

/** Characters in the key of a request. */
export const MAX_KEY_LENGTH = 128;

/** Characters in the type, the id and the field of an owner, each. */
export const MAX_OWNER_LENGTH = 128;

/** Orphans in one answer. */
export const MAX_ORPHANS = 200;
