import type { Queries } from '../../database/database.ts';
import type { UserRole } from './user.ts';

/** Gives somebody these roles, and no others. Two statements, one where there are none. */
export async function writeUserRoles(
  queries: Queries,
  user: string,
  roles: readonly UserRole[],
): Promise<void> {
  await queries.deleteFrom('user_roles').where('user_id', '=', user).execute();
  if (roles.length === 0) return;
  const values = roles.map(({ site, role }) => ({ user_id: user, site, role }));
  await queries.insertInto('user_roles').values(values).execute();
}
