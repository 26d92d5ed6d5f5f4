import assert from 'node:assert/strict';
import { changeDraft, commitDraft, type PublishTime, readDraft, trustedAuthor } from '../documents/index.ts';
import { createLink, createPage, type Page } from '../pages/index.ts';
import type { Widgy } from '../server/widgy.ts';
import type { JsonObject } from '../tree/json.ts';
import { createWidget } from '../tree/widget.ts';

const robot = trustedAuthor();

/** A page that shows nothing yet, and its document. */
export async function newPage(
  { pages }: Widgy,
  title: string,
  slug?: string,
): Promise<Extract<Page, { kind: 'page' }> & { readonly document: string }> {
  const made = await createPage(pages, { title, ...(slug === undefined ? {} : { slug }) }, robot);
  assert.ok(made.ok, JSON.stringify(made));
  const { page } = made;
  assert.ok(page.kind === 'page' && page.document !== null);
  return { ...page, document: page.document };
}

/** A page that only leads elsewhere. */
export async function newLink({ pages }: Widgy, title: string, target: string): Promise<Page> {
  const made = await createLink(pages, { title, target }, robot);
  assert.ok(made.ok, JSON.stringify(made));
  return made.page;
}

/** Puts a widget into the draft of a document; gives its id. */
export async function putWidget(
  { documents }: Widgy,
  document: string,
  type: string,
  fields: JsonObject,
): Promise<string> {
  const { draft } = (await readDraft(documents, document)) ?? assert.fail();
  const { root } = draft.tree;
  const widget = createWidget({ id: documents.newId(), type, fields });
  const at = { parent: root.id, ...(root.type === 'one-column' ? { slot: 'main' } : {}) };
  const operations = [{ kind: 'insert', widget, at } as const];
  const done = await changeDraft(documents, document, { after: draft.sequence, operations }, robot);
  assert.ok(done.ok, JSON.stringify(done));
  return widget.id;
}

/** Takes a widget out of the draft of a document. */
export async function takeWidget({ documents }: Widgy, document: string, id: string): Promise<void> {
  const { draft } = (await readDraft(documents, document)) ?? assert.fail();
  const operations = [{ kind: 'remove', id } as const];
  const done = await changeDraft(documents, document, { after: draft.sequence, operations }, robot);
  assert.ok(done.ok, JSON.stringify(done));
}

/** Publishes the draft of a document. */
export async function publish(
  { documents }: Widgy,
  document: string,
  publishAt: PublishTime = 'now',
): Promise<void> {
  const { draft } = (await readDraft(documents, document)) ?? assert.fail();
  const done = await commitDraft(documents, document, { after: draft.sequence, publishAt }, robot);
  assert.ok(done.ok, JSON.stringify(done));
}
