import { sql } from 'kysely';
import type { PageStore } from '../../pages/index.ts';
import { liveCommit } from '../../pages/visible.ts';
import { type StateText, stateText } from '../words.ts';

/** What some call-outs are to visitors, by their ids, as is said of pages. Those that are not there are left out. One statement, or none. */
export async function calloutStates(
  pages: PageStore,
  ids: readonly string[],
): Promise<ReadonlyMap<string, StateText>> {
  if (ids.length === 0) return new Map();
  const now = pages.now();
  const { rows } = await sql<Row>`
    select shown.id, documents.draft_hash, commits.tree as live_tree, commits.is_withdrawal,
      (select min(publish_at) from commits as coming
        where coming.document = shown.document and coming.number > coalesce(shown.live, 0)
          and coming.publish_at > ${now} and coming.is_withdrawal = 0) as next_at
    from (
      select id, document, ${liveCommit(pages, 'callouts')} as live from callouts
      where site = ${pages.site} and id in (${sql.join(ids)})
    ) as shown
    left join documents on documents.id = shown.document
    left join commits on commits.document = shown.document and commits.number = shown.live`.execute(
    pages.documents.database.kysely,
  );
  return new Map(rows.map((row) => [row.id, stateText({ state: stateOf(row), nextAt: row.next_at }, now)]));
}

interface Row {
  readonly id: string;
  readonly draft_hash: string | null;
  readonly live_tree: string | null;
  /** Null where nothing was ever shown. */
  readonly is_withdrawal: number | null;
  readonly next_at: number | null;
}

function stateOf({ draft_hash: draft, live_tree: live, is_withdrawal: isWithdrawn, next_at: nextAt }: Row) {
  if (isWithdrawn === 0) return draft === live && nextAt === null ? 'published' : 'changed';
  return nextAt === null ? 'draft' : 'scheduled';
}
