import { z } from 'zod';
import type { Queries } from '../../database/database.ts';
import { WidgyError } from '../../errors.ts';
import type { Grant } from '../permissions/rights.ts';
import type { AccountsStore } from '../store.ts';
import type { UserRole } from '../users/user.ts';
import { BUILT_IN_ROLES, type Role } from './role.ts';

/** All roles: those that are built in, then the others by label. One statement. */
export async function listRoles({ database }: AccountsStore): Promise<readonly Role[]> {
  database.refuseInside();
  return [...(await readRoles(database.kysely)).values()];
}

/** All roles by name. One statement. */
export async function readRoles(queries: Queries): Promise<ReadonlyMap<string, Role>> {
  const rows = await queries.selectFrom('roles').selectAll().orderBy('label').orderBy('name').execute();
  const own = rows.map(({ name, label, permissions, revision }): [string, Role] => {
    const permitted = permittedIn(name, permissions);
    return [name, { name, label, permitted, isBuiltIn: false, revision }];
  });
  return new Map([...BUILT_IN_ROLES, ...own]);
}

/** A role that somebody has, as it was read together with its row. */
export interface GrantRow extends UserRole {
  /** What its row permits, as JSON; null for a role without a row. */
  readonly permissions: string | null;
}

/** What roles come to. One that is not there any more permits nothing. */
export function grantsOf(rows: readonly GrantRow[]): readonly Grant[] {
  return rows.flatMap(({ site, role, permissions }) => {
    const builtIn = BUILT_IN_ROLES.get(role);
    if (builtIn !== undefined) return { site, role, permitted: builtIn.permitted };
    return permissions === null ? [] : { site, role, permitted: permittedIn(role, permissions) };
  });
}

/** The roles of somebody. One statement. */
export async function readGrantRows(queries: Queries, user: string): Promise<readonly GrantRow[]> {
  return await queries
    .selectFrom('user_roles')
    .leftJoin('roles', 'roles.name', 'user_roles.role')
    .select(['user_roles.site', 'user_roles.role', 'roles.permissions'])
    .where('user_roles.user_id', '=', user)
    .orderBy('user_roles.site')
    .orderBy('user_roles.role')
    .execute();
}

const storedPermissions = z.array(z.string());

function permittedIn(role: string, permissions: string): ReadonlySet<string> {
  const read = storedPermissions.safeParse(jsonIn(permissions));
  if (read.success) return new Set(read.data);
  throw new WidgyError('stored-invalid', { message: `the permissions of the role "${role}" cannot be read` });
}

/** The value of a text; undefined for one that is no JSON. */
function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
