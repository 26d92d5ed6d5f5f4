import type { Selectable } from 'kysely';
import type { RedirectsTable } from '../database/tables.ts';
import { type NamedPage, named } from './refusal.ts';

/** Where a redirect leads: to a page wherever it goes, to an address, or nowhere since what was there is gone for good. */
export type RedirectTarget =
  | { readonly kind: 'page'; readonly page: NamedPage }
  | { readonly kind: 'url'; readonly url: string }
  | { readonly kind: 'gone' };

/** An address that leads elsewhere. */
export interface Redirect {
  readonly id: string;
  /** Written as the path of a page: without a leading `/`, not encoded. */
  readonly from: string;
  readonly to: RedirectTarget;
  /** Whether it was made because a page got another address. */
  readonly isAutomatic: boolean;
  /** The page that has its address: visitors are led on only while they do not see that page. */
  readonly coveredBy: NamedPage | null;
  /** Counts how often somebody changed it, from 1. */
  readonly revision: number;
  readonly createdAt: number;
}

/** A row with the page that it leads to, and the one that has its address. */
export interface RedirectRow extends Selectable<RedirectsTable> {
  readonly page_title: string | null;
  readonly page_path: string | null;
  readonly cover_id: string | null;
  readonly cover_title: string | null;
}

/** What a row says. */
export function redirectOf(row: RedirectRow): Redirect {
  return {
    id: row.id,
    from: row.from_path,
    to: targetOf(row),
    isAutomatic: row.is_automatic === 1,
    coveredBy:
      row.cover_id === null
        ? null
        : named({ id: row.cover_id, title: row.cover_title ?? '', path: row.from_path }),
    revision: row.revision,
    createdAt: row.created_at,
  };
}

function targetOf({
  target_page: id,
  target,
  page_title: title,
  page_path: path,
}: RedirectRow): RedirectTarget {
  if (id !== null) return { kind: 'page', page: named({ id, title: title ?? '', path: path ?? '' }) };
  return target === null ? { kind: 'gone' } : { kind: 'url', url: target };
}
