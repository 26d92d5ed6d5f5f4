/** Operations in one change. What needs more is sent as several changes, or is one `insert` of all of it. */
export const MAX_OPERATIONS = 1000;

/** Changes of a draft that are kept, at least, where a site does not say otherwise. */
export const KEPT_CHANGES = 1000;

/** Characters of the changes of a draft that are kept, beside the newest one: what is older goes, however few there are. */
export const KEPT_SIZE = 64 * 1024 * 1024;

/** After so many changes the tree of a draft is kept anew, so that reading a draft takes few operations. */
export const FOLD_AFTER = 100;

/** And after so many operations in them, */
export const FOLD_OPERATIONS = 1000;

/** or so many characters. */
export const FOLD_SIZE = 1024 * 1024;

/** Pairs of operations that are rebased for one request. A client that lags further behind reads the draft again. */
export const MAX_REBASED_PAIRS = 5000;

/** Characters of older changes that are read for one request. */
export const MAX_READ_SIZE = 16 * 1024 * 1024;

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

/** Milliseconds after which somebody is not at a document any more who has not said so again. */
export const PRESENCE_MS = 30_000;

/** Clients that can be at one document at once. */
export const MAX_PRESENT = 100;

/** Of these, clients of one author. All of whom nothing is known count as one. */
export const MAX_PRESENT_OF_AUTHOR = 20;
