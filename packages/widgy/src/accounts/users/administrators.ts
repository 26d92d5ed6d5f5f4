import type { Queries } from '../../database/database.ts';
import { ALL_SITES } from '../permissions/rights.ts';
import { type RefusedAccounts, refuse } from '../refusal.ts';
import { ADMINISTRATOR } from '../roles/role.ts';
import type { UserRole } from './user.ts';

/** Whether roles make somebody an administrator of all sites. */
export function hasAdministrator(roles: readonly UserRole[]): boolean {
  return roles.some(({ site, role }) => site === ALL_SITES && role === ADMINISTRATOR);
}

/** Whether there is an administrator of all sites at all, active or not. One statement. */
export async function isAdministered(queries: Queries): Promise<boolean> {
  const found = await queries
    .selectFrom('user_roles')
    .select('user_id')
    .where('role', '=', ADMINISTRATOR)
    .where('site', '=', ALL_SITES)
    .limit(1)
    .executeTakeFirst();
  return found !== undefined;
}

/**
 * The refusal for taking the last administrator away: somebody else has to be left who may do everything and can sign in. One statement, in
 * the transaction that takes.
 */
export async function lastAdministrator(
  queries: Queries,
  without: string,
): Promise<RefusedAccounts | undefined> {
  const other = await queries
    .selectFrom('user_roles')
    .innerJoin('users', 'users.id', 'user_roles.user_id')
    .select('users.id')
    .where('user_roles.role', '=', ADMINISTRATOR)
    .where('user_roles.site', '=', ALL_SITES)
    .where('users.is_active', '=', 1)
    .where('users.password_hash', 'is not', null)
    .where('users.id', '!=', without)
    .limit(1)
    .executeTakeFirst();
  if (other !== undefined) return undefined;
  const what = 'Nobody else could manage this site. Make somebody else an administrator first.';
  return refuse({ code: 'last-administrator', what });
}
