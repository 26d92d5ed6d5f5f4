import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { TestDatabases } from '../../testing/test-databases.ts';
import { siteFolder } from '../../widgets/site-fixture.ts';
import { codesOf, type Ran, runIn, SITE_FILES, spawnIn } from '../run-fixture.ts';

const PASSWORD = /one-time password: (\w{4}(?:-\w{4}){4})\n$/;

/** Tests of `widgy user`. Each command opens a connection of its own. */
export function testUserCommand({ createUrl }: TestDatabases): void {
  describe('the command widgy user', () => {
    const open = async () => {
      const url = await createUrl();
      const folder = await siteFolder(SITE_FILES);
      const widgy = (...given: string[]) => runIn(folder, given, { DATABASE_URL: url });
      assert.equal((await widgy('migrate')).status, 0);
      return { url, folder, widgy };
    };
    const refusal = ({ status, stdout, stderr }: Ran) => {
      assert.deepEqual([status, stdout], [1, '']);
      return /\[([a-z-]+)\]\n {4}\S.*\nnothing was done\n$/.exec(stderr)?.[1];
    };

    it('makes the first administrator, and then people with roles', async () => {
      const { widgy } = await open();
      const first = await widgy('user', 'add', 'Ada@example.org');
      assert.equal(first.status, 0);
      assert.match(first.stdout, /^Ada@example\.org made\n/);
      assert.match(first.stderr, /It works for 3 days, until its owner has chosen another one\.\n$/);
      const [, password = ''] = PASSWORD.exec(first.stdout) ?? [];
      assert.equal(password.length, 24);
      assert.doesNotMatch(first.stderr, new RegExp(password), 'it is told once');
      assert.equal(refusal(await widgy('user', 'add', 'b@example.org')), 'administrator-exists');
      assert.equal(refusal(await widgy('user', 'add', 'ADA@example.org', '--role', 'editor')), 'email-taken');
      const bob = ['--name', 'Bob', '--role', 'editor', '--role', 'author@harbour'];
      const { user, password: bobs } = JSON.parse(
        (await widgy('user', 'add', 'bob@example.org', ...bob, '--json')).stdout,
      );
      assert.deepEqual(
        [user.name, user.roles],
        [
          'Bob',
          [
            { site: '*', role: 'editor' },
            { site: 'harbour', role: 'author' },
          ],
        ],
      );
      assert.match(bobs, /^\w{4}(-\w{4}){4}$/);
      assert.deepEqual(await widgy('user', 'list'), {
        ...{ status: 0, stderr: '' },
        stdout: [
          'Ada@example.org · Ada · administrator',
          'bob@example.org · Bob · editor, author@harbour',
          '2 accounts\n',
        ].join('\n'),
      });
      const { users } = JSON.parse((await widgy('user', 'list', '--json')).stdout);
      assert.deepEqual(
        users.map(({ email }: { email: string }) => email),
        ['Ada@example.org', 'bob@example.org'],
      );
      assert.doesNotMatch(JSON.stringify(users), /argon2|hash/);
    });

    it('gives new passwords, and keeps people from signing in', async () => {
      const { widgy } = await open();
      await widgy('user', 'add', 'ada@example.org');
      assert.equal(refusal(await widgy('user', 'disable', 'ada@example.org')), 'last-administrator');
      await widgy('user', 'add', 'bob@example.org', '--role', 'author');
      const reset = await widgy('user', 'reset', 'BOB@example.org');
      assert.match(reset.stdout, /^bob@example\.org has a new password/);
      assert.match(reset.stdout, PASSWORD);
      const disabled = await widgy('user', 'disable', 'bob@example.org');
      assert.deepEqual([disabled.status, disabled.stderr], [0, '']);
      assert.match((await widgy('user', 'list')).stdout, /^bob@example\.org · bob · author · disabled$/m);
      for (const action of ['reset', 'disable']) {
        const gone = await widgy('user', action, 'gone@example.org', '--json');
        assert.deepEqual([gone.status, codesOf(gone)], [1, ['error user-missing']]);
      }
    });

    it('refuses what cannot be kept', async () => {
      const { widgy } = await open();
      assert.equal(refusal(await widgy('user', 'add', 'nonsense')), 'invalid');
      const king = await widgy('user', 'add', 'a@example.org', '--role', 'editor', '--role', 'king@harbour');
      assert.equal(refusal(king), 'role-missing');
      assert.match(king.stderr, /There is no role king; there are administrator, editor, author\. /);
      assert.equal(refusal(await widgy('user', 'add', 'a@example.org', '--name', '')), 'invalid');
      assert.equal((await widgy('user', 'list')).stdout, '0 accounts\n');
    });

    it('makes one first administrator, in however many processes', async () => {
      const { url, folder, widgy } = await open();
      const runs = await Promise.all(
        ['a', 'b'].map((name) =>
          spawnIn(folder, ['user', 'add', `${name}@example.org`], { DATABASE_URL: url }),
        ),
      );
      assert.deepEqual(runs.map(({ status }) => status).sort(), [0, 1], JSON.stringify(runs));
      assert.match((await widgy('user', 'list')).stdout, /\n1 account\n$/);
    });
  });
}
