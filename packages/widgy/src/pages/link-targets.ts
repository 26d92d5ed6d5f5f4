import { type RawBuilder, sql } from 'kysely';
import type { Queries } from '../database/database.ts';
import { resolveReferences } from '../links/resolve.ts';
import { formatReference, parseReference } from '../widgets/fields/reference.ts';
import { isSafeUrl } from '../widgets/fields/safe-url.ts';
import { addressOfPath } from './address.ts';
import type { PageStore, Showing } from './store.ts';
import { isOpenTo, isShown } from './visible.ts';

/** What the target of a link page begins with when it is another page. What follows is its id. */
const PAGE_REFERENCE = 'widgy:page/';

/**
 * The path of the page that a link page leads to; null where it leads to none, or to one that this visitor does not see. It is none that leads
 * elsewhere itself, so that nobody is led in a circle. An expression for a query, which looks up one page and no other.
 *
 * @param link what the query calls the link page
 */
export function aimPath(
  showing: Showing,
  link: string,
  { isSignedIn }: { readonly isSignedIn: boolean },
): RawBuilder<string | null> {
  const target = sql.ref(`${link}.target`);
  return sql`case when ${target} like ${sql.lit(`${PAGE_REFERENCE}%`)} then (
    select aim.path from pages as aim
    where aim.id = substr(${target}, ${sql.lit(PAGE_REFERENCE.length + 1)})
      and aim.site = ${showing.site} and aim.kind = 'page' and ${isShown(showing, 'aim')}
      and ${isOpenTo(isSignedIn, 'aim')}
  ) end`;
}

/** A link page with the page that it leads to, if it leads to one that is shown. */
export interface LinkRow {
  readonly target: string | null;
  /** The path of the page that it leads to; null where it leads to none, or to one that this visitor does not see. */
  readonly aim_path: string | null;
}

/**
 * Says where link pages lead: the address, undefined for those that lead nowhere at present. One statement for each type, but for
 * pages, of the things that they lead to.
 */
export async function linkUrls(
  { documents }: PageStore,
  queries: Queries,
  links: readonly LinkRow[],
): Promise<(link: LinkRow) => string | undefined> {
  const references = links.flatMap(({ target }) => {
    const reference = parseReference(target ?? '');
    return reference === undefined || reference.type === 'page' ? [] : [reference];
  });
  const resolved = await resolveReferences(queries, documents.linkables, references);
  return ({ target, aim_path: path }) => {
    if (target === null) return undefined;
    const reference = parseReference(target);
    if (reference?.type === 'page') return path === null ? undefined : addressOfPath(path);
    const url = reference === undefined ? target : resolved.get(formatReference(reference))?.url;
    return url !== undefined && isSafeUrl(url) ? url : undefined;
  };
}

/** Says where one link page leads this visitor; undefined where that is nowhere at present. One statement where it leads to a thing. */
export async function linkUrl(
  store: PageStore,
  page: { readonly id: string; readonly target: string },
  visitor: { readonly isSignedIn: boolean },
) {
  const { kysely } = store.documents.database;
  const isToPage = parseReference(page.target)?.type === 'page';
  const { rows } = isToPage
    ? await sql<LinkRow>`select target, ${aimPath(store, 'pages', visitor)} as aim_path from pages
        where id = ${page.id}`.execute(kysely)
    : { rows: [{ target: page.target, aim_path: null }] };
  const urlOf = await linkUrls(store, kysely, rows);
  return rows[0] && urlOf(rows[0]);
}
