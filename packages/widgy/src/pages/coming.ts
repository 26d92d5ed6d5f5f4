import { sql } from 'kysely';
import type { NamedPage } from './refusal.ts';
import type { PageStore } from './store.ts';

/** A version of a page that is to be shown later, or the time from which a page is off the site. */
export interface ComingChange {
  readonly page: NamedPage;
  readonly document: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Whether the page is taken off the site then. */
  readonly isWithdrawal: boolean;
  /** Who made the version; null where nobody is known. */
  readonly author: string | null;
}

/**
 * What is to become of pages by itself, the next first. It happens whatever becomes of whoever scheduled it: they were permitted to.
 * Where versions are reviewed, those that nobody has approved are left out. One statement.
 */
export async function listComing(
  { documents, site, now, isReviewed }: PageStore,
  { limit }: { readonly limit: number },
): Promise<readonly ComingChange[]> {
  const { rows } = await sql<ComingRow>`
    select pages.id, pages.title, pages.path, commits.document, commits.publish_at, commits.is_withdrawal, commits.author
    from commits join pages on pages.document = commits.document
    where commits.publish_at > ${now()} and pages.site = ${site} and pages.deleted_at is null
    ${isReviewed ? sql`and commits.approved_at is not null` : sql``}
    order by commits.publish_at, commits.document, commits.number
    limit ${limit}`.execute(documents.database.kysely);
  return rows.map(({ id, title, path, document, publish_at: at, is_withdrawal: withdrawal, author }) => ({
    ...{ page: { id, title, path }, document, at, isWithdrawal: withdrawal === 1, author },
  }));
}

interface ComingRow extends NamedPage {
  readonly document: string;
  readonly publish_at: number;
  readonly is_withdrawal: number;
  readonly author: string | null;
}
