import { sql, type Transaction } from 'kysely';
import type { Tables } from '../../database/tables.ts';
import { saveTree } from '../../database/trees.ts';
import { formatTree } from '../../tree/format.ts';
import { hashTree } from '../../tree/tree.ts';
import { isUnusedTree } from '../collect-trees.ts';
import { FOLD_AFTER, FOLD_OPERATIONS, FOLD_SIZE, KEPT_SIZE } from '../limits.ts';
import type { DocumentStore } from '../store.ts';
import { type Draft, NOTHING_UNFOLDED } from './draft.ts';

/**
 * Keeps the tree of a draft as its new base once in a while, so that reading it anew is little work, and takes away changes that are older than what is kept. It is
 * done after a change was accepted, in a transaction of its own: where it fails the change stands, and another one tries again.
 */
export async function foldIfDue(store: DocumentStore, draft: Draft): Promise<void> {
  const { sequence, unfolded } = draft;
  const isDue =
    sequence % FOLD_AFTER === 0 || unfolded.operations >= FOLD_OPERATIONS || unfolded.size >= FOLD_SIZE;
  if (!isDue) return;
  try {
    await foldDraft(store, draft);
  } catch (problem) {
    store.onProblem(problem);
  }
}

/** Keeps the tree of a draft as its base. Five statements, and its transaction. */
export async function foldDraft(store: DocumentStore, draft: Draft): Promise<void> {
  const { database, now, keptChanges } = store;
  const { document, sequence, tree } = draft;
  const hash = hashTree(tree);
  await database.transaction(async (transaction) => {
    const old = await transaction
      .selectFrom('documents')
      .select('draft_base')
      .where('id', '=', document)
      .where('draft_base_sequence', '<', sequence)
      .executeTakeFirst();
    if (old === undefined) return;
    await saveTree(transaction, { hash, content: formatTree(tree) }, now());
    await transaction
      .updateTable('documents')
      .set({ draft_base: hash, draft_base_sequence: sequence })
      .where('id', '=', document)
      .execute();
    await transaction
      .deleteFrom('operations')
      .where('document', '=', document)
      .where(({ or, eb }) =>
        or([
          eb('sequence', '<=', sequence - keptChanges),
          eb('sequence', '<=', lastBeyond(document, sequence)),
        ]),
      )
      .execute();
    await removeUnused(transaction, [old.draft_base]);
  });
  store.drafts.set(document, { ...draft, looseBase: hash, unfolded: NOTHING_UNFOLDED });
}

/**
 * Notes that a draft starts from a commit, and takes away the tree that it started from before, if nobody else has it. Where that
 * fails the commit stands, and `collectTrees` finds the tree later.
 *
 * @param hash of the commit's tree
 */
export async function startFromCommit(store: DocumentStore, draft: Draft, hash: string): Promise<void> {
  const { looseBase } = draft;
  store.drafts.set(draft.document, { ...draft, looseBase: null, unfolded: NOTHING_UNFOLDED });
  if (looseBase === null || looseBase === hash) return;
  try {
    await store.database.transaction((transaction) => removeUnused(transaction, [looseBase]));
  } catch (problem) {
    store.onProblem(problem);
  }
}

/** The number of the newest change that, with all later ones, is more than the log keeps; the newest change itself is always kept. */
function lastBeyond(document: string, sequence: number) {
  return sql<number>`(
    select coalesce(max(kept.sequence), 0) from (
      select sequence, sum(length(operations) + length(inverses)) over (order by sequence desc) as total
      from operations where document = ${document}
    ) as kept
    where kept.total > ${KEPT_SIZE} and kept.sequence < ${sequence}
  )`;
}

/** Takes away those of some trees that no draft starts from and no commit has. One statement. */
export async function removeUnused(
  transaction: Transaction<Tables>,
  hashes: readonly string[],
): Promise<void> {
  if (hashes.length === 0) return;
  await transaction.deleteFrom('trees').where('hash', 'in', hashes).where(isUnusedTree).execute();
}
