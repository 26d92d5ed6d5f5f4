import { sql } from 'kysely';
import type { Queries } from './database.ts';

/**
 * The generation of a site: a number that grows with every transaction which writes anything that its visitors can see, and with no other.
 * What was made for visitors while it was the same is still right, but for what time alone changes, such as a commit whose
 * publish time comes. One statement.
 */
export async function readGeneration(queries: Queries, site: string): Promise<number> {
  const { rows } = await sql<{ readonly generation: number }>`
    select cast(coalesce(sum(number), 0) as bigint) as generation from generations
    where site in (${site}, '*')`.execute(queries);
  const [row] = rows;
  return row?.generation ?? 0;
}
