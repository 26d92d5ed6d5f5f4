import type { Selectable } from 'kysely';
import type { UsersTable } from '../../database/tables.ts';
import { isPasswordSized } from '../passwords/check-password.ts';
import { busy, type RefusedAccounts, refuse, tooMany } from '../refusal.ts';
import { grantsOf } from '../roles/read-roles.ts';
import type { AccountsStore } from '../store.ts';
import { emailKey } from '../users/email.ts';
import { readUserRow } from '../users/read-users.ts';
import { type SignedIn, signedInOf } from '../users/user.ts';
import { clearTries, countTry } from './count-try.ts';
import { browserIn } from './known-browser.ts';

/** What somebody types to sign in, and where from. */
export interface SignInRequest {
  readonly email: string;
  readonly password: string;
  /** The address that the request came from, as a proxy that is trusted says. */
  readonly address: string;
  /** What `knownBrowser` gave to the browser, if it proves that it has it from there. */
  readonly browser?: string | undefined;
}

/** Who has signed in, or why not. */
export type SignedInAnswer = { readonly ok: true; readonly user: SignedIn } | RefusedAccounts;

/**
 * Signs somebody in: they get a session with `signedInData`. Whether there is an account is told neither by the refusal nor by how long it
 * takes. Tries are counted before the password is looked at; see `countTry`. Who knows a one-time password that is too old is told that.
 */
export async function signIn(store: AccountsStore, request: SignInRequest): Promise<SignedInAnswer> {
  store.database.refuseInside();
  const { email, password, address } = request;
  const tried = { account: emailKey(email), address, browser: browserIn(request.browser, email) };
  const wait = await countTry(store, tried);
  if (wait !== undefined) return tooMany(wait);
  const row = await store.database.kysely
    .selectFrom('users')
    .select(['id', 'password_hash', 'is_active'])
    .where('email_key', '=', tried.account)
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
    if (isPasswordOver(found.row, store.now())) return passwordExpired();
    const written = {
      last_sign_in_at: store.now(),
      ...(fresh === undefined ? {} : { password_hash: fresh }),
    };
    await transaction.updateTable('users').set(written).where('id', '=', row.id).execute();
    await clearTries(transaction, tried);
    return {
      ok: true,
      user: signedInOf(found.row, { grants: grantsOf(found.grants), catalogue: store.permissions }),
    };
  });
}

function isPasswordOver(
  { password_expires_at }: Pick<Selectable<UsersTable>, 'password_expires_at'>,
  now: number,
): boolean {
  return password_expires_at !== null && password_expires_at <= now;
}

function passwordExpired(): RefusedAccounts {
  const what =
    'This password was made for you, and was to be used sooner. Ask whoever gave it to you for another one.';
  return refuse({ code: 'password-expired', what });
}

function wrong(): RefusedAccounts {
  const what = 'The e-mail address or the password is wrong. Try again, or ask for a new password.';
  return refuse({ code: 'wrong', what });
}
