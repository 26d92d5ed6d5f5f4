import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { statementsOfWork } from '../../database/contract/fixtures.ts';
import {
  addAdministrator,
  addUser,
  done,
  type OpenTestAccounts,
  outcomesOf,
  refusedWith,
  START,
} from '../accounts-fixture.ts';
import { MAX_USERS_PAGE } from '../limits.ts';
import { createUser, givePassword } from '../passwords/give-password.ts';
import { createRole } from '../roles/write-role.ts';
import { readSession } from '../sessions/read-session.ts';
import { signedInData } from '../sessions/session.ts';
import { writeSession } from '../sessions/write-session.ts';
import { signIn } from '../sign-in/sign-in.ts';
import { type Actor, trustedActor } from '../users/actor.ts';
import { changeProfile } from '../users/change-profile.ts';
import { changeUser } from '../users/change-user.ts';
import { deleteUser } from '../users/delete-user.ts';
import { createFirstAdministrator } from '../users/first-administrator.ts';
import { findUser, listUsers, readUser } from '../users/read-users.ts';

const as = ({ id }: { readonly id: string }): Actor => ({ kind: 'user', id });

/** Tests of making, changing and finding people. */
export function testUsers(openTestAccounts: OpenTestAccounts): void {
  describe('people', () => {
    it('are kept as they were typed, and found however they are written', async () => {
      const { store } = await openTestAccounts();
      const details = { email: ' Ann.Lee@Example.org ', name: ' Ann Lée ', language: 'pt-BR' };
      const roles = [
        { site: 'b', role: 'author' },
        { site: '*', role: 'editor' },
        { site: '*', role: 'editor' },
      ];
      const { user, password } = done(await createUser(store, { ...details, roles }, trustedActor));
      assert.match(password, /^\w{4}(-\w{4}){4}$/);
      const { id, roles: kept, ...rest } = user;
      assert.deepEqual(rest, {
        ...{ email: 'Ann.Lee@Example.org', name: 'Ann Lée', language: 'pt-BR', isActive: true },
        ...{ hasPassword: true, mustChangePassword: true, revision: 1, createdAt: START, lastSignInAt: null },
      });
      assert.deepEqual(new Set(kept), new Set(roles.slice(0, 2)));
      const read = await readUser(store, id);
      assert.deepEqual(read, { ...user, roles: roles.slice(0, 2).reverse() });
      assert.deepEqual(await findUser(store, 'ANN.lee@EXAMPLE.org'), read);
      assert.doesNotMatch(JSON.stringify(read), /argon2/);
      for (const nobody of ['', 'x', '\0', `${id}\0`]) {
        assert.equal(await readUser(store, nobody), undefined);
        assert.equal(await findUser(store, nobody), undefined);
      }
    });

    const wrong: readonly [what: string, details: object, fields: readonly string[]][] = [
      ['no address', { email: 'ann' }, ['email']],
      ['a list of addresses', { email: 'a@b.org, c@d.org' }, ['email']],
      ['a header', { email: 'a@b.org\r\nBcc: c@d.org' }, ['email']],
      ['a name of an address', { email: 'Ann <a@b.org>' }, ['email']],
      ['letters that look like others', { email: 'ａ@b.org' }, ['email']],
      ['a long address', { email: `${'a'.repeat(250)}@b.org` }, ['email']],
      ['no name', { name: '  ' }, ['name']],
      ['a name of two lines', { name: 'Ann\nLee' }, ['name']],
      ['a name of U+0000', { name: 'Ann\0' }, ['name']],
      ['a long name', { name: 'x'.repeat(201) }, ['name']],
      ['no language', { language: '../en' }, ['language']],
      ['no role', { roles: [{ site: '*', role: 'constructor' }] }, ['roles']],
      ['no site', { roles: [{ site: 'a b', role: 'editor' }] }, ['roles']],
      ['all at once', { email: '', name: '', language: '' }, ['email', 'name', 'language']],
    ];
    it('are refused with what cannot be kept', async (test) => {
      const { store, database } = await openTestAccounts();
      const { user } = await addUser(store, 'bob');
      const good = { email: 'ann@example.org', name: 'Ann', roles: [] };
      for (const [what, details, fields] of wrong) {
        await test.test(what, async () => {
          for (const answer of [
            await createUser(store, { ...good, ...details }, trustedActor),
            await changeUser(store, user.id, { seen: 1, ...details }, trustedActor),
          ]) {
            const refusal = refusedWith(answer);
            assert.ok('faults' in refusal && refusal.code === 'invalid');
            const faults = refusal.faults as readonly { readonly field: string }[];
            assert.deepEqual(
              faults.map(({ field }) => field),
              fields,
            );
          }
        });
      }
      assert.deepEqual(await readUser(store, user.id), user);
      assert.equal((await database.kysely.selectFrom('users').select('id').execute()).length, 1);
    });

    it('have an address of their own', async () => {
      const { store } = await openTestAccounts();
      const { user } = await addUser(store, 'ann');
      const { user: bob } = await addUser(store, 'bob');
      const again = { email: 'ANN@example.org', name: 'Other', roles: [] };
      assert.deepEqual(refusedWith(await createUser(store, again, trustedActor)), { code: 'email-taken' });
      const change = { seen: 1, email: 'Ann@example.org' };
      assert.deepEqual(refusedWith(await changeUser(store, bob.id, change, trustedActor)), {
        code: 'email-taken',
      });
      assert.equal(done(await changeUser(store, user.id, change, trustedActor)).user.email, change.email);
      const both = await Promise.all(
        [1, 2, 3].map(() =>
          createUser(store, { email: 'cy@example.org', name: 'Cy', roles: [] }, trustedActor),
        ),
      );
      assert.deepEqual(outcomesOf(both), ['done', 'email-taken', 'email-taken']);
    });

    it('are not changed by whoever has seen something else', async () => {
      const { store } = await openTestAccounts();
      const { user } = await addUser(store, 'ann');
      assert.equal(
        done(await changeUser(store, user.id, { seen: 1, name: 'Anna' }, trustedActor)).user.revision,
        2,
      );
      const late = { code: 'stale', revision: 2 };
      assert.deepEqual(
        refusedWith(await changeUser(store, user.id, { seen: 1, name: 'Anne' }, trustedActor)),
        late,
      );
      assert.deepEqual(refusedWith(await changeProfile(store, user.id, { seen: 1, name: 'Anne' })), late);
      assert.deepEqual(refusedWith(await deleteUser(store, user.id, { seen: 1 }, trustedActor)), late);
      const profile = done(await changeProfile(store, user.id, { seen: 2, name: 'Anne', language: 'de' }));
      assert.deepEqual([profile.user.name, profile.user.language, profile.user.revision], ['Anne', 'de', 3]);
      const both = await Promise.all(
        ['a', 'b'].map((name) => changeUser(store, user.id, { seen: 3, name }, trustedActor)),
      );
      assert.deepEqual(outcomesOf(both), ['done', 'stale']);
      done(await deleteUser(store, user.id, { seen: 4 }, trustedActor));
      for (const answer of [
        await deleteUser(store, user.id, { seen: 4 }, trustedActor),
        await changeUser(store, user.id, { seen: 4 }, trustedActor),
        await changeProfile(store, user.id, { seen: 4 }),
      ]) {
        assert.deepEqual(refusedWith(answer), { code: 'user-missing' });
      }
    });

    it('are listed in pages, and searched by name and address, in two statements', async () => {
      const { store, database } = await openTestAccounts();
      const add = (email: string, name: string) =>
        createUser(store, { email, name, roles: [{ site: '*', role: 'author' }] }, trustedActor).then(done);
      for (const [email, name] of [
        ['b_1@example.org', 'Éva Ünlü'],
        ['a@example.org', 'Zoë'],
        ['B-2@example.org', '100% Bo'],
        ['bxx1@example.org', 'Mo'],
      ] as const) {
        await add(email, name);
      }
      const emails = async (question: Parameters<typeof listUsers>[1]) =>
        (await listUsers(store, question)).users.map(({ email }) => email);
      assert.deepEqual(await emails({}), [
        'a@example.org',
        'B-2@example.org',
        'b_1@example.org',
        'bxx1@example.org',
      ]);
      const first = await listUsers(store, { limit: 3 });
      assert.equal(first.next, 'b_1@example.org');
      const last = await listUsers(store, { limit: 3, after: first.next ?? '' });
      assert.deepEqual([last.users.map(({ name }) => name), last.next], [['Mo'], undefined]);
      assert.deepEqual(last.users[0]?.roles, [{ site: '*', role: 'author' }]);
      for (const [search, found] of [
        ['éva ü', ['b_1@example.org']],
        ['ÉVA', ['b_1@example.org']],
        ['B_1', ['b_1@example.org']],
        ['100%', ['B-2@example.org']],
        ['%', ['B-2@example.org']],
        ['\\', []],
        ["' or 1=1 --", []],
        ['\0', ['a@example.org', 'B-2@example.org', 'b_1@example.org', 'bxx1@example.org']],
      ] as const) {
        assert.deepEqual(await emails({ search }), found, JSON.stringify(search));
      }
      assert.equal((await emails({ limit: 0 })).length, 1);
      assert.equal((await emails({ limit: 10 * MAX_USERS_PAGE })).length, 4);
      assert.equal((await statementsOfWork(database, () => listUsers(store))).length, 2);
    });
  });

  describe('the first administrator', () => {
    it('is made once, with a password that works and is to be changed', async () => {
      const { store, second: other } = await openTestAccounts();
      const details = { email: 'admin@example.org', name: 'Ada' };
      const answers = await Promise.all([
        createFirstAdministrator(store, details),
        createFirstAdministrator(other, { ...details, email: 'b@example.org' }),
        createFirstAdministrator(other, { ...details, email: 'c@example.org' }),
      ]);
      assert.deepEqual(outcomesOf(answers), ['administrator-exists', 'administrator-exists', 'done']);
      const made = done(answers.find(({ ok }) => ok) ?? assert.fail());
      assert.equal((await listUsers(store)).users.length, 1);
      const { email } = made.user;
      const { user } = done(await signIn(store, { email, password: made.password, address: '::1' }));
      assert.equal(user.mustChangePassword, true);
      assert.deepEqual(refusedWith(await createFirstAdministrator(store, details)), {
        code: 'administrator-exists',
      });
    });

    it('is not made of what cannot be kept', async () => {
      const { store } = await openTestAccounts();
      assert.equal(
        refusedWith(await createFirstAdministrator(store, { email: 'x', name: '' })).code,
        'invalid',
      );
    });
  });

  describe('the last administrator', () => {
    const ways: readonly [what: string, change: object | 'delete'][] = [
      ['losing the role', { roles: [] }],
      ['having it at one site', { roles: [{ site: 'default', role: 'administrator' }] }],
      ['being deactivated', { isActive: false }],
      ['being deleted', 'delete'],
    ];
    for (const [what, change] of ways) {
      it(`is kept from ${what}, alone or two at once`, async () => {
        const { store, second: other } = await openTestAccounts();
        const { user } = await addAdministrator(store);
        const take = (from: typeof store, { id }: { readonly id: string }) =>
          change === 'delete'
            ? deleteUser(from, id, { seen: 1 }, trustedActor)
            : changeUser(from, id, { seen: 1, ...change }, trustedActor);
        assert.deepEqual(refusedWith(await take(store, user)), { code: 'last-administrator' });
        assert.deepEqual(await readUser(store, user.id), user);
        const { user: two } = await addUser(store, 'two', 'administrator');
        const both = await Promise.all([take(store, user), take(other, two)]);
        assert.deepEqual(outcomesOf(both), ['done', 'last-administrator']);
        const left = (await listUsers(store)).users.filter(
          ({ isActive, roles }) =>
            isActive && roles.some(({ site, role }) => site === '*' && role === 'administrator'),
        );
        assert.equal(left.length, 1);
      });
    }

    it('is not somebody who cannot sign in', async () => {
      const { store, database } = await openTestAccounts();
      const { user } = await addAdministrator(store);
      const { user: idle } = await addUser(store, 'idle', 'administrator');
      done(await changeUser(store, idle.id, { seen: 1, isActive: false }, trustedActor));
      const { user: invited } = await addUser(store, 'invited', 'administrator');
      await database.kysely
        .updateTable('users')
        .set({ password_hash: null })
        .where('id', '=', invited.id)
        .execute();
      const answer = await deleteUser(store, user.id, { seen: 1 }, trustedActor);
      assert.deepEqual(refusedWith(answer), { code: 'last-administrator' });
      done(await deleteUser(store, idle.id, { seen: 2 }, trustedActor));
    });
  });

  describe('somebody who manages people', () => {
    it('gives, changes and takes only what they hold themselves', async () => {
      const { store } = await openTestAccounts();
      const { user: admin } = await addAdministrator(store);
      const role = { name: 'manager', label: 'Manager', permissions: ['users.manage', 'pages.read'] };
      done(await createRole(store, role, trustedActor));
      const { user: manager } = await addUser(store, 'manager', 'manager');
      const { user: plain } = await addUser(store, 'plain');
      const by = as(manager);
      const roles = (name: string, site = '*') => ({ seen: 1, roles: [{ site, role: name }] });
      const lacks = (answer: Parameters<typeof refusedWith>[0], lacked: readonly string[]) =>
        assert.deepEqual(refusedWith(answer), { code: 'not-permitted', lacked });
      lacks(await changeUser(store, plain.id, roles('administrator'), by), ['*']);
      lacks(await changeUser(store, manager.id, roles('administrator', 'default'), by), ['*']);
      lacks(await changeUser(store, admin.id, { seen: 1, email: 'mine@example.org' }, by), ['*']);
      lacks(await changeUser(store, admin.id, { seen: 1, roles: [] }, by), ['*']);
      lacks(await deleteUser(store, admin.id, { seen: 1 }, by), ['*']);
      lacks(await createUser(store, { email: 'x@example.org', name: 'X', ...roles('administrator') }, by), [
        '*',
      ]);
      lacks(await givePassword(store, admin.id, by), ['*']);
      const beyondAuthor = refusedWith(await changeUser(store, plain.id, roles('author'), by));
      assert.ok('lacked' in beyondAuthor && JSON.stringify(beyondAuthor.lacked).includes('pages.edit'));
      done(await changeUser(store, plain.id, { ...roles('manager'), name: 'Plain' }, by));
      done(await changeUser(store, plain.id, { seen: 2, roles: [], isActive: false }, by));
      done(await deleteUser(store, plain.id, { seen: 3 }, by));
    });

    it('is asked anew each time whether they still may', async () => {
      const { store } = await openTestAccounts();
      const { user: admin } = await addAdministrator(store);
      const { user: two } = await addUser(store, 'two', 'administrator');
      const { user: plain } = await addUser(store, 'plain', 'editor');
      const lacked = { code: 'not-permitted', lacked: ['users.manage'] };
      const rename = (by: Actor) => changeUser(store, plain.id, { seen: 1, name: 'x' }, by);
      for (const by of [as(plain), as({ id: 'nobody' })])
        assert.deepEqual(refusedWith(await rename(by)), lacked);
      done(await changeUser(store, two.id, { seen: 1, isActive: false }, as(admin)));
      assert.deepEqual(refusedWith(await rename(as(two))), lacked);
      // Each takes the other away: one is left.
      done(await changeUser(store, two.id, { seen: 2, isActive: true }, as(admin)));
      const both = await Promise.all([
        deleteUser(store, two.id, { seen: 3 }, as(admin)),
        deleteUser(store, admin.id, { seen: 1 }, as(two)),
      ]);
      assert.deepEqual(outcomesOf(both), ['done', 'not-permitted']);
    });

    it('of one site does nothing at another', async () => {
      const { store } = await openTestAccounts();
      await addAdministrator(store);
      const here = { site: 'default', role: 'administrator' };
      const there = { site: 'other', role: 'administrator' };
      const { user: manager } = await addUser(store, 'manager', here);
      const { user: stranger } = await addUser(store, 'stranger', there);
      const { user: plain } = await addUser(store, 'plain');
      const change = (id: string, roles: readonly (typeof here)[]) =>
        changeUser(store, id, { seen: 1, roles }, as(manager));
      assert.equal(refusedWith(await change(plain.id, [there])).code, 'not-permitted');
      assert.equal(refusedWith(await change(plain.id, [{ ...here, site: '*' }])).code, 'not-permitted');
      assert.equal(refusedWith(await change(stranger.id, [])).code, 'not-permitted');
      done(await change(plain.id, [here]));
      const byStranger = changeUser(store, plain.id, { seen: 2, name: 'x' }, as(stranger));
      assert.equal(refusedWith(await byStranger).code, 'not-permitted');
    });
  });

  describe('rights', () => {
    it('that change are in force at once, and rotate or end sessions', async () => {
      const { store } = await openTestAccounts();
      await addAdministrator(store);
      const { user, password } = await addUser(store, 'ann', 'author');
      const signed = done(await signIn(store, { email: user.email, password, address: '::1' })).user;
      done(await writeSession(store, 'token', signedInData(signed)));
      const state = async () => {
        const session = await readSession(store, 'token');
        return session && [session.mustRotate, session.user?.rights.grants.map(({ role }) => role)];
      };
      assert.deepEqual(await state(), [false, ['author']]);
      done(await changeUser(store, user.id, { seen: 1, name: 'Anna', language: 'de' }, trustedActor));
      assert.deepEqual(await state(), [false, ['author']]);
      done(
        await changeUser(store, user.id, { seen: 2, roles: [{ site: '*', role: 'author' }] }, trustedActor),
      );
      assert.deepEqual(await state(), [false, ['author']], 'the same roles are no change of rights');
      done(
        await changeUser(store, user.id, { seen: 3, roles: [{ site: '*', role: 'editor' }] }, trustedActor),
      );
      assert.deepEqual(await state(), [true, ['editor']]);
      done(await changeUser(store, user.id, { seen: 4, isActive: false }, trustedActor));
      assert.equal(await state(), undefined);
      done(await changeUser(store, user.id, { seen: 5, isActive: true }, trustedActor));
      assert.equal(await state(), undefined, 'what was ended stays so');
    });
  });
}
