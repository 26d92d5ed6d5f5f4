import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { statementsOfWork } from '../../database/contract/fixtures.ts';
import { ann } from '../../documents/documents-fixture.ts';
import type { DocumentEvent } from '../../documents/events.ts';
import type { TestDatabases } from '../../testing/test-databases.ts';
import { createWidget } from '../../tree/widget.ts';
import { codeOf, done, openTestCallouts } from '../callouts-fixture.ts';
import { deleteCallout } from '../change-callout.ts';
import { listCallouts, readUses } from '../read-callouts.ts';
import { shareWidgets } from '../share-widgets.ts';

const note = (id: string, text: string) => createWidget({ id, type: 'note', slot: 'main', fields: { text } });

/** Tests of making call-outs of widgets. */
export function testSharing({ createUrl }: TestDatabases): void {
  const open = async (options = {}) => await openTestCallouts(await createUrl(), options);

  describe('what is shared', () => {
    it('is a call-out that shows the same at once, under other ids', async () => {
      const { database, store, linkable } = await open();
      const content = [note('a', 'One'), note('b', 'Two')];
      const { callout } = done(await shareWidgets(store, { id: 'hours', name: ' Hours ', content }, ann));
      assert.deepEqual([callout.id, callout.name], ['hours', 'Hours']);
      const [target] = await linkable.resolve(database.kysely, ['hours']);
      const shown = target?.tree?.root.children ?? [];
      assert.deepEqual(
        shown.map(({ fields, slot }) => [fields.text, slot]),
        [
          ['One', undefined],
          ['Two', undefined],
        ],
      );
      const ids = shown.map(({ id }) => id);
      assert.equal(new Set([...ids, 'a', 'b']).size, 4);
    });

    it('is one call-out, however often it is asked for, and what was left to do is done', async () => {
      let isVetoed = true;
      const { database, store, linkable } = await open({
        before: ({ kind }: DocumentEvent) => (kind === 'committed' && isVetoed ? 'Not today.' : undefined),
      });
      const asked = { id: 'hours', name: 'Hours', content: [note('a', 'One')] };
      const isShown = async () => (await linkable.resolve(database.kysely, ['hours']))[0]?.tree !== undefined;
      assert.equal(codeOf(await shareWidgets(store, asked, ann)), 'document-refused');
      assert.equal(await isShown(), false);
      isVetoed = false;
      done(await shareWidgets(store, asked, ann));
      assert.equal(await isShown(), true);
      done(await shareWidgets(store, asked, ann));
      assert.equal((await listCallouts(store)).total, 1);
      assert.equal(codeOf(await shareWidgets(store, { ...asked, name: 'Others' }, ann)), 'callout-exists');
      assert.equal(codeOf(await shareWidgets(store, { ...asked, id: 'two' }, ann)), 'name-taken');
    });

    it('is nothing that a call-out may not hold', async () => {
      const { store } = await open();
      const content = [note('a', 'One'), createWidget({ id: 'b', type: 'callout', fields: {} })];
      const answer = await shareWidgets(store, { id: 'hours', name: 'Hours', content }, ann);
      assert.equal(codeOf(answer), 'document-refused');
      assert.ok(!answer.ok && answer.refusal.code === 'document-refused');
      assert.equal(answer.refusal.refusal.code, 'tree-invalid');
      assert.equal((await listCallouts(store)).total, 0);
    });

    it('may be shared by those who may add it', async () => {
      const { store } = await open();
      const may = (_: string, type: string) => type !== 'note';
      const asked = { id: 'hours', name: 'Hours', content: [note('a', 'One')] };
      assert.equal(codeOf(await shareWidgets(store, asked, { id: 'eve', may })), 'document-refused');
    });
  });

  describe('the uses of some call-outs', () => {
    it('are those that the list has, in two statements, without what is in the bin', async () => {
      const { database, store, make, page } = await open();
      const [hours, news, old] = [await make('Hours'), await make('News'), await make('Old')];
      await page(hours.id, news.id);
      await page(hours.id);
      done(await deleteCallout(store, old.id, { seen: 1 }, ann));
      const ids = [hours.id, news.id, old.id, 'none', 'no/id'];
      const read = await readUses(store, ids);
      const listed = await listCallouts(store);
      assert.deepEqual([...read.values()].toSorted(byName), [...listed.callouts].toSorted(byName));
      assert.deepEqual([read.get(hours.id)?.uses, read.get(news.id)?.uses], [2, 1]);
      for (const [asked, statements] of [
        [ids, 2],
        [['none'], 1],
        [[], 0],
      ] as const) {
        const count = await statementsOfWork(database, () => readUses(store, asked));
        assert.equal(count.length, statements);
      }
    });
  });
}

const byName = (a: { readonly name: string }, b: { readonly name: string }) => a.name.localeCompare(b.name);
