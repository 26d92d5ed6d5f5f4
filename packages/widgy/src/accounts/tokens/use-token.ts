import { MAX_TOKEN_LENGTH } from '../limits.ts';
import { checkPassword } from '../passwords/check-password.ts';
import { writePassword } from '../passwords/write-password.ts';
import { busy, invalid, type RefusedAccounts, refuse } from '../refusal.ts';
import type { AccountsStore } from '../store.ts';
import type { WrittenUser } from '../users/create-user.ts';
import { readUserRow, rolesIn } from '../users/read-users.ts';
import { userOf } from '../users/user.ts';
import { hashToken, isOpen } from './token.ts';

/** A link that can be used, for the page where it leads. */
export interface OpenToken {
  readonly kind: string;
  readonly email: string;
  readonly name: string;
}

/** Looks at a link without using it; undefined if it cannot be used. One statement. */
export async function readToken(store: AccountsStore, token: string): Promise<OpenToken | undefined> {
  store.database.refuseInside();
  if (token.length > MAX_TOKEN_LENGTH) return undefined;
  const row = await store.database.kysely
    .selectFrom('tokens')
    .innerJoin('users', 'users.id', 'tokens.user_id')
    .select([
      ...(['tokens.kind', 'tokens.created_at', 'tokens.expires_at', 'tokens.used_at'] as const),
      ...(['users.email', 'users.name'] as const),
    ])
    .where('tokens.hash', '=', hashToken(token))
    .where('users.is_active', '=', 1)
    .executeTakeFirst();
  if (row === undefined || !isOpen(row, store.now())) return undefined;
  const { kind, email, name } = row;
  return { kind, email, name };
}

/**
 * Sets the password of whoever a link was mailed to. It works once: of several at the same time, one is done. All sessions and all other
 * links of the person are over. Nobody is signed in by it.
 */
export async function useToken(
  store: AccountsStore,
  { token, password }: { readonly token: string; readonly password: string },
): Promise<WrittenUser> {
  const { database, hasher, siteName } = store;
  const open = await readToken(store, token);
  if (open === undefined) return tokenInvalid();
  const fault = checkPassword(password, { email: open.email, siteName });
  if (fault !== undefined) return invalid([fault]);
  const hash = await hasher.hash(password);
  if (hash === undefined) return busy();
  return await database.transaction(async (transaction) => {
    const now = store.now();
    const taken = await transaction
      .updateTable('tokens')
      .set({ used_at: now })
      .where('hash', '=', hashToken(token))
      .where('used_at', 'is', null)
      .where('expires_at', '>', now)
      .returning('user_id')
      .executeTakeFirst();
    const found = taken && (await readUserRow(transaction, taken.user_id));
    if (found === undefined || found.row.is_active === 0) return tokenInvalid();
    const { row, grants } = found;
    const written = await writePassword(transaction, row, { hash, mustChange: false, now });
    return { ok: true, user: userOf({ ...row, ...written }, rolesIn(grants)) };
  });
}

function tokenInvalid(): RefusedAccounts {
  const what = 'This link was used already, or it is too old. Ask for a new one.';
  return refuse({ code: 'token-invalid', what });
}
