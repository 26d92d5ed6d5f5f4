import assert from 'node:assert/strict';
import { changeDraft, commitDraft, readDraft, trustedAuthor } from 'widgy/documents';
import { createWidget, type Operation } from 'widgy/tree';
import type { EditorSite } from './editor-fixture.ts';

/** What is done to a page of tests after its first version: something of each kind of difference. */
export const CHANGES: readonly Operation[] = [
  {
    kind: 'insert',
    widget: createWidget({ id: 'fresh', type: 'heading', fields: { text: 'Fords', level: 'h2' } }),
    at: { parent: 'root', slot: 'main', before: 'words' },
  },
  { kind: 'remove', id: 'press' },
  { kind: 'move', id: 'inner', to: { parent: 'empty' } },
  { kind: 'set', id: 'intro', fields: { text: 'Wide rivers' }, unset: [] },
];

/** Makes a version of the draft as it is. */
export async function commit(
  { site }: EditorSite,
  document: string,
  version: Omit<Parameters<typeof commitDraft>[2], 'after'>,
): Promise<void> {
  const { documents } = site.widgy;
  const read = await readDraft(documents, document);
  assert.ok(read);
  const request = { after: read.draft.sequence, ...version };
  const made = await commitDraft(documents, document, request, trustedAuthor('test'));
  assert.ok(made.ok, JSON.stringify(made));
}

/** Changes the draft, as somebody else does. With `isUnchecked`, as code did that was not as strict about fields. */
export async function change(
  { site }: EditorSite,
  document: string,
  operations: readonly Operation[],
  { isUnchecked = false } = {},
): Promise<void> {
  const { documents } = site.widgy;
  const read = await readDraft(documents, document);
  assert.ok(read);
  const store = isUnchecked ? { ...documents, site: { ...documents.site, types: new Map() } } : documents;
  const request = { after: read.draft.sequence, operations };
  const made = await changeDraft(store, document, request, trustedAuthor('test'));
  assert.ok(made.ok, JSON.stringify(made));
}
