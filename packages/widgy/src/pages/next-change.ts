import { sql } from 'kysely';
import type { PageStore } from './store.ts';

/**
 * The next time at which something appears on the site or goes from it though nobody does anything: a commit whose publish time comes, a link
 * page, or a page that expires. Undefined where nothing is to come. One statement.
 */
export async function nextChangeAt({ documents, site, now }: PageStore): Promise<number | undefined> {
  const time = now();
  const { rows } = await sql<{ readonly at: number | null }>`
    select min(at) as at from (
      select min(publish_at) as at from commits where publish_at > ${time}
      union all select min(expires_at) from pages where site = ${site} and expires_at > ${time}
      union all select min(published_at) from pages where site = ${site} and published_at > ${time}
    ) as coming`.execute(documents.database.kysely);
  return rows[0]?.at ?? undefined;
}
