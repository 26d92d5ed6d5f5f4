import { userMissing } from '../refusal.ts';
import { grantsOf } from '../roles/read-roles.ts';
import type { AccountsStore } from '../store.ts';
import { type Actor, beyond, managing } from '../users/actor.ts';
import { checkNewUser, insertUser, type NewUser } from '../users/create-user.ts';
import { readUserRow, rolesIn } from '../users/read-users.ts';
import { userOf } from '../users/user.ts';
import { type WithPassword, withOneTimePassword } from './with-one-time-password.ts';
import { writePassword } from './write-password.ts';

/** Makes somebody with a one-time password, which is told once. Without mail, this is how people get an account. */
export async function createUser(store: AccountsStore, user: NewUser, by: Actor): Promise<WithPassword> {
  store.database.refuseInside();
  const checked = checkNewUser(user);
  if (!checked.ok) return checked;
  const { person } = checked;
  const { roles } = user;
  return await withOneTimePassword(store, (hash) =>
    store.database.transaction((transaction) => insertUser(transaction, store, { person, roles }, hash, by)),
  );
}

/**
 * Gives somebody a one-time password in the place of theirs, which is told once. All their sessions and links are over. Whoever does it
 * must hold all that the person may do.
 */
export async function givePassword(store: AccountsStore, id: string, by: Actor): Promise<WithPassword> {
  store.database.refuseInside();
  return await withOneTimePassword(store, (hash) =>
    store.database.transaction(async (transaction) => {
      const manager = await managing(transaction, store, by);
      if (!manager.ok) return manager;
      const found = await readUserRow(transaction, id);
      if (found === undefined) return userMissing();
      const { row, grants } = found;
      const refused = beyond(manager.rights, grantsOf(grants));
      if (refused !== undefined) return refused;
      const written = await writePassword(transaction, row, { hash, mustChange: true, now: store.now() });
      return { ok: true, user: userOf({ ...row, ...written }, rolesIn(grants)) };
    }),
  );
}
