import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Insertable } from 'kysely';
import { openMigrated, type TestDatabases } from '../../testing/test-databases.ts';
import type { Queries } from '../database.ts';
import type { SessionsTable, TokensTable, UsersTable } from '../tables.ts';
import { withCode } from './fixtures.ts';

const userRow = (own: Partial<Insertable<UsersTable>> = {}): Insertable<UsersTable> => ({
  ...{ id: 'ann', email: 'Ann@example.org', email_key: 'ann@example.org', name: 'Ann', name_key: 'ann' },
  ...{
    password_hash: null,
    must_change_password: 0,
    password_expires_at: null,
    is_active: 1,
    language: null,
  },
  ...{ revision: 1, rights_revision: 1, created_at: 1_790_000_000_123, last_sign_in_at: null },
  ...own,
});

const sessionRow = (own: Partial<Insertable<SessionsTable>> = {}): Insertable<SessionsTable> => ({
  ...{ id_hash: 's', user_id: null, data: '{}', assurance: null, rights_revision: null },
  ...{ created_at: 1, seen_at: 2, ended_at: null, replaced_at: null, address: null, agent: null },
  ...own,
});

const tokenRow = (own: Partial<Insertable<TokensTable>> = {}): Insertable<TokensTable> => ({
  ...{ hash: 't', kind: 'reset', user_id: 'ann', created_at: 1, expires_at: 2, used_at: null },
  ...own,
});

/** Tests of the rows of accounts. */
export function testAccountRows({ createUrl }: TestDatabases): void {
  const open = async () => await openMigrated(await createUrl());

  describe('rows of accounts', () => {
    const bob = userRow({
      ...{ id: 'bob', email: 'bob@example.org', email_key: 'bob@example.org', password_hash: '$argon2id$' },
      ...{
        must_change_password: 1,
        password_expires_at: 9,
        is_active: 0,
        language: 'pt-BR',
        revision: 7,
        rights_revision: 8,
      },
      last_sign_in_at: 5,
    });
    const role = { name: 'reviewer', label: 'Reviewer', permissions: '["pages.read"]', revision: 3 };
    const given = { user_id: 'ann', site: '*', role: 'reviewer' };
    const nobodys = sessionRow({ id_hash: 'a' });
    const anns = sessionRow({
      ...{ id_hash: 'b', user_id: 'ann', assurance: 'passkey', rights_revision: 3, data: '{"a":"\\u0000"}' },
      ...{ ended_at: 6, replaced_at: 4, address: '::1', agent: 'Browser' },
    });
    const token = tokenRow({ kind: 'invite', used_at: 3 });
    const attempt = { key_hash: 'k', window_start: 5, count: 2 };
    const insertAll = async (kysely: Queries) => {
      await kysely.insertInto('users').values([userRow(), bob]).execute();
      await kysely.insertInto('roles').values(role).execute();
      await kysely.insertInto('user_roles').values(given).execute();
      await kysely.insertInto('sessions').values([nobodys, anns]).execute();
      await kysely.insertInto('tokens').values(token).execute();
      await kysely.insertInto('attempts').values(attempt).execute();
    };
    const readAll = async (kysely: Queries) => ({
      users: await kysely.selectFrom('users').selectAll().orderBy('id').execute(),
      roles: await kysely.selectFrom('roles').selectAll().execute(),
      user_roles: await kysely.selectFrom('user_roles').selectAll().execute(),
      sessions: await kysely.selectFrom('sessions').selectAll().orderBy('id_hash').execute(),
      tokens: await kysely.selectFrom('tokens').selectAll().execute(),
      attempts: await kysely.selectFrom('attempts').selectAll().execute(),
    });

    it('give back every column as it was written, and go with their user', async () => {
      const { kysely } = await open();
      await insertAll(kysely);
      const all = {
        ...{ users: [userRow(), bob], roles: [role], user_roles: [given] },
        ...{ sessions: [nobodys, anns], tokens: [token], attempts: [attempt] },
      };
      assert.deepEqual(await readAll(kysely), all);
      await kysely.deleteFrom('users').where('id', '=', 'ann').execute();
      assert.deepEqual(await readAll(kysely), {
        ...all,
        ...{ users: [bob], user_roles: [], sessions: [nobodys], tokens: [] },
      });
    });

    const user = (own: Partial<Insertable<UsersTable>>) => (kysely: Queries) =>
      kysely
        .insertInto('users')
        .values(userRow({ id: 'new', email_key: 'new@example.org', ...own }))
        .execute();
    const session = (own: Partial<Insertable<SessionsTable>>) => (kysely: Queries) =>
      kysely
        .insertInto('sessions')
        .values(sessionRow({ id_hash: 'new', ...own }))
        .execute();
    const newToken = (own: Partial<Insertable<TokensTable>>) => (kysely: Queries) =>
      kysely
        .insertInto('tokens')
        .values(tokenRow({ hash: 'new', ...own }))
        .execute();
    const cases: readonly [name: string, write: (kysely: Queries) => Promise<unknown>][] = [
      ['an address twice', user({ email_key: 'ann@example.org' })],
      ['no address', user({ email_key: '' })],
      ['a long address', user({ email: 'x'.repeat(255) })],
      ['half a user', user({ is_active: 2 })],
      ['a password that is half to be changed', user({ must_change_password: -1 })],
      ['a user who was never written', user({ revision: 0 })],
      ['rights that were never written', user({ rights_revision: 0 })],
      [
        'a session of somebody who is not there',
        session({ user_id: 'x', assurance: 'totp', rights_revision: 1 }),
      ],
      ['a session of somebody without rights', session({ user_id: 'ann', assurance: 'password' })],
      ['a session of nobody with rights', session({ rights_revision: 1 })],
      ['an assurance that there is not', session({ user_id: 'ann', assurance: 'luck', rights_revision: 1 })],
      ['a token for something else', newToken({ kind: 'open' })],
      ['a token of nobody', newToken({ user_id: 'x' })],
      ['a token that was never good', newToken({ expires_at: 1 })],
      [
        'a role of nobody',
        (kysely) =>
          kysely
            .insertInto('user_roles')
            .values({ ...given, user_id: 'x' })
            .execute(),
      ],
      ['a role twice', (kysely) => kysely.insertInto('user_roles').values(given).execute()],
      [
        'a role at no site',
        (kysely) =>
          kysely
            .insertInto('user_roles')
            .values({ ...given, site: '' })
            .execute(),
      ],
      [
        'no tries',
        (kysely) =>
          kysely
            .insertInto('attempts')
            .values({ ...attempt, key_hash: 'n', count: 0 })
            .execute(),
      ],
    ];
    it('refuse what would be wrong', async (test) => {
      const { kysely } = await open();
      await insertAll(kysely);
      for (const [name, write] of cases) {
        await test.test(name, () => assert.rejects(write(kysely), withCode('database-constraint')));
      }
    });
  });
}
