import { MAX_CHANGE_TRIES, SIGN_IN_WINDOW_MS } from '../limits.ts';
import { busy, invalid, type RefusedAccounts, stale, tooMany, userMissing } from '../refusal.ts';
import { clearAttempts, countAttempt } from '../sign-in/attempts.ts';
import type { AccountsStore } from '../store.ts';
import { hashToken } from '../tokens/token.ts';
import { readUserRow } from '../users/read-users.ts';
import { checkPassword, isPasswordSized } from './check-password.ts';
import { writePassword } from './write-password.ts';

/** What somebody types to get another password. */
export interface PasswordChange {
  /**
   * The password that they have. It is not asked of those whose password was made for them: they have just signed in with it, and can do
   * nothing else before.
   */
  readonly current?: string;
  readonly password: string;
  /** The token of the session that they do it in. It goes on, to be rotated; all others are over. */
  readonly session?: string;
}

/**
 * Changes the password of somebody who is signed in.
 *
 * @returns their new `rightsRevision`, for the session that goes on; or why nothing was done
 */
export async function changePassword(
  store: AccountsStore,
  id: string,
  { current = '', password, session }: PasswordChange,
): Promise<{ readonly ok: true; readonly rightsRevision: number } | RefusedAccounts> {
  store.database.refuseInside();
  const { hasher, database, siteName } = store;
  const found = await readUserRow(database.kysely, id);
  if (found === undefined || found.row.is_active === 0) return userMissing();
  const { row } = found;
  const fault = checkPassword(password, { email: row.email, siteName });
  if (fault !== undefined) return invalid([fault]);
  const key = { kind: 'change-password', of: id } as const;
  const wait = await countAttempt(store, key, { max: MAX_CHANGE_TRIES, windowMs: SIGN_IN_WINDOW_MS });
  if (wait !== undefined) return tooMany(wait);
  const known = row.password_hash ?? undefined;
  if (row.must_change_password === 1) {
    const isKept = await hasher.verify(known, password);
    if (isKept === undefined) return busy();
    if (isKept) return samePassword();
  } else {
    if (isPasswordSized(current) && isSame(current, password)) return samePassword();
    const isRight = isPasswordSized(current) && (await hasher.verify(known, current));
    if (isRight === undefined) return busy();
    if (!isRight) return invalid([{ field: 'current', message: 'Enter the password that you have now.' }]);
  }
  const hash = await hasher.hash(password);
  if (hash === undefined) return busy();
  return await database.transaction(async (transaction) => {
    const now = await readUserRow(transaction, id);
    if (now === undefined || now.row.is_active === 0) return userMissing();
    // Somebody else was faster: the password that was typed is not the one there is.
    if (now.row.password_hash !== row.password_hash) return stale(now.row.revision);
    const written = await writePassword(transaction, now.row, {
      ...{ hash, mustChange: false, now: store.now() },
      ...(session === undefined ? {} : { exceptSession: hashToken(session) }),
    });
    await clearAttempts(transaction, key);
    return { ok: true, rightsRevision: written.rights_revision };
  });
}

function samePassword(): RefusedAccounts {
  return invalid([{ field: 'password', message: 'Choose another password than the one you have.' }]);
}

function isSame(one: string, other: string): boolean {
  return one.normalize('NFKC') === other.normalize('NFKC');
}
