import type { Database } from '../../packages/widgy/src/database/index.ts';
import {
  changeDraft,
  commitDraft,
  createDocument,
  type DocumentStore,
  type Draft,
  openDocuments,
  trustedAuthor,
} from '../../packages/widgy/src/documents/index.ts';
import {
  createTree,
  createWidget,
  formatTree,
  type Operation,
  type Tree,
  walk,
} from '../../packages/widgy/src/tree/index.ts';
import type { Site } from '../../packages/widgy/src/widgets/index.ts';
import { linkable } from './site.ts';
import { benchTree, targets } from './trees.ts';

/** Changes between the two commits that every document has. */
export const CHANGES_APART = 10;

/** A document, and the process that works with it. */
export interface BenchDocument {
  readonly store: DocumentStore;
  readonly document: string;
  /** The draft as it is now. */
  readonly draft: () => Draft;
  readonly change: (operation: Operation) => Promise<void>;
  readonly commit: () => Promise<void>;
  /** The documents as a process has them that has just started. */
  readonly coldStore: () => DocumentStore;
}

/** Makes what links point at. */
export async function createTargets(database: Database, site: Site): Promise<void> {
  const store = openDocuments({ database, site });
  const tree = formatted(createTree(createWidget({ id: 'root', type: 'page-0' })));
  for (const id of targets) accepted(await createDocument(store, { id, start: { tree } }, author));
}

/** Makes a document of so many widgets, with two commits and {@link CHANGES_APART} changes between them. */
export async function createBenchDocument(
  database: Database,
  site: Site,
  widgets: number,
): Promise<BenchDocument> {
  const coldStore = () => openDocuments({ database, site, linkables: [linkable] });
  const store = coldStore();
  const start = { tree: formatted(benchTree(widgets)) };
  const created = accepted(await createDocument(store, { id: `size-${widgets}`, start }, author));
  const { document } = created;
  let { draft } = created;
  const change = async (operation: Operation): Promise<void> => {
    const request = { after: draft.sequence, operations: [operation] };
    const changed = accepted(await changeDraft(store, document, request, author));
    if (changed.draft === undefined || changed.operations.length !== 1) throw new Error('Nothing was done.');
    draft = changed.draft;
  };
  const commit = async (): Promise<void> => {
    accepted(await commitDraft(store, document, { after: draft.sequence }, author));
  };
  await commit();
  const ids = [...walk(draft.tree.root)].map(({ id }) => id);
  for (let index = 0; index < CHANGES_APART; index += 1) {
    const id = ids[Math.floor((index * ids.length) / CHANGES_APART)] ?? draft.tree.root.id;
    await change({ kind: 'set', id, fields: { title: `Changed, ${index}` }, unset: [] });
  }
  await commit();
  return { store, document, draft: () => draft, change, commit, coldStore };
}

const author = trustedAuthor('bench');

function formatted(tree: Tree): unknown {
  return JSON.parse(formatTree(tree));
}

function accepted<T extends { readonly ok: boolean }>(answer: T): Extract<T, { readonly ok: true }> {
  if (isAccepted(answer)) return answer;
  throw new Error(JSON.stringify(answer));
}

function isAccepted<T extends { readonly ok: boolean }>(
  answer: T,
): answer is Extract<T, { readonly ok: true }> {
  return answer.ok;
}
