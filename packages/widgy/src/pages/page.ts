import type { Selectable } from 'kysely';
import type { PagesTable } from '../database/tables.ts';

/** What a page of either kind is. Times are milliseconds since 1970. */
interface AnyPage {
  readonly id: string;
  /** The page that it stands below; null at the top. */
  readonly parent: string | null;
  /** Pages with the same parent are in the order of it. */
  readonly position: number;
  readonly title: string;
  /** Its part of the address; empty for the home page alone. */
  readonly slug: string;
  /** Its address without a leading `/`, not encoded; empty for the home page. */
  readonly path: string;
  /** Which of the templates of the site shows it; null for the first one. */
  readonly template: string | null;
  /** What answers for the addresses below that of the page; null for pages alone. */
  readonly mount: string | null;
  readonly isListedInSitemap: boolean;
  /** Whether only people who are signed in see it and what is below it. */
  readonly needsSignIn: boolean;
  /** Whether it or a page above it needs signing in. */
  readonly isProtected: boolean;
  /** Whether search engines may list it. */
  readonly isIndexed: boolean;
  /** From when on it is not shown any more. */
  readonly expiresAt: number | null;
  /** Empty where it is made from the page. */
  readonly metaTitle: string;
  /** Empty where it is made from the page. */
  readonly metaDescription: string;
  /** When it was put into the bin; null for a page that is there. */
  readonly deletedAt: number | null;
  /** Counts how often somebody changed the page, from 1. */
  readonly revision: number;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** A page of a site: one with a document, or one that leads elsewhere. */
export type Page =
  | (AnyPage & {
      readonly kind: 'page';
      /** Null where it was deleted without the page. */
      readonly document: string | null;
    })
  | (AnyPage & {
      readonly kind: 'link';
      /** An address or a reference. */
      readonly target: string;
      /** From when on it is shown; null for a draft. */
      readonly publishedAt: number | null;
    });

/** What a row says. */
export function pageOf(row: Selectable<PagesTable>): Page {
  const any: AnyPage = {
    id: row.id,
    parent: row.parent,
    position: row.position,
    title: row.title,
    slug: row.slug,
    path: row.path,
    template: row.template,
    mount: row.mount,
    isListedInSitemap: row.is_listed_in_sitemap === 1,
    needsSignIn: row.needs_sign_in === 1,
    isProtected: row.is_protected === 1,
    isIndexed: row.is_indexed === 1,
    expiresAt: row.expires_at,
    metaTitle: row.meta_title,
    metaDescription: row.meta_description,
    deletedAt: row.deleted_at,
    revision: row.revision,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
  return row.kind === 'link'
    ? { ...any, kind: 'link', target: row.target ?? '', publishedAt: row.published_at }
    : { ...any, kind: 'page', document: row.document };
}
