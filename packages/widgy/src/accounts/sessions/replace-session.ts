import { MAX_TOKEN_LENGTH } from '../limits.ts';
import type { AccountsStore } from '../store.ts';
import { hashToken } from '../tokens/token.ts';

/**
 * Notes that a session is replaced by another one, with another token. Requests that were sent with its own are answered for a while, as
 * long as `REPLACED_SESSION_MS`: a browser asks for several things at once. Of several that would replace it at once, one does. One
 * statement.
 *
 * @returns whether whoever asked is to begin the other session; if not, one has its place already, or it is over
 */
export async function markReplaced({ database, now }: AccountsStore, token: string): Promise<boolean> {
  database.refuseInside();
  if (token.length > MAX_TOKEN_LENGTH) return false;
  const { numUpdatedRows } = await database.kysely
    .updateTable('sessions')
    .set({ replaced_at: now() })
    .where('id_hash', '=', hashToken(token))
    .where('ended_at', 'is', null)
    .where('replaced_at', 'is', null)
    .executeTakeFirstOrThrow();
  return numUpdatedRows === 1n;
}
