import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { statementsOfWork } from '../../database/contract/fixtures.ts';
import type { Author } from '../../documents/author.ts';
import { deleteDocument } from '../../documents/delete-document.ts';
import { ann } from '../../documents/documents-fixture.ts';
import { readState } from '../../documents/drafts/read-state.ts';
import { findByOwner } from '../../documents/owners.ts';
import type { TestDatabases } from '../../testing/test-databases.ts';
import { calloutOwner } from '../callout.ts';
import { codeOf, done, openTestCallouts } from '../callouts-fixture.ts';
import { deleteCallout, renameCallout, undeleteCallout } from '../change-callout.ts';
import { createCallout } from '../create-callout.ts';
import { MAX_CALLOUT_NAME } from '../limits.ts';
import { purgeCallout } from '../purge-callout.ts';
import { readCallout } from '../read-callouts.ts';
import { openCallouts } from '../store.ts';

const bob = { id: 'bob' };
const NOBODY: Author = { id: 'eve', may: () => false };

/** Tests of making, changing and deleting call-outs. */
export function testChanging({ createUrl, isShared }: TestDatabases): void {
  const open = async () => await openTestCallouts(await createUrl());

  describe('a call-out', () => {
    it('is made with a document that shows nothing yet', async () => {
      const { store, documents } = await open();
      const made = done(await createCallout(store, { name: '  Opening \n hours ' }, ann)).callout;
      assert.deepEqual(made, {
        ...{ id: made.id, name: 'Opening hours', document: made.document, deletedAt: null },
        ...{ revision: 1, createdAt: 1000, updatedAt: 1000, author: 'ann' },
      });
      assert.deepEqual(await readCallout(store, made.id), made);
      const state = await findByOwner(documents, calloutOwner(made.id));
      assert.deepEqual([state?.document, state?.head], [made.document, null]);
    });

    it('is made once, however often it is asked for', async () => {
      const { store } = await open();
      done(await createCallout(store, { id: 'hours', name: 'Hours' }, ann));
      const again = await createCallout(store, { id: 'hours', name: 'Hours' }, ann);
      assert.equal(codeOf(again), 'callout-exists');
      assert.equal(codeOf(await createCallout(store, { id: 'hours', name: 'Other' }, ann)), 'callout-exists');
      assert.equal(codeOf(await createCallout(store, { id: 'a/b', name: 'Other' }, ann)), 'document-refused');
    });

    it('is not made by somebody who may not add what is in it', async () => {
      const { store, documents } = await open();
      assert.equal(codeOf(await createCallout(store, { name: 'Hours' }, NOBODY)), 'document-refused');
      const left = await documents.database.kysely.selectFrom('callouts').selectAll().execute();
      assert.deepEqual(left, []);
    });

    const names: readonly [what: string, name: string][] = [
      ['nothing', ''],
      ['spaces', ' \t\n '],
      ['too much', 'x'.repeat(MAX_CALLOUT_NAME + 1)],
      ['very much', ' '.repeat(1_000_000)],
      ['what becomes too much when it is compared', '\ufdfa'.repeat(MAX_CALLOUT_NAME)],
      ['a control character', 'a\0b'],
      ['half a character', 'a\ud800'],
    ];
    it('has a name that can be read and told from others', async (test) => {
      const { store, make } = await open();
      const { id } = await make('x'.repeat(MAX_CALLOUT_NAME));
      for (const [what, name] of names) {
        await test.test(`not ${what}`, async () => {
          assert.equal(codeOf(await createCallout(store, { name }, ann)), 'name-invalid');
          assert.equal(codeOf(await renameCallout(store, id, { name, seen: 1 }, bob)), 'name-invalid');
        });
      }
    });

    it('has a name that no other one of the site has', async () => {
      const { store, documents, make } = await open();
      const hours = await make('Hours');
      const other = await make('Address');
      const refused = await createCallout(store, { name: 'ＨＯＵＲＳ' }, ann);
      assert.ok(!refused.ok && refused.refusal.code === 'name-taken');
      assert.deepEqual(refused.refusal.callout, hours);
      assert.equal(
        codeOf(await renameCallout(store, other.id, { name: 'hours', seen: 1 }, bob)),
        'name-taken',
      );
      const elsewhere = openCallouts({ documents, site: 'harbour' });
      done(await createCallout(elsewhere, { name: 'Hours' }, ann));
      assert.equal(await readCallout(elsewhere, hours.id), undefined);
    });

    it('is called otherwise, if it is the one that was looked at', async () => {
      const { store, clock, make } = await open();
      const { id } = await make('Hours');
      clock.now = 2000;
      const renamed = done(await renameCallout(store, id, { name: 'HOURS', seen: 1 }, bob)).callout;
      assert.deepEqual(
        [renamed.name, renamed.revision, renamed.createdAt, renamed.updatedAt, renamed.author],
        ['HOURS', 2, 1000, 2000, 'bob'],
      );
      assert.deepEqual(await readCallout(store, id), renamed);
      const stale = await renameCallout(store, id, { name: 'Times', seen: 1 }, ann);
      assert.ok(!stale.ok && stale.refusal.code === 'stale');
      assert.deepEqual(stale.refusal.callout, renamed);
      assert.equal(
        codeOf(await renameCallout(store, 'gone', { name: 'x', seen: 1 }, ann)),
        'callout-missing',
      );
    });

    it('goes into the bin, gives its name back, and comes back', async () => {
      const { store, clock, make } = await open();
      const { id, document } = await make('Hours');
      clock.now = 3000;
      const deleted = done(await deleteCallout(store, id, { seen: 1 }, bob)).callout;
      assert.deepEqual([deleted.deletedAt, deleted.revision, deleted.document], [3000, 2, document]);
      assert.equal(codeOf(await deleteCallout(store, id, { seen: 2 }, bob)), 'callout-deleted');
      assert.equal(codeOf(await renameCallout(store, id, { name: 'x', seen: 2 }, bob)), 'callout-deleted');
      const other = await make('Hours');
      assert.equal(codeOf(await undeleteCallout(store, id, { seen: 2 }, bob)), 'name-taken');
      done(await renameCallout(store, other.id, { name: 'New hours', seen: 1 }, bob));
      assert.equal(codeOf(await undeleteCallout(store, id, { seen: 1 }, bob)), 'stale');
      const back = done(await undeleteCallout(store, id, { seen: 2 }, bob)).callout;
      assert.deepEqual([back.deletedAt, back.revision, back.name], [null, 3, 'Hours']);
      assert.equal(codeOf(await undeleteCallout(store, id, { seen: 3 }, bob)), 'callout-not-deleted');
    });

    it('is deleted for good from the bin, with its document, when nothing uses it', async () => {
      const { store, documents, make, page, publish } = await open();
      const { id, document } = await make('Hours');
      const user = await page(id);
      await publish(user);
      assert.equal(codeOf(await purgeCallout(store, id, { seen: 1 }, ann)), 'callout-not-deleted');
      done(await deleteCallout(store, id, { seen: 1 }, bob));
      assert.equal(codeOf(await purgeCallout(store, id, { seen: 1 }, ann)), 'stale');
      const refused = await purgeCallout(store, id, { seen: 2 }, ann);
      assert.ok(!refused.ok && refused.refusal.code === 'linked');
      assert.deepEqual(
        [refused.refusal.total, refused.refusal.documents.map((linking) => linking.document)],
        [1, [user]],
      );
      assert.match(refused.refusal.what, /in 1 document\./);

      const spare = await make('Spare');
      done(await deleteCallout(store, spare.id, { seen: 1 }, bob));
      assert.equal(codeOf(await purgeCallout(store, spare.id, { seen: 2 }, NOBODY)), 'document-refused');
      done(await purgeCallout(store, spare.id, { seen: 2 }, ann));
      assert.equal(await readCallout(store, spare.id), undefined);
      assert.equal(await readState(documents.database.kysely, spare.document ?? ''), undefined);
      assert.equal(codeOf(await purgeCallout(store, spare.id, { seen: 2 }, ann)), 'callout-missing');
      assert.notEqual(await readState(documents.database.kysely, document ?? ''), undefined);
    });

    it('outlives its document, and can be deleted then too', async () => {
      const { store, documents, make } = await open();
      const { id, document } = await make('Hours');
      const deleted = await deleteDocument(documents, document ?? '', { after: 0 }, ann);
      assert.ok(deleted.ok, JSON.stringify(deleted));
      assert.equal((await readCallout(store, id))?.document, null);
      done(await deleteCallout(store, id, { seen: 1 }, bob));
      done(await purgeCallout(store, id, { seen: 2 }, ann));
      assert.equal(await readCallout(store, id), undefined);
    });

    it('is refused where the site has no root for its documents', async () => {
      const { documents } = await open();
      assert.throws(() => openCallouts({ documents, rootType: 'note' }), { code: 'callouts-invalid' });
      assert.throws(() => openCallouts({ documents, rootType: 'callout-bod' }), {
        code: 'callouts-invalid',
        message: /callout-body/,
      });
      assert.throws(() => openCallouts({ documents, site: 'a b' }), { code: 'callouts-invalid' });
    });

    it('takes few statements, and no more for a site of many', async () => {
      const { database, store, make } = await open();
      const count = async () => {
        const { id } = await make('Counted');
        const acts = [
          () => renameCallout(store, id, { name: 'Counting', seen: 1 }, bob),
          () => deleteCallout(store, id, { seen: 2 }, bob),
          () => undeleteCallout(store, id, { seen: 3 }, bob),
          () => deleteCallout(store, id, { seen: 4 }, bob),
        ];
        const counts: number[] = [];
        for (const act of acts) {
          const statements = await statementsOfWork(database, async () => done(await act()));
          counts.push(statements.filter((sql) => !/^(?:begin|commit|start|set)/i.test(sql)).length);
        }
        const purge = () => purgeCallout(store, id, { seen: 5 }, ann);
        counts.push((await statementsOfWork(database, async () => done(await purge()))).length);
        return counts;
      };
      const few = await count();
      assert.deepEqual(few.slice(0, 4), [3, 2, 3, 2]);
      for (let at = 0; at < 20; at++) await make(`Call-out ${at}`);
      assert.deepEqual(await count(), few);
    });

    if (isShared) {
      it('gets a name once when several people want it at once', async () => {
        const { store } = await open();
        const tries = await Promise.all(
          ['Hours', 'hours', 'HOURS'].map((name) => createCallout(store, { name }, ann)),
        );
        assert.deepEqual(tries.map((answer) => (answer.ok ? 'made' : answer.refusal.code)).sort(), [
          'made',
          'name-taken',
          'name-taken',
        ]);
      });

      it('is changed by one of several people who have seen the same', async () => {
        const { store, make } = await open();
        const { id } = await make('Hours');
        const tries = await Promise.all([
          renameCallout(store, id, { name: 'One', seen: 1 }, ann),
          deleteCallout(store, id, { seen: 1 }, ann),
          renameCallout(store, id, { name: 'Two', seen: 1 }, ann),
        ]);
        assert.deepEqual(tries.map((answer) => (answer.ok ? 'done' : answer.refusal.code)).sort(), [
          'done',
          'stale',
          'stale',
        ]);
      });
    }
  });
}
