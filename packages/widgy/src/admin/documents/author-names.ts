import type { Queries } from '../../database/database.ts';

/** What people are called, by their ids. Those who are not known any more are left out. One statement, or none. */
export async function authorNames(
  queries: Queries,
  ids: readonly (string | null)[],
): Promise<ReadonlyMap<string, string>> {
  const known = [...new Set(ids.filter((id) => id !== null))];
  if (known.length === 0) return new Map();
  const rows = await queries.selectFrom('users').select(['id', 'name']).where('id', 'in', known).execute();
  return new Map(rows.map(({ id, name }) => [id, name]));
}
