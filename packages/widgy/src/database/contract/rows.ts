import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Insertable } from 'kysely';
import { openMigrated, type TestDatabases } from '../../testing/test-databases.ts';
import { SEED } from '../../tree/random-fixture.ts';
import type { Queries } from '../database.ts';
import type { LeasesTable, MediaTable, PresenceTable, SettingsTable } from '../tables.ts';
import { readTree, saveTree } from '../trees.ts';
import { commit, insertDocument, statementsOfWork, withCode } from './fixtures.ts';

/** Tests of what can be written, what not, and of what is read then. */
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

  describe('rules of the tables', () => {
    const document = (own: Parameters<typeof insertDocument>[1]) => (kysely: Queries) =>
      insertDocument(kysely, own);
    const commits =
      (...own: readonly [number: number, own: Parameters<typeof commit>[2]][]) =>
      async (kysely: Queries) => {
        const id = await insertDocument(kysely);
        const values = own.map(([number, columns]) => commit(id, number, { parent: null, ...columns }));
        await kysely.insertInto('commits').values(values).execute();
      };
    const present = (own: Partial<Insertable<PresenceTable>>) => async (kysely: Queries) => {
      const id = await insertDocument(kysely);
      await kysely
        .insertInto('presence')
        .values({ document: id, client: 'c', seen_at: 1, ...own })
        .execute();
    };
    const setting = (own: Partial<Insertable<SettingsTable>>) => (kysely: Queries) => {
      const columns = { site: 'default', name: 'a.b', value: '1', revision: 1, updated_at: 1, author: null };
      return kysely
        .insertInto('settings')
        .values({ ...columns, ...own })
        .execute();
    };
    const lease = (own: Partial<Insertable<LeasesTable>>) => (kysely: Queries) =>
      kysely
        .insertInto('leases')
        .values({ name: 'daily', token: 0, has_failed: 0, ...own })
        .execute();
    const media = (own: Partial<Insertable<MediaTable>>) => (kysely: Queries) =>
      kysely
        .insertInto('media')
        .values(mediaRow({ width: 1, height: 1, ...own }))
        .execute();
    const cases: readonly [name: string, write: (kysely: Queries) => Promise<unknown>][] = [
      ['an empty id', document({ id: '' })],
      ['an id of 129 characters', document({ id: 'x'.repeat(129) })],
      ['a draft whose base is not there', document({ draft_base: 'absent' })],
      ['a draft that is behind its base', document({ draft_base_sequence: 1 })],
      ['a negative sequence', document({ draft_base_sequence: -1, draft_sequence: -1 })],
      ['an owner without a field', document({ owner_type: 'page', owner_id: '1' })],
      ['a head that is not there', document({ head: 1 })],
      [
        'two documents in one field of an owner',
        async (kysely) => {
          const owner = { owner_type: 'page', owner_id: '1', owner_field: 'body' };
          await insertDocument(kysely, owner);
          await insertDocument(kysely, { ...owner, owner_field: 'aside' });
          await insertDocument(kysely, owner);
        },
      ],
      [
        'the head of another document',
        async (kysely) => {
          const id = await insertDocument(kysely);
          await kysely.insertInto('commits').values(commit(id, 1)).execute();
          await insertDocument(kysely, { head: 1 });
        },
      ],
      ['a commit number 0', commits([0, {}])],
      ['a commit number twice', commits([1, {}], [1, {}])],
      [
        'a commit without a document',
        (kysely) =>
          kysely
            .insertInto('commits')
            .values(commit('absent', 1, { tree: 'x' }))
            .execute(),
      ],
      ['a commit without its tree', commits([1, { tree: 'absent' }])],
      ['a parent that is not there', commits([2, { parent: 1 }])],
      ['a commit that is its own parent', commits([1, { parent: 1 }])],
      ['an approval by nobody', commits([1, { approved_at: 5 }])],
      ['an approval without a time', commits([1, { approved_by: 'ann' }])],
      ['half a withdrawal', commits([1, { is_withdrawal: 2 }])],
      ['somebody at no document', present({ document: 'absent' })],
      ['somebody without a client', present({ client: '' })],
      ['a client of 129 characters', present({ client: 'x'.repeat(129) })],
      ['somebody at a widget without an id', present({ widget: '' })],
      ['a lease without a name', lease({ name: '' })],
      ['a lease that was taken less than never', lease({ token: -1 })],
      ['a lease that nobody has, with an end', lease({ expires_at: 1 })],
      ['a lease of somebody, without an end', lease({ holder: 'h', renewed_at: 1 })],
      ['half a failure', lease({ has_failed: 2 })],
      ['a setting without a name', setting({ name: '' })],
      ['a setting of no site', setting({ site: '' })],
      ['a setting that was never written', setting({ revision: 0 })],
      ['media of no kind', media({ kind: 'document', width: 1, height: 1 })],
      ['a picture without a size', media({ width: null, height: null })],
      ['a picture with half a size', media({ height: null })],
      ['a picture with half a point', media({ focal_x: 1 })],
      ['a picture whose point is outside', media({ focal_x: 1001, focal_y: 0 })],
      ['media without bytes', media({ bytes: 0 })],
      ['media without a whole hash', media({ hash: 'f' })],
      ['media that were never written', media({ revision: 0 })],
      [
        'a setting twice in one site',
        async (kysely) => {
          await setting({})(kysely);
          await setting({ site: 'other' })(kysely);
          await setting({ value: '2' })(kysely);
        },
      ],
      [
        'a tree that is used taken away',
        async (kysely) => {
          await commits([1, {}])(kysely);
          await kysely.deleteFrom('trees').execute();
        },
      ],
    ];
    it('refuse what would be wrong', async (test) => {
      const { kysely } = await open();
      for (const [name, write] of cases) {
        await test.test(name, () => assert.rejects(write(kysely), withCode('database-constraint')));
      }
    });

    it('let many documents be without an owner', async () => {
      const { kysely } = await open();
      await insertDocument(kysely);
      await insertDocument(kysely);
    });
  });

  describe('values', () => {
    const cases: readonly [name: string, value: unknown][] = [
      ['U+0000', 'a\0b'],
      ['half of a surrogate pair', 'a\ud800'],
      ['not a number', Number.NaN],
      ['infinity', Number.POSITIVE_INFINITY],
      ['a boolean', true],
      ['undefined', undefined],
      ['a date', new Date(0)],
      ['an object', { a: 1 }],
      ['a list', ['a']],
    ];
    it('refuse what the databases would treat differently', async (test) => {
      const { kysely } = await open();
      for (const [name, value] of cases) {
        const query = kysely
          .selectFrom('trees')
          .selectAll()
          .where('hash', '=', (builder) => builder.val(value).$castTo<string>());
        await test.test(name, () => assert.rejects(query.execute(), withCode('database-value-invalid')));
      }
    });

    it('refuse other numbers where whole ones are kept', async () => {
      const { kysely } = await open();
      for (const created_at of [1.5, 2 ** 70]) {
        const saving = saveTree(kysely, { hash: 'h', content: '' }, created_at);
        await assert.rejects(saving, withCode('database-value-invalid'));
      }
    });

    it('never become SQL', async () => {
      const { kysely } = await open();
      const hash = `'); drop table trees; --`;
      await saveTree(kysely, { hash, content: hash }, 1);
      assert.equal(await readTree(kysely, hash), hash);
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

/** A row of media: a picture, save for its size. */
function mediaRow(own: Partial<Insertable<MediaTable>>) {
  return {
    ...{ id: 'm', site: 'default', name: 'Boat.png', alt: 'A boat', search: 'boat.png a boat' },
    ...{ kind: 'image', type: 'image/png', hash: 'f'.repeat(64), file: 'original.png' },
    ...{ width: null, height: null, bytes: 10, renditions: '[{}]', focal_x: null, focal_y: null },
    ...{ deleted_at: null, revision: 1, created_at: 1, author: null, changed_at: 1, changed_by: null },
    ...own,
  } satisfies Insertable<MediaTable>;
}
