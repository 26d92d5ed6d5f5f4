import { type Selectable, sql } from 'kysely';
import type { Queries } from '../../database/database.ts';
import type { UsersTable } from '../../database/tables.ts';
import { isId } from '../../tree/widget.ts';
import { MAX_EMAIL_LENGTH, MAX_USERS_PAGE } from '../limits.ts';
import { type GrantRow, readGrantRows } from '../roles/read-roles.ts';
import type { AccountsStore } from '../store.ts';
import { emailKey, searchKey } from './email.ts';
import { storable } from './storable.ts';
import { USER_COLUMNS, type User, type UserRole, userOf } from './user.ts';

/** Which people are asked for. */
export interface UsersQuestion {
  /** A part of the name or of the address; as much of it counts as an address is long. Default: all. */
  readonly search?: string;
  /** The `next` of the page before. Default: from the first one on. */
  readonly after?: string;
  /** How many, up to {@link MAX_USERS_PAGE}, which is the default. */
  readonly limit?: number;
}

/** A page of people, by address. */
export interface UsersPage {
  readonly users: readonly User[];
  /** What the next page is asked for with; undefined where there is none. */
  readonly next: string | undefined;
}

/** People in the order of their addresses. Two statements, one where nobody is found. */
export async function listUsers(
  { database }: AccountsStore,
  { search = '', after = '', limit = MAX_USERS_PAGE }: UsersQuestion = {},
): Promise<UsersPage> {
  database.refuseInside();
  const { kysely } = database;
  const size = Math.min(Math.max(1, Math.trunc(limit)), MAX_USERS_PAGE);
  const part = storable(searchKey(search.slice(0, MAX_EMAIL_LENGTH).trim())).replace(/[\\%_]/g, '\\$&');
  const rows = await kysely
    .selectFrom('users')
    .select([...USER_COLUMNS, 'email_key'])
    .where('email_key', '>', storable(after))
    .$if(part !== '', (query) =>
      query.where(
        sql<boolean>`(name_key like ${`%${part}%`} escape '\\' or email_key like ${`%${part}%`} escape '\\')`,
      ),
    )
    .orderBy('email_key')
    .limit(size + 1)
    .execute();
  const shown = rows.slice(0, size);
  const roles =
    shown.length === 0
      ? []
      : await rolesOf(
          kysely,
          shown.map(({ id }) => id),
        );
  const ofEach = Map.groupBy(roles, ({ user_id }) => user_id);
  const users = shown.map((row) => userOf(row, rolesIn(ofEach.get(row.id) ?? [])));
  return { users, next: rows.length > size ? shown.at(-1)?.email_key : undefined };
}

function rolesOf(queries: Queries, users: readonly string[]) {
  return queries
    .selectFrom('user_roles')
    .selectAll()
    .where('user_id', 'in', users)
    .orderBy('site')
    .orderBy('role')
    .execute();
}

/** Somebody by their id; undefined if they are not there. Two statements. */
export async function readUser({ database }: AccountsStore, id: string): Promise<User | undefined> {
  database.refuseInside();
  const found = await readUserRow(database.kysely, id);
  return found && userOf(found.row, rolesIn(found.grants));
}

/** Somebody by their address, however it is written; undefined if they are not there. At most three statements. */
export async function findUser(store: AccountsStore, email: string): Promise<User | undefined> {
  store.database.refuseInside();
  const found = await store.database.kysely
    .selectFrom('users')
    .select('id')
    .where('email_key', '=', emailKey(email))
    .executeTakeFirst();
  return found && (await readUser(store, found.id));
}

/** Somebody as they are in the database. */
export interface UserRow {
  readonly row: Selectable<UsersTable>;
  readonly grants: readonly GrantRow[];
}

/** Somebody's row and roles. Two statements. */
export async function readUserRow(queries: Queries, id: string): Promise<UserRow | undefined> {
  // What is no id is nobody's, so the database need not be asked.
  if (!isId(id)) return undefined;
  const row = await queries.selectFrom('users').selectAll().where('id', '=', id).executeTakeFirst();
  return row && { row, grants: await readGrantRows(queries, id) };
}

/** Only what roles of a person are, without what was read beside. */
export function rolesIn(rows: readonly UserRole[]): readonly UserRole[] {
  return rows.map(({ site, role }) => ({ site, role }));
}
