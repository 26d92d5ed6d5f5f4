import type { Transaction } from 'kysely';
import type { Tables } from '../../database/tables.ts';
import { mailOf, sendLink } from '../mail/send-link.ts';
import { type RefusedAccounts, userMissing } from '../refusal.ts';
import { grantsOf } from '../roles/read-roles.ts';
import type { AccountsStore } from '../store.ts';
import { type Actor, beyond, managing } from '../users/actor.ts';
import { checkNewUser, insertUser, type NewUser, type WrittenUser } from '../users/create-user.ts';
import { readUserRow, rolesIn } from '../users/read-users.ts';
import { type User, userOf } from '../users/user.ts';
import { closeTokensOf } from './close-tokens.ts';
import { makeToken } from './make-token.ts';

/** Somebody who was invited. */
export type InvitedUser =
  | {
      readonly ok: true;
      readonly user: User;
      /** Whether the mail was sent. Why it was not was reported; it can be sent again. */
      readonly isSent: boolean;
    }
  | RefusedAccounts;

/**
 * Makes somebody who has no password yet, and mails them a link where they set one.
 *
 * @throws WidgyError `accounts-invalid` where no mail was set up
 */
export async function inviteUser(store: AccountsStore, invited: NewUser, by: Actor): Promise<InvitedUser> {
  store.database.refuseInside();
  mailOf(store);
  const checked = checkNewUser(invited);
  if (!checked.ok) return checked;
  const { person } = checked;
  const { roles } = invited;
  return await inviting(store, async (transaction) =>
    insertUser(transaction, store, { person, roles }, null, by),
  );
}

/** Mails somebody an invitation again. The earlier ones do not work any more. Whoever does it must hold all that the person may do. */
export async function inviteAgain(store: AccountsStore, id: string, by: Actor): Promise<InvitedUser> {
  store.database.refuseInside();
  mailOf(store);
  return await inviting(store, async (transaction) => {
    const manager = await managing(transaction, store, by);
    if (!manager.ok) return manager;
    const found = await readUserRow(transaction, id);
    if (found === undefined || found.row.is_active === 0) return userMissing();
    const { row, grants } = found;
    const refused = beyond(manager.rights, grantsOf(grants));
    if (refused !== undefined) return refused;
    await closeTokensOf(transaction, id, store.now());
    return { ok: true, user: userOf(row, rolesIn(grants)) };
  });
}

async function inviting(
  store: AccountsStore,
  step: (transaction: Transaction<Tables>) => Promise<WrittenUser>,
): Promise<InvitedUser> {
  const made = await store.database.transaction(async (transaction) => {
    const written = await step(transaction);
    if (!written.ok) return written;
    const { user } = written;
    const token = await makeToken(transaction, { kind: 'invite', user: user.id, now: store.now() });
    return { ...written, token };
  });
  if (!made.ok) return made;
  const { user, token } = made;
  try {
    await sendLink(store, 'invite', user, token);
    return { ok: true, user, isSent: true };
  } catch (problem) {
    store.onProblem(problem);
    return { ok: true, user, isSent: false };
  }
}
