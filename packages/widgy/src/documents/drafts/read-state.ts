import type { Queries } from '../../database/database.ts';
import { ownerOf } from '../../database/owner.ts';
import type { DocumentState } from './draft.ts';

/** What a document is at, with what its draft is read from. */
export interface StoredState extends DocumentState {
  /** The hash of the tree that the draft's changes start from. */
  readonly base: string;
  /** The number of the last change that is already in the base. */
  readonly baseSequence: number;
}

/** Reads what a document is at; undefined where there is none. One statement. */
export async function readState(queries: Queries, document: string): Promise<StoredState | undefined> {
  const row = await selectStates(queries).where('documents.id', '=', document).executeTakeFirst();
  return row && stateOf(row);
}

/** Reads what many documents are at, in the order of their ids; those that are not there are left out. One statement. */
export async function readStates(
  queries: Queries,
  documents: readonly string[],
): Promise<readonly StoredState[]> {
  if (documents.length === 0) return [];
  const rows = await selectStates(queries)
    .where('documents.id', 'in', documents)
    .orderBy('documents.id')
    .execute();
  return rows.map(stateOf);
}

/** The query for states, to be narrowed down. */
export function selectStates(queries: Queries) {
  return queries
    .selectFrom('documents')
    .leftJoin('commits', (join) =>
      join.onRef('commits.document', '=', 'documents.id').onRef('commits.number', '=', 'documents.head'),
    )
    .select([
      'documents.id',
      'documents.owner_type',
      'documents.owner_id',
      'documents.owner_field',
      'documents.draft_base',
      'documents.draft_base_sequence',
      'documents.draft_sequence',
      'documents.draft_hash',
      'documents.head',
      'commits.tree as head_hash',
      'commits.is_withdrawal',
    ]);
}

/** A row of {@link selectStates}. */
export type StateRow = Awaited<ReturnType<ReturnType<typeof selectStates>['execute']>>[number];

/** What a row says. */
export function stateOf(row: StateRow): StoredState {
  const head =
    row.head === null || row.head_hash === null
      ? null
      : { number: row.head, hash: row.head_hash, isWithdrawal: row.is_withdrawal === 1 };
  return {
    document: row.id,
    owner: ownerOf(row),
    sequence: row.draft_sequence,
    hash: row.draft_hash,
    head,
    hasChanges: head?.hash !== row.draft_hash,
    base: row.draft_base,
    baseSequence: row.draft_base_sequence,
  };
}
