/** One thing that is wrong with what somebody sent. */
export interface AccountFault {
  /** Which field of a form: `email`, `name`, `language`, `roles`, `label`, `permissions`, `password`. */
  readonly field: string;
  /** A sentence that says what to do. */
  readonly message: string;
}

/** What goes with each reason, beside the code and the sentence. */
interface Details {
  /** The address or the password is wrong, or whoever it is may not sign in: which of them is not said. */
  wrong: object;
  /** A password that was made for somebody was not used in time. */
  'password-expired': object;
  /** Tried too often. */
  'too-many': {
    /** After so many milliseconds it may be tried again. */
    readonly retryAfter: number;
  };
  /** Too much to do at this moment. */
  busy: object;
  /** What was sent cannot be kept. */
  invalid: { readonly faults: readonly AccountFault[] };
  /** Somebody changed meanwhile what this is about. */
  stale: {
    /** What it is at now. */
    readonly revision: number;
  };
  'user-missing': object;
  /** Somebody else has the address. */
  'email-taken': object;
  'role-missing': object;
  'role-taken': object;
  /** The role is built in. */
  'role-fixed': object;
  'role-in-use': {
    /** How many people have it. */
    readonly users: number;
  };
  /** Whoever asked may not do so. */
  'not-permitted': {
    /** The permissions that they lack; `*` for everything. */
    readonly lacked: readonly string[];
  };
  /** Nobody would be left who may do everything. */
  'last-administrator': object;
  /** There is an administrator already. */
  'administrator-exists': object;
  /** The link is unknown, was used, or is too old. */
  'token-invalid': object;
  /** The session is over, or whoever it was for may not sign in any more. */
  'session-ended': object;
  /** A session was to change its user: whoever signs in needs a new one. */
  'session-not-rotated': object;
  'session-too-large': { readonly limit: number };
}

/** Why nothing was done; see {@link AccountsRefusal}. */
export type AccountsRefusalCode = keyof Details;

/** All codes, for documentation and for mapping them. */
export const ACCOUNTS_REFUSAL_CODES = [
  'wrong',
  'password-expired',
  'too-many',
  'busy',
  'invalid',
  'stale',
  'user-missing',
  'email-taken',
  'role-missing',
  'role-taken',
  'role-fixed',
  'role-in-use',
  'not-permitted',
  'last-administrator',
  'administrator-exists',
  'token-invalid',
  'session-ended',
  'session-not-rotated',
  'session-too-large',
] as const satisfies readonly AccountsRefusalCode[];

/** Why nothing was done: a code, a sentence, and what belongs to the code. It is a value; nothing was changed. */
export type AccountsRefusal = {
  readonly [Code in AccountsRefusalCode]: { readonly code: Code; readonly what: string } & Details[Code];
}[AccountsRefusalCode];

/** A refused answer. */
export interface RefusedAccounts {
  readonly ok: false;
  readonly refusal: AccountsRefusal;
}

/** Makes a refused answer. */
export function refuse(refusal: AccountsRefusal): RefusedAccounts {
  return { ok: false, refusal };
}

/** The refusal for what cannot be kept. */
export function invalid(faults: readonly AccountFault[]): RefusedAccounts {
  return refuse({ code: 'invalid', what: faults.map(({ message }) => message).join(' '), faults });
}

/** The refusal for somebody who is not there. */
export function userMissing(): RefusedAccounts {
  return refuse({ code: 'user-missing', what: 'This person is not there any more. Reload the list.' });
}

/** The refusal for a change of what somebody else has changed. */
export function stale(revision: number): RefusedAccounts {
  const what = 'Somebody changed this meanwhile. Look at what is there now, and make your change again.';
  return refuse({ code: 'stale', what, revision });
}

/** The refusal for what was tried too often. */
export function tooMany(retryAfter: number): RefusedAccounts {
  const what = 'This was tried too often. Wait a while, and try again.';
  return refuse({ code: 'too-many', what, retryAfter });
}

/** The refusal for too much work at this moment. */
export function busy(): RefusedAccounts {
  return refuse({
    code: 'busy',
    what: 'The site has too much to do at this moment. Try again in a few seconds.',
  });
}
