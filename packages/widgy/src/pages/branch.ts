import { type RawBuilder, sql, type Transaction } from 'kysely';
import type { Tables } from '../database/tables.ts';
import { MAX_PAGE_DEPTH, MAX_PATH_LENGTH } from './limits.ts';
import type { PageRefusal } from './refusal.ts';
import { lengthOf } from './slug.ts';

/** A page with all below it, as far as it is there; or, of the bin, what went into it together. */
export interface Branch {
  readonly page: string;
  /** The page with which it was put into the bin; undefined for what is there. */
  readonly deletedWith?: string | undefined;
}

/** The common table `branch` of the ids of a branch, for what stands in front of a statement. */
export function branchIds({ page, ...branch }: Branch): RawBuilder<unknown> {
  return sql`with recursive branch (id) as (
    select id from pages where id = ${page}
    union
    select pages.id from pages join branch on pages.parent = branch.id where ${isAlong(branch)}
  )`;
}

/** Whether a page that stands below one of a branch is of the branch. */
function isAlong({ deletedWith }: Omit<Branch, 'page'>): RawBuilder<boolean> {
  return deletedWith === undefined ? sql`pages.deleted_at is null` : sql`pages.deleted_with = ${deletedWith}`;
}

/** What is known of a branch before it gets other addresses. */
export interface BranchSize {
  readonly pages: number;
  /** Characters that the longest address has behind that of the page itself. */
  readonly longest: number;
  /** Levels below the page itself. */
  readonly levels: number;
}

/** Measures a branch. One statement. */
export async function measureBranch(transaction: Transaction<Tables>, branch: Branch): Promise<BranchSize> {
  const { rows } = await sql<BranchSize>`${branchIds(branch)}
    select count(*) as pages,
      coalesce(max(length(pages.path) - length(top.path)), 0) as longest,
      coalesce(max(pages.depth - top.depth), 0) as levels
    from pages join pages as top on top.id = ${branch.page}
    where pages.id in (select id from branch)`.execute(transaction);
  return rows[0] ?? { pages: 0, longest: 0, levels: 0 };
}

/** Why a branch cannot stand somewhere; undefined if it can. */
export function placeFault(
  { longest, levels }: Omit<BranchSize, 'pages'>,
  { path, depth }: { readonly path: string; readonly depth: number },
): PageRefusal | undefined {
  if (depth + levels > MAX_PAGE_DEPTH) {
    const what = `Pages stand at most ${MAX_PAGE_DEPTH} levels deep.`;
    return { code: 'too-deep', what, limit: MAX_PAGE_DEPTH };
  }
  if (lengthOf(path) + longest > MAX_PATH_LENGTH) {
    const what = `An address would have more than ${MAX_PATH_LENGTH} characters. Shorten a slug in it.`;
    return { code: 'path-too-long', what, limit: MAX_PATH_LENGTH };
  }
  return undefined;
}

/**
 * Brings what follows from the parents up to date in a branch: addresses, depths, and what needs signing in. What is in the bin comes
 * out of it by this. One statement, whatever the size of the branch.
 */
export async function refreshBranch(
  transaction: Transaction<Tables>,
  { page, ...branch }: Branch,
): Promise<void> {
  await sql`with recursive branch (id, path, depth, is_protected) as (
      select pages.id,
        case when above.id is null then pages.slug else above.path || '/' || pages.slug end,
        coalesce(above.depth, 0) + 1,
        case when pages.needs_sign_in = 1 or above.is_protected = 1 then 1 else 0 end
      from pages left join pages as above on above.id = pages.parent
      where pages.id = ${page}
      union all
      select pages.id, branch.path || '/' || pages.slug, branch.depth + 1,
        case when pages.needs_sign_in = 1 or branch.is_protected = 1 then 1 else 0 end
      from pages join branch on pages.parent = branch.id where ${isAlong(branch)}
    )
    update pages set path = branch.path, depth = branch.depth, is_protected = branch.is_protected,
      deleted_at = null, deleted_with = null
    from branch where branch.id = pages.id`.execute(transaction);
}
