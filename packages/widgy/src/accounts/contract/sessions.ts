import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { statementsOfWork, withCode } from '../../database/contract/fixtures.ts';
import { addUser, done, type OpenTestAccounts, outcomesOf, refusedWith, START } from '../accounts-fixture.ts';
import { deleteExpired } from '../delete-expired.ts';
import {
  ENDED_SESSION_MS,
  MAX_SESSION_BYTES,
  MAX_TOKEN_LENGTH,
  REPLACED_SESSION_MS,
  SESSION_ABSOLUTE_MS,
  SESSION_IDLE_MS,
  SESSION_SEEN_MS,
} from '../limits.ts';
import { givePassword } from '../passwords/give-password.ts';
import { may } from '../permissions/rights.ts';
import { endListedSession, endSessions, listSessions } from '../sessions/end-session.ts';
import { readSession } from '../sessions/read-session.ts';
import { markReplaced } from '../sessions/replace-session.ts';
import { signedInData } from '../sessions/session.ts';
import { createSessionRows } from '../sessions/session-rows.ts';
import { writeSession } from '../sessions/write-session.ts';
import { trustedActor } from '../users/actor.ts';
import { changeUser } from '../users/change-user.ts';
import { deleteUser } from '../users/delete-user.ts';

const MINUTE = 60_000;

/** Tests of sessions. */
export function testSessions(openTestAccounts: OpenTestAccounts): void {
  const open = async () => {
    const accounts = await openTestAccounts();
    const { user } = await addUser(accounts.store, 'ann', 'author', { site: 'other', role: 'editor' });
    const data = (more: object = {}, rightsRevision = 1) => ({
      ...signedInData({ id: user.id, rightsRevision }, { address: '192.0.2.1', agent: 'Browser' }),
      ...more,
    });
    const write = (token: string, own: object = data()) => writeSession(accounts.store, token, own);
    const read = (token: string) => readSession(accounts.store, token);
    return { ...accounts, user, data, write, read };
  };

  describe('sessions', () => {
    it('are read with their user and rights in one statement, and written as used once a minute', async () => {
      const { store, database, clock, user, data, write, read } = await open();
      const rows = createSessionRows(store);
      assert.equal(await rows.get('token'), null);
      const given = data({ csrf: 'x', cookie: { path: '/' } });
      done(await rows.set('token', given));
      const session = (await read('token')) ?? assert.fail();
      assert.deepEqual([session.data, session.assurance, session.mustRotate], [given, 'password', false]);
      assert.equal(session.user?.id, user.id);
      assert.deepEqual(
        [
          may(session.user, 'pages.publish', 'default'),
          may(session.user, 'pages.publish', 'other'),
          may(session.user, 'note:add', 'default'),
        ],
        [false, true, true],
      );
      const words = async (work: () => Promise<unknown>) =>
        (await statementsOfWork(database, work)).map((text) => /^\w+/.exec(text)?.[0]);
      assert.deepEqual(await words(() => read('token')), ['select']);
      clock.now += SESSION_SEEN_MS - 1;
      assert.deepEqual(await words(() => read('token')), ['select']);
      clock.now += 1;
      assert.deepEqual(await words(() => read('token')), ['select', 'update']);
      assert.deepEqual(await words(() => read('token')), ['select']);
      assert.deepEqual(await words(() => read('gone')), ['select']);
      for (const token of ['', 'x'.repeat(MAX_TOKEN_LENGTH + 1)]) {
        assert.deepEqual(await words(() => read(token)), []);
        assert.equal(refusedWith(await write(token)).code, 'session-ended');
      }
    });

    it('keep no token', async () => {
      const { database, write } = await open();
      done(await write('very-secret-token'));
      const rows = await database.kysely.selectFrom('sessions').selectAll().execute();
      assert.doesNotMatch(JSON.stringify(rows), /very-secret/);
    });

    it('may belong to nobody', async () => {
      const { write, read } = await open();
      done(await write('token', { csrf: 'a' }));
      done(await write('token', { csrf: 'b' }));
      assert.deepEqual(await read('token'), {
        ...{ data: { csrf: 'b' }, user: null, assurance: null, mustRotate: false },
      });
    });

    it('never change whom they belong to', async () => {
      const { store, data, write, read } = await open();
      const { user: bob } = await addUser(store, 'bob');
      done(await write('nobody', {}));
      done(await write('anns'));
      const bobs = signedInData({ id: bob.id, rightsRevision: 1 });
      for (const [token, own] of [
        ['nobody', data()],
        ['anns', bobs],
        ['anns', {}],
        ['anns', data({}, 2)],
      ] as const) {
        assert.deepEqual(refusedWith(await write(token, own)), { code: 'session-not-rotated' });
      }
      assert.equal((await read('nobody'))?.user, null);
    });

    const unreadable: readonly object[] = [
      { userId: 'x' },
      { userId: 'x', rightsRevision: '1', assurance: 'password' },
    ];
    it('begin only with the rights there are, and for who may sign in', async () => {
      const { store, user, data, write } = await open();
      const nobody = signedInData({ id: 'nobody', rightsRevision: 1 });
      for (const own of unreadable) await assert.rejects(write('token', own), withCode('accounts-invalid'));
      for (const own of [nobody, data({}, 0), data({}, 2)]) {
        assert.deepEqual(refusedWith(await write('token', own)), { code: 'session-ended' });
      }
      done(await givePassword(store, user.id, trustedActor));
      assert.deepEqual(
        refusedWith(await write('token')),
        { code: 'session-ended' },
        'signed in with an old password',
      );
      done(await write('token', data({}, 2)));
      done(await changeUser(store, user.id, { seen: 2, isActive: false }, trustedActor));
      assert.deepEqual(refusedWith(await write('new', data({}, 3))), { code: 'session-ended' });
    });

    it('that were begun while the password changed are over', async () => {
      const { store, second: other, user, write, read } = await open();
      const [, written] = await Promise.all([givePassword(other, user.id, trustedActor), write('token')]);
      const session = await read('token');
      assert.equal(session, undefined, `the session was ${written.ok ? 'written, and ended' : 'refused'}`);
      assert.deepEqual(await listSessions(store, user.id), []);
    });

    it('stay ended, whatever a request that is still going on writes', async () => {
      const { store, user, data, write, read } = await open();
      const rows = createSessionRows(store);
      for (const [token, end] of [
        ['signed out', () => rows.destroy('signed out')],
        ['all', () => endSessions(store, user.id)],
      ] as const) {
        done(await write(token));
        await end();
        assert.deepEqual(refusedWith(await write(token, data({ late: 1 }))), { code: 'session-ended' });
        assert.equal(await read(token), undefined);
        await rows.destroy(token);
      }
      await rows.destroy('gone');
      await rows.destroy('x'.repeat(MAX_TOKEN_LENGTH + 1));
    });

    it('that are replaced can be read for a little longer, and are replaced once', async () => {
      const { store, second: other, clock, user, data, write, read } = await open();
      const rows = createSessionRows(store);
      done(await write('old'));
      done(
        await changeUser(store, user.id, { seen: 1, roles: [{ site: '*', role: 'editor' }] }, trustedActor),
      );
      assert.equal((await read('old'))?.mustRotate, true);
      const won = await Promise.all([markReplaced(store, 'old'), markReplaced(other, 'old')]);
      assert.deepEqual(won.toSorted(), [false, true]);
      // What a library for sessions does with the one before.
      await rows.destroy('old');
      done(await write('new', data({}, 2)));
      assert.equal((await read('old'))?.mustRotate, false);
      assert.equal(may((await read('old'))?.user ?? assert.fail(), 'pages.publish', 'default'), true);
      done(await write('old', data({ late: 1 })));
      assert.equal((await listSessions(store, user.id)).length, 1);
      clock.now += REPLACED_SESSION_MS - 1;
      assert.notEqual(await read('old'), undefined);
      clock.now += 1;
      assert.equal(await read('old'), undefined);
      assert.notEqual(await read('new'), undefined);
      clock.now += ENDED_SESSION_MS;
      assert.equal((await deleteExpired(store)).sessions, 1);
      assert.equal(await markReplaced(store, 'x'.repeat(MAX_TOKEN_LENGTH + 1)), false);
    });

    it('that are replaced end at once with all others', async () => {
      const { store, user, write, read } = await open();
      for (const [token, end] of [
        ['a', () => endSessions(store, user.id)],
        ['b', () => givePassword(store, user.id, trustedActor)],
      ] as const) {
        done(await write(token));
        assert.equal(await markReplaced(store, token), true);
        assert.notEqual(await read(token), undefined);
        await end();
        assert.equal(await read(token), undefined);
      }
    });

    it('end with their user', async () => {
      const { store, database, user, write, read } = await open();
      done(await write('token'));
      const setActive = (is_active: number) =>
        database.kysely.updateTable('users').set({ is_active }).execute();
      await setActive(0);
      assert.equal(await read('token'), undefined, 'whatever made the user inactive');
      await setActive(1);
      assert.notEqual(await read('token'), undefined);
      done(await deleteUser(store, user.id, { seen: 1 }, trustedActor));
      assert.equal(await read('token'), undefined);
      assert.deepEqual(refusedWith(await write('token')), { code: 'session-ended' });
    });

    it('hold so much and no more', async () => {
      const { write } = await open();
      const room = MAX_SESSION_BYTES - Buffer.byteLength(JSON.stringify({ a: '' }));
      done(await write('a', { a: 'x'.repeat(room) }));
      assert.deepEqual(refusedWith(await write('b', { a: 'x'.repeat(room - 1).concat('é') })), {
        ...{ code: 'session-too-large', limit: MAX_SESSION_BYTES },
      });
      done(await write('hostile', { a: '\0\ud800"\\', __proto__: { userId: 'x' } }));
    });

    it('are over when they were not used, or are too old', async () => {
      const { clock, write, read } = await open();
      done(await write('idle'));
      done(await write('used'));
      clock.now += SESSION_IDLE_MS - 1;
      assert.notEqual(await read('used'), undefined);
      clock.now += 1;
      assert.equal(await read('idle'), undefined);
      assert.equal(refusedWith(await write('idle')).code, 'session-ended');
      while (clock.now < START + SESSION_ABSOLUTE_MS - SESSION_IDLE_MS / 2) {
        assert.notEqual(await read('used'), undefined);
        clock.now += SESSION_IDLE_MS / 2;
      }
      clock.now = START + SESSION_ABSOLUTE_MS - 1;
      assert.notEqual(await read('used'), undefined);
      clock.now += 1;
      assert.equal(await read('used'), undefined);
    });

    it('that are over do not live for long when the clock goes back', async () => {
      const { clock, write, read } = await open();
      done(await write('token'));
      clock.now += SESSION_IDLE_MS;
      assert.equal(await read('token'), undefined);
      clock.now = START - 10 * SESSION_ABSOLUTE_MS;
      assert.equal(await read('token'), undefined);
      // A clock that is a little wrong signs nobody out; time goes on from there.
      clock.now = START - MINUTE;
      assert.notEqual(await read('token'), undefined);
      clock.now += SESSION_IDLE_MS;
      assert.equal(await read('token'), undefined);
    });

    it('are listed for their user, who ends one, the others or all', async () => {
      const { store, clock, user, write, read } = await open();
      const { user: bob } = await addUser(store, 'bob');
      done(await write('bobs', signedInData({ id: bob.id, rightsRevision: 1 })));
      for (const token of ['a', 'b', 'c', 'd']) {
        done(await write(token));
        clock.now += MINUTE;
      }
      const list = await listSessions(store, user.id, 'b');
      const { id, ...last } = list[0] ?? assert.fail();
      assert.deepEqual(last, {
        ...{ assurance: 'password', createdAt: START + 3 * MINUTE, seenAt: START + 3 * MINUTE },
        ...{ address: '192.0.2.1', agent: 'Browser', isCurrent: false },
      });
      assert.deepEqual(
        list.map(({ isCurrent }) => isCurrent),
        [false, false, true, false],
      );
      const others = await endListedSession(store, bob.id, id);
      assert.deepEqual(refusedWith(others), { code: 'session-ended' }, 'that of somebody else');
      assert.notEqual(await read('d'), undefined);
      done(await endListedSession(store, user.id, id));
      assert.equal(refusedWith(await endListedSession(store, user.id, id)).code, 'session-ended');
      assert.equal(refusedWith(await endListedSession(store, user.id, '\0')).code, 'session-ended');
      assert.equal(await read('d'), undefined);
      assert.equal(await endSessions(store, user.id, { except: 'b' }), 2);
      assert.notEqual(await read('b'), undefined);
      assert.equal(await endSessions(store, user.id), 1);
      assert.deepEqual(await listSessions(store, user.id), []);
      assert.notEqual(await read('bobs'), undefined);
    });

    it('are taken away when they are over', async () => {
      const { store, clock, user, write, read } = await open();
      for (const token of ['idle', 'used', 'ended']) done(await write(token));
      clock.now += SESSION_IDLE_MS - 2 * ENDED_SESSION_MS;
      await read('used');
      const ended = (await listSessions(store, user.id, 'ended')).find(({ isCurrent }) => isCurrent);
      done(await endListedSession(store, user.id, ended?.id ?? ''));
      const deleted = async () => (await deleteExpired(store)).sessions;
      assert.equal(await deleted(), 0);
      clock.now += ENDED_SESSION_MS;
      assert.equal(await deleted(), 1);
      clock.now += ENDED_SESSION_MS;
      assert.equal(await deleted(), 1);
      assert.notEqual(await read('used'), undefined);
      clock.now = START - SESSION_ABSOLUTE_MS;
      assert.equal(await deleted(), 0, 'a clock that is wrong for a moment signs nobody out');
      clock.now = START + SESSION_ABSOLUTE_MS;
      assert.equal(await deleted(), 1);
    });

    it('are begun once by requests that come at once', async () => {
      const { store, second: other, user, write } = await open();
      const data = signedInData({ id: user.id, rightsRevision: 1 });
      const all = await Promise.all([write('token'), writeSession(other, 'token', data), write('token')]);
      assert.deepEqual(outcomesOf(all), ['done', 'done', 'done']);
      assert.equal((await listSessions(store, user.id)).length, 1);
    });
  });
}
