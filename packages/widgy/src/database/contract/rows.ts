import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { openMigrated, type TestDatabases } from '../../testing/test-databases.ts';
import { SEED } from '../../tree/random-fixture.ts';
import { readTree, saveTree } from '../trees.ts';
import { commit, insertDocument, mediaRow, statementsOfWork } from './fixtures.ts';

/** Tests of what can be written, and of what is read then. */
export function testRows({ createUrl }: TestDatabases): void {
  const open = async () => await openMigrated(await createUrl());

  describe('rows', () => {
    it('give back every column as it was written', async () => {
      const { kysely } = await open();
      const document = {
        id: 'd',
        owner_type: 'page',
        owner_id: '7',
        owner_field: 'body',
        head: null,
        draft_base: 'empty',
        draft_base_sequence: 1,
        draft_sequence: 2,
        draft_hash: 'now',
        created_at: 1_790_000_000_123,
      };
      await insertDocument(kysely, document);
      const first = { ...commit('d', 1, { publish_at: null }), approved_by: null, approved_at: null };
      const second = commit('d', 2, {
        author: 'ann',
        message: 'Zweite Fassung · 第二版\n',
        publish_at: Number.MAX_SAFE_INTEGER,
        request_key: 'key',
        request_hash: 'hash',
        approved_by: 'bob',
        approved_at: -1,
        is_withdrawal: 1,
      });
      await kysely.insertInto('commits').values([first]).execute();
      await kysely.insertInto('commits').values(second).execute();
      await kysely.updateTable('documents').set({ head: 2 }).execute();
      const operation = {
        document: 'd',
        sequence: 1,
        operations: '[{"a":1}]',
        inverses: '[]',
        kind: 'undo',
        undoes: 7,
        author: null,
        request_key: 'k',
        request_hash: 'h',
        created_at: 5,
      };
      await kysely.insertInto('operations').values(operation).execute();
      const link = {
        document: 'd',
        version: 0,
        widget: 'w',
        field: 'to',
        target_type: 'page',
        target_id: '8',
      };
      await kysely.insertInto('links').values(link).execute();
      const present = { document: 'd', client: 'c', author: 'ann', widget: 'w', seen_at: 1_790_000_000_123 };
      const elsewhere = { ...present, client: 'e', author: null, widget: null };
      await kysely.insertInto('presence').values([present, elsewhere]).execute();
      const setting = {
        site: 'default',
        name: 'site.title',
        value: '"x"',
        revision: 3,
        updated_at: 1_790_000_000_123,
        author: 'ann',
      };
      const reset = { ...setting, name: 'site.colour', value: null, author: null };
      await kysely.insertInto('settings').values([setting, reset]).execute();
      const callout = {
        id: 'c',
        site: 'default',
        name: 'Opening hours',
        name_key: 'opening hours',
        document: 'd',
        deleted_at: null,
        revision: 2,
        created_at: 1,
        updated_at: 1_790_000_000_123,
        author: 'ann',
      };
      const inBin = { ...callout, id: 'd', document: null, deleted_at: 5, author: null };
      await kysely.insertInto('callouts').values([callout, inBin]).execute();
      const lease = {
        name: 'daily',
        holder: 'h',
        token: 7,
        renewed_at: 1,
        expires_at: 2,
        last_run_at: 0,
        has_failed: 1,
      };
      const idle = {
        ...lease,
        name: 'idle',
        holder: null,
        renewed_at: null,
        expires_at: null,
        last_run_at: null,
      };
      await kysely.insertInto('leases').values([lease, idle]).execute();
      await kysely.insertInto('generations').values({ site: 'unwatched', number: 7 }).execute();

      const all = {
        trees: await kysely.selectFrom('trees').selectAll().execute(),
        documents: await kysely.selectFrom('documents').selectAll().execute(),
        commits: await kysely.selectFrom('commits').selectAll().orderBy('number').execute(),
        operations: await kysely.selectFrom('operations').selectAll().execute(),
        links: await kysely.selectFrom('links').selectAll().execute(),
        presence: await kysely.selectFrom('presence').selectAll().orderBy('client').execute(),
        settings: await kysely.selectFrom('settings').selectAll().orderBy('name').execute(),
        leases: await kysely.selectFrom('leases').selectAll().orderBy('name').execute(),
        generations: await kysely
          .selectFrom('generations')
          .selectAll()
          .where('site', '=', 'unwatched')
          .execute(),
        callouts: await kysely.selectFrom('callouts').selectAll().orderBy('id').execute(),
      };
      assert.deepEqual(all, {
        trees: [{ hash: 'empty', content: '{}', created_at: 1 }],
        documents: [{ ...document, head: 2 }],
        commits: [first, second],
        operations: [operation],
        links: [link],
        presence: [present, elsewhere],
        settings: [reset, setting],
        leases: [lease, idle],
        generations: [{ site: 'unwatched', number: 7 }],
        callouts: [callout, inBin],
      });
    });

    it('of media give back every column as it was written', async () => {
      const { kysely } = await open();
      const picture = mediaRow({
        ...{ width: 3, height: 2, focal_x: 0, focal_y: 1000, deleted_at: 5, revision: 7 },
        ...{ author: 'ann', changed_at: 1_790_000_000_123, changed_by: 'bob' },
      });
      const document = mediaRow({ id: 'n', kind: 'document', renditions: '[]' });
      await kysely.insertInto('media').values([picture, document]).execute();
      const claim = { hash: picture.hash, is_removal: 1, until: 1_790_000_000_123 };
      await kysely.insertInto('media_claims').values(claim).execute();
      assert.deepEqual(await kysely.selectFrom('media').selectAll().orderBy('id').execute(), [
        picture,
        document,
      ]);
      assert.deepEqual(await kysely.selectFrom('media_claims').selectAll().execute(), [claim]);
    });

    it('keep the bytes of a tree', async () => {
      const { kysely } = await open();
      let count = 0;
      const keeps = async (content: string) => {
        count += 1;
        assert.equal(await saveTree(kysely, { hash: `t${count}`, content }, 1), true);
        assert.equal(await readTree(kysely, `t${count}`), content);
      };
      // What a parser of JSON, a collation or an encoding would change.
      for (const text of [
        '{"b":1,"a":1.0,"a":1e2}',
        ' {} ',
        'e\u0301 é',
        '\u{1f600}\u2028\ufeff\uffff',
        '\\u0000',
        '',
      ]) {
        await keeps(text);
      }
      await keeps('x'.repeat(5_000_000));
      await fc.assert(
        fc.asyncProperty(fc.json(), fc.string({ unit: 'grapheme' }), async (json, text) => {
          await keeps(json);
          await keeps(JSON.stringify(text));
        }),
        { seed: SEED, numRuns: 50 },
      );
    });

    it('keep a tree once', async () => {
      const { kysely } = await open();
      const tree = { hash: 'h', content: '[1]' };
      assert.equal(await readTree(kysely, 'h'), undefined);
      assert.equal(await saveTree(kysely, tree, 1), true);
      assert.equal(await saveTree(kysely, tree, 2), false);
      assert.deepEqual(await kysely.selectFrom('trees').selectAll().execute(), [{ ...tree, created_at: 1 }]);
    });

    it('order times as numbers', async () => {
      const { kysely } = await open();
      const times = [-1, 0, 9, 10, 999, 1000, 1_790_000_000_000];
      for (const time of times.toReversed()) await saveTree(kysely, { hash: `${time}`, content: '' }, time);
      const found = await kysely.selectFrom('trees').select('created_at').orderBy('created_at').execute();
      assert.deepEqual(
        found.map(({ created_at }) => created_at),
        times,
      );
    });

    it('of a document go with it', async () => {
      const { kysely } = await open();
      const id = await insertDocument(kysely);
      const other = await insertDocument(kysely);
      for (const document of [id, other]) {
        await kysely
          .insertInto('commits')
          .values([commit(document, 1), commit(document, 2)])
          .execute();
        await kysely.updateTable('documents').set({ head: 2 }).where('id', '=', document).execute();
        await kysely
          .insertInto('operations')
          .values({ document, sequence: 1, operations: '', inverses: '', kind: 'edit', created_at: 1 })
          .execute();
        await kysely
          .insertInto('links')
          .values({ document, version: 0, widget: 'w', field: 'f', target_type: 'page', target_id: '1' })
          .execute();
        await kysely.insertInto('presence').values({ document, client: 'c', seen_at: 1 }).execute();
      }
      await kysely.deleteFrom('documents').where('id', '=', id).execute();
      const left = await Promise.all([
        kysely.selectFrom('documents').select('id as document').execute(),
        kysely.selectFrom('commits').select('document').where('number', '=', 1).execute(),
        kysely.selectFrom('operations').select('document').execute(),
        kysely.selectFrom('links').select('document').execute(),
        kysely.selectFrom('presence').select('document').execute(),
      ]);
      assert.deepEqual(left, Array(5).fill([{ document: other }]));
    });
  });

  it('counts the statements of each piece of work', async () => {
    const database = await open();
    const tree = { hash: 'h', content: '' };
    assert.equal((await statementsOfWork(database, () => saveTree(database.kysely, tree, 1))).length, 1);
    const [read, ...more] = await statementsOfWork(database, () => readTree(database.kysely, 'h'));
    assert.match(read ?? '', /^select "content" from "trees"/);
    assert.deepEqual(more, []);
    assert.deepEqual(await statementsOfWork(database, async () => {}), []);
  });
}
