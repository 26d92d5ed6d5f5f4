import type { Queries } from '../../database/database.ts';
import { readTree } from '../../database/trees.ts';
import { WidgyError } from '../../errors.ts';
import { hashTree, type Tree } from '../../tree/tree.ts';
import { commitOf } from '../commits/history.ts';
import { readLog } from '../drafts/read-log.ts';
import type { StoredState } from '../drafts/read-state.ts';
import { replayForwards } from '../drafts/replay.ts';
import { parseStoredTree } from '../drafts/stored.ts';
import type { FiledCommit } from './document-file.ts';

/**
 * Reads a tree that is kept, and makes sure that it is the one that its hash says. One statement.
 *
 * @throws WidgyError `stored-invalid`
 */
export async function readStoredTree(queries: Queries, hash: string): Promise<Tree> {
  const content = await readTree(queries, hash);
  if (content === undefined) throw invalid(`the tree ${hash} is not there`);
  const tree = parseStoredTree(content, hash);
  const own = hashTree(tree);
  if (own === hash) return tree;
  throw invalid(`the tree that is kept under ${hash} has the content hash ${own}`);
}

/**
 * Reads a draft from its base and its log alone, and makes sure that it is the one that its document says. For use in a transaction,
 * where nobody takes the base away in between. Two statements.
 *
 * @throws WidgyError `stored-invalid`
 */
export async function readStoredDraft(queries: Queries, state: StoredState): Promise<Tree> {
  const { document, base, baseSequence: after, sequence: upTo, hash } = state;
  const start = await readStoredTree(queries, base);
  const changes = await readLog(queries, { document, after, upTo });
  if (changes.length !== upTo - after) {
    throw invalid(`changes of the draft from ${after + 1} to ${upTo} are not there`);
  }
  const { tree } = replayForwards(start, changes);
  const own = hashTree(tree);
  if (own === hash) return tree;
  throw invalid(`the log leads to a draft with the content hash ${own}, and the document says ${hash}`);
}

/** All commits of a document, from the first on. One statement. */
export async function readStoredCommits(queries: Queries, document: string): Promise<readonly FiledCommit[]> {
  const rows = await queries
    .selectFrom('commits')
    .selectAll()
    .where('document', '=', document)
    .orderBy('number')
    .execute();
  return rows.map(commitOf);
}

function invalid(message: string): WidgyError {
  return new WidgyError('stored-invalid', { message });
}
