import { readLiveCommit } from '../../database/live-commit.ts';
import type { Tree } from '../../tree/tree.ts';
import { readTreeOf } from '../drafts/read-draft.ts';
import type { DocumentStore } from '../store.ts';

/** What visitors are to see of a document. */
export interface LiveDocument {
  /** The number of the commit that is live. */
  readonly commit: number;
  /** The content hash of its tree. */
  readonly hash: string;
  readonly tree: Tree;
}

/**
 * What visitors see of a document: the newest commit whose time has come, and which is approved where that counts. Undefined where there is
 * none, so a draft is never shown, or where that commit takes the document off the site. One statement where this process knows the
 * tree, two where not; those who ask at once share them.
 */
export async function readLive(store: DocumentStore, document: string): Promise<LiveDocument | undefined> {
  store.database.refuseInside();
  return await store.liveReads.read(document, () => readNow(store, document));
}

async function readNow(store: DocumentStore, document: string): Promise<LiveDocument | undefined> {
  const { database, isReviewed, now } = store;
  const live = await readLiveCommit(database.kysely, { document, now: now(), isReviewed });
  if (live === undefined) return undefined;
  const tree = await readTreeOf(store, live.hash);
  // Between the two statements the document was deleted, and its trees with it.
  return tree && { ...live, tree };
}
