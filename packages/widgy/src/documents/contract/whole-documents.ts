import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { TestDatabases } from '../../testing/test-databases.ts';
import { findWidget } from '../../tree/tree.ts';
import { type Author, trustedAuthor } from '../author.ts';
import { cloneDocument } from '../clone-document.ts';
import { commitDraft } from '../commits/commit-draft.ts';
import { readHistory } from '../commits/history.ts';
import { readLive } from '../commits/live.ts';
import { readVersion } from '../commits/versions.ts';
import { createDocument } from '../create-document.ts';
import { deleteDocument } from '../delete-document.ts';
import { accepted, ann, codeOf } from '../documents-fixture.ts';
import { readDraft } from '../drafts/read-draft.ts';
import { findByOwner, giveTo, listOrphans } from '../owners.ts';
import { note, openDocument, page } from './document-fixture.ts';

/** Tests of documents as a whole: made, owned, cloned and deleted. */
export function testWholeDocuments(databases: TestDatabases): void {
  const open = () => openDocument(databases);

  describe('documents', () => {
    it('start with the defaults of a type', async () => {
      const { store } = await open();
      const created = accepted(await createDocument(store, { start: { type: 'page' } }, ann));
      assert.equal(created.draft.tree.root.type, 'page');
      for (const [start, code] of [
        [{ type: 'absent' }, 'tree-invalid'],
        [{ type: 'note' }, 'tree-invalid'],
        [{ tree: { id: 'x', type: 'note' } }, 'tree-invalid'],
        [{ tree: { ...page, children: [note('n')] } }, 'tree-invalid'],
        [{ tree: { id: 'x' } }, 'tree-invalid'],
        [{ tree: null }, 'tree-invalid'],
        [
          { tree: { ...page, children: [{ id: 's', type: 'section', fields: { title: 9 } }] } },
          'fields-invalid',
        ],
      ] as const) {
        assert.equal(codeOf(await createDocument(store, { start }, ann)), code, JSON.stringify(start));
      }
      const nobody: Author = { id: null, may: (_, type) => type !== 'note' };
      assert.equal(codeOf(await createDocument(store, { start: { tree: page } }, nobody)), 'not-permitted');
      const linked = {
        ...page,
        children: [{ id: 's', type: 'section', children: [note('n', { to: 'widgy:page/1' })] }],
      };
      assert.equal(codeOf(await createDocument(store, { start: { tree: linked } }, ann)), 'links-missing');
    });

    it('have an id and an owner of their own', async () => {
      const { store } = await open();
      const owner = { type: 'page', id: '7', field: 'body' };
      const create = (id: string, own: typeof owner | null = owner) =>
        createDocument(store, { id, owner: own, start: { type: 'page' } }, ann);
      accepted(await create('d1'));
      assert.equal(codeOf(await create('d1', null)), 'document-exists');
      assert.equal(codeOf(await create('d2')), 'owner-taken');
      for (const id of ['', 'a/b', '../x', '__proto__', 'x'.repeat(101)]) {
        assert.equal(codeOf(await create(id)), 'text-invalid', id);
      }
      assert.equal(codeOf(await create('d3', { ...owner, field: '' })), 'text-invalid');
      assert.equal((await findByOwner(store, owner))?.document, 'd1');
      accepted(await giveTo(store, 'd1', { owner: null, seen: owner }, ann));
      assert.equal(await findByOwner(store, owner), undefined);
      assert.deepEqual(
        (await listOrphans(store)).map(({ document }) => document),
        ['d1', 'id0'],
      );
      assert.deepEqual(
        (await listOrphans(store, { after: 'd1' })).map(({ document }) => document),
        ['id0'],
      );
      accepted(await create('d2'));
      assert.equal(codeOf(await giveTo(store, 'd1', { owner, seen: null }, ann)), 'owner-taken');
      accepted(await giveTo(store, 'd2', { owner, seen: owner }, ann));
      const aside = { ...owner, field: 'aside' };
      assert.equal(codeOf(await giveTo(store, 'd1', { owner: aside, seen: owner }, ann)), 'stale');
      accepted(await giveTo(store, 'd1', { owner: aside, seen: null }, ann));
      assert.equal(
        codeOf(await giveTo(store, 'absent', { owner: null, seen: null }, ann)),
        'document-missing',
      );
    });

    it('are cloned with or without their history, and share their trees', async () => {
      const { store, document, title, commit } = await open();
      accepted(await commit({ message: 'First' }));
      await title('Second');
      accepted(await commit());
      await title('Draft');
      const clone = (id: string, withHistory: boolean) =>
        cloneDocument(store, document, { id, withHistory }, ann);
      accepted(await clone('young', false));
      accepted(await clone('old', true));
      for (const id of ['young', 'old']) {
        const copy = await readDraft(store, id);
        assert.equal(findWidget(copy?.draft.tree ?? assert.fail(), 'one')?.fields.title, 'Draft');
        assert.equal(copy?.state.hasChanges, true);
      }
      assert.equal(await readLive(store, 'young'), undefined);
      assert.equal((await readLive(store, 'old'))?.commit, 2);
      assert.deepEqual(
        (await readHistory(store, 'old')).map(({ message }) => message),
        ['', 'First'],
      );
      assert.equal(codeOf(await clone('old', true)), 'document-exists');
      assert.equal(codeOf(await cloneDocument(store, 'absent', {}, ann)), 'document-missing');
      // Each goes on for itself, and the death of one does not touch the other.
      accepted(await commitDraft(store, 'old', { after: 0 }, ann));
      accepted(await deleteDocument(store, document, { after: 2 }, ann));
      store.drafts.clear();
      store.trees.clear();
      assert.equal((await readLive(store, 'old'))?.commit, 3);
      accepted(await readVersion(store, 'old', 1));
      accepted(await readVersion(store, 'young', 'draft'));
    });

    it('leave nothing when they are deleted', async () => {
      const { store, document, title, commit } = await open();
      accepted(await commit());
      await title('x');
      accepted(await commit());
      await title('y');
      const eve: Author = { ...trustedAuthor(), may: (action) => action !== 'delete' };
      assert.equal(codeOf(await deleteDocument(store, document, { after: 2 }, eve)), 'not-permitted');
      assert.equal(codeOf(await deleteDocument(store, document, { after: 1 }, ann)), 'stale');
      accepted(await deleteDocument(store, document, { after: 2 }, ann));
      for (const table of ['documents', 'commits', 'operations', 'trees', 'links'] as const) {
        const { count } = await store.database.kysely
          .selectFrom(table)
          .select(({ fn }) => fn.countAll<number>().as('count'))
          .executeTakeFirstOrThrow();
        assert.equal(Number(count), 0, table);
      }
      assert.equal(codeOf(await deleteDocument(store, document, { after: 2 }, ann)), 'document-missing');
      assert.equal(await readDraft(store, document), undefined);
      assert.equal(await readLive(store, document), undefined);
    });
  });
}
