import { type RawBuilder, sql } from 'kysely';
import type { Queries } from '../database/database.ts';
import { resolveReferences } from '../links/resolve.ts';
import { formatReference, parseReference } from '../widgets/fields/reference.ts';
import { isSafeUrl } from '../widgets/fields/safe-url.ts';
import { addressOfPath } from './address.ts';
import type { PageStore } from './store.ts';

/** What the target of a link page begins with when it is another page. What follows is its id. */
const PAGE_REFERENCE = 'widgy:page/';

/**
 * Whether a page is the one that a link page refers to. It is none that leads elsewhere itself, so that nobody is led in a circle. An
 * expression for a query.
 */
export function isAim(link: string, page: string): RawBuilder<boolean> {
  const target = sql.ref(`${link}.target`);
  return sql`(${target} like ${sql.lit(`${PAGE_REFERENCE}%`)}
    and ${sql.ref(`${page}.id`)} = substr(${target}, ${sql.lit(PAGE_REFERENCE.length + 1)})
    and ${sql.ref(`${page}.kind`)} = 'page')`;
}

/** A link page with the page that it leads to, if it leads to one that is shown. */
export interface LinkRow {
  readonly target: string | null;
  /** The path of the page that it leads to; null where it leads to none, or to one that nobody sees. */
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
