import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { statementsOfWork } from '../../database/contract/fixtures.ts';
import type { TestDatabases } from '../../testing/test-databases.ts';
import { applyOperation } from '../../tree/apply.ts';
import type { Author } from '../author.ts';
import { readHistory } from '../commits/history.ts';
import { revertDocument } from '../commits/revert-document.ts';
import { compareVersions, readVersion } from '../commits/versions.ts';
import { accepted, ann, codeOf, operation } from '../documents-fixture.ts';
import { readState } from '../drafts/read-state.ts';
import { resetDraft } from '../drafts/reset-draft.ts';
import { restoreWidget } from '../drafts/restore-widget.ts';
import { undoChange } from '../drafts/undo-change.ts';
import { note, openDocument } from './document-fixture.ts';

/** Tests of the history, and of going back in it. */
export function testVersions(databases: TestDatabases): void {
  const open = () => openDocument(databases);

  describe('the history', () => {
    it('is read page by page, newest first, with one statement', async () => {
      const { store, document, title, commit, clock } = await open();
      for (let at = 1; at <= 5; at += 1) {
        clock.now = 1000 + at;
        await title(`${at}`);
        accepted(await commit({ message: `Commit ${at}` }));
      }
      const pages = [];
      const statements = await statementsOfWork(store.database, async () => {
        pages.push(await readHistory(store, document, { limit: 2 }));
      });
      assert.equal(statements.length, 1);
      pages.push(await readHistory(store, document, { limit: 2, before: 4 }));
      pages.push(await readHistory(store, document, { before: 2 }));
      assert.deepEqual(
        pages.map((some) => some.map(({ number }) => number)),
        [[5, 4], [3, 2], [1]],
      );
      const [newest] = pages[0] ?? [];
      assert.deepEqual(
        { ...newest, hash: '' },
        {
          number: 5,
          parent: 4,
          hash: '',
          author: 'ann',
          message: 'Commit 5',
          publishAt: 1005,
          approval: null,
          isWithdrawal: false,
          at: 1005,
          live: 5,
          status: 'live',
        },
      );
      assert.deepEqual(await readHistory(store, 'absent'), []);
    });

    it('compares any two versions', async () => {
      const { store, document, title, change, commit } = await open();
      accepted(await commit());
      await title('Changed');
      await change(
        { kind: 'move', id: 'a', to: { parent: 'two' } },
        { kind: 'remove', id: 'b' },
        { kind: 'insert', widget: note('d'), at: { parent: 'two' } },
      );
      const { diff } = accepted(await compareVersions(store, document, 1, 'draft'));
      assert.deepEqual(
        [
          diff.added.map(({ id }) => id),
          diff.removed.map(({ id }) => id),
          diff.moved.map(({ id }) => id),
          diff.changed,
        ],
        [['d'], ['b'], ['a'], [{ id: 'one', fields: [{ name: 'title', from: 'One', to: 'Changed' }] }]],
      );
      const committed = accepted(await readVersion(store, document, 1)).tree;
      const refused = applyOperation(committed, operation({ kind: 'remove', id: 'a' }));
      assert.ok(!refused.ok && refused.refusal.code === 'tree-frozen');
      assert.equal(codeOf(await compareVersions(store, document, 1, 9)), 'commit-missing');
      assert.equal(codeOf(await readVersion(store, 'absent', 1)), 'document-missing');
      assert.equal(codeOf(await readVersion(store, 'absent', 'draft')), 'document-missing');
    });
  });

  describe('going back', () => {
    it('resets a draft to the newest commit, and can be undone', async () => {
      const { store, document, title, change, commit, draft, sequence } = await open();
      const reset = async () => await resetDraft(store, document, { after: await sequence(), head: 1 }, ann);
      assert.equal(codeOf(await reset()), 'nothing-committed');
      accepted(await commit());
      const committed = await draft();
      await title('Changed');
      await change({ kind: 'remove', id: 'a' }, { kind: 'move', id: 'c', to: { parent: 'two' } });
      const changed = await draft();
      assert.equal(codeOf(await resetDraft(store, document, { after: 0, head: 1 }, ann)), 'stale');
      const { sequence: at } = accepted(await reset());
      assert.equal(await draft(), committed);
      assert.equal((await readState(store.database.kysely, document))?.hasChanges, false);
      accepted(await undoChange(store, document, { change: at }, ann));
      assert.equal(await draft(), changed);
      assert.equal(codeOf(await resetDraft(store, 'absent', { after: 0, head: 1 }, ann)), 'document-missing');
    });

    it('reverts to an older commit, with a new one that shares its tree', async () => {
      const { store, document, title, commit, draft, sequence, shown, statuses } = await open();
      const revert = async (request = {}) =>
        await revertDocument(
          store,
          document,
          { commit: 1, after: await sequence(), message: 'Back', ...request },
          ann,
        );
      accepted(await commit());
      const first = await draft();
      await title('Second');
      accepted(await commit());
      await title('Not committed');
      assert.equal(codeOf(await revert()), 'draft-changed', 'work is not thrown away in silence');
      const key = { key: 'k', isDraftReplaced: true, after: await sequence() };
      assert.deepEqual(await revert(key), { ok: true, commit: 3 });
      assert.deepEqual(await revert(key), { ok: true, commit: 3 });
      assert.equal(await draft(), first);
      assert.equal(await shown(), '3 One');
      assert.equal(await statuses(), '3 live, 2 past, 1 past');
      const [newest, , oldest] = await readHistory(store, document);
      assert.equal(newest?.hash, oldest?.hash);
      assert.equal(codeOf(await revert()), 'nothing-changed');
      assert.equal(codeOf(await revert({ commit: 9 })), 'commit-missing');
      assert.equal(codeOf(await revert({ commit: 2, after: 0 })), 'stale');
      accepted(await undoChange(store, document, { change: 3 }, ann));
      assert.match(await draft(), /Not committed/);
    });

    it('needs the permissions for what it does', async () => {
      const { store, document, title, change, commit, sequence } = await open();
      accepted(await commit());
      await title('x');
      await change({ kind: 'remove', id: 'b' });
      const after = await sequence();
      const who = (...allowed: string[]): Author => ({
        id: 'bob',
        may: (action, type) => allowed.includes(`${action} ${type}`),
      });
      const asked = [
        (author: Author) => resetDraft(store, document, { after, head: 1 }, author),
        (author: Author) => restoreWidget(store, document, { widget: 'one', commit: 1 }, author),
        (author: Author) =>
          revertDocument(store, document, { commit: 1, after, isDraftReplaced: true }, author),
      ];
      for (const ask of asked) {
        assert.equal(codeOf(await ask(who('change section'))), 'not-permitted');
        assert.equal(codeOf(await ask(who('add note'))), 'not-permitted');
      }
      accepted(await resetDraft(store, document, { after, head: 1 }, who('change section', 'add note')));
    });

    it('brings no widget back in its place that is against the rules or the limits', async () => {
      const { store, document, change, commit } = await open();
      for (const id of ['d', 'e', 'f'])
        await change({ kind: 'insert', widget: note(id, { text: 'x'.repeat(100) }), at: { parent: 'two' } });
      accepted(await commit());
      await change({ kind: 'remove', id: 'd' }, { kind: 'remove', id: 'e' }, { kind: 'remove', id: 'f' });
      const small = { ...store, limits: { ...store.limits, widgets: 7 } };
      assert.equal(
        codeOf(await restoreWidget(small, document, { widget: 'two', commit: 1 }, ann)),
        'operation-refused',
      );
      accepted(await restoreWidget(store, document, { widget: 'two', commit: 1 }, ann));
    });

    it('restores one widget, and leaves all others', async () => {
      const { store, document, title, change, commit, draft } = await open();
      const restore = (widget: string, number = 1) =>
        restoreWidget(store, document, { widget, commit: number }, ann);
      accepted(await commit());
      await title('Changed');
      await title('Also changed', 'two');
      await change(
        { kind: 'set', id: 'a', fields: { stars: 1 }, unset: [] },
        { kind: 'remove', id: 'b' },
        { kind: 'move', id: 'c', to: { parent: 'two' } },
        { kind: 'insert', widget: note('d'), at: { parent: 'one' } },
      );
      accepted(await restore('b'));
      assert.match(await draft(), /"id":"a".*"id":"d".*"id":"b"/, 'last, as what followed it has gone');
      accepted(await restore('one'));
      const text = await draft();
      assert.match(text, /"title":"One"/);
      assert.match(text, /"title":"Also changed"/, 'others stay');
      assert.match(
        text,
        /"id":"a".*"id":"b".*"id":"one".*"id":"c".*"id":"two"/,
        'what stands elsewhere stays',
      );
      assert.doesNotMatch(text, /"id":"d"|"stars":1/);
      assert.equal(codeOf(await restore('absent')), 'widget-missing');
      assert.equal(codeOf(await restore('a', 9)), 'commit-missing');
      await change({ kind: 'remove', id: 'one' });
      assert.equal(codeOf(await restore('a')), 'widget-missing', 'its parent has gone');
      for (const id of ['x', 'y']) {
        await change({ kind: 'insert', widget: { id, type: 'section' }, at: { parent: 'page' } });
      }
      assert.equal(codeOf(await restore('one')), 'operation-refused', 'there is no room');
    });
  });
}
