import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { statementsOfWork } from '../../database/contract/fixtures.ts';
import type { TestDatabases } from '../../testing/test-databases.ts';
import { applyOperation } from '../../tree/apply.ts';
import { formatTree } from '../../tree/format.ts';
import { findWidget } from '../../tree/tree.ts';
import { type Author, trustedAuthor } from '../author.ts';
import { cloneDocument } from '../clone-document.ts';
import { type CommitRequest, commitDraft } from '../commits/commit-draft.ts';
import { readHistory } from '../commits/history.ts';
import { readLive } from '../commits/live.ts';
import { revertDocument } from '../commits/revert-document.ts';
import { scheduleCommit } from '../commits/schedule-commit.ts';
import { compareVersions, readVersion } from '../commits/versions.ts';
import { withdrawDocument } from '../commits/withdraw-document.ts';
import { createDocument } from '../create-document.ts';
import { deleteDocument } from '../delete-document.ts';
import { accepted, ann, codeOf, createFrom, openStore, operation } from '../documents-fixture.ts';
import { changeDraft } from '../drafts/change-draft.ts';
import { readDraft } from '../drafts/read-draft.ts';
import { readState } from '../drafts/read-state.ts';
import { resetDraft } from '../drafts/reset-draft.ts';
import { restoreWidget } from '../drafts/restore-widget.ts';
import { undoChange } from '../drafts/undo-change.ts';
import { findByOwner, giveTo, listOrphans } from '../owners.ts';

const note = (id: string, fields = {}) => ({ id, type: 'note', fields });
const page = {
  id: 'page',
  type: 'page',
  children: [
    { id: 'one', type: 'section', fields: { title: 'One' }, children: [note('a'), note('b'), note('c')] },
    { id: 'two', type: 'section', fields: { title: 'Two' } },
  ],
};

/** Tests of commits, of what visitors see, and of documents as a whole. */
export function testLifecycle({ createUrl }: TestDatabases): void {
  const open = async () => {
    const clock = { now: 1000 };
    const store = await openStore(await createUrl(), { now: () => clock.now });
    const document = await createFrom(store, page);
    const sequence = async () => (await readDraft(store, document))?.draft.sequence ?? assert.fail();
    const title = async (text: string, id = 'one') => {
      const operations = [operation({ kind: 'set', id, fields: { title: text }, unset: [] })];
      return accepted(await changeDraft(store, document, { after: await sequence(), operations }, ann));
    };
    const change = async (...operations: unknown[]) =>
      accepted(
        await changeDraft(
          store,
          document,
          { after: await sequence(), operations: operations.map(operation) },
          ann,
        ),
      );
    const commit = async (request: Partial<CommitRequest> = {}) =>
      await commitDraft(store, document, { after: await sequence(), ...request }, ann);
    const shown = async () => {
      const live = await readLive(store, document);
      return live && `${live.commit} ${findWidget(live.tree, 'one')?.fields.title}`;
    };
    const draft = async () => {
      store.drafts.clear();
      return formatTree((await readDraft(store, document))?.draft.tree ?? assert.fail());
    };
    const statuses = async () =>
      (await readHistory(store, document)).map(({ number, status }) => `${number} ${status}`).join(', ');
    return { clock, store, document, sequence, title, change, commit, shown, draft, statuses };
  };

  describe('a commit', () => {
    it('is what visitors see, and the draft goes on', async () => {
      const { store, document, title, commit, shown } = await open();
      assert.equal(await shown(), undefined, 'a draft is never shown');
      assert.equal((await readState(store.database.kysely, document))?.hasChanges, true);
      assert.deepEqual(await commit({ message: 'First' }), { ok: true, commit: 1 });
      assert.equal((await readState(store.database.kysely, document))?.hasChanges, false);
      await title('Changed');
      assert.equal(await shown(), '1 One');
      assert.equal((await readState(store.database.kysely, document))?.hasChanges, true);
      assert.deepEqual(await commit(), { ok: true, commit: 2 });
      assert.equal(await shown(), '2 Changed');
    });

    it('shares its tree with all that have the same content', async () => {
      const { store, title, commit } = await open();
      for (const text of ['A', 'B', 'A', 'B']) {
        await title(text);
        accepted(await commit());
      }
      const trees = await store.database.kysely.selectFrom('trees').select('hash').execute();
      assert.equal(trees.length, 2, 'that which it was made with is needed no more');
    });

    it('is refused where there is nothing new in it', async () => {
      const { commit, title } = await open();
      accepted(await commit());
      assert.equal(codeOf(await commit()), 'nothing-changed');
      await title('x');
      await title('One');
      assert.equal(codeOf(await commit()), 'nothing-changed', 'it is what it was');
    });

    it('is refused where the draft was changed since it was looked at', async () => {
      const { store, document, title } = await open();
      await title('x');
      const refused = await commitDraft(store, document, { after: 0 }, ann);
      assert.ok(!refused.ok && refused.refusal.code === 'stale' && refused.refusal.sequence === 1);
      assert.equal(codeOf(await commitDraft(store, document, { after: 9 }, ann)), 'stale');
      assert.equal(codeOf(await commitDraft(store, 'absent', { after: 0 }, ann)), 'document-missing');
    });

    it('is refused where a commit was made that its author has not seen', async () => {
      const { store, document, commit, sequence } = await open();
      assert.equal(codeOf(await commit({ head: 1 })), 'stale');
      accepted(await commit({ head: null }));
      accepted(await withdrawDocument(store, document, { head: 1 }, ann));
      const late = await commitDraft(store, document, { after: await sequence(), head: 1 }, ann);
      assert.ok(!late.ok && late.refusal.code === 'stale' && late.refusal.head === 2);
      accepted(await commit({ head: 2 }));
    });

    it('is made once for one key', async () => {
      const { store, document, title, commit, sequence } = await open();
      const request = { after: await sequence(), key: 'k', message: 'm' };
      assert.deepEqual(await commit(request), { ok: true, commit: 1 });
      await title('x');
      assert.deepEqual(await commit(request), { ok: true, commit: 1 });
      assert.equal(codeOf(await commit({ ...request, message: 'other' })), 'key-reused');
      assert.equal((await readHistory(store, document)).length, 1);
    });

    for (const [name, request] of [
      ['an endless message', { message: 'x'.repeat(10_001) }],
      ['U+0000 in its message', { message: 'a\0b' }],
      ['an endless key', { key: 'x'.repeat(129) }],
    ] as const) {
      it(`with ${name} is refused`, async () => {
        const { commit } = await open();
        assert.equal(codeOf(await commit(request)), 'text-invalid');
      });
    }

    it('takes few statements, however many there were', async () => {
      const { store, title, commit } = await open();
      for (let count = 0; count < 3; count += 1) {
        await title(`${count}`);
        const statements = await statementsOfWork(store.database, () =>
          commitDraft(store, 'id0', { after: count + 1 }, ann),
        );
        // The first one takes away the tree that the document was made with, in a transaction of its own.
        assert.equal(statements.length, count === 0 ? 6 + 3 : 6, statements.join('\n'));
      }
      assert.equal(codeOf(await commit()), 'nothing-changed');
    });
  });

  describe('publishing', () => {
    it('follows the times of commits', async () => {
      const { clock, title, commit, shown, statuses } = await open();
      accepted(await commit({ publishAt: 2000 }));
      assert.equal(await shown(), undefined);
      clock.now = 2000;
      assert.equal(await shown(), '1 One');
      await title('Scheduled');
      accepted(await commit({ publishAt: 5000 }));
      assert.equal(await shown(), '1 One', 'an older live one stays until then');
      await title('Urgent');
      accepted(await commit({ publishAt: 3000 }));
      assert.equal(await statuses(), '3 scheduled, 2 scheduled, 1 live');
      clock.now = 3000;
      assert.equal(await shown(), '3 Urgent');
      clock.now = 6000;
      assert.equal(await shown(), '3 Urgent', 'a later commit wins over one that was scheduled before');
      assert.equal(await statuses(), '3 live, 2 past, 1 past');
    });

    it('can be put off, called off and done at once, as long as nothing is shown', async () => {
      const { clock, store, document, commit, shown, title, statuses } = await open();
      const schedule = (number: number, seen: number | null, publishAt: 'now' | number | null) =>
        scheduleCommit(store, document, { commit: number, seen, publishAt }, ann);
      accepted(await commit({ publishAt: null }));
      clock.now = 9000;
      assert.equal(await shown(), undefined, 'it is only kept');
      accepted(await schedule(1, null, 9500));
      const late = await schedule(1, null, 9600);
      assert.ok(!late.ok && late.refusal.code === 'stale' && late.refusal.publishAt === 9500);
      accepted(await schedule(1, 9500, 9999));
      accepted(await schedule(1, 9999, null));
      assert.equal(await statuses(), '1 kept');
      accepted(await schedule(1, null, 'now'));
      assert.equal(await shown(), '1 One');
      assert.equal(codeOf(await schedule(1, 9000, null)), 'commit-published');
      await title('Two');
      accepted(await commit({ publishAt: null }));
      await title('Three');
      accepted(await commit());
      assert.equal(codeOf(await schedule(2, null, 'now')), 'commit-superseded');
      assert.equal(codeOf(await schedule(7, null, 'now')), 'commit-missing');
      const absent = await scheduleCommit(store, 'absent', { commit: 1, seen: null, publishAt: 'now' }, ann);
      assert.equal(codeOf(absent), 'document-missing');
    });

    it('ends with a withdrawal, and begins again', async () => {
      const { clock, store, document, commit, shown, statuses, sequence } = await open();
      const withdraw = (head: number, request = {}) =>
        withdrawDocument(store, document, { head, ...request }, ann);
      assert.equal(codeOf(await withdraw(1)), 'nothing-committed');
      accepted(await commit());
      const other = await withdraw(7);
      assert.ok(!other.ok && other.refusal.code === 'stale' && other.refusal.head === 1);
      accepted(await withdraw(1, { at: 2000, key: 'k' }));
      assert.deepEqual(await withdraw(1, { at: 2000, key: 'k' }), { ok: true, commit: 2 });
      assert.equal(await shown(), '1 One');
      assert.equal(codeOf(await withdraw(2)), 'nothing-changed');
      clock.now = 2000;
      assert.equal(await shown(), undefined);
      assert.equal(await statuses(), '2 withdrawal, 1 past');
      assert.deepEqual(await commitDraft(store, document, { after: await sequence() }, ann), {
        ok: true,
        commit: 3,
      });
      assert.equal(await shown(), '3 One', 'the same again, though nothing changed');
      assert.equal(codeOf(await withdrawDocument(store, 'absent', { head: 1 }, ann)), 'document-missing');
    });

    it('asks for approval where review is on', async () => {
      const { store, document, commit } = await open();
      const reviewed = { ...store, isReviewed: true };
      accepted(await commit());
      assert.equal(await readLive(reviewed, document), undefined);
      assert.deepEqual(
        (await readHistory(reviewed, document)).map(({ status }) => status),
        ['waiting'],
      );
      await store.database.kysely
        .updateTable('commits')
        .set({ approved_by: 'eve', approved_at: 1000 })
        .execute();
      assert.equal((await readLive(reviewed, document))?.commit, 1);
    });
  });

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
