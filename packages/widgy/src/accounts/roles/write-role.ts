import type { Transaction } from 'kysely';
import type { Tables } from '../../database/tables.ts';
import { MAX_ROLE_LABEL_LENGTH, MAX_ROLE_NAME_LENGTH, MAX_ROLE_PERMISSIONS } from '../limits.ts';
import { ALL_SITES, type Grant } from '../permissions/rights.ts';
import { type AccountFault, invalid, type RefusedAccounts, refuse, stale } from '../refusal.ts';
import type { AccountsStore } from '../store.ts';
import { type Actor, beyond, managing } from '../users/actor.ts';
import { isLine } from '../users/check-person.ts';
import { readRoles } from './read-roles.ts';
import { BUILT_IN_ROLES, type Role } from './role.ts';

/** What a role is to be. */
export interface RoleDetails {
  readonly label: string;
  /** Names of permissions: those of the catalogue, `*:add` and the like among them. */
  readonly permissions: readonly string[];
}

/** What became of a role: it is as said here, or nothing was done. */
export type WrittenRole = { readonly ok: true; readonly role: Role } | RefusedAccounts;

/** Makes a role. Whoever does it must hold all that it permits, at all sites, since it can be given at all of them. */
export async function createRole(
  store: AccountsStore,
  { name, label, permissions }: RoleDetails & { readonly name: string },
  by: Actor,
): Promise<WrittenRole> {
  store.database.refuseInside();
  const nameFault = {
    field: 'name',
    message: `Begin with a letter, and use up to ${MAX_ROLE_NAME_LENGTH} small letters, digits and "-".`,
  };
  const faults = [...(isRoleName(name) ? [] : [nameFault]), ...checkRole(store, { label, permissions })];
  if (faults.length > 0) return invalid(faults);
  return await store.database.transaction(async (transaction) => {
    const manager = await managing(transaction, store, by);
    if (!manager.ok) return manager;
    const role = roleOf(name, { label, permissions }, 1);
    const refused = beyond(manager.rights, [everywhere(role)]);
    if (refused !== undefined) return refused;
    if ((await readRoles(transaction)).has(name)) {
      return refuse({
        code: 'role-taken',
        what: 'There is a role with this name already. Choose another one.',
      });
    }
    await transaction
      .insertInto('roles')
      .values({ name, ...columnsOf(role), revision: 1 })
      .execute();
    return { ok: true, role };
  });
}

/** Changes a role. Whoever does it must hold all that it permits, before and after. Sessions of all who have it are to be rotated. */
export async function changeRole(
  store: AccountsStore,
  name: string,
  { seen, ...details }: RoleDetails & { readonly seen: number },
  by: Actor,
): Promise<WrittenRole> {
  store.database.refuseInside();
  const faults = checkRole(store, details);
  if (faults.length > 0) return invalid(faults);
  return await store.database.transaction(async (transaction) => {
    const found = await findOwnRole(transaction, store, name, by);
    if (!found.ok) return found;
    const role = roleOf(name, details, found.role.revision + 1);
    const refused = beyond(found.rights, [everywhere(role)]);
    if (refused !== undefined) return refused;
    if (found.role.revision !== seen) return stale(found.role.revision);
    const { revision } = role;
    await transaction
      .updateTable('roles')
      .set({ ...columnsOf(role), revision })
      .where('name', '=', name)
      .execute();
    await transaction
      .updateTable('users')
      .set(({ eb }) => ({ rights_revision: eb('rights_revision', '+', 1) }))
      .where('id', 'in', (query) => query.selectFrom('user_roles').select('user_id').where('role', '=', name))
      .execute();
    return { ok: true, role };
  });
}

/** Deletes a role that nobody has. */
export async function deleteRole(
  store: AccountsStore,
  name: string,
  { seen }: { readonly seen: number },
  by: Actor,
): Promise<{ readonly ok: true } | RefusedAccounts> {
  store.database.refuseInside();
  return await store.database.transaction(async (transaction) => {
    const found = await findOwnRole(transaction, store, name, by);
    if (!found.ok) return found;
    if (found.role.revision !== seen) return stale(found.role.revision);
    const { users } = await transaction
      .selectFrom('user_roles')
      .select(({ fn }) => fn.count<number>('user_id').distinct().as('users'))
      .where('role', '=', name)
      .executeTakeFirstOrThrow();
    if (users > 0) {
      const what = 'People have this role. Take it from them first.';
      return refuse({ code: 'role-in-use', what, users });
    }
    await transaction.deleteFrom('roles').where('name', '=', name).execute();
    return { ok: true };
  });
}

/** A role that is not built in, if whoever asks may change it. */
async function findOwnRole(transaction: Transaction<Tables>, store: AccountsStore, name: string, by: Actor) {
  const manager = await managing(transaction, store, by);
  if (!manager.ok) return manager;
  if (BUILT_IN_ROLES.has(name)) {
    return refuse({
      code: 'role-fixed',
      what: 'This role is built in. Make another one, and give that to people.',
    });
  }
  const role = (await readRoles(transaction)).get(name);
  if (role === undefined) {
    return refuse({ code: 'role-missing', what: 'This role is not there any more. Reload the list.' });
  }
  return beyond(manager.rights, [everywhere(role)]) ?? { ok: true as const, role, rights: manager.rights };
}

function checkRole({ permissions: { all } }: AccountsStore, { label, permissions }: RoleDetails) {
  const faults: AccountFault[] = [];
  if (!isLine(label.trim(), MAX_ROLE_LABEL_LENGTH)) {
    const message = `Enter a label of 1 to ${MAX_ROLE_LABEL_LENGTH} characters, on one line.`;
    faults.push({ field: 'label', message });
  }
  const unknown = permissions.find((name) => !all.has(name));
  if (unknown !== undefined || permissions.length > MAX_ROLE_PERMISSIONS) {
    faults.push({ field: 'permissions', message: 'Choose permissions that there are. Reload the page.' });
  }
  return faults;
}

function isRoleName(name: string): boolean {
  return name.length <= MAX_ROLE_NAME_LENGTH && /^[a-z][a-z0-9-]*$/.test(name);
}

function roleOf(name: string, { label, permissions }: RoleDetails, revision: number): Role {
  return {
    name,
    label: label.trim(),
    permitted: new Set([...permissions].sort()),
    isBuiltIn: false,
    revision,
  };
}

function columnsOf({ label, permitted }: Role) {
  return { label, permissions: JSON.stringify([...permitted]) };
}

/** A role is of no site, so whoever makes it must hold it at all of them. */
function everywhere({ name, permitted }: Role): Grant {
  return { site: ALL_SITES, role: name, permitted };
}
