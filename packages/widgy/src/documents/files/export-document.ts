import type { Tree } from '../../tree/tree.ts';
import { readState } from '../drafts/read-state.ts';
import { documentMissing, type RefusedDocument } from '../refusal.ts';
import type { DocumentStore } from '../store.ts';
import type { DocumentFile } from './document-file.ts';
import { readStoredCommits, readStoredDraft, readStoredTree } from './read-stored.ts';

/** A document as one value, for `formatDocumentFile`. */
export interface Exported {
  readonly ok: true;
  readonly file: DocumentFile;
}

/**
 * Reads all of a document in one transaction: its draft, and its commits with their trees. The log of the draft is not part of it, so
 * what is imported can be undone no further than to the draft as it is. Everything is compared with its hash.
 *
 * @throws WidgyError `stored-invalid` where something of it is damaged
 */
export async function exportDocument(
  { database }: Pick<DocumentStore, 'database'>,
  document: string,
): Promise<Exported | RefusedDocument> {
  return await database.transaction(async (transaction) => {
    const state = await readState(transaction, document);
    if (state === undefined) return documentMissing(document);
    const draft = await readStoredDraft(transaction, state);
    const commits = await readStoredCommits(transaction, document);
    const trees = new Map<string, Tree>([[state.hash, draft]]);
    for (const { hash } of commits) {
      if (!trees.has(hash)) trees.set(hash, await readStoredTree(transaction, hash));
    }
    const { created_at: createdAt } = await transaction
      .selectFrom('documents')
      .select('created_at')
      .where('id', '=', document)
      .executeTakeFirstOrThrow();
    return { ok: true, file: { document, owner: state.owner, createdAt, draft: state.hash, commits, trees } };
  });
}
