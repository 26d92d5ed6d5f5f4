import { WidgyError } from '../../errors.ts';
import { diffTrees, type TreeDiff } from '../../tree/diff.ts';
import { freezeTree, type Tree } from '../../tree/tree.ts';
import { readDraft, readTreeOf } from '../drafts/read-draft.ts';
import { commitMissing, documentMissing, type RefusedDocument } from '../refusal.ts';
import type { DocumentStore } from '../store.ts';

/** One version of a document: its draft, or a commit by its number. */
export type Version = 'draft' | number;

/** A version's tree. */
export interface ReadVersion {
  readonly ok: true;
  readonly tree: Tree;
}

/** Reads a version of a document. The tree of a commit is frozen: nothing can be done to it. At most three statements. */
export async function readVersion(
  store: DocumentStore,
  document: string,
  version: Version,
): Promise<ReadVersion | RefusedDocument> {
  if (version === 'draft') {
    const read = await readDraft(store, document);
    return read === undefined ? documentMissing(document) : { ok: true, tree: read.draft.tree };
  }
  const hash = await hashOfCommit(store, document, version);
  if (!hash.ok) return hash;
  return { ok: true, tree: freezeTree(await keptTree(store, hash.hash)) };
}

/** What is different between two versions of a document, by widget. */
export async function compareVersions(
  store: DocumentStore,
  document: string,
  before: Version,
  after: Version,
): Promise<{ readonly ok: true; readonly diff: TreeDiff } | RefusedDocument> {
  const from = await readVersion(store, document, before);
  if (!from.ok) return from;
  const to = await readVersion(store, document, after);
  return to.ok ? { ok: true, diff: diffTrees(from.tree, to.tree) } : to;
}

/** The content hash of a commit's tree. One statement. */
async function hashOfCommit(
  { database }: DocumentStore,
  document: string,
  number: number,
): Promise<{ readonly ok: true; readonly hash: string } | RefusedDocument> {
  const row = await database.kysely
    .selectFrom('documents')
    .leftJoin('commits', (join) =>
      join.onRef('commits.document', '=', 'documents.id').on('commits.number', '=', number),
    )
    .select('commits.tree')
    .where('documents.id', '=', document)
    .executeTakeFirst();
  if (row === undefined) return documentMissing(document);
  return row.tree === null ? commitMissing(number) : { ok: true, hash: row.tree };
}

/** A tree that a commit has: the database keeps it as long as the commit. */
async function keptTree(store: DocumentStore, hash: string): Promise<Tree> {
  const tree = await readTreeOf(store, hash);
  if (tree !== undefined) return tree;
  throw new WidgyError('stored-invalid', { message: `a commit has the tree ${hash}, which is not there` });
}
