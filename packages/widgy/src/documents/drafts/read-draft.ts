import { readTree } from '../../database/trees.ts';
import { hasCode, WidgyError } from '../../errors.ts';
import { hashTree, type Tree } from '../../tree/tree.ts';
import type { DocumentStore } from '../store.ts';
import {
  type Change,
  type DocumentState,
  type Draft,
  NOTHING_UNFOLDED,
  newest,
  unfoldedWith,
} from './draft.ts';
import { readLog } from './read-log.ts';
import { readState, type StoredState } from './read-state.ts';
import { replayForwards } from './replay.ts';
import { parseStoredTree } from './stored.ts';

/** A draft with the state of its document. */
export interface ReadDraft {
  readonly state: DocumentState;
  readonly draft: Draft;
}

/**
 * Reads the draft of a document as it is now; undefined where there is none. One statement where this process knows the draft, two where
 * others have changed it since, three where it was never read.
 */
export async function readDraft(store: DocumentStore, document: string): Promise<ReadDraft | undefined> {
  const state = await readState(store.database.kysely, document);
  if (state === undefined) return undefined;
  const draft = (await fromKnown(store, state)) ?? (await fromBase(store, state));
  // Its base was replaced while it was read: then there is a newer state to read.
  if (draft === undefined) return await readDraft(store, document);
  store.drafts.set(document, draft);
  return { state, draft };
}

/**
 * The draft from what this process knows of it; undefined where that is not it, or is of a document that had the same id and was
 * deleted.
 */
async function fromKnown(store: DocumentStore, state: StoredState): Promise<Draft | undefined> {
  const { document, sequence } = state;
  const known = store.drafts.get(document);
  if (known === undefined || known.sequence > sequence) return undefined;
  const changes =
    known.sequence === sequence
      ? []
      : await readLog(store.database.kysely, { document, after: known.sequence, upTo: sequence });
  if (changes.length !== sequence - known.sequence) return undefined;
  const replayed = tryReplay(known.tree, changes);
  if (replayed === undefined || hashTree(replayed.tree) !== state.hash) return undefined;
  return {
    document,
    sequence,
    tree: replayed.tree,
    recent: newest([...known.recent, ...replayed.recent], store.rememberedChanges),
    looseBase: looseBaseOf(state),
    unfolded: unfoldedWith(known.unfolded, changes),
  };
}

/** Undefined where the changes are not those of the tree. */
function tryReplay(tree: Tree, changes: readonly Change[]): ReturnType<typeof replayForwards> | undefined {
  try {
    return replayForwards(tree, changes);
  } catch (error) {
    if (hasCode(error, 'stored-invalid')) return undefined;
    throw error;
  }
}

function looseBaseOf({ base, head }: StoredState): string | null {
  return base === head?.hash ? null : base;
}

/** The draft from the tree that is kept and the changes since; undefined where that tree is no longer the base. */
async function fromBase(store: DocumentStore, state: StoredState): Promise<Draft | undefined> {
  const { document, sequence, base, baseSequence } = state;
  const { kysely } = store.database;
  const start = await readTreeOf(store, base);
  const changes = await readLog(kysely, { document, after: baseSequence, upTo: sequence });
  if (start !== undefined && changes.length === sequence - baseSequence) {
    const { tree, recent } = replayForwards(start, changes);
    return {
      document,
      sequence,
      tree,
      recent: newest(recent, store.rememberedChanges),
      looseBase: looseBaseOf(state),
      unfolded: unfoldedWith(NOTHING_UNFOLDED, changes),
    };
  }
  const now = await readState(kysely, document);
  if (now?.base !== base || now.baseSequence !== baseSequence) return undefined;
  throw new WidgyError('stored-invalid', {
    message: `the draft of the document ${document} cannot be read: its tree or some of its changes are not there`,
  });
}

/** The tree with a hash; undefined where it is not kept. One statement, or none where this process knows it. */
export async function readTreeOf(store: DocumentStore, hash: string): Promise<Tree | undefined> {
  const known = store.trees.get(hash);
  if (known !== undefined) return known;
  const content = await readTree(store.database.kysely, hash);
  if (content === undefined) return undefined;
  const tree = parseStoredTree(content, hash);
  store.trees.set(hash, tree);
  return tree;
}
