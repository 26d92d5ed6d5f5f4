import { sql } from 'kysely';
import type { PageAttempt } from './attempt.ts';
import { MAX_FOLLOWED_REDIRECTS } from './limits.ts';
import { pathOfUrl, shownAddress } from './redirect-address.ts';
import type { PageStore } from './store.ts';

/**
 * Refuses that a path of this site leads to a target if one would come back to the path from there: over redirects and link pages. One
 * statement for each of them on the way.
 */
export async function refuseCircle(
  store: PageStore,
  step: PageAttempt,
  from: string,
  target: string,
): Promise<void> {
  const way = [from];
  for (
    let next = pathOfUrl(target, store.hosts);
    next !== undefined;
    next = await leadsTo(store, step, next)
  ) {
    way.push(next);
    if (next !== from && way.length <= MAX_FOLLOWED_REDIRECTS) continue;
    const addresses = way.map(shownAddress);
    step.refuse({
      code: 'redirect-loop',
      what: `It would lead in a circle: ${addresses.join(' → ')}.`,
      addresses,
    });
  }
}

/** The path of this site to which a redirect or a link page leads from a path; undefined where there is none. */
async function leadsTo(
  { site, hosts }: PageStore,
  { transaction }: PageAttempt,
  path: string,
): Promise<string | undefined> {
  const { rows } = await sql<{ readonly target: string | null; readonly path: string | null }>`
    select target, null as path from pages
    where site = ${site} and path = ${path} and deleted_at is null and kind = 'link'
    union all
    select redirects.target, pages.path
    from redirects left join pages on pages.id = redirects.target_page and pages.deleted_at is null
    where redirects.site = ${site} and redirects.from_path = ${path}`.execute(transaction);
  const [row] = rows;
  if (row === undefined) return undefined;
  return row.path ?? (row.target === null ? undefined : pathOfUrl(row.target, hosts));
}
