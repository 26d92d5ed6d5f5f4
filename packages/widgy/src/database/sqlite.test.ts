import assert from 'node:assert/strict';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { sql } from 'kysely';
import { openMigrated } from '../testing/test-databases.ts';
import { statementsOfWork, withCode } from './contract/fixtures.ts';
import { type Database, SQLITE_STATEMENTS } from './database.ts';
import { openDatabase } from './open-database.ts';
import { readTree, saveTree } from './trees.ts';

describe('SQLite', () => {
  const folder = async () => {
    const path = await mkdtemp(join(tmpdir(), 'widgy-database-'));
    after(() => rm(path, { recursive: true, force: true }));
    return path;
  };

  it('makes the file and its folder, for nobody else to read', async () => {
    const path = join(await folder(), 'a/b/site.db');
    const { kysely } = await openMigrated(path);
    await saveTree(kysely, { hash: 'h', content: '' }, 1);
    for (const file of [path, `${path}-wal`]) assert.equal((await stat(file)).mode & 0o777, 0o600);
  });

  it('is set up to keep what was acknowledged, and to check what refers to what', async () => {
    const database = await openMigrated(join(await folder(), 'site.db'));
    const setting = async (name: string) =>
      (await sql.raw<Record<string, unknown>>(`pragma ${name}`).execute(database.kysely)).rows.map(
        Object.values,
      );
    assert.deepEqual(await setting('journal_mode'), [['wal']]);
    assert.deepEqual(await setting('synchronous'), [[2]]);
    assert.deepEqual(await setting('foreign_keys'), [[1]]);
  });

  it('says which file cannot be opened as a database', async () => {
    const path = await folder();
    await assert.rejects(openDatabase(path), withCode('database-unreachable'));
    const text = join(path, 'text.db');
    await writeFile(text, 'This is not a database, though it is long enough to be one.'.repeat(20));
    await assert.rejects(openDatabase(text), withCode('database-unreachable'));
    await assert.rejects(openDatabase(join(text, 'site.db')), withCode('database-unreachable'));
  });

  it('waits for another connection that writes, and says so when that does not end', async () => {
    const path = join(await folder(), 'site.db');
    const writer = await openMigrated(path);
    const patient = await openMigrated(path);
    const impatient = await openMigrated(path, 0);
    const save = ({ transaction }: Database, hash: string) =>
      transaction((own) => saveTree(own, { hash, content: hash }, 1));
    const { promise: isHeld, resolve: hold } = Promise.withResolvers<void>();
    const { promise: isFree, resolve: free } = Promise.withResolvers<void>();
    const writing = writer.transaction(async (own) => {
      await saveTree(own, { hash: 'writer', content: '' }, 1);
      hold();
      await isFree;
    });
    await isHeld;
    const waiting = save(patient, 'patient');
    await assert.rejects(save(impatient, 'impatient'), withCode('database-busy'));
    assert.equal(await readTree(impatient.kysely, 'writer'), undefined, 'reading does not wait');
    free();
    await Promise.all([writing, waiting]);
    assert.equal(await readTree(impatient.kysely, 'patient'), 'patient');
  });

  it('keeps a bounded number of prepared statements, and their results apart', async () => {
    const { kysely } = await openMigrated(':memory:');
    for (let round = 0; round < 2; round += 1) {
      for (let number = 0; number < SQLITE_STATEMENTS + 10; number += 1) {
        const { rows } = await sql.raw(`select ${number} as a`).execute(kysely);
        assert.deepEqual(rows, [{ a: number }]);
      }
    }
  });

  it('gives rows one by one, and forgets those that nobody wanted', async () => {
    const { kysely } = await openMigrated(':memory:');
    for (const hash of ['a', 'b', 'c']) await saveTree(kysely, { hash, content: '' }, 1);
    const hashes = () => kysely.selectFrom('trees').select('hash').orderBy('hash').stream();
    for await (const { hash } of hashes()) {
      assert.equal(hash, 'a');
      break;
    }
    const found: string[] = [];
    for await (const { hash } of hashes()) found.push(hash);
    assert.deepEqual(found, ['a', 'b', 'c']);
  });

  it('tells of failed statements too', async () => {
    const database = await openMigrated(':memory:');
    const failed: boolean[] = [];
    const end = database.onStatement(({ isFailed }) => failed.push(isFailed));
    await assert.rejects(
      database.kysely.insertInto('trees').values({ hash: '', content: '', created_at: 1 }).execute(),
      withCode('database-constraint'),
    );
    end();
    await readTree(database.kysely, 'h');
    assert.deepEqual(failed, [true]);
    const twice: string[] = [];
    const listener = ({ sql: text }: { sql: string }) => twice.push(text);
    const [endOne, endOther] = [database.onStatement(listener), database.onStatement(listener)];
    await readTree(database.kysely, 'h');
    endOne();
    await readTree(database.kysely, 'h');
    endOther();
    assert.equal(twice.length, 3);
    assert.equal((await statementsOfWork(database, () => readTree(database.kysely, 'h'))).length, 1);
  });
});
