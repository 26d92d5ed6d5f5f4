import { MAX_USERS_PAGE } from '../limits.ts';
import type { AccountsStore } from '../store.ts';
import type { User } from '../users/user.ts';

/** Somebody who has a role, at any site. */
export type RoleHolder = Pick<User, 'id' | 'email' | 'name'>;

/** Who has a role, at any site, by address: the first of them, at most `MAX_USERS_PAGE`. One statement. */
export async function listRoleHolders(
  { database }: AccountsStore,
  role: string,
): Promise<readonly RoleHolder[]> {
  database.refuseInside();
  return await database.kysely
    .selectFrom('users')
    .select(['id', 'email', 'name'])
    .where('id', 'in', (query) => query.selectFrom('user_roles').select('user_id').where('role', '=', role))
    .orderBy('email_key')
    .limit(MAX_USERS_PAGE)
    .execute();
}

/** How many people have each role, by its name. A role that nobody has is left out. One statement. */
export async function countRoleHolders({ database }: AccountsStore): Promise<ReadonlyMap<string, number>> {
  database.refuseInside();
  const rows = await database.kysely
    .selectFrom('user_roles')
    .select(({ fn }) => ['role', fn.count<number>('user_id').distinct().as('people')])
    .groupBy('role')
    .execute();
  return new Map(rows.map(({ role, people }) => [role, people]));
}
