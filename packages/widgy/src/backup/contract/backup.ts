import assert from 'node:assert/strict';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { folderStorage } from '@widgy/compressor';
import { sql } from 'kysely';
import { statementsOfWork, withCode } from '../../database/contract/fixtures.ts';
import type { Database } from '../../database/database.ts';
import { migrate, pendingMigrations } from '../../database/migrate.ts';
import { migrations } from '../../database/migrations/list.ts';
import { openDatabase } from '../../database/open-database.ts';
import { saveTree } from '../../database/trees.ts';
import { openMigrated, type TestDatabases, testDatabases } from '../../testing/test-databases.ts';
import { siteFolder } from '../../widgets/site-fixture.ts';
import { checkBackupFile } from '../check-file.ts';
import { createBackup } from '../create-backup.ts';
import { KEPT_TABLES, LEFT_OUT } from '../parts.ts';
import { restoreBackup } from '../restore-backup.ts';
import {
  addMuch,
  fillDatabase,
  fillStorage,
  keptRows,
  leftOutRows,
  picture,
  pictureName,
} from './fixture.ts';

/** Tests of backups of one kind of database. */
export function testBackup({ createUrl, isShared }: TestDatabases): void {
  /** A database with something in everything, and its uploaded files. */
  const filled = async () => {
    const folder = await siteFolder({});
    const url = await createUrl();
    const database = await openMigrated(url);
    const media = folderStorage(join(folder, 'media'));
    await fillDatabase(database);
    await fillStorage(media);
    return { folder, url, database, media, file: join(folder, 'site.tar') };
  };
  const openEmpty = async (url: string): Promise<Database> => {
    const database = await openDatabase({ url, migrations: 'ignore' });
    after(() => database.close());
    return database;
  };

  describe('a backup', () => {
    it('has every table of the database in one of its two lists', async () => {
      const { kind, kysely } = await openMigrated(await createUrl());
      const query =
        kind === 'sqlite'
          ? sql<{ name: string }>`select name from sqlite_master where type = 'table'
              and name not like 'sqlite~_%' escape '~' and name not like 'page~_words%' escape '~'`
          : sql<{ name: string }>`select table_name as name from information_schema.tables
              where table_schema = current_schema()`;
      const names = (await query.execute(kysely)).rows.map(({ name }) => name).toSorted();
      const listed = [...KEPT_TABLES.map(({ table }) => table), ...Object.keys(LEFT_OUT)];
      assert.deepEqual(names, listed.toSorted());
    });

    for (const other of testDatabases) {
      it(`is restored into ${other.name}, and the backup of that is the same`, async () => {
        const { folder, database, media, file } = await filled();
        await addMuch(database);
        const made = await createBackup({ database, media, now: () => 5000 }, file);
        assert.ok(made.ok);
        const counts = Object.fromEntries(
          Object.entries(await keptRows(database)).map(([table, rows]) => [table, rows.length]),
        );
        assert.ok(Object.values(counts).every((count) => count > 0));
        assert.deepEqual(made, { ok: true, rows: counts, media: { files: 2, bytes: 6 }, missing: [] });

        const target = await openEmpty(await other.createUrl());
        const files = folderStorage(join(folder, 'restored'));
        const restored = await restoreBackup({ database: target, media: files }, file);
        assert.deepEqual(restored, { ...made, madeAt: 5000, damaged: [] });
        assert.deepEqual(await keptRows(target), await keptRows(database));
        assert.deepEqual(Object.values(await leftOutRows(target)).flat(), []);
        assert.deepEqual(await pendingMigrations(target), []);
        assert.equal(String(await files.read(pictureName('two'))), 'two');

        const again = join(folder, 'again.tar');
        await createBackup({ database: target, media: files, now: () => 5000 }, again);
        assert.deepEqual(await contentOf(again), await contentOf(file));
      });
    }

    it('is of one moment, while others write', { skip: !isShared && 'one connection' }, async () => {
      const { folder, url, database, media, file } = await filled();
      const writer = await openMigrated(url);
      let isDone = false;
      let pairs = 0;
      // A tree first, a setting later in the file: in any one moment there are as many of one as of the other.
      const writePair = () =>
        writer.transaction(async (own) => {
          pairs += 1;
          await saveTree(own, { hash: `pair ${pairs}`, content: 'x'.repeat(10_000) }, 1);
          await own
            .insertInto('settings')
            .values({
              site: 'default',
              name: `pair.${pairs}`,
              value: '1',
              revision: 1,
              updated_at: 1,
              author: null,
            })
            .execute();
        });
      await writePair();
      const writing = (async () => {
        while (!isDone) {
          await writePair();
          // SQLite never lets anything else have its turn.
          await new Promise((resolve) => setImmediate(resolve));
        }
      })();
      const made = await createBackup({ database, media }, file).finally(() => {
        isDone = true;
      });
      await writing;
      assert.ok(made.ok);
      const target = await openEmpty(':memory:');
      const files = folderStorage(join(folder, 'restored'));
      assert.ok((await restoreBackup({ database: target, media: files }, file)).ok);
      const trees = await target.kysely
        .selectFrom('trees')
        .select('hash')
        .where('hash', 'like', 'pair %')
        .execute();
      const settings = await target.kysely
        .selectFrom('settings')
        .select('name')
        .where('name', 'like', 'pair.%')
        .execute();
      assert.ok(trees.length > 0 && trees.length <= pairs);
      assert.deepEqual(
        trees.map(({ hash }) => hash.slice(5)).toSorted(),
        settings.map(({ name }) => name.slice(5)).toSorted(),
      );
    });

    it('reads no more at once than a piece may have', async () => {
      const { folder, database, media, file } = await filled();
      await addMuch(database);
      await createBackup({ database, media }, file);
      const sizes = (await contentOf(file)).filter(([name]) => name.startsWith('rows/trees/'));
      // 1.5 MB of small trees, and one that is larger than a piece.
      assert.ok(sizes.length >= 3, `${sizes.length} pieces`);
      for (const [name, size] of sizes) assert.ok(size < 1.5 * 1024 * 1024, `${name} has ${size} bytes`);
      assert.deepEqual((await readdir(folder)).toSorted(), ['media', 'site.tar']);
      assert.equal((await stat(file)).mode & 0o777, 0o600);
    });

    it('holds no session, no token and nothing that is under way', async () => {
      const { database, media, file } = await filled();
      await createBackup({ database, media }, file);
      const bytes = await readFile(file, 'latin1');
      for (const secret of ['secret-session', 'secret-token', 'secret-lease', 'secret-client']) {
        assert.equal(bytes.includes(secret), false, secret);
      }
      assert.equal(bytes.includes('$argon2id$x'), true, 'but it does hold what passwords are checked with');
    });

    it('says which uploaded files are lost or damaged, and has the others', async () => {
      const { folder, database, media, file } = await filled();
      await media.remove(pictureName('one'));
      await database.kysely.insertInto('media').values(picture('three')).execute();
      await media.write(pictureName('three'), Buffer.from('other'));
      const made = await createBackup({ database, media }, file);
      assert.ok(made.ok);
      assert.deepEqual([made.missing, made.media.files], [[pictureName('one')], 2]);
      const files = folderStorage(join(folder, 'restored'));
      const restored = await restoreBackup({ database: await openEmpty(':memory:'), media: files }, file);
      assert.ok(restored.ok);
      assert.deepEqual([restored.missing, restored.damaged], [[pictureName('one')], [pictureName('three')]]);
      assert.equal(await files.read(pictureName('three')), undefined);
    });

    it('needs a storage where there are media, and a database that is migrated', async () => {
      const { folder, database, media, file } = await filled();
      const without = await createBackup({ database }, file);
      assert.ok(!without.ok && without.refusal.code === 'media-storage-needed');
      const empty = await openEmpty(await createUrl());
      await assert.rejects(createBackup({ database: empty }, file), withCode('migration-pending'));
      await assert.rejects(
        createBackup({ database, media }, join(folder, 'none/site.tar')),
        withCode('file-unwritable'),
      );
      await assert.rejects(
        database.transaction(() => createBackup({ database, media }, file)),
        withCode('transaction-nested'),
      );
      assert.deepEqual(await readdir(folder), ['media']);
    });

    it('takes the place of an older one only when it is whole', async () => {
      const { folder, database, media, file } = await filled();
      await createBackup({ database, media, now: () => 1 }, file);
      const before = await readFile(file);
      const failing = { ...media, open: async () => assert.fail('the storage is gone') };
      await assert.rejects(
        createBackup({ database, media: failing }, file),
        withCode('media-storage-failed'),
      );
      assert.deepEqual(await readFile(file), before);
      assert.deepEqual((await readdir(folder)).toSorted(), ['media', 'site.tar']);
    });

    it('does so many statements as there are pieces', async () => {
      const database = await openMigrated(await createUrl());
      const folder = await siteFolder({});
      const statements = await statementsOfWork(database, () =>
        createBackup({ database }, join(folder, 'site.tar')),
      );
      // Migrations asked (2), begin, commit, columns and sizes of each table, two that are filled later, and media.
      assert.equal(statements.length, 4 + 2 * KEPT_TABLES.length + 2 + 1);
    });
  });

  describe('restoring', () => {
    it('is refused where something is there, or where the database is another one', async () => {
      const { folder, database, media, file } = await filled();
      await createBackup({ database, media }, file);
      const files = folderStorage(join(folder, 'restored'));
      const before = await keptRows(database);
      const twice = await restoreBackup({ database, media: files }, file);
      assert.ok(!twice.ok && twice.refusal.code === 'database-not-empty');
      assert.ok(twice.refusal.tables.includes('trees'));
      assert.deepEqual(await keptRows(database), before);
      assert.equal(await files.read(pictureName('one')), undefined);

      const older = await openEmpty(await createUrl());
      await migrate(older, migrations.slice(0, 2));
      const mismatched = await restoreBackup({ database: older, media: files }, file);
      assert.ok(!mismatched.ok && mismatched.refusal.code === 'database-mismatched');
      const without = await restoreBackup({ database: await openEmpty(await createUrl()) }, file);
      assert.ok(!without.ok && without.refusal.code === 'media-storage-needed');
    });

    it('keeps the files of another one that was faster', async () => {
      const { folder, database, media, file } = await filled();
      await createBackup({ database, media }, file);
      const target = await openEmpty(await createUrl());
      const files = folderStorage(join(folder, 'restored'));
      let writes = 0;
      const slow = {
        ...files,
        write: async (...given: Parameters<typeof files.write>) => {
          const isNew = await files.write(...given);
          writes += 1;
          if (writes === 2) assert.ok((await restoreBackup({ database: target, media: files }, file)).ok);
          return isNew;
        },
      };
      const late = await restoreBackup({ database: target, media: slow }, file);
      assert.ok(!late.ok && late.refusal.code === 'database-not-empty');
      assert.equal(String(await files.read(pictureName('one'))), 'one');
      assert.deepEqual(await keptRows(target), await keptRows(database));
    });

    it('leaves nothing where it fails half-way', async () => {
      const { folder, database, media, file } = await filled();
      await createBackup({ database, media }, file);
      const target = await openEmpty(await createUrl());
      await migrate(target);
      const files = folderStorage(join(folder, 'restored'));
      await files.write(pictureName('one'), Buffer.from('one'));
      // A rule of its own makes the last table fail.
      await target.kysely.schema.createIndex('own').unique().on('callouts').columns(['site']).execute();
      await database.kysely
        .insertInto('callouts')
        .values({
          ...{ id: 'c2', site: 'default', name: 'B', name_key: 'b', document: null, deleted_at: null },
          ...{ revision: 1, created_at: 1, updated_at: 1, author: null },
        })
        .execute();
      await createBackup({ database, media }, file);
      const refused = await restoreBackup({ database: target, media: files }, file);
      assert.ok(!refused.ok && refused.refusal.code === 'rows-refused', JSON.stringify(refused));
      assert.equal(refused.refusal.entry, 'rows/callouts/000001.ndjson');
      assert.deepEqual(Object.values(await keptRows(target)).flat(), []);
      assert.equal(String(await files.read(pictureName('one'))), 'one', 'what was there before stays');
      assert.equal(await files.read(pictureName('two')), undefined);
      await target.kysely.schema.dropIndex('own').execute();
      assert.ok((await restoreBackup({ database: target, media: files }, file)).ok);
    });

    it('fails with a storage that fails, and leaves nothing', async () => {
      const { folder, database, media, file } = await filled();
      await createBackup({ database, media }, file);
      const target = await openEmpty(await createUrl());
      const files = folderStorage(join(folder, 'restored'));
      let writes = 0;
      const failing = {
        ...files,
        write: async (...given: Parameters<typeof files.write>) => {
          writes += 1;
          if (writes === 2) throw new Error('full');
          return await files.write(...given);
        },
      };
      await assert.rejects(
        restoreBackup({ database: target, media: failing }, file),
        withCode('media-storage-failed'),
      );
      for (const content of ['one', 'two']) assert.equal(await files.read(pictureName(content)), undefined);
      assert.deepEqual(Object.values(await keptRows(target)).flat(), []);
    });
  });
}

/** Names, sizes and hashes of what is in a file, but for what it says of its database. */
async function contentOf(file: string): Promise<readonly (readonly [string, number, string])[]> {
  const { manifest } = await checkBackupFile(file);
  return manifest.entries.map(({ name, size, sha256 }) => [name, size, sha256] as const);
}
