import type { Queries } from '../../database/database.ts';

/** Makes all links that were mailed to somebody useless. One statement. */
export async function closeTokensOf(queries: Queries, user: string, now: number): Promise<void> {
  await queries
    .updateTable('tokens')
    .set({ used_at: now })
    .where('user_id', '=', user)
    .where('used_at', 'is', null)
    .execute();
}
