import assert from 'node:assert/strict';
import { saveTree } from '../../database/trees.ts';
import { type DocumentStore, type Draft, readDraft, trustedAuthor } from '../../documents/index.ts';
import { createPage, type Page } from '../../pages/index.ts';
import { createTree, createWidget, formatTree, hashTree, type Widget } from '../../tree/index.ts';
import type { TestAdmin } from '../admin-fixture.ts';
import type { AdminPage } from '../person-fixture.ts';

/** A page with a document, for a test. */
export interface TestDocument {
  readonly page: Extract<Page, { readonly kind: 'page' }>;
  readonly document: string;
  /** Where it is edited: `/documents/ID`. */
  readonly base: string;
}

/** Makes a page of one column with these widgets, which nobody has published. */
export async function makePage(
  { widgy }: TestAdmin,
  title: string,
  children: readonly Widget[] = [],
): Promise<TestDocument> {
  const root = createWidget({ id: 'root', type: 'one-column', children });
  const start = { tree: JSON.parse(formatTree(createTree(root))) };
  const made = await createPage(widgy.pages, { title, start }, trustedAuthor());
  assert.ok(made.ok, JSON.stringify(made));
  const { page } = made;
  assert.ok(page.kind === 'page' && page.document !== null);
  return { page, document: page.document, base: `/documents/${page.document}` };
}

/** A widget in the column of {@link makePage}. */
export function inColumn(id: string, type: string, fields = {}, children: readonly Widget[] = []): Widget {
  return createWidget({ id, type, slot: 'main', fields, children });
}

/** Puts a draft into the database past all rules: as one is that was made when the site had other types. */
export async function replaceDraft(
  documents: DocumentStore,
  document: string,
  children: readonly Widget[],
): Promise<void> {
  const tree = createTree(createWidget({ id: 'root', type: 'one-column', children }));
  const hash = hashTree(tree);
  await documents.database.transaction(async (transaction) => {
    await saveTree(transaction, { hash, content: formatTree(tree) }, documents.now());
    const columns = { draft_base: hash, draft_hash: hash };
    await transaction.updateTable('documents').set(columns).where('id', '=', document).execute();
  });
  documents.drafts.delete(document);
}

/** The draft of a document as it is now. */
export async function draftOf(documents: DocumentStore, document: string): Promise<Draft> {
  const read = await readDraft(documents, document);
  assert.ok(read !== undefined);
  return read.draft;
}

/** The ids of what stands in the column. */
export async function columnOf({ widgy }: TestAdmin, { document }: TestDocument): Promise<readonly string[]> {
  const { tree } = await draftOf(widgy.documents, document);
  return tree.root.children.map(({ id }) => id);
}

/** What a page says of what was done: its messages. */
export function saidBy({ html }: AdminPage): string {
  const said = [...html.matchAll(/<div class="message [^>]*><p>(.*?)<\/p>/gs)].map(([, text]) => text);
  return said.join(' ');
}
