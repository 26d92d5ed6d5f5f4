import type { Queries } from '../../database/database.ts';
import {
  MAX_ACCOUNT_TRIES,
  MAX_ACCOUNT_TRIES_ANYWHERE,
  MAX_ADDRESS_TRIES,
  SIGN_IN_WINDOW_MS,
} from '../limits.ts';
import type { AccountsStore } from '../store.ts';
import { addressKey } from './address-key.ts';
import { type AttemptKey, clearAttempts, countAttempt } from './attempts.ts';

/** Who tries to sign in. */
export interface SignInTry {
  /** The form of the address of the account that is compared. */
  readonly account: string;
  /** The address that the request came from. */
  readonly address: string;
  /** The id of a browser in which the account was signed in to before. */
  readonly browser: string | undefined;
}

/**
 * Counts a try to sign in, before it is made.
 *
 * A browser that is known has a count of its own, so that nobody elsewhere can keep its user out. All others are counted for their address,
 * then for the account at this address, and then for the account: whoever is stopped by one of them adds nothing to those behind it, so one
 * address alone locks out nobody but itself.
 *
 * @returns undefined if it may be made, or else after how many milliseconds
 */
export async function countTry(store: AccountsStore, tried: SignInTry): Promise<number | undefined> {
  for (const { max, ...key } of countsOf(tried)) {
    const wait = await countAttempt(store, key, { max, windowMs: SIGN_IN_WINDOW_MS });
    if (wait !== undefined) return wait;
  }
  return undefined;
}

/** Forgets what was tried for an account by whoever has signed in to it now. The count of their address stays. */
export async function clearTries(queries: Queries, tried: SignInTry): Promise<void> {
  for (const key of countsOf(tried)) if (key.kind !== 'sign-in-address') await clearAttempts(queries, key);
}

function countsOf({
  account,
  address,
  browser,
}: SignInTry): readonly (AttemptKey & { readonly max: number })[] {
  if (browser !== undefined) return [{ kind: 'sign-in-browser', of: browser, max: MAX_ACCOUNT_TRIES }];
  const from = addressKey(address);
  return [
    { kind: 'sign-in-address', of: from, max: MAX_ADDRESS_TRIES },
    { kind: 'sign-in-account-address', of: JSON.stringify([account, from]), max: MAX_ACCOUNT_TRIES },
    { kind: 'sign-in-account', of: account, max: MAX_ACCOUNT_TRIES_ANYWHERE },
  ];
}
