import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { TestDatabases } from '../../testing/test-databases.ts';
import { deleteDocument } from '../delete-document.ts';
import { accepted, ann, codeOf, createFrom, openStore, operation } from '../documents-fixture.ts';
import { type ChangeRequest, changeDraft } from '../drafts/change-draft.ts';
import { readDraft } from '../drafts/read-draft.ts';
import { FOLD_AFTER } from '../limits.ts';
import type { DocumentStore } from '../store.ts';
import { insert, openChanges, page, remove, set, stored } from './changes-fixture.ts';
import { note } from './document-fixture.ts';

/** Tests of requests that are made again, and of several processes that make some. */
export function testAskingAgain(databases: TestDatabases): void {
  const open = (options?: Parameters<typeof openStore>[1]) => openChanges(databases, options);
  const { createUrl, isShared } = databases;

  describe('a request with a key', () => {
    it('is done once, and answered alike', async () => {
      const { store, document, change } = await open();
      const request = { key: 'k', operations: [insert('c', 'one')] };
      const first = accepted(await change(request));
      accepted(await change({ after: 1, operations: [remove('c')] }));
      for (const isForgotten of [false, true]) {
        if (isForgotten) store.drafts.clear();
        const again = accepted(await change(request));
        assert.deepEqual([again.sequence, again.operations], [first.sequence, first.operations]);
      }
      assert.equal((await readDraft(store, document))?.state.sequence, 2);
    });

    it('is refused where the key was for another request', async () => {
      const { change } = await open();
      accepted(await change({ key: 'k', operations: [insert('c', 'one')] }));
      for (const operations of [[insert('d', 'one')], [remove('a')], []]) {
        assert.equal(codeOf(await change({ key: 'k', operations })), 'key-reused');
      }
    });

    it('is refused where what it did is kept no more', async () => {
      const { change } = await open({ keptChanges: 20 });
      accepted(await change({ key: 'k', operations: [set('a', { stars: 0 })] }));
      for (let after = 1; after < FOLD_AFTER; after += 1) {
        accepted(await change({ after, operations: [set('a', { stars: -after })] }));
      }
      const again = await change({ key: 'k', operations: [set('a', { stars: 0 })] });
      assert.ok(!again.ok && again.refusal.code === 'log-gone', JSON.stringify(again));
      assert.deepEqual([again.refusal.sequence, again.refusal.oldest], [100, 80]);
      assert.equal(codeOf(await change({ after: 79, operations: [set('b', { stars: 0 })] })), 'log-gone');
      accepted(await change({ after: 80, operations: [set('b', { stars: 0 })] }));
    });
  });

  describe('several processes', () => {
    it('see and rebase over what each other did', {
      skip: !isShared && 'it has one connection',
    }, async () => {
      const url = await createUrl();
      const [one, two] = [await openStore(url), await openStore(url)];
      const document = await createFrom(one, page);
      const change = (store: DocumentStore, request: ChangeRequest) =>
        changeDraft(store, document, request, ann);
      accepted(await change(two, { after: 0, operations: [set('a', { stars: 1 })] }));
      accepted(await change(one, { after: 0, operations: [set('b', { stars: 1 })] }));
      accepted(await change(two, { after: 1, operations: [remove('two')] }));
      const last = accepted(await change(one, { after: 2, operations: [insert('c', 'one')] }));
      assert.equal(last.sequence, 4);
      assert.equal(await stored(one, document), await stored(two, document));
    });

    it('do not take a new document for a deleted one of its id', {
      skip: !isShared && 'it has one connection',
    }, async () => {
      const url = await createUrl();
      const [one, two] = [await openStore(url), await openStore(url)];
      const change = (store: DocumentStore, after: number, json: unknown) =>
        changeDraft(store, 'd', { after, operations: [operation(json)] }, ann);
      for (const [at, changes] of [2, 3].entries()) {
        await createFrom(one, page, 'd');
        accepted(await change(one, 0, { kind: 'remove', id: 'two' }));
        accepted(await change(one, 1, { kind: 'remove', id: 'b' }));
        accepted(await deleteDocument(two, 'd', { after: 2 }, ann));
        const other = { id: 'page', type: 'page', children: [{ id: 'one', type: 'section' }] };
        await createFrom(two, other, 'd');
        for (let after = 0; after < changes; after += 1) {
          accepted(
            await change(two, after, { kind: 'set', id: 'one', fields: { title: `${after}` }, unset: [] }),
          );
        }
        const last =
          at === 0
            ? { kind: 'remove', id: 'one' }
            : { kind: 'insert', widget: note('n'), at: { parent: 'one' } };
        accepted(await change(one, changes, last));
        assert.equal(await stored(one, 'd'), await stored(two, 'd'));
        assert.doesNotMatch(await stored(one, 'd'), /"id":"a"/);
        accepted(await deleteDocument(two, 'd', { after: changes + 1 }, ann));
      }
    });
  });
}
