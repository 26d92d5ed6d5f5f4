import { type WithPassword, withOneTimePassword } from '../passwords/with-one-time-password.ts';
import { ALL_SITES } from '../permissions/rights.ts';
import { type RefusedAccounts, refuse } from '../refusal.ts';
import { ADMINISTRATOR } from '../roles/role.ts';
import type { AccountsStore } from '../store.ts';
import { trustedActor } from './actor.ts';
import { isAdministered } from './administrators.ts';
import { checkNewUser, insertUser, type NewUser } from './create-user.ts';

/**
 * Makes the first administrator of all sites, with a one-time password, unless there is an administrator. Of several that try at once, one
 * does it.
 */
export async function createFirstAdministrator(
  store: AccountsStore,
  details: Pick<NewUser, 'email' | 'name'>,
): Promise<WithPassword> {
  store.database.refuseInside();
  const exists = (): RefusedAccounts =>
    refuse({
      code: 'administrator-exists',
      what: 'There is an administrator already. Let them make the account.',
    });
  const checked = checkNewUser(details);
  if (!checked.ok) return checked;
  // Before the work of hashing, which each start of a server would do otherwise.
  if (await isAdministered(store.database.kysely)) return exists();
  return await withOneTimePassword(store, async (hash) => {
    return await store.database.transaction(async (transaction) => {
      if (await isAdministered(transaction)) return exists();
      const roles = [{ site: ALL_SITES, role: ADMINISTRATOR }];
      const { person } = checked;
      return await insertUser(transaction, store, { person, roles }, hash, trustedActor);
    });
  });
}
