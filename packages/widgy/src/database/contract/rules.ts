import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Insertable } from 'kysely';
import { openMigrated, type TestDatabases } from '../../testing/test-databases.ts';
import type { Queries } from '../database.ts';
import type { LeasesTable, MediaTable, PresenceTable, SettingsTable } from '../tables.ts';
import { readTree, saveTree } from '../trees.ts';
import { commit, insertDocument, mediaRow, withCode } from './fixtures.ts';

/** Tests of what cannot be written. */
export function testRules({ createUrl }: TestDatabases): void {
  const open = async () => await openMigrated(await createUrl());

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
}
