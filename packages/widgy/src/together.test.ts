import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { z } from 'zod';
import { commitDraft } from './documents/commits/commit-draft.ts';
import { readLive } from './documents/commits/live.ts';
import { createDocument } from './documents/create-document.ts';
import { accepted, ann, openStore } from './documents/documents-fixture.ts';
import { changeDraft } from './documents/drafts/change-draft.ts';
import { testDatabases } from './testing/test-databases.ts';
import { checkTree, createWidget, findWidget, formatTree, type Tree } from './tree/index.ts';
import { checkWidgetFields, defineSite, defineWidget, readWidgetForm } from './widgets/index.ts';

const note = defineWidget({
  type: 'note',
  label: 'Note',
  groups: ['content'],
  fields: z.object({
    text: z.string().default('').meta({ kind: 'rich-text' }),
    stars: z.int().max(5).default(3),
  }),
  files: [],
});
const siteWith = (...others: Parameters<typeof defineSite>[0]['widgets']) =>
  defineSite({
    folder: import.meta.dirname,
    sanitise: { richText: (markup) => markup.replaceAll('<', '&lt;').replaceAll('>', '&gt;') },
    widgets: [
      defineWidget({
        type: 'page',
        label: 'Page',
        isRootChoice: true,
        children: { accept: ['content'], default: ['note'] },
        files: [],
      }),
      note,
      ...others,
    ],
  });
const site = siteWith();
const gone = defineWidget({
  type: 'gone',
  label: 'Gone',
  groups: ['content'],
  fields: z.object({ any: z.string().default('') }),
  files: [],
});

/** What encodings and templates stumble over. What databases refuse is in the tests of the API. */
const HOSTILE = "b \u{1f600} e\u0301 </script> '); drop table trees; --\u2028";

for (const { name, createUrl } of testDatabases) {
  describe(`widgets, documents and ${name}`, () => {
    it('keep what somebody did to a page, with what this code does not know', async () => {
      const url = await createUrl();
      const before = await openStore(url, { site: siteWith(gone) });
      const { document, draft } = accepted(await createDocument(before, { start: { type: 'page' } }, ann));
      const old = createWidget({ id: 'old', type: 'gone', fields: { any: HOSTILE } });
      const insert = { kind: 'insert', widget: old, at: { parent: draft.tree.root.id } } as const;
      accepted(await changeDraft(before, document, { after: 0, operations: [insert] }, ann));

      const { database } = before;
      const store = { ...before, database, site };
      const [made] = draft.tree.root.children;
      assert.equal(made?.type, 'note');
      const form = [
        ['fields.text', HOSTILE],
        ['fields.stars', '5'],
      ] as const;
      const answer = readWidgetForm(site, made.type, form, made.fields);
      assert.ok(answer.status === 'read');
      const set = { kind: 'set', id: made.id, fields: answer.fields, unset: [] } as const;
      accepted(await changeDraft(store, document, { after: 1, operations: [set] }, ann));
      accepted(await commitDraft(store, document, { after: 2 }, ann));

      store.drafts.clear();
      store.trees.clear();
      const tree: Tree = (await readLive(store, document))?.tree ?? assert.fail();
      assert.deepEqual(findWidget(tree, 'old'), old);
      assert.deepEqual(
        checkTree(tree, site.catalogue).map(({ code, ids }) => [code, ids]),
        [['type-unknown', ['old']]],
      );
      // What was checked once is what it is: nothing is escaped or changed a second time.
      const fields = findWidget(tree, made.id)?.fields ?? {};
      assert.deepEqual(checkWidgetFields(site, 'note', fields), { ok: true, fields: answer.fields });
      assert.equal(fields.text, HOSTILE.replace('<', '&lt;').replace('>', '&gt;'));
      assert.ok(formatTree(tree).includes('&lt;/script&gt;'));
    });
  });
}
