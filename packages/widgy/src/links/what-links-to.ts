import { sql, type Transaction } from 'kysely';
import type { Queries } from '../database/database.ts';
import { type Owner, type OwnerColumns, ownerOf } from '../database/owner.ts';
import type { Tables } from '../database/tables.ts';
import type { Reference } from '../widgets/fields/reference.ts';
import { DRAFT } from './stored-links.ts';

/** So many documents are told at once that link to something; how many there are is told too. */
export const MAX_TOLD_LINKS = 100;

/** When is asked, and what counts as published. */
export interface LinkQuestion {
  readonly now: number;
  /** Whether only approved commits are published, as on a site with review. */
  readonly isReviewed: boolean;
}

/** A document that links to something. Where all three are false, only its history does: commits that are live no more. */
export interface LinkingDocument {
  readonly document: string;
  /** What the document belongs to; null if nothing owns it. */
  readonly owner: Owner | null;
  readonly isInDraft: boolean;
  readonly isInLive: boolean;
  /** Whether a commit does that may become the live one: its time has not come, or nobody has approved it yet. */
  readonly isInScheduled: boolean;
}

/** What links to something. */
export interface Linking {
  /** At most {@link MAX_TOLD_LINKS}. First those that hold back its deletion; each part in the order of their ids. */
  readonly documents: readonly LinkingDocument[];
  /** How many documents link to it, in whatever version. */
  readonly total: number;
  /**
   * How many of them hold back its deletion: in their draft, or in a commit that is or may become the live one. What belongs to the
   * thing itself does not, since it goes with it.
   */
  readonly blocking: number;
}

/** Why something may not be deleted, or nothing. */
export type Deletable = { readonly ok: true } | { readonly ok: false; readonly refusal: LinkedRefusal };

/** Something that may not be deleted, as others link to it. */
export interface LinkedRefusal {
  readonly code: 'linked';
  readonly target: Reference;
  /** Those that hold it back, at most {@link MAX_TOLD_LINKS}. */
  readonly documents: readonly LinkingDocument[];
  /** How many there are. */
  readonly total: number;
}

/** The documents that link to something, and where they do. One statement. */
export async function whatLinksTo(
  queries: Queries,
  { type, id }: Reference,
  { now, isReviewed }: LinkQuestion,
): Promise<Linking> {
  const isTarget = sql<boolean>`target_type = ${type} and target_id = ${id}`;
  const { rows } = await sql<Row>`
    with linking as (select distinct document from links where ${isTarget}),
    lives as (
      select document, coalesce((
        select max(number) from commits
        where commits.document = linking.document and publish_at <= ${now}
        ${isReviewed ? sql`and approved_at is not null` : sql``}
      ), 0) as live
      from linking
    ),
    places as (
      select links.document,
        max(case when version = ${sql.lit(DRAFT)} then 1 else 0 end) as in_draft,
        max(case when version = live and is_withdrawal = 0 then 1 else 0 end) as in_live,
        max(case when version > live and is_withdrawal = 0 and publish_at is not null then 1 else 0 end) as in_scheduled
      from links
      join lives on lives.document = links.document
      left join commits on commits.document = links.document and commits.number = links.version
      where ${isTarget}
      group by links.document
    ),
    ranked as (
      select places.*, owner_type, owner_id, owner_field,
        case
          when owner_type = ${type} and owner_id = ${id} then 0
          when in_draft + in_live + in_scheduled > 0 then 1
          else 0
        end as is_blocking
      from places join documents on documents.id = places.document
    )
    select ranked.*, count(*) over () as total, sum(is_blocking) over () as blocking
    from ranked
    order by is_blocking desc, document
    limit ${sql.lit(MAX_TOLD_LINKS)}`.execute(queries);
  const [first] = rows;
  return {
    documents: rows.map(linkingDocument),
    total: first?.total ?? 0,
    blocking: first?.blocking ?? 0,
  };
}

/**
 * Refuses to delete what is linked to from a draft, from a live commit, or from one that may become live. Links that only the history
 * has, and those of what belongs to it, do not hold it back. One statement.
 *
 * @param transaction the one in which it is to be deleted, so that nobody links to it in between
 */
export async function refuseIfLinked(
  transaction: Transaction<Tables>,
  target: Reference,
  question: LinkQuestion,
): Promise<Deletable> {
  const { documents, blocking } = await whatLinksTo(transaction, target, question);
  if (blocking === 0) return { ok: true };
  return {
    ok: false,
    refusal: { code: 'linked', target, documents: documents.slice(0, blocking), total: blocking },
  };
}

interface Row extends OwnerColumns {
  readonly document: string;
  readonly in_draft: number;
  readonly in_live: number;
  readonly in_scheduled: number;
  readonly total: number;
  readonly blocking: number;
}

function linkingDocument(row: Row): LinkingDocument {
  return {
    document: row.document,
    owner: ownerOf(row),
    isInDraft: row.in_draft === 1,
    isInLive: row.in_live === 1,
    isInScheduled: row.in_scheduled === 1,
  };
}
