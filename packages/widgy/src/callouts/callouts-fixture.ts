import assert from 'node:assert/strict';
import { z } from 'zod';
import { commitDraft } from '../documents/commits/commit-draft.ts';
import { createDocument } from '../documents/create-document.ts';
import { accepted, ann } from '../documents/documents-fixture.ts';
import { changeDraft } from '../documents/drafts/change-draft.ts';
import { readDraft } from '../documents/drafts/read-draft.ts';
import { type DocumentOptions, openDocuments } from '../documents/store.ts';
import type { Linkable } from '../links/linkable.ts';
import { openMigrated } from '../testing/test-databases.ts';
import { counter } from '../tree/random-fixture.ts';
import { createWidget } from '../tree/widget.ts';
import { defineWidget } from '../widgets/define-widget.ts';
import { defineSite } from '../widgets/site.ts';
import { createCallout } from './create-callout.ts';
import { calloutLinkable } from './linkable.ts';
import type { RefusedCallout } from './refusal.ts';
import { openCallouts } from './store.ts';

const text = (kind: string) => z.string().default('').meta({ kind });

/** A site with pages that link to call-outs, and call-outs of text. */
export const site = defineSite({
  folder: import.meta.dirname,
  widgets: [
    defineWidget({ type: 'page', label: 'Page', isRootChoice: true, children: { accept: ['*'] }, files: [] }),
    defineWidget({
      type: 'callout-body',
      label: 'Content of a call-out',
      isRootChoice: true,
      children: { accept: ['note'] },
      files: [],
    }),
    defineWidget({ type: 'note', label: 'Note', fields: z.object({ text: text('rich-text') }), files: [] }),
    defineWidget({ type: 'callout', label: 'Call-out', fields: z.object({ to: text('link') }), files: [] }),
  ],
});

/** What notes may link to beside call-outs; those that were asked for are counted. */
export function boats(): Linkable & { readonly asked: () => number } {
  let asked = 0;
  return {
    type: 'boat',
    label: 'Boat',
    plural: 'Boats',
    asked: () => asked,
    resolve: async (_, ids) => {
      asked += 1;
      return ids.map((id) => ({ id, label: id, url: `/boats/${id}` }));
    },
    search: async () => [],
  };
}

/** Opens call-outs in a database that is new. Time stands still until it is set. */
export async function openTestCallouts(url: string, options: Partial<DocumentOptions> = {}) {
  const database = await openMigrated(url);
  const clock = { now: 1000 };
  const now = () => clock.now;
  const { isReviewed = false } = options;
  const linkable = calloutLinkable({ now, isReviewed });
  const documents = openDocuments({
    ...{ database, site, now, newId: counter('id') },
    linkables: [linkable, boats()],
    onProblem: (problem) => assert.fail(String(problem)),
    ...options,
  });
  const store = openCallouts({ documents });
  const make = async (name: string, id?: string) =>
    done(await createCallout(store, { name, ...(id === undefined ? {} : { id }) }, ann)).callout;
  /** Puts a note into a document. */
  const write = async (document: string, type: 'note' | 'callout', value: string) => {
    const { draft } = (await readDraft(documents, document)) ?? assert.fail();
    const fields = type === 'note' ? { text: value } : { to: value };
    const widget = createWidget({ id: documents.newId(), type, fields });
    const insert = { kind: 'insert', widget, at: { parent: draft.tree.root.id } } as const;
    accepted(await changeDraft(documents, document, { after: draft.sequence, operations: [insert] }, ann));
  };
  /** Takes out of a document what points at something. */
  const remove = async (document: string, to: string) => {
    const { draft } = (await readDraft(documents, document)) ?? assert.fail();
    const operations = draft.tree.root.children
      .filter(({ fields }) => fields.to === to)
      .map(({ id }) => ({ kind: 'remove', id }) as const);
    accepted(await changeDraft(documents, document, { after: draft.sequence, operations }, ann));
  };
  const publish = async (document: string, publishAt: 'now' | number | null = 'now') => {
    const { draft } = (await readDraft(documents, document)) ?? assert.fail();
    return accepted(await commitDraft(documents, document, { after: draft.sequence, publishAt }, ann)).commit;
  };
  /** A page that shows call-outs; gives its id. */
  const page = async (...ids: readonly string[]) => {
    const { document } = accepted(await createDocument(documents, { start: { type: 'page' } }, ann));
    for (const id of ids) await write(document, 'callout', `widgy:callout/${id}`);
    return document;
  };
  return { database, documents, store, linkable, clock, make, write, remove, publish, page };
}

/** An answer that is none of a refusal. */
export function done<T extends { readonly ok: true }>(answer: T | RefusedCallout): T {
  assert.ok(answer.ok, JSON.stringify(answer));
  return answer;
}

/** The code of a refusal, which says what to do in a sentence. */
export function codeOf(answer: { readonly ok: true } | RefusedCallout): string {
  assert.ok(!answer.ok, 'it was not refused');
  assert.match(answer.refusal.what, /\w/);
  return answer.refusal.code;
}
