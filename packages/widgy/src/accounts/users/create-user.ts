import { randomUUID } from 'node:crypto';
import type { Transaction } from 'kysely';
import type { Tables } from '../../database/tables.ts';
import { ONE_TIME_PASSWORD_MS } from '../limits.ts';
import type { Grant } from '../permissions/rights.ts';
import { invalid, type RefusedAccounts, refuse } from '../refusal.ts';
import { readRoles } from '../roles/read-roles.ts';
import type { AccountsStore } from '../store.ts';
import { type Actor, beyond, managing } from './actor.ts';
import { checkPerson, checkRoles, type PersonDetails } from './check-person.ts';
import { emailKey, searchKey } from './email.ts';
import type { User, UserRole } from './user.ts';
import { userOf } from './user.ts';

/** Somebody who is to have an account. */
export interface NewUser {
  readonly email: string;
  readonly name: string;
  /** Default: the one that their browser asks for. */
  readonly language?: string | null;
  readonly roles: readonly UserRole[];
}

/** What became of somebody: they are as said here, or nothing was done. */
export type WrittenUser = { readonly ok: true; readonly user: User } | RefusedAccounts;

/** A person that may be kept. */
type CheckedUser = { readonly ok: true; readonly person: PersonDetails } | RefusedAccounts;

/** What may be kept of somebody new, or what is wrong. */
export function checkNewUser({ email, name, language = null }: Omit<NewUser, 'roles'>): CheckedUser {
  const { faults, person } = checkPerson({ email, name, language });
  if (faults.length > 0) return invalid(faults);
  return { ok: true, person: { email, name, language, ...person } };
}

/**
 * Makes somebody, in a transaction, if whoever does it may give these roles.
 *
 * @param passwordHash a hash of a password that they are to change; null for none yet
 */
export async function insertUser(
  transaction: Transaction<Tables>,
  store: AccountsStore,
  { person, roles }: { readonly person: PersonDetails; readonly roles: readonly UserRole[] },
  passwordHash: string | null,
  by: Actor,
): Promise<WrittenUser> {
  const manager = await managing(transaction, store, by);
  if (!manager.ok) return manager;
  const { faults, grants } = checkRoles(roles, await readRoles(transaction));
  if (faults.length > 0) return invalid(faults);
  const refused = beyond(manager.rights, grants);
  if (refused !== undefined) return refused;
  return await insertChecked(transaction, store, { person, grants }, passwordHash);
}

async function insertChecked(
  transaction: Transaction<Tables>,
  store: AccountsStore,
  { person, grants }: { readonly person: PersonDetails; readonly grants: readonly Grant[] },
  passwordHash: string | null,
): Promise<WrittenUser> {
  const { email, name, language } = person;
  const now = store.now();
  const row = {
    id: randomUUID(),
    email,
    email_key: emailKey(email),
    name,
    name_key: searchKey(name),
    password_hash: passwordHash,
    must_change_password: passwordHash === null ? 0 : 1,
    password_expires_at: passwordHash === null ? null : now + ONE_TIME_PASSWORD_MS,
    is_active: 1,
    language,
    revision: 1,
    rights_revision: 1,
    created_at: now,
    last_sign_in_at: null,
  };
  const { numInsertedOrUpdatedRows } = await transaction
    .insertInto('users')
    .values(row)
    .onConflict((conflict) => conflict.column('email_key').doNothing())
    .executeTakeFirstOrThrow();
  if (numInsertedOrUpdatedRows !== 1n) return emailTaken();
  const roles = grants.map(({ site, role }) => ({ site, role }));
  if (roles.length > 0) {
    await transaction
      .insertInto('user_roles')
      .values(roles.map((role) => ({ user_id: row.id, ...role })))
      .execute();
  }
  return { ok: true, user: userOf(row, roles) };
}

/** The refusal for an address that somebody else has. */
export function emailTaken(): RefusedAccounts {
  return refuse({ code: 'email-taken', what: 'Somebody has an account with this e-mail address already.' });
}
