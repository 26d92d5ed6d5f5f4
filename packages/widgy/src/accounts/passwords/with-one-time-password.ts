import { busy, type RefusedAccounts } from '../refusal.ts';
import type { AccountsStore } from '../store.ts';
import type { User } from '../users/user.ts';
import { oneTimePassword } from './one-time-password.ts';

/** Somebody with a password that was made for them. It is told once, and nowhere kept. */
export type WithPassword =
  | { readonly ok: true; readonly user: User; readonly password: string }
  | RefusedAccounts;

/** Does something with the hash of a new one-time password, and tells the password if it was done. */
export async function withOneTimePassword(
  { hasher }: AccountsStore,
  write: (hash: string) => Promise<{ readonly ok: true; readonly user: User } | RefusedAccounts>,
): Promise<WithPassword> {
  const password = oneTimePassword();
  const hash = await hasher.hash(password);
  if (hash === undefined) return busy();
  const written = await write(hash);
  return written.ok ? { ...written, password } : written;
}
