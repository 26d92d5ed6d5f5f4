import type { Selectable, Transaction } from 'kysely';
import type { Tables, UsersTable } from '../../database/tables.ts';
import { ONE_TIME_PASSWORD_MS } from '../limits.ts';
import { endSessionsOf } from '../sessions/end-rows.ts';
import { closeTokensOf } from '../tokens/close-tokens.ts';

/** A password that somebody is to have. */
export interface NewPassword {
  readonly hash: string;
  /** Whether it was made for them, so that they are to choose another one in time. */
  readonly mustChange: boolean;
  readonly now: number;
  /** The hash of the token of the session that goes on, to be rotated. Default: none does. */
  readonly exceptSession?: string;
}

/** Sets the password of somebody, and ends their sessions and links. Gives the columns that it wrote. Three statements. */
export async function writePassword(
  transaction: Transaction<Tables>,
  { id, revision, rights_revision }: Pick<Selectable<UsersTable>, 'id' | 'revision' | 'rights_revision'>,
  { hash, mustChange, now, exceptSession }: NewPassword,
) {
  const written = {
    password_hash: hash,
    must_change_password: Number(mustChange),
    password_expires_at: mustChange ? now + ONE_TIME_PASSWORD_MS : null,
    revision: revision + 1,
    rights_revision: rights_revision + 1,
  };
  await transaction.updateTable('users').set(written).where('id', '=', id).execute();
  await endSessionsOf(transaction, id, now, exceptSession);
  await closeTokensOf(transaction, id, now);
  return written;
}
