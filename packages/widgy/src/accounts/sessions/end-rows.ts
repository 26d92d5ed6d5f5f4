import type { Queries } from '../../database/database.ts';

/**
 * Ends all sessions of somebody, but for one. Their rows stay for a while, empty: so that a request that is still going on does not bring
 * one back. One statement.
 */
export async function endSessionsOf(
  queries: Queries,
  user: string,
  now: number,
  except?: string,
): Promise<number> {
  const { numUpdatedRows } = await queries
    .updateTable('sessions')
    .set({ ended_at: now, data: '{}' })
    .where('user_id', '=', user)
    .where('ended_at', 'is', null)
    .$if(except !== undefined, (query) => query.where('id_hash', '!=', except ?? ''))
    .executeTakeFirstOrThrow();
  return Number(numUpdatedRows);
}
