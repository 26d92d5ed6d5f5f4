import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { sql } from 'kysely';
import { openMigrated, testDatabases } from '../testing/test-databases.ts';
import { withCode } from './contract/fixtures.ts';
import type { Database } from './database.ts';
import { openDatabase } from './open-database.ts';

describe('PostgreSQL', () => {
  const { createUrl } = testDatabases.find(({ name }) => name === 'PostgreSQL') ?? assert.fail();

  it('says what cannot be reached, without the password', async () => {
    const given = new URL(await createUrl());
    given.pathname = '/absent';
    for (const url of [given.href, 'postgres://me:secret@127.0.0.1:1/site']) {
      await assert.rejects(openDatabase(url), (error) => {
        assert.ok(withCode('database-unreachable')(error));
        assert.ok(!error.message.includes('secret'));
        return true;
      });
    }
  });

  it('goes on after its connections were ended, in use or not', async () => {
    const url = await createUrl();
    const [database, other] = [await openMigrated(url), await openMigrated(url)];
    const pid = async ({ kysely }: Pick<Database, 'kysely'>) =>
      (await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(kysely)).rows[0]?.pid;
    const end = async (which: number | undefined) => {
      await sql`select pg_terminate_backend(${which ?? 0}, 5000)`.execute(other.kysely);
    };
    await end(await pid(database));
    assert.ok(await answersAgain(database));
    const ended = database.transaction(async (own) => {
      await end(await pid({ kysely: own }));
      await sql`select 1`.execute(own);
    });
    await assert.rejects(ended, withCode('database-unreachable'));
    assert.ok(await answersAgain(database));
  });

  it('refuses to read a number that JavaScript cannot hold', async () => {
    const { kysely } = await openMigrated(await createUrl());
    const { rows } = await sql`select 9007199254740991::bigint as n, count(*) as c from trees`.execute(
      kysely,
    );
    assert.deepEqual(rows, [{ n: Number.MAX_SAFE_INTEGER, c: 0 }]);
    await assert.rejects(
      sql`select 9007199254740993::bigint as n`.execute(kysely),
      withCode('database-failed'),
    );
    assert.ok(await answersAgain({ kysely }));
  });
});

/** Whether queries are answered; the first after a connection was lost may still meet it. */
async function answersAgain({ kysely }: Pick<Database, 'kysely'>): Promise<boolean> {
  const answer = () => sql`select 1`.execute(kysely);
  const { rows } = await answer().catch(answer);
  return rows.length === 1;
}
