import { type RefusedAccounts, stale, userMissing } from '../refusal.ts';
import { grantsOf } from '../roles/read-roles.ts';
import type { AccountsStore } from '../store.ts';
import { type Actor, beyond, managing } from './actor.ts';
import { hasAdministrator, lastAdministrator } from './administrators.ts';
import { readUserRow } from './read-users.ts';

/**
 * Deletes somebody, with their roles, sessions and links. What they wrote stays, under their id. Whoever does it must hold all that the
 * person may do.
 */
export async function deleteUser(
  store: AccountsStore,
  id: string,
  { seen }: { readonly seen: number },
  by: Actor,
): Promise<{ readonly ok: true } | RefusedAccounts> {
  store.database.refuseInside();
  return await store.database.transaction(async (transaction) => {
    const manager = await managing(transaction, store, by);
    if (!manager.ok) return manager;
    const found = await readUserRow(transaction, id);
    if (found === undefined) return userMissing();
    const { row, grants } = found;
    const refused = beyond(manager.rights, grantsOf(grants));
    if (refused !== undefined) return refused;
    if (row.revision !== seen) return stale(row.revision);
    if (row.is_active === 1 && hasAdministrator(grants)) {
      const last = await lastAdministrator(transaction, id);
      if (last !== undefined) return last;
    }
    await transaction.deleteFrom('users').where('id', '=', id).execute();
    return { ok: true };
  });
}
