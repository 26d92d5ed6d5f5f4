import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { statementsOfWork } from '../../database/contract/fixtures.ts';
import { withdrawDocument } from '../../documents/commits/withdraw-document.ts';
import { accepted, ann } from '../../documents/documents-fixture.ts';
import { linkChoices } from '../../links/choices.ts';
import { createLinkables } from '../../links/linkable.ts';
import type { resolveReferences } from '../../links/resolve.ts';
import { whatLinksTo } from '../../links/what-links-to.ts';
import type { TestDatabases } from '../../testing/test-databases.ts';
import { boats, done, openTestCallouts, site } from '../callouts-fixture.ts';
import { deleteCallout } from '../change-callout.ts';
import { MAX_CALLOUTS_LISTED } from '../limits.ts';
import { calloutLinkable } from '../linkable.ts';
import { listCallouts } from '../read-callouts.ts';
import { resolveWithTrees } from '../resolve-with-trees.ts';

/** Tests of what call-outs show, and of where they are used. */
export function testShowing({ createUrl }: TestDatabases): void {
  const open = async (options = {}) => await openTestCallouts(await createUrl(), options);
  const reference = (id: string) => ({ type: 'callout', id });

  describe('what a call-out shows', () => {
    it('is what is live of its document, at each moment', async () => {
      const { database, documents, clock, linkable, make, write, publish } = await open();
      const { id, document } = await make('Hours');
      const shown = async () => {
        const [target, ...more] = await linkable.resolve(database.kysely, [id]);
        assert.deepEqual([target?.label, target?.url, more], ['Hours', undefined, []]);
        return target?.tree?.root.children.map(({ fields }) => fields.text);
      };
      const own = document ?? '';
      assert.equal(await shown(), undefined, 'a draft is never shown');
      await write(own, 'note', 'One');
      await publish(own);
      assert.deepEqual(await shown(), ['One']);
      await write(own, 'note', 'Two');
      await publish(own, 5000);
      assert.deepEqual(await shown(), ['One'], 'its time has not come');
      clock.now = 5000;
      assert.deepEqual(await shown(), ['One', 'Two']);
      accepted(await withdrawDocument(documents, own, { head: 2 }, ann));
      assert.equal(await shown(), undefined, 'it was taken off the site');
    });

    it('is what somebody approved, where that counts', async () => {
      const { database, linkable, make, publish } = await open({ isReviewed: true });
      const { id, document } = await make('Hours');
      await publish(document ?? '');
      const isShown = async () => (await linkable.resolve(database.kysely, [id]))[0]?.tree !== undefined;
      assert.equal(await isShown(), false);
      await database.kysely.updateTable('commits').set({ approved_by: 'bob', approved_at: 1 }).execute();
      assert.equal(await isShown(), true);
    });

    it('is nothing while it is in the bin, and nothing of another site', async () => {
      const { database, store, linkable, make } = await open();
      const { id } = await make('Hours');
      const elsewhere = calloutLinkable({ site: 'harbour' });
      assert.deepEqual(await elsewhere.resolve(database.kysely, [id]), []);
      assert.deepEqual(await elsewhere.search(database.kysely, { text: '', limit: 5 }), []);
      done(await deleteCallout(store, id, { seen: 1 }, ann));
      assert.deepEqual(await linkable.resolve(database.kysely, [id]), []);
      assert.deepEqual(await linkable.search(database.kysely, { text: '', limit: 5 }), []);
      assert.throws(() => calloutLinkable({ site: '' }), { code: 'callouts-invalid' });
    });

    it('is read in one statement, for one call-out and for many', async () => {
      const { database, linkable, make, publish } = await open();
      const ids: string[] = [];
      for (let at = 0; at < 12; at++) {
        const { id, document } = await make(`Call-out ${at}`);
        await publish(document ?? '');
        ids.push(id);
      }
      for (const some of [ids.slice(0, 1), ids]) {
        const statements = await statementsOfWork(database, async () => {
          const targets = await linkable.resolve(database.kysely, some);
          assert.deepEqual(targets.map(({ id }) => id).sort(), [...some].sort());
          assert.ok(targets.every(({ tree }) => tree !== undefined));
        });
        assert.equal(statements.length, 1);
      }
      assert.deepEqual(await statementsOfWork(database, () => linkable.resolve(database.kysely, [])), []);
    });

    it('is the same tree as long as its content is', async () => {
      const { database, linkable, make, publish } = await open();
      const { id, document } = await make('Hours');
      await publish(document ?? '');
      const tree = async () => (await linkable.resolve(database.kysely, [id]))[0]?.tree;
      assert.equal(await tree(), await tree());
    });

    it('has its own links resolved with those of the page', async () => {
      const { database, make, write, publish } = await open();
      await make('Other', 'other');
      const { id, document } = await make('Hours');
      await write(document ?? '', 'note', '<a href="widgy:boat/a">a</a> <a href="widgy:callout/other">b</a>');
      await publish(document ?? '');
      const boat = boats();
      const linkables = createLinkables([calloutLinkable({ now: () => 1000 }), boat]);
      const resolve = (...targets: Parameters<typeof resolveReferences>[2][]) =>
        resolveWithTrees(
          database.kysely,
          { site, linkables },
          targets.flatMap((some) => [...some]),
        );
      const resolved = await resolve([reference(id), { type: 'boat', id: 'b' }]);
      assert.deepEqual(
        [...resolved.keys()].sort(),
        ['widgy:boat/a', 'widgy:boat/b', 'widgy:callout/other', `widgy:callout/${id}`].sort(),
      );
      assert.equal(resolved.get('widgy:boat/a')?.url, '/boats/a');
      assert.equal(boat.asked(), 2);
      const statements = await statementsOfWork(database, () => resolve([reference(id)]));
      assert.equal(statements.length, 2);
      const one = await statementsOfWork(database, () => resolve([reference('other')]));
      assert.equal(one.length, 1);
    });
  });

  describe('choosing a call-out', () => {
    it('finds names that have a text, those that begin with it first', async () => {
      const { database, linkable, make } = await open();
      for (const name of ['Harbour hours', 'HOURS', 'Hours 100%', 'Hours 1000', 'a_b', 'axb', 'a\\b'])
        await make(name);
      const find = async (text: string, limit = 10) =>
        (await linkable.search(database.kysely, { text, limit })).map(({ label }) => label);
      assert.deepEqual(await find('hours'), ['HOURS', 'Hours 100%', 'Hours 1000', 'Harbour hours']);
      assert.deepEqual(await find('ＨＯＵＲＳ', 2), ['HOURS', 'Hours 100%']);
      assert.deepEqual(await find('100%'), ['Hours 100%'], 'a sign of patterns is a sign');
      assert.deepEqual(await find('a_b'), ['a_b']);
      assert.deepEqual(await find('a\\b'), ['a\\b']);
      assert.deepEqual(await find("'; drop table callouts"), []);
      const [group] = await linkChoices(database.kysely, createLinkables([linkable]), { text: 'harb' });
      assert.deepEqual(
        [group?.label, group?.targets.map(({ label }) => label)],
        ['Call-outs', ['Harbour hours']],
      );
    });
  });

  describe('the list of call-outs', () => {
    it('is in the order of names, in pages, with how many there are', async () => {
      const { store, make } = await open();
      for (const name of ['b', 'C', 'a', 'd']) await make(name);
      const { id } = await make('e');
      done(await deleteCallout(store, id, { seen: 1 }, ann));
      const names = async (question?: Parameters<typeof listCallouts>[1]) => {
        const { callouts, total } = await listCallouts(store, question);
        return `${callouts.map(({ name }) => name).join('')} ${total}`;
      };
      assert.equal(await names(), 'abCd 4');
      assert.equal(await names({ limit: 2 }), 'ab 4');
      assert.equal(await names({ limit: 2, offset: 3 }), 'd 4');
      assert.equal(await names({ text: 'c' }), 'C 1');
      assert.equal(await names({ isDeleted: true }), 'e 1');
      assert.equal(await names({ limit: 0, offset: -7 }), 'a 4', 'numbers are brought into their bounds');
      assert.equal(await names({ limit: Number.NaN, offset: Number.NaN }), 'a 4');
      assert.equal(await names({ text: 'z' }), ' 0');
    });

    it('says in how many documents each is used, as whatLinksTo does', async () => {
      const { database, documents, store, clock, make, write, remove, publish, page } = await open();
      const [drafted, live, scheduled, old, own] = [
        await make('Drafted'),
        await make('Live'),
        await make('Scheduled'),
        await make('Old'),
        await make('Own'),
      ];
      await page(drafted.id, drafted.id);
      await page(drafted.id);
      const both = await page(live.id, old.id);
      await publish(both);
      await write(own.document ?? '', 'note', `<a href="widgy:callout/${own.id}">itself</a>`);
      await publish(own.document ?? '');
      const soon = await page(scheduled.id);
      await publish(soon, 9000);
      // What only the history of a document has is not used any more.
      const gone = await page(old.id);
      await publish(gone);
      for (const document of [both, gone]) {
        await remove(document, `widgy:callout/${old.id}`);
        await publish(document);
      }
      const uses = async () => {
        const { callouts } = await listCallouts(store);
        for (const { id, name, uses: count } of callouts) {
          const question = { now: clock.now, isReviewed: documents.isReviewed };
          const { blocking } = await whatLinksTo(database.kysely, reference(id), question);
          assert.equal(count, blocking, name);
        }
        return Object.fromEntries(callouts.map(({ name, uses: count }) => [name, count]));
      };
      assert.deepEqual(await uses(), { Drafted: 2, Live: 1, Scheduled: 1, Old: 0, Own: 0 });
      clock.now = 9000;
      assert.deepEqual(await uses(), { Drafted: 2, Live: 1, Scheduled: 1, Old: 0, Own: 0 });
    });

    it('takes two statements, however many there are', async () => {
      const { database, store, make, page } = await open();
      const { id } = await make('One');
      await page(id);
      const count = async (question = {}) =>
        (await statementsOfWork(database, () => listCallouts(store, question))).length;
      assert.equal(await count(), 2);
      const rows = Array.from({ length: MAX_CALLOUTS_LISTED }, (_, at) => {
        const name = `call-out ${at}`;
        return {
          id: `c${at}`,
          site: 'default',
          name,
          name_key: name,
          revision: 1,
          created_at: 1,
          updated_at: 1,
        };
      });
      await database.kysely.insertInto('callouts').values(rows).execute();
      assert.equal(await count(), 2);
      assert.equal((await listCallouts(store)).callouts.length, MAX_CALLOUTS_LISTED);
      assert.equal((await listCallouts(store, { limit: 1e9 })).callouts.length, MAX_CALLOUTS_LISTED);
      assert.equal(await count({ text: 'nothing is called so' }), 1);
    });
  });
}
