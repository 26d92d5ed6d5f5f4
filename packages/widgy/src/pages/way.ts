import { sql } from 'kysely';
import type { Queries } from '../database/database.ts';
import type { NamedPage } from './refusal.ts';
import type { Showing } from './store.ts';

/** The pages above one, from the top down, and it last; none where it is not there. One statement. */
export async function wayTo(
  queries: Queries,
  { site }: Showing,
  page: string,
): Promise<readonly NamedPage[]> {
  const { rows } = await sql<NamedPage>`with recursive way (id, parent, title, path, depth) as (
      select id, parent, title, path, depth from pages where id = ${page} and site = ${site}
      union
      select pages.id, pages.parent, pages.title, pages.path, pages.depth
      from pages join way on pages.id = way.parent
    )
    select id, title, path from way order by depth`.execute(queries);
  return rows;
}
