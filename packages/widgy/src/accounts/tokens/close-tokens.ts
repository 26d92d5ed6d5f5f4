import type { Queries } from '../../database/database.ts';
import type { TokenKind } from './make-token.ts';

/** Makes the links that were mailed to somebody useless: all, or those of a kind. One statement. */
export async function closeTokensOf(
  queries: Queries,
  user: string,
  now: number,
  kind?: TokenKind,
): Promise<void> {
  await queries
    .updateTable('tokens')
    .set({ used_at: now })
    .where('user_id', '=', user)
    .where('used_at', 'is', null)
    .$if(kind !== undefined, (query) => query.where('kind', '=', kind ?? ''))
    .execute();
}
