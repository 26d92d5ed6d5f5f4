import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { statementsOfWork } from '../../database/contract/fixtures.ts';
import type { TestDatabases } from '../../testing/test-databases.ts';
import { commitDraft } from '../commits/commit-draft.ts';
import { readHistory } from '../commits/history.ts';
import { readLive } from '../commits/live.ts';
import { scheduleCommit } from '../commits/schedule-commit.ts';
import { withdrawDocument } from '../commits/withdraw-document.ts';
import { accepted, ann, codeOf } from '../documents-fixture.ts';
import { readState } from '../drafts/read-state.ts';
import { openDocument } from './document-fixture.ts';

/** Tests of commits, and of what visitors see of them. */
export function testCommits(databases: TestDatabases): void {
  const open = () => openDocument(databases);

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
}
