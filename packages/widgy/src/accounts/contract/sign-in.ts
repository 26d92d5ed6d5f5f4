import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import { describe, it } from 'node:test';
import { statementsOfWork, withCode } from '../../database/contract/fixtures.ts';
import {
  addUser,
  cheapHasher,
  done,
  GOOD_PASSWORD,
  type OpenTestAccounts,
  outcomesOf,
  refusedWith,
  START,
  type TestOptions,
} from '../accounts-fixture.ts';
import { deleteExpired } from '../delete-expired.ts';
import {
  MAX_ACCOUNT_TRIES,
  MAX_ACCOUNT_TRIES_ANYWHERE,
  MAX_ADDRESS_TRIES,
  MAX_CHANGE_TRIES,
  ONE_TIME_PASSWORD_MS,
  SIGN_IN_WINDOW_MS,
} from '../limits.ts';
import { changePassword } from '../passwords/change-password.ts';
import { givePassword } from '../passwords/give-password.ts';
import type { PasswordHasher } from '../passwords/hasher.ts';
import { readSession } from '../sessions/read-session.ts';
import { signedInData } from '../sessions/session.ts';
import { writeSession } from '../sessions/write-session.ts';
import { knownBrowser } from '../sign-in/known-browser.ts';
import { type SignedInAnswer, signIn } from '../sign-in/sign-in.ts';
import { trustedActor } from '../users/actor.ts';
import { changeUser } from '../users/change-user.ts';
import { readUser } from '../users/read-users.ts';

const WRONG = 'not the password, at all';

/** Tests of signing in, and of passwords. */
export function testSignIn(openTestAccounts: OpenTestAccounts): void {
  const open = async (options?: TestOptions) => {
    const accounts = await openTestAccounts(options);
    const { user, password } = await addUser(accounts.store, 'ann', 'editor');
    const tryWith = (
      typed: string,
      {
        email = 'ann@example.org',
        address = '192.0.2.1',
        store = accounts.store,
        browser = undefined as string | undefined,
      } = {},
    ) => signIn(store, { email, password: typed, address, browser });
    return { ...accounts, user, password, tryWith };
  };

  describe('signing in', () => {
    it('gives who they are and what they may do', async () => {
      const { store, user, password, tryWith } = await open();
      for (const email of ['ann@example.org', ' ANN@Example.org ', 'ａｎｎ@example.org']) {
        const signed = done(await tryWith(password, { email })).user;
        const { rights, ...rest } = signed;
        assert.deepEqual(rest, {
          ...{ id: user.id, email: 'ann@example.org', name: 'ann', language: null },
          ...{ mustChangePassword: true, revision: 1, rightsRevision: 1 },
        });
        assert.deepEqual(
          rights.grants.map(({ site, role }) => [site, role]),
          [['*', 'editor']],
        );
      }
      assert.equal((await readUser(store, user.id))?.lastSignInAt, START);
    });

    it('is refused alike, after the same work, whoever it was', async () => {
      const verified: (string | undefined)[] = [];
      const cheap = cheapHasher();
      const hasher: PasswordHasher = {
        ...cheap,
        verify(hash, password) {
          verified.push(hash);
          return cheap.verify(hash, password);
        },
      };
      const { store, database, password, tryWith } = await open({ hasher });
      const { user: idle, password: idles } = await addUser(store, 'idle');
      done(await changeUser(store, idle.id, { seen: 1, isActive: false }, trustedActor));
      await addUser(store, 'invited');
      const invited = database.kysely.updateTable('users').set({ password_hash: null });
      await invited.where('email_key', '=', 'invited@example.org').execute();
      const cases: readonly [email: string, password: string][] = [
        ['ann@example.org', WRONG],
        ['ann@example.org', ''],
        ['ann@example.org', `${password} `],
        ['nobody@example.org', password],
        ['idle@example.org', idles],
        ['invited@example.org', password],
        ['', password],
        ["' or 1=1 --\0\ud800", password],
      ];
      const answers: SignedInAnswer[] = [];
      const statements = new Set<string>();
      for (const [email, typed] of cases) {
        const work = async () => answers.push(await tryWith(typed, { email }));
        statements.add((await statementsOfWork(database, work)).map((text) => /^\w+/.exec(text)?.[0]).join());
      }
      const [first = assert.fail(), ...others] = answers;
      assert.deepEqual(refusedWith(first), { code: 'wrong' });
      for (const other of others) assert.deepEqual(other, first);
      assert.equal(verified.length, cases.length);
      assert.deepEqual([...statements], ['insert,insert,insert,select']);
    });

    it('hashes anew what was hashed with other parameters', async () => {
      const { database, store, password, tryWith } = await open();
      const strict = { ...store, hasher: cheapHasher(2) };
      const kept = async () =>
        (await database.kysely.selectFrom('users').select('password_hash').executeTakeFirstOrThrow())
          .password_hash ?? '';
      assert.equal(strict.hasher.isOutdated(await kept()), true);
      await tryWith(WRONG, { store: strict });
      assert.equal(strict.hasher.isOutdated(await kept()), true);
      done(await tryWith(password, { store: strict }));
      const renewed = await kept();
      assert.equal(strict.hasher.isOutdated(renewed), false);
      done(await tryWith(password, { store: strict }));
      assert.equal(await kept(), renewed);
    });

    it('is busy where too many hash', async () => {
      const full: PasswordHasher = { ...cheapHasher(), verify: async () => undefined };
      const { store, password, tryWith } = await open();
      assert.deepEqual(refusedWith(await tryWith(password, { store: { ...store, hasher: full } })), {
        code: 'busy',
      });
    });

    it('is not done with a password that changes meanwhile', async () => {
      const { store, user, password, tryWith } = await open();
      const cheap = cheapHasher();
      const hasher: PasswordHasher = {
        ...cheap,
        async verify(hash, typed) {
          const answer = await cheap.verify(hash, typed);
          done(await givePassword(store, user.id, trustedActor));
          return answer;
        },
      };
      assert.deepEqual(refusedWith(await tryWith(password, { store: { ...store, hasher } })), {
        code: 'wrong',
      });
    });
  });

  describe('tries to sign in', () => {
    it('are limited for an account at an address, however many come at once', async () => {
      const { store, clock, password, tryWith, second: other } = await open();
      const tries = Array.from({ length: MAX_ACCOUNT_TRIES + 5 }, (_, index) => {
        return tryWith(WRONG, { store: index % 2 ? store : other });
      });
      const outcomes = outcomesOf(await Promise.all(tries));
      assert.deepEqual(
        [
          outcomes.filter((one) => one === 'wrong').length,
          outcomes.filter((one) => one === 'too-many').length,
        ],
        [MAX_ACCOUNT_TRIES, 5],
      );
      clock.now += 1000;
      const refused = refusedWith(await tryWith(password));
      assert.deepEqual(refused, { code: 'too-many', retryAfter: SIGN_IN_WINDOW_MS - 1000 });
      clock.now += SIGN_IN_WINDOW_MS - 1000;
      done(await tryWith(password));
    });

    it('at one address lock nobody out elsewhere', async () => {
      const { password, tryWith } = await open();
      for (let tried = 0; tried < 2 * MAX_ACCOUNT_TRIES; tried += 1) await tryWith(WRONG);
      assert.equal(refusedWith(await tryWith(password)).code, 'too-many');
      done(await tryWith(password, { address: '192.0.2.2' }));
    });

    it('from very many addresses lock out all but whose browser is known', async () => {
      const { database, password, tryWith } = await open();
      const key_hash = hash('sha256', JSON.stringify(['sign-in-account', 'ann@example.org']));
      const row = { key_hash, window_start: START, count: MAX_ACCOUNT_TRIES_ANYWHERE };
      await database.kysely.insertInto('attempts').values(row).execute();
      const browser = knownBrowser('ANN@example.org');
      for (const [what, given] of [
        ['no browser', undefined],
        ['a browser of somebody else', knownBrowser('bob@example.org')],
        ['nonsense', `.${browser}`],
      ] as const) {
        assert.equal(refusedWith(await tryWith(password, { browser: given })).code, 'too-many', what);
      }
      for (let tried = 1; tried < MAX_ACCOUNT_TRIES; tried += 1)
        assert.equal(refusedWith(await tryWith(WRONG, { browser })).code, 'wrong');
      done(await tryWith(password, { browser }));
      for (let tried = 0; tried < MAX_ACCOUNT_TRIES; tried += 1) await tryWith(WRONG, { browser });
      assert.equal(refusedWith(await tryWith(password, { browser })).code, 'too-many');
    });

    it('are counted together, however the account is spelt', async () => {
      const { tryWith, password } = await open();
      const spellings = [
        'ann@example.org',
        'ANN@example.org\0',
        'a\0nn@example.org',
        ' \0ann@example.org\0 ',
      ];
      for (let tried = 0; tried < MAX_ACCOUNT_TRIES; tried += 1) {
        const email = spellings[tried % spellings.length] ?? '';
        assert.equal(refusedWith(await tryWith(WRONG, { email })).code, 'wrong');
      }
      for (const email of spellings)
        assert.equal(refusedWith(await tryWith(password, { email })).code, 'too-many', JSON.stringify(email));
    });

    it('are counted alike for an account that there is not', async () => {
      const { tryWith } = await open();
      const email = 'nobody@example.org';
      for (let tried = 0; tried < MAX_ACCOUNT_TRIES; tried += 1) {
        const { code } = refusedWith(
          await tryWith(WRONG, { email: tried % 2 ? email : 'NOBODY@example.org' }),
        );
        assert.equal(code, 'wrong');
      }
      assert.equal(refusedWith(await tryWith(WRONG, { email })).code, 'too-many');
    });

    it('are limited for an address, which then locks no account', async () => {
      const { database, password, tryWith } = await open();
      const address = '2001:db8:1:2::1';
      const key_hash = hash('sha256', JSON.stringify(['sign-in-address', '2001:db8:1:2::/64']));
      const row = { key_hash, window_start: START, count: MAX_ADDRESS_TRIES - 1 };
      await database.kysely.insertInto('attempts').values(row).execute();
      assert.equal(refusedWith(await tryWith(WRONG, { address })).code, 'wrong');
      for (let tried = 0; tried < MAX_ACCOUNT_TRIES; tried += 1) {
        const { code } = refusedWith(await tryWith(WRONG, { address: `2001:db8:1:2::${tried}` }));
        assert.equal(code, 'too-many');
      }
      done(await tryWith(password, { address: '2001:db8:1:3::1' }));
    });

    it('are forgotten for the account when it is signed in to, and not for the address', async () => {
      const { database, password, tryWith } = await open();
      for (let round = 0; round < 3; round += 1) {
        for (let tried = 1; tried < MAX_ACCOUNT_TRIES; tried += 1) await tryWith(WRONG);
        done(await tryWith(password));
      }
      const rows = await database.kysely.selectFrom('attempts').select('count').execute();
      assert.deepEqual(rows, [{ count: 3 * MAX_ACCOUNT_TRIES }]);
    });

    it('neither lock out for ever nor unlock when the clock goes back', async () => {
      const { clock, password, tryWith } = await open();
      for (let tried = 0; tried <= MAX_ACCOUNT_TRIES; tried += 1) await tryWith(WRONG);
      for (const back of [1000, 10 * SIGN_IN_WINDOW_MS, START / 2]) {
        clock.now -= back;
        const refused = refusedWith(await tryWith(password));
        assert.ok('retryAfter' in refused);
        assert.equal(refused.retryAfter, SIGN_IN_WINDOW_MS, `back by ${back}`);
      }
      clock.now += SIGN_IN_WINDOW_MS - 1;
      assert.equal(refusedWith(await tryWith(password)).code, 'too-many');
      clock.now += 1;
      done(await tryWith(password));
    });

    it('are taken away when they are old', async () => {
      const { store, clock, tryWith } = await open();
      await tryWith(WRONG);
      assert.deepEqual(await deleteExpired(store), { sessions: 0, tokens: 0, attempts: 0 });
      clock.now += 24 * 3_600_000;
      assert.deepEqual(await deleteExpired(store), { sessions: 0, tokens: 0, attempts: 3 });
    });
  });

  describe('a password', () => {
    it('that was made for somebody works for so long', async () => {
      const { store, clock, user, password, tryWith } = await open();
      clock.now += ONE_TIME_PASSWORD_MS - 1;
      done(await tryWith(password));
      clock.now += 1;
      assert.deepEqual(refusedWith(await tryWith(password)), { code: 'password-expired' });
      assert.deepEqual(refusedWith(await tryWith(WRONG)), { code: 'wrong' });
      const given = done(await givePassword(store, user.id, trustedActor));
      clock.now += ONE_TIME_PASSWORD_MS - 1;
      done(await tryWith(given.password));
      done(await changePassword(store, user.id, { password: GOOD_PASSWORD }));
      clock.now += ONE_TIME_PASSWORD_MS;
      done(await tryWith(GOOD_PASSWORD));
    });

    it('that was made for somebody is not asked for again, and is not kept', async () => {
      const { store, user, password } = await open();
      const same = refusedWith(await changePassword(store, user.id, { password }));
      assert.ok('faults' in same);
      done(await changePassword(store, user.id, { password: GOOD_PASSWORD }));
      // From now on it is.
      const again = refusedWith(await changePassword(store, user.id, { password: `${GOOD_PASSWORD}!` }));
      assert.deepEqual(again, {
        code: 'invalid',
        faults: [{ field: 'current', message: 'Enter the password that you have now.' }],
      });
    });

    it('is changed by whoever knows it, and other sessions are over', async () => {
      const { store, user, password, tryWith } = await open();
      const { user: signed } = done(await tryWith(password));
      for (const token of ['mine', 'other']) done(await writeSession(store, token, signedInData(signed)));
      const change = { current: password, password: GOOD_PASSWORD, session: 'mine' };
      const { rightsRevision } = done(await changePassword(store, user.id, change));
      assert.equal(rightsRevision, 2);
      assert.equal((await readSession(store, 'mine'))?.mustRotate, true);
      assert.equal(await readSession(store, 'other'), undefined);
      assert.deepEqual(refusedWith(await tryWith(password)), { code: 'wrong' });
      const now = done(await tryWith(GOOD_PASSWORD)).user;
      assert.deepEqual([now.mustChangePassword, now.rightsRevision], [false, 2]);
    });

    const cases: readonly [what: string, typed: object, field: string][] = [
      ['the current one is wrong', { current: WRONG }, 'current'],
      ['the new one is short', { password: 'short' }, 'password'],
      ['the new one has the name of the site', { password: 'an old harbour of mine' }, 'password'],
      ['it is the same', { password: 'CURRENT' }, 'password'],
    ];
    it('stays where something is wrong', async (test) => {
      const { store, user, tryWith } = await open();
      const password = `${GOOD_PASSWORD}, I hear`;
      done(await changePassword(store, user.id, { password }));
      for (const [what, typed, field] of cases) {
        await test.test(what, async () => {
          const change = { current: password, password: GOOD_PASSWORD, ...typed };
          if (change.password === 'CURRENT') change.password = password;
          const refusal = refusedWith(await changePassword(store, user.id, change));
          assert.ok('faults' in refusal);
          assert.ok(JSON.stringify(refusal.faults).includes(`"field":"${field}"`));
        });
      }
      done(await tryWith(password));
    });

    it('cannot be guessed in a session that somebody left open', async () => {
      const { store, user, tryWith } = await open();
      done(await changePassword(store, user.id, { password: GOOD_PASSWORD }));
      const guess = () => changePassword(store, user.id, { current: WRONG, password: `${GOOD_PASSWORD}!` });
      for (let tried = 0; tried < MAX_CHANGE_TRIES; tried += 1)
        assert.equal(refusedWith(await guess()).code, 'invalid');
      assert.equal(refusedWith(await guess()).code, 'too-many');
      // That keeps nobody from signing in, and signing in gives no more tries.
      done(await tryWith(GOOD_PASSWORD));
      assert.equal(refusedWith(await guess()).code, 'too-many');
    });

    it('is changed by one of two at once', async () => {
      const { store, user, password, second: other } = await open();
      const both = await Promise.all([
        changePassword(store, user.id, { current: password, password: `${GOOD_PASSWORD}, one` }),
        changePassword(other, user.id, { current: password, password: `${GOOD_PASSWORD}, two` }),
      ]);
      const outcomes = outcomesOf(both).join();
      // The slower one may have come after the first was done: then what it typed is wrong.
      assert.ok(['done,stale', 'done,invalid'].includes(outcomes), outcomes);
    });

    it('that was made for somebody ends their sessions', async () => {
      const { store, user, password, tryWith } = await open();
      const signed = done(await tryWith(password)).user;
      done(await writeSession(store, 'token', signedInData(signed)));
      const given = done(await givePassword(store, user.id, trustedActor));
      assert.equal(given.user.mustChangePassword, true);
      assert.equal(await readSession(store, 'token'), undefined);
      assert.equal(refusedWith(await tryWith(password)).code, 'wrong');
      assert.equal(done(await tryWith(given.password)).user.mustChangePassword, true);
      assert.deepEqual(refusedWith(await givePassword(store, 'nobody', trustedActor)), {
        code: 'user-missing',
      });
    });
  });

  it('uses nothing past a transaction', async () => {
    const { store, database } = await openTestAccounts();
    const request = { email: 'a', password: 'b', address: 'c' };
    const inside = database.transaction(() => signIn(store, request));
    await assert.rejects(inside, withCode('transaction-nested'));
  });
}
