import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { TestDatabases } from '../../testing/test-databases.ts';
import type { Author } from '../author.ts';
import { accepted, ann, codeOf, createFrom, looseSite, openStore, operation } from '../documents-fixture.ts';
import { changeDraft } from '../drafts/change-draft.ts';
import { undoChange } from '../drafts/undo-change.ts';
import { insert, openChanges, remove, set, stored } from './changes-fixture.ts';
import { note } from './document-fixture.ts';

/** Tests of undoing changes, and of doing them again. */
export function testUndo(databases: TestDatabases): void {
  const open = (options?: Parameters<typeof openStore>[1]) => openChanges(databases, options);
  const { createUrl } = databases;

  describe('an undo', () => {
    it('never takes back what others did', async () => {
      const { store, document, change } = await open();
      accepted(await change({ operations: [set('one', { title: 'Mine' })] }));
      accepted(await change({ after: 1, operations: [set('two', { title: 'Theirs' })] }));
      accepted(await undoChange(store, document, { change: 1 }, ann));
      assert.match(await stored(store, document), /"title":"One".*"title":"Theirs"/);
      const again = accepted(await undoChange(store, document, { change: 1 }, ann));
      assert.deepEqual([again.sequence, again.operations], [3, []], 'it is undone already');
      for (const last of [3, 1]) accepted(await undoChange(store, document, { change: last }, ann));
      assert.match(await stored(store, document), /"title":"One".*"title":"Theirs"/);
      accepted(await undoChange(store, document, { change: 5 }, ann));
      accepted(await change({ after: 6, operations: [set('one', { title: 'Later' })] }));
      assert.equal(codeOf(await undoChange(store, document, { change: 1 }, ann)), 'conflict');
    });

    it('and its redo give back the order in which widgets were put side by side', async () => {
      const { store, document, change } = await open();
      accepted(await change({ operations: [insert('x', 'two')] }));
      const at = { parent: 'two', before: 'x' };
      // By their ids alone the two would stand the other way round.
      accepted(
        await change({ after: 1, operations: [operation({ kind: 'insert', widget: note('y'), at })] }),
      );
      const whole = await stored(store, document);
      for (const last of [2, 1]) accepted(await undoChange(store, document, { change: last }, ann));
      for (const undo of [4, 3]) accepted(await undoChange(store, document, { change: undo }, ann));
      assert.equal(await stored(store, document), whole);
    });

    it('is not held up by what was undone since, whatever others did between', async () => {
      const { store, document, change } = await open();
      const titled = (title: string) => set('one', { title });
      const edits = [titled('A'), titled('B'), insert('new', 'one'), titled('C')];
      for (const [after, operation] of edits.entries())
        accepted(await change({ after, operations: [operation] }));
      for (const last of [4, 2, 1]) accepted(await undoChange(store, document, { change: last }, ann));
      assert.match(await stored(store, document), /"id":"new".*"title":"One"/);
      for (const undo of [7, 6]) accepted(await undoChange(store, document, { change: undo }, ann));
      assert.match(await stored(store, document), /"id":"new".*"title":"B"/);
      assert.equal(
        codeOf(await undoChange(store, document, { change: 1 }, ann)),
        'conflict',
        'B stands on A',
      );
    });

    it("of one's own work needs no permission, of others' it does", async () => {
      const { store, document, change } = await open();
      accepted(await change({ operations: [insert('c', 'two')] }, { ...ann, id: 'bob' }));
      const nobody = (id: string | null): Author => ({ id, may: () => false });
      assert.equal(codeOf(await undoChange(store, document, { change: 1 }, nobody('eve'))), 'not-permitted');
      assert.equal(codeOf(await undoChange(store, document, { change: 1 }, nobody(null))), 'not-permitted');
      accepted(await undoChange(store, document, { change: 1 }, nobody('bob')));
    });

    it("of one's own move needs permission for what others put around it", async () => {
      const store = await openStore(await createUrl(), { site: looseSite });
      const children = ['a', 'b'].map((id) => ({ id, type: 'text' }));
      const document = await createFrom(store, { id: 'page', type: 'page', children });
      const bob: Author = { id: 'bob', may: (_, type) => type === 'text' };
      const change = (after: number, json: unknown, author: Author) =>
        changeDraft(store, document, { after, operations: [operation(json)] }, author);
      accepted(await change(0, { kind: 'move', id: 'b', to: { parent: 'page', before: 'a' } }, bob));
      const barred: Author = { ...bob, may: () => false };
      for (const undone of [1, 2]) accepted(await undoChange(store, document, { change: undone }, barred));
      const wrap = { kind: 'wrap', widget: { id: 'w', type: 'box', fields: {} }, children: [{ id: 'b' }] };
      accepted(await change(3, wrap, ann));
      assert.equal(codeOf(await undoChange(store, document, { change: 1 }, bob)), 'not-permitted');
      accepted(await undoChange(store, document, { change: 1 }, ann));
    });

    for (const number of [0, -1, 2, 1.5]) {
      it(`of change ${number}, which there is not, is refused`, async () => {
        const { store, document, change } = await open();
        accepted(await change({ operations: [remove('a')] }));
        assert.equal(codeOf(await undoChange(store, document, { change: number }, ann)), 'change-missing');
      });
    }
  });
}
