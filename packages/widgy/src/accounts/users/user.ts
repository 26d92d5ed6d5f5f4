import type { Selectable } from 'kysely';
import type { UsersTable } from '../../database/tables.ts';
import type { Rights } from '../permissions/rights.ts';

/** A role at a site, as it is given to somebody. */
export interface UserRole {
  /** The id of a site, or `*` for all. */
  readonly site: string;
  /** The name of a role. */
  readonly role: string;
}

/** Somebody who may sign in, for those who manage people. */
export interface User {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly language: string | null;
  readonly isActive: boolean;
  /** Whether they have set a password, or one was made for them. */
  readonly hasPassword: boolean;
  readonly mustChangePassword: boolean;
  readonly roles: readonly UserRole[];
  /** What a change says as `seen`. */
  readonly revision: number;
  readonly createdAt: number;
  readonly lastSignInAt: number | null;
}

/** Somebody who is signed in, with what they may do. */
export interface SignedIn {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly language: string | null;
  /** Whether they are to choose another password before anything else. */
  readonly mustChangePassword: boolean;
  readonly revision: number;
  /** Goes into the data of their session: one that has another number has other rights than when it began. */
  readonly rightsRevision: number;
  readonly rights: Rights;
}

/** The columns that {@link userOf} needs. */
export const USER_COLUMNS = [
  'id',
  'email',
  'name',
  'language',
  'is_active',
  'password_hash',
  'must_change_password',
  'revision',
  'created_at',
  'last_sign_in_at',
] as const satisfies readonly (keyof UsersTable)[];

/** Makes a user of a row. The hash of the password stays behind. */
export function userOf(
  row: Pick<Selectable<UsersTable>, (typeof USER_COLUMNS)[number]>,
  roles: readonly UserRole[],
): User {
  return {
    id: row.id,
    email: row.email,
    name: row.name,
    language: row.language,
    isActive: row.is_active === 1,
    hasPassword: row.password_hash !== null,
    mustChangePassword: row.must_change_password === 1,
    roles,
    revision: row.revision,
    createdAt: row.created_at,
    lastSignInAt: row.last_sign_in_at,
  };
}

/** The columns that {@link signedInOf} needs. */
export type SignedInRow = Pick<
  Selectable<UsersTable>,
  'id' | 'email' | 'name' | 'language' | 'must_change_password' | 'revision' | 'rights_revision'
>;

/** Makes somebody who is signed in of a row. */
export function signedInOf(row: SignedInRow, rights: SignedIn['rights']): SignedIn {
  return {
    id: row.id,
    email: row.email,
    name: row.name,
    language: row.language,
    mustChangePassword: row.must_change_password === 1,
    revision: row.revision,
    rightsRevision: row.rights_revision,
    rights,
  };
}
