import { MAX_ACCOUNT_TRIES, MAX_ADDRESS_TRIES, SIGN_IN_WINDOW_MS } from '../limits.ts';
import { isPasswordSized } from '../passwords/check-password.ts';
import { busy, type RefusedAccounts, refuse, tooMany } from '../refusal.ts';
import { grantsOf } from '../roles/read-roles.ts';
import type { AccountsStore } from '../store.ts';
import { emailKey } from '../users/email.ts';
import { readUserRow, storable } from '../users/read-users.ts';
import { type SignedIn, signedInOf } from '../users/user.ts';
import { addressKey } from './address-key.ts';
import { clearAttempts, countAttempt } from './attempts.ts';

/** What somebody types to sign in, and where from. */
export interface SignInRequest {
  readonly email: string;
  readonly password: string;
  /** The address that the request came from, as a proxy that is trusted says. */
  readonly address: string;
}

/** Who has signed in, or why not. */
export type SignedInAnswer = { readonly ok: true; readonly user: SignedIn } | RefusedAccounts;

/**
 * Signs somebody in: they get a session with `signedInData`. Whether there is an account is told neither by the refusal nor by how long it
 * takes. Tries are counted before the password is looked at, first those from the address, so that whoever is stopped there cannot lock
 * accounts of others.
 */
export async function signIn(store: AccountsStore, request: SignInRequest): Promise<SignedInAnswer> {
  store.database.refuseInside();
  const { email, password, address } = request;
  const from = { kind: 'sign-in-address', of: addressKey(address) } as const;
  const key = { kind: 'sign-in-account', of: emailKey(email) } as const;
  const limit = (max: number) => ({ max, windowMs: SIGN_IN_WINDOW_MS });
  const wait =
    (await countAttempt(store, from, limit(MAX_ADDRESS_TRIES))) ??
    (await countAttempt(store, key, limit(MAX_ACCOUNT_TRIES)));
  if (wait !== undefined) return tooMany(wait);
  const row = await store.database.kysely
    .selectFrom('users')
    .select(['id', 'password_hash', 'is_active'])
    .where('email_key', '=', storable(key.of))
    .executeTakeFirst();
  if (!isPasswordSized(password)) return wrong();
  const known = row?.password_hash ?? undefined;
  const isRight = await store.hasher.verify(known, password);
  if (isRight === undefined) return busy();
  if (!isRight || row === undefined || known === undefined || row.is_active === 0) return wrong();
  // All that is left is for whoever knows the password, so it may take as long as it takes.
  const fresh = store.hasher.isOutdated(known) ? await store.hasher.hash(password) : undefined;
  return await store.database.transaction(async (transaction) => {
    const found = await readUserRow(transaction, row.id);
    if (found === undefined || found.row.is_active === 0 || found.row.password_hash !== known) return wrong();
    const written = {
      last_sign_in_at: store.now(),
      ...(fresh === undefined ? {} : { password_hash: fresh }),
    };
    await transaction.updateTable('users').set(written).where('id', '=', row.id).execute();
    await clearAttempts(transaction, key);
    return {
      ok: true,
      user: signedInOf(found.row, { grants: grantsOf(found.grants), catalogue: store.permissions }),
    };
  });
}

function wrong(): RefusedAccounts {
  const what = 'The e-mail address or the password is wrong. Try again, or ask for a new password.';
  return refuse({ code: 'wrong', what });
}
