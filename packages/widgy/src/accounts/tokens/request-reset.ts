import { MAX_ACCOUNT_RESETS, MAX_ADDRESS_RESETS, RESET_WINDOW_MS } from '../limits.ts';
import { mailOf, sendLink } from '../mail/send-link.ts';
import { busy, type RefusedAccounts, tooMany } from '../refusal.ts';
import { addressKey } from '../sign-in/address-key.ts';
import { countAttempt } from '../sign-in/attempts.ts';
import type { AccountsStore } from '../store.ts';
import { emailKey } from '../users/email.ts';
import { closeTokensOf } from './close-tokens.ts';
import { makeToken } from './make-token.ts';

/** Who is to get a mail, and where that was asked for. */
export interface ResetRequest {
  readonly email: string;
  readonly address: string;
}

/**
 * Mails somebody a link where they set a password, if they have an account and may sign in; the link of an earlier such mail does not work
 * any more. The answer does not wait for that, and is the
 * same for everybody: it tells nobody who has an account.
 *
 * @throws WidgyError `accounts-invalid` where no mail was set up
 */
export async function requestReset(
  store: AccountsStore,
  { email, address }: ResetRequest,
): Promise<{ readonly ok: true } | RefusedAccounts> {
  store.database.refuseInside();
  mailOf(store);
  const from = { kind: 'reset-address', of: addressKey(address) } as const;
  const key = { kind: 'reset-account', of: emailKey(email) } as const;
  const limit = (max: number) => ({ max, windowMs: RESET_WINDOW_MS });
  const wait =
    (await countAttempt(store, from, limit(MAX_ADDRESS_RESETS))) ??
    (await countAttempt(store, key, limit(MAX_ACCOUNT_RESETS)));
  if (wait !== undefined) return tooMany(wait);
  return store.later.begin(() => mailReset(store, key.of)) ? { ok: true } : busy();
}

async function mailReset(store: AccountsStore, email: string): Promise<void> {
  const made = await store.database.transaction(async (transaction) => {
    const user = await transaction
      .selectFrom('users')
      .select(['id', 'email', 'name'])
      .where('email_key', '=', email)
      .where('is_active', '=', 1)
      .executeTakeFirst();
    if (user === undefined) return undefined;
    const now = store.now();
    await closeTokensOf(transaction, user.id, now, 'reset');
    return { user, token: await makeToken(transaction, { kind: 'reset', user: user.id, now }) };
  });
  if (made !== undefined) await sendLink(store, 'reset', made.user, made.token);
}
