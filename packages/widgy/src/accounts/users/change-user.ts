import type { Transaction } from 'kysely';
import type { Tables } from '../../database/tables.ts';
import { invalid, stale, userMissing } from '../refusal.ts';
import { grantsOf, readRoles } from '../roles/read-roles.ts';
import { endSessionsOf } from '../sessions/end-rows.ts';
import type { AccountsStore } from '../store.ts';
import { closeTokensOf } from '../tokens/close-tokens.ts';
import { type Actor, beyond, managing } from './actor.ts';
import { hasAdministrator, lastAdministrator } from './administrators.ts';
import { checkPerson, checkRoles, type PersonDetails } from './check-person.ts';
import { emailTaken, type WrittenUser } from './create-user.ts';
import { emailKey, searchKey } from './email.ts';
import { readUserRow, rolesIn, type UserRow } from './read-users.ts';
import { type UserRole, userOf } from './user.ts';
import { writeUserRoles } from './write-roles.ts';

/** What is to be changed of somebody; what is not given stays. */
export interface UserChange extends Partial<PersonDetails> {
  /** The revision that the author of the change has looked at. */
  readonly seen: number;
  /** All the roles that they are to have. */
  readonly roles?: readonly UserRole[];
  /** Whether they may sign in. */
  readonly isActive?: boolean;
}

/**
 * Changes somebody. Whoever does it must hold all that the person may do, before and after. Other roles are other rights: sessions go on, to be
 * rotated. Whoever may not sign in any more has no session and no open link any more.
 *
 * One transaction of constant statements.
 */
export async function changeUser(
  store: AccountsStore,
  id: string,
  change: UserChange,
  by: Actor,
): Promise<WrittenUser> {
  store.database.refuseInside();
  const { faults, person } = checkPerson(change);
  if (faults.length > 0) return invalid(faults);
  return await store.database.transaction(async (transaction) => {
    const manager = await managing(transaction, store, by);
    if (!manager.ok) return manager;
    const found = await readUserRow(transaction, id);
    if (found === undefined) return userMissing();
    const roles = change.roles === undefined ? undefined : await readRoles(transaction);
    const checked = roles && checkRoles(change.roles ?? [], roles);
    if (checked !== undefined && checked.faults.length > 0) return invalid(checked.faults);
    const refused = beyond(manager.rights, [...grantsOf(found.grants), ...(checked?.grants ?? [])]);
    if (refused !== undefined) return refused;
    if (found.row.revision !== change.seen) return stale(found.row.revision);
    const wanted = { ...person, roles: checked?.grants, isActive: change.isActive };
    return await write(transaction, store, found, wanted);
  });
}

interface Wanted extends Partial<PersonDetails> {
  readonly roles: readonly UserRole[] | undefined;
  readonly isActive: boolean | undefined;
}

async function write(
  transaction: Transaction<Tables>,
  store: AccountsStore,
  { row, grants }: UserRow,
  { email = row.email, name = row.name, language = row.language, roles = grants, isActive }: Wanted,
): Promise<WrittenUser> {
  const is_active = isActive === undefined ? row.is_active : Number(isActive);
  const wasAdministrator = row.is_active === 1 && hasAdministrator(grants);
  if (wasAdministrator && !(is_active === 1 && hasAdministrator(roles))) {
    const refused = await lastAdministrator(transaction, row.id);
    if (refused !== undefined) return refused;
  }
  const email_key = emailKey(email);
  if (email_key !== row.email_key) {
    const other = await transaction
      .selectFrom('users')
      .select('id')
      .where('email_key', '=', email_key)
      .executeTakeFirst();
    if (other !== undefined) return emailTaken();
    // Who reads the old address is to have nothing to do with the account any more.
    await closeTokensOf(transaction, row.id, store.now());
  }
  const hasOtherRoles = keysOf(roles) !== keysOf(grants);
  const hasOtherRights = hasOtherRoles || is_active !== row.is_active;
  const written = {
    ...{ email, email_key, name, name_key: searchKey(name), language, is_active },
    revision: row.revision + 1,
    rights_revision: row.rights_revision + Number(hasOtherRights),
  };
  await transaction.updateTable('users').set(written).where('id', '=', row.id).execute();
  if (hasOtherRoles) await writeUserRoles(transaction, row.id, roles);
  if (is_active === 0 && row.is_active === 1) {
    await endSessionsOf(transaction, row.id, store.now());
    await closeTokensOf(transaction, row.id, store.now());
  }
  return { ok: true, user: userOf({ ...row, ...written }, rolesIn(roles)) };
}

function keysOf(roles: readonly UserRole[]): string {
  return JSON.stringify(roles.map(({ site, role }) => `${site} ${role}`).sort());
}
