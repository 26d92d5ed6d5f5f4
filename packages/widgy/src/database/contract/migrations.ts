import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { sql } from 'kysely';
import { WidgyError } from '../../errors.ts';
import type { TestDatabases } from '../../testing/test-databases.ts';
import type { Database } from '../database.ts';
import { migrate, pendingMigrations } from '../migrate.ts';
import { migrations as released } from '../migrations/list.ts';
import type { Migration } from '../migrations/migration.ts';
import { openDatabase } from '../open-database.ts';
import { withCode } from './fixtures.ts';

const one: Migration = { name: '1', statements: ({ integer }) => [`create table one (a ${integer})`] };
const two: Migration = {
  name: '2',
  statements: () => ['create table two (a text)', 'insert into one values (2)'],
};
const three: Migration = { name: '3', statements: () => ['alter table one add column b text'] };

/** Tests of migrations. */
export function testMigrations({ createUrl, isShared }: TestDatabases): void {
  const openEmpty = async (url?: string): Promise<Database> => {
    const database = await openDatabase({ url: url ?? (await createUrl()), migrations: 'ignore' });
    after(() => database.close());
    return database;
  };

  describe('migrations', () => {
    it('are applied in order, once', async () => {
      const database = await openEmpty();
      assert.deepEqual(await pendingMigrations(database, [one, two]), ['1', '2']);
      assert.deepEqual(await migrate(database, [one, two]), ['1', '2']);
      assert.deepEqual(await migrate(database, [one, two]), []);
      assert.deepEqual(await pendingMigrations(database, [one, two, three]), ['3']);
      assert.deepEqual(await migrate(database, [one, two, three]), ['3']);
      assert.deepEqual(await rowsOf(database, 'one'), [{ a: 2, b: null }]);
      const records = await database.kysely
        .selectFrom('widgy_migrations')
        .selectAll()
        .orderBy('position')
        .execute();
      assert.deepEqual(
        records.map(({ position, name }) => [position, name]),
        [
          [1, '1'],
          [2, '2'],
          [3, '3'],
        ],
      );
      assert.ok(
        records.every(({ checksum, applied_at }) => /^[0-9a-f]{64}$/.test(checksum) && applied_at > 1e12),
      );
    });

    it('that fail leave nothing, and those before them stay', async () => {
      const database = await openEmpty();
      const failing: Migration = {
        name: 'bad',
        statements: () => ['create table bad (a text)', 'insert into absent values (1)'],
      };
      await assert.rejects(migrate(database, [one, failing]), (error) => {
        assert.ok(error instanceof WidgyError && error.code === 'migration-failed', String(error));
        assert.match(error.summary, /"bad"/);
        assert.ok(error.cause instanceof WidgyError && /absent/.test(error.cause.message));
        return true;
      });
      await assert.rejects(rowsOf(database, 'bad'), withCode('database-failed'));
      assert.deepEqual(await pendingMigrations(database, [one, two]), ['2']);
      assert.deepEqual(await migrate(database, [one, two]), ['2']);
    });

    const mismatches: readonly [
      name: string,
      had: readonly Migration[],
      code: readonly Migration[],
      expected: 'database-newer' | 'migration-changed',
    ][] = [
      ['code older than the database', [one, two], [one], 'database-newer'],
      [
        'a migration changed after it was applied',
        [one, two],
        [{ ...one, statements: () => ['select 1'] }, two],
        'migration-changed',
      ],
      ['a migration put before one that was applied', [one, three], [one, two, three], 'migration-changed'],
    ];
    for (const [name, had, code, expected] of mismatches) {
      it(`refuse ${name}`, async () => {
        const database = await openEmpty();
        await migrate(database, had);
        await assert.rejects(pendingMigrations(database, code), withCode(expected));
        await assert.rejects(migrate(database, code), withCode(expected));
      });
    }

    it('are applied by one of many that start at once', { skip: !isShared && 'one connection' }, async () => {
      const url = await createUrl();
      const databases = await Promise.all(Array.from({ length: 5 }, () => openEmpty(url)));
      const applied = await Promise.all(databases.map((database) => migrate(database, [one, two, three])));
      assert.deepEqual(applied.flat().toSorted(), ['1', '2', '3']);
    });
  });

  describe('openDatabase', () => {
    it('applies, requires or ignores migrations', { skip: !isShared && 'gone when closed' }, async () => {
      const url = await createUrl();
      const names = released.map(({ name }) => name);
      await assert.rejects(openDatabase({ url, migrations: 'require' }), (error) => {
        assert.ok(error instanceof WidgyError && error.code === 'migration-pending', String(error));
        assert.ok(names.every((name) => error.summary.includes(name)));
        return true;
      });
      const ignoring = await openEmpty(url);
      assert.deepEqual(await pendingMigrations(ignoring), names);
      const applying = await openDatabase({ url, migrations: 'apply' });
      assert.deepEqual(await pendingMigrations(ignoring), []);
      await applying.close();
      await (await openDatabase({ url, migrations: 'require' })).close();
    });

    it('applies them by itself in SQLite, and asks for it in PostgreSQL', async () => {
      const url = await createUrl();
      const opened = openDatabase(url);
      if (!url.startsWith('postgres')) {
        const database = await opened;
        assert.deepEqual(await pendingMigrations(database), []);
        await database.close();
      } else await assert.rejects(opened, withCode('migration-pending'));
    });

    it('refuses queries after it was closed', async () => {
      const database = await openEmpty();
      await database.close();
      await database.close();
      await assert.rejects(rowsOf(database, 'trees'));
    });
  });
}

async function rowsOf({ kysely }: Database, table: string): Promise<readonly unknown[]> {
  return (await sql`select * from ${sql.table(table)}`.execute(kysely)).rows;
}
