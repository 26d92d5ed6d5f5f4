import assert from 'node:assert/strict';
import type { TestDatabases } from '../../testing/test-databases.ts';
import { formatTree } from '../../tree/format.ts';
import { hashTree } from '../../tree/tree.ts';
import type { Author } from '../author.ts';
import { ann, createFrom, openStore, operation } from '../documents-fixture.ts';
import { type ChangeRequest, changeDraft } from '../drafts/change-draft.ts';
import { readDraft } from '../drafts/read-draft.ts';
import type { DocumentStore } from '../store.ts';
import { note } from './document-fixture.ts';

/** A page with two sections, the first with two notes. */
export const page = {
  id: 'page',
  type: 'page',
  children: [
    { id: 'one', type: 'section', fields: { title: 'One' }, children: [note('a'), note('b')] },
    { id: 'two', type: 'section', fields: { title: 'Two' } },
  ],
};

/** Puts a note into a section. */
export const insert = (id: string, parent: string, fields = {}) =>
  operation({ kind: 'insert', widget: note(id, fields), at: { parent } });

/** Sets fields. */
export const set = (id: string, fields: object) => operation({ kind: 'set', id, fields, unset: [] });

/** Removes a widget with all in it. */
export const remove = (id: string) => operation({ kind: 'remove', id });

/** The draft of a document as its canonical JSON, read anew from the database. */
export async function stored(store: DocumentStore, document: string): Promise<string> {
  store.drafts.clear();
  store.trees.clear();
  const read = await readDraft(store, document);
  assert.ok(read);
  assert.equal(read.state.hash, hashTree(read.draft.tree), 'the hash that is kept is that of the draft');
  return formatTree(read.draft.tree);
}

/** A document with that page, and what changes it. */
export async function openChanges(
  { createUrl }: Pick<TestDatabases, 'createUrl'>,
  options: Parameters<typeof openStore>[1] = {},
) {
  const store = await openStore(await createUrl(), options);
  const document = await createFrom(store, page);
  const change = (request: Partial<ChangeRequest>, author: Author = ann) =>
    changeDraft(store, document, { after: 0, operations: [], ...request }, author);
  return { store, document, change };
}
