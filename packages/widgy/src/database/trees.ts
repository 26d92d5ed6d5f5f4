import type { Queries } from './database.ts';

/** A tree as it is stored. */
export interface StoredTree {
  /** The content hash of the root. */
  readonly hash: string;
  /** The tree as canonical JSON. */
  readonly content: string;
}

/**
 * Keeps a tree; a tree that is there already stays as it is. One statement.
 *
 * @returns whether it was new
 */
export async function saveTree(queries: Queries, tree: StoredTree, now: number): Promise<boolean> {
  const { hash, content } = tree;
  const result = await queries
    .insertInto('trees')
    .values({ hash, content, created_at: now })
    .onConflict((conflict) => conflict.column('hash').doNothing())
    .executeTakeFirst();
  return result.numInsertedOrUpdatedRows === 1n;
}

/** The canonical JSON of a tree; undefined for one that is not there. One statement. */
export async function readTree(queries: Queries, hash: string): Promise<string | undefined> {
  const row = await queries.selectFrom('trees').select('content').where('hash', '=', hash).executeTakeFirst();
  return row?.content;
}
