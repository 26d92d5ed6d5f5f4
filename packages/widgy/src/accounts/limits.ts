const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Characters of an e-mail address. */
export const MAX_EMAIL_LENGTH = 254;

/** Characters of the name of a person. */
export const MAX_PERSON_NAME_LENGTH = 200;

/** Roles of one person, counted once for each site. */
export const MAX_USER_ROLES = 100;

/** Characters of the name of a role. */
export const MAX_ROLE_NAME_LENGTH = 64;

/** Characters of the label of a role. */
export const MAX_ROLE_LABEL_LENGTH = 100;

/** Permissions of one role. */
export const MAX_ROLE_PERMISSIONS = 2000;

/** People in one page of a list. */
export const MAX_USERS_PAGE = 100;

/** Characters of a password, at least. */
export const MIN_PASSWORD_LENGTH = 12;

/** Characters of a password, at most. */
export const MAX_PASSWORD_LENGTH = 256;

/** A name or an address of so many characters may not be part of a password. Shorter ones are in too many. */
export const MIN_FORBIDDEN_PART = 4;

/** Passwords that a hasher works on at once; others wait. Each takes memory and a thread that files need too. */
export const MAX_HASHES_AT_ONCE = 2;

/** Passwords that wait for a hasher; with more, it is busy. */
export const MAX_HASHES_WAITING = 64;

/** How long tries are counted together, in milliseconds. */
export const SIGN_IN_WINDOW_MS = 15 * MINUTE;

/** Tries to sign in to one account from one address, or in a browser where it was signed in to before, in a window. */
export const MAX_ACCOUNT_TRIES = 10;

/** Tries to sign in to one account from all addresses together, in a window; those of browsers that are known do not count. */
export const MAX_ACCOUNT_TRIES_ANYWHERE = 100;

/** Tries to sign in from one address in a window. An office may have one address. */
export const MAX_ADDRESS_TRIES = 100;

/** Tries to change a password while one is signed in, in a window. */
export const MAX_CHANGE_TRIES = 10;

/** How long mails that were asked for are counted together, in milliseconds. */
export const RESET_WINDOW_MS = HOUR;

/** Mails to reset the password of one account, in a window. */
export const MAX_ACCOUNT_RESETS = 3;

/** Mails to reset passwords that one address may ask for, in a window. */
export const MAX_ADDRESS_RESETS = 20;

/** Mails that are being sent; with more, asking for one is refused. */
export const MAX_MAILS_WAITING = 100;

/** How long the link of a mail to reset a password can be used, in milliseconds. */
export const RESET_TOKEN_MS = HOUR;

/** How long the link of an invitation can be used, in milliseconds. */
export const INVITATION_MS = 3 * DAY;

/** How long a password that was made for somebody can be used to sign in, in milliseconds. */
export const ONE_TIME_PASSWORD_MS = 3 * DAY;

/** A session that was not used for so long is over, in milliseconds. */
export const SESSION_IDLE_MS = 12 * HOUR;

/** A session is over after so long, however much it was used, in milliseconds. */
export const SESSION_ABSOLUTE_MS = 14 * DAY;

/** When a session was used is written so often at most, in milliseconds. */
export const SESSION_SEEN_MS = MINUTE;

/** How long a session that was ended is remembered, so that no request that is still going on brings it back, in milliseconds. */
export const ENDED_SESSION_MS = HOUR;

/** How long a session whose token was replaced can still be read, for requests that were sent with the one before, in milliseconds. */
export const REPLACED_SESSION_MS = 10_000;

/** UTF-8 bytes of what the server keeps in one session, as JSON. */
export const MAX_SESSION_BYTES = 16 * 1024;

/** Characters of a token that a browser sends; longer ones are nobody's. */
export const MAX_TOKEN_LENGTH = 256;

/** Characters that are kept of the name of a browser. */
export const MAX_AGENT_LENGTH = 256;

/** Connecting to a mail server, and each of its answers, in milliseconds. */
export const MAIL_TIMEOUT_MS = 20_000;
