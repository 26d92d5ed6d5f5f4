import { WidgyError } from '../../errors.ts';
import { isPlainObject, type PlainObject } from '../../tree/problems.ts';
import { MAX_TOKEN_LENGTH, SESSION_SEEN_MS } from '../limits.ts';
import { grantsOf } from '../roles/read-roles.ts';
import type { AccountsStore } from '../store.ts';
import { hashToken } from '../tokens/token.ts';
import { type SignedIn, signedInOf } from '../users/user.ts';
import { ASSURANCES, type Assurance, isOver } from './session.ts';

/** A session that is not over. */
export interface ReadSession {
  /** What the server keeps in it. */
  readonly data: PlainObject;
  /** Who is signed in, with what they may do at this moment; null for nobody. */
  readonly user: SignedIn | null;
  /** How it was proved who they are; null where nobody is signed in. */
  readonly assurance: Assurance | null;
  /** Whether the rights of the user have changed since it began: then it is to be given another token before anything else is done. */
  readonly mustRotate: boolean;
}

/**
 * Reads a session by the token that a browser sent: undefined if there is none, or if it is over. Whoever may not sign in any more has none.
 * One statement; once a minute another one, which writes that it was used.
 */
export async function readSession(store: AccountsStore, token: string): Promise<ReadSession | undefined> {
  store.database.refuseInside();
  if (token === '' || token.length > MAX_TOKEN_LENGTH) return undefined;
  const idHash = hashToken(token);
  const rows = await selectSession(store, idHash);
  const [row] = rows;
  const now = store.now();
  if (row === undefined || isOver(row, now)) return undefined;
  const user = userIn(rows, store);
  if (user === undefined) return undefined;
  if (Math.abs(now - row.seen_at) >= SESSION_SEEN_MS) {
    await store.database.kysely
      .updateTable('sessions')
      .set({ seen_at: now })
      .where('id_hash', '=', idHash)
      // Of several requests that come at once, one writes.
      .where('seen_at', '=', row.seen_at)
      .execute();
  }
  return {
    data: dataIn(row.data),
    user,
    assurance: ASSURANCES.find((one) => one === row.assurance) ?? null,
    // One that was replaced has a successor already.
    mustRotate: user !== null && row.replaced_at === null && row.session_rights !== user.rightsRevision,
  };
}

/** A row for each role of the user: one where there is no user, or no role. */
async function selectSession({ database }: AccountsStore, idHash: string) {
  return await database.kysely
    .selectFrom('sessions')
    .leftJoin('users', 'users.id', 'sessions.user_id')
    .leftJoin('user_roles', 'user_roles.user_id', 'users.id')
    .leftJoin('roles', 'roles.name', 'user_roles.role')
    .select([
      ...(['sessions.data', 'sessions.assurance', 'sessions.created_at', 'sessions.seen_at'] as const),
      ...([
        'sessions.ended_at',
        'sessions.replaced_at',
        'sessions.user_id',
        'sessions.rights_revision as session_rights',
      ] as const),
      ...(['users.email', 'users.name', 'users.language', 'users.is_active'] as const),
      ...(['users.must_change_password', 'users.revision', 'users.rights_revision'] as const),
      ...(['user_roles.site', 'user_roles.role', 'roles.permissions'] as const),
    ])
    .where('sessions.id_hash', '=', idHash)
    .execute();
}

/** Who is signed in; null for nobody, undefined for somebody who may not be. */
function userIn(
  rows: Awaited<ReturnType<typeof selectSession>>,
  { permissions: catalogue }: AccountsStore,
): SignedIn | null | undefined {
  const [row] = rows;
  if (row === undefined || row.user_id === null) return null;
  const { email, name, language, must_change_password, revision, rights_revision } = row;
  const isThere =
    email !== null &&
    name !== null &&
    must_change_password !== null &&
    revision !== null &&
    rights_revision !== null;
  if (!isThere || row.is_active !== 1) return undefined;
  const roles = rows.flatMap(({ site, role, permissions }) =>
    site === null || role === null ? [] : { site, role, permissions },
  );
  return signedInOf(
    { id: row.user_id, email, name, language, must_change_password, revision, rights_revision },
    { grants: grantsOf(roles), catalogue },
  );
}

/** What `writeSession` has written. */
function dataIn(text: string): PlainObject {
  const data: unknown = JSON.parse(text);
  if (isPlainObject(data)) return data;
  throw new WidgyError('stored-invalid', { message: 'the data of a session is no object' });
}
