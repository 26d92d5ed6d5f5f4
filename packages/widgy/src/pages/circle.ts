import { sql } from 'kysely';
import type { PageAttempt } from './attempt.ts';
import { MAX_FOLLOWED_REDIRECTS } from './limits.ts';
import { pathOfUrl, shownAddress } from './redirect-address.ts';
import type { PageStore } from './store.ts';

/**
 * Refuses that a path of this site leads to a target if one could come back to the path from there: over redirects, also those that a
 * page covers, and link pages, also those that are not shown. One statement for each path on the way.
 */
export async function refuseCircle(
  store: PageStore,
  step: PageAttempt,
  from: string,
  target: string,
): Promise<void> {
  const seen = new Set<string>();
  const follow = async (path: string, way: readonly string[]): Promise<void> => {
    if (seen.has(path)) return;
    seen.add(path);
    const addresses = [...way, path].map(shownAddress);
    if (path === from || seen.size >= MAX_FOLLOWED_REDIRECTS) {
      const what = `It would lead in a circle: ${addresses.join(' → ')}.`;
      step.refuse({ code: 'redirect-loop', what, addresses });
    }
    for (const next of await leadsTo(store, step, path)) await follow(next, [...way, path]);
  };
  const first = pathOfUrl(target, store.hosts);
  if (first !== undefined) await follow(first, [from]);
}

/** The paths of this site to which a link page and a redirect lead from a path. */
async function leadsTo(
  { site, hosts }: PageStore,
  { transaction }: PageAttempt,
  path: string,
): Promise<readonly string[]> {
  const { rows } = await sql<{ readonly target: string | null; readonly path: string | null }>`
    select target, null as path from pages
    where site = ${site} and path = ${path} and deleted_at is null and kind = 'link'
    union all
    select redirects.target, pages.path
    from redirects left join pages on pages.id = redirects.target_page and pages.deleted_at is null
    where redirects.site = ${site} and redirects.from_path = ${path}`.execute(transaction);
  return rows
    .map((row) => row.path ?? (row.target === null ? undefined : pathOfUrl(row.target, hosts)))
    .filter((next) => next !== undefined)
    .filter((next) => next !== path);
}
