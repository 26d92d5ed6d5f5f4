import type { Queries } from '../../database/database.ts';
import { type Grant, lackedOf, may, type Rights } from '../permissions/rights.ts';
import { type RefusedAccounts, refuse } from '../refusal.ts';
import { grantsOf, readGrantRows } from '../roles/read-roles.ts';
import type { AccountsStore } from '../store.ts';

/** Who changes people and roles. */
export type Actor =
  /** Somebody who is signed in. What they may do is read anew with each change. */
  | { readonly kind: 'user'; readonly id: string }
  /** Code of the site itself, or a command on its machine, and never a request: it may do everything. */
  | { readonly kind: 'trusted' };

/** Who may do everything: code of the site itself, and never a request. */
export const trustedActor: Actor = Object.freeze({ kind: 'trusted' });

/** What somebody who manages people holds; undefined for who may do everything. */
export type Managing = { readonly ok: true; readonly rights: Rights | undefined } | RefusedAccounts;

/** Whether somebody may manage people and roles at this site. At most two statements. */
export async function managing(
  queries: Queries,
  { permissions: catalogue, site }: AccountsStore,
  actor: Actor,
): Promise<Managing> {
  if (actor.kind === 'trusted') return { ok: true, rights: undefined };
  const active = await queries
    .selectFrom('users')
    .select('id')
    .where('id', '=', actor.id)
    .where('is_active', '=', 1)
    .executeTakeFirst();
  const rights = { catalogue, grants: active ? grantsOf(await readGrantRows(queries, actor.id)) : [] };
  return may({ rights }, 'users.manage', site) ? { ok: true, rights } : notPermitted(['users.manage']);
}

/**
 * The refusal for giving or taking what somebody does not hold themselves; undefined where they hold all of it. It is asked of what
 * somebody has as well as of what they are to get: whoever could change the address of an administrator could become one.
 */
export function beyond(rights: Rights | undefined, grants: readonly Grant[]): RefusedAccounts | undefined {
  const lacked = rights === undefined ? [] : lackedOf(rights, grants);
  return lacked.length === 0 ? undefined : notPermitted(lacked);
}

function notPermitted(lacked: readonly string[]): RefusedAccounts {
  const what = 'You may not do this: it needs permissions that you do not have. Ask an administrator.';
  return refuse({ code: 'not-permitted', what, lacked });
}
