import { type RawBuilder, sql } from 'kysely';
import { escapeHtml } from '../widgets/fields/html.ts';
import { addressOfPath } from './address.ts';
import { MAX_SITEMAP_ADDRESSES } from './limits.ts';
import type { PageStore } from './store.ts';
import { isShown, liveCommit } from './visible.ts';

/** An address that search engines are told of. */
export interface SitemapEntry {
  /** Encoded: `/about`. */
  readonly url: string;
  /** When what is shown there was last changed, in milliseconds since 1970. */
  readonly changedAt: number;
}

/** How many files the sitemap of a site has: at least one. One statement. */
export async function countSitemapParts(store: PageStore): Promise<number> {
  const { rows } = await sql<{ readonly count: number }>`
    select count(*) as count from pages where ${isListed(store)}`.execute(store.documents.database.kysely);
  return Math.max(1, Math.ceil((rows[0]?.count ?? 0) / MAX_SITEMAP_ADDRESSES));
}

/**
 * The addresses of one file of the sitemap, at most {@link MAX_SITEMAP_ADDRESSES}: of pages that everybody sees and which are not to be
 * left out. Link pages are none of this site's. One statement.
 *
 * @param part from 1
 */
export async function readSitemap(store: PageStore, part = 1): Promise<readonly SitemapEntry[]> {
  const skipped = (Math.max(1, Math.trunc(part) || 1) - 1) * MAX_SITEMAP_ADDRESSES;
  const { rows } = await sql<{
    readonly path: string;
    readonly updated_at: number;
    readonly publish_at: number;
  }>`
    select path, updated_at, coalesce(commits.publish_at, 0) as publish_at
    from (
      select path, updated_at, document, ${liveCommit(store, 'pages')} as live from pages
      where ${isListed(store)} order by path limit ${MAX_SITEMAP_ADDRESSES} offset ${skipped}
    ) as listed
    left join commits on commits.document = listed.document and commits.number = listed.live
    order by path`.execute(store.documents.database.kysely);
  return rows.map(({ path, updated_at, publish_at }) => {
    return { url: addressOfPath(path), changedAt: Math.max(updated_at, publish_at) };
  });
}

function isListed(store: PageStore): RawBuilder<boolean> {
  return sql`pages.site = ${store.site} and pages.kind = 'page' and pages.is_listed_in_sitemap = 1
    and pages.is_indexed = 1 and pages.is_protected = 0 and ${isShown(store, 'pages')}`;
}

/**
 * A file of a sitemap.
 *
 * @param origin what stands in front of the addresses, such as `https://example.org`
 */
export function printSitemap(entries: readonly SitemapEntry[], origin: string): string {
  const urls = entries.map(({ url, changedAt }) => {
    return `<url><loc>${escapeHtml(origin + url)}</loc><lastmod>${new Date(changedAt).toISOString()}</lastmod></url>\n`;
  });
  return `${XML}<urlset xmlns="${SCHEMA}">\n${urls.join('')}</urlset>\n`;
}

/** The file that names the files of a sitemap, by their whole addresses. */
export function printSitemapIndex(addresses: readonly string[]): string {
  const files = addresses.map((address) => `<sitemap><loc>${escapeHtml(address)}</loc></sitemap>\n`);
  return `${XML}<sitemapindex xmlns="${SCHEMA}">\n${files.join('')}</sitemapindex>\n`;
}

const XML = '<?xml version="1.0" encoding="UTF-8"?>\n';
const SCHEMA = 'http://www.sitemaps.org/schemas/sitemap/0.9';
