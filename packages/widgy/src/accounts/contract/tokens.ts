import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { statementsOfWork, withCode } from '../../database/contract/fixtures.ts';
import {
  addAdministrator,
  addUser,
  done,
  GOOD_PASSWORD,
  type OpenTestAccounts,
  outcomesOf,
  refusedWith,
  type TestOptions,
} from '../accounts-fixture.ts';
import { deleteExpired } from '../delete-expired.ts';
import {
  INVITATION_MS,
  MAX_ACCOUNT_RESETS,
  MAX_ADDRESS_RESETS,
  MAX_MAILS_WAITING,
  MAX_TOKEN_LENGTH,
  RESET_TOKEN_MS,
  RESET_WINDOW_MS,
} from '../limits.ts';
import { readSession } from '../sessions/read-session.ts';
import { signedInData } from '../sessions/session.ts';
import { writeSession } from '../sessions/write-session.ts';
import { signIn } from '../sign-in/sign-in.ts';
import { inviteAgain, inviteUser } from '../tokens/invite-user.ts';
import { requestReset } from '../tokens/request-reset.ts';
import { readToken, useToken } from '../tokens/use-token.ts';
import { trustedActor } from '../users/actor.ts';
import { changeUser } from '../users/change-user.ts';
import { readUser } from '../users/read-users.ts';

const address = '192.0.2.1';

/** The token in a mail. */
function tokenIn(mail: { readonly text: string } | undefined): string {
  const [, token] =
    /https:\/\/harbour\.example\/admin\/(?:reset|invitation)\?token=([\w-]+)/.exec(mail?.text ?? '') ?? [];
  return token ?? assert.fail(`no link in ${mail?.text}`);
}

/** Tests of links that are mailed. */
export function testTokens(openTestAccounts: OpenTestAccounts): void {
  const open = async (options?: TestOptions) => {
    const accounts = await openTestAccounts(options);
    const { store, mails } = accounts;
    const { user, password } = await addUser(store, 'ann', 'editor');
    const ask = (email = 'ann@example.org', from = address) => requestReset(store, { email, address: from });
    const reset = async (): Promise<string> => {
      done(await ask());
      await store.later.whenIdle();
      return tokenIn(mails.at(-1));
    };
    const canSignIn = async (typed: string) =>
      (await signIn(store, { email: 'ann@example.org', password: typed, address })).ok;
    return { ...accounts, user, password, ask, reset, canSignIn };
  };

  describe('a link to reset a password', () => {
    it('sets it once, and ends sessions and other links', async () => {
      const { store, database, mails, user, password, reset, canSignIn } = await open();
      const { user: signed } = done(await signIn(store, { email: user.email, password, address }));
      done(await writeSession(store, 'session', signedInData(signed)));
      const first = await reset();
      const token = await reset();
      const mail = mails.at(-1);
      assert.deepEqual([mail?.to, mail?.subject], ['ann@example.org', 'Set a new password at Old Harbour']);
      assert.match(token, /^[\w-]{43}$/);
      const rows = await database.kysely.selectFrom('tokens').selectAll().execute();
      assert.doesNotMatch(JSON.stringify(rows), new RegExp(`${token}|${first}`));
      assert.deepEqual(await readToken(store, token), {
        kind: 'reset',
        email: 'ann@example.org',
        name: 'ann',
      });
      const weak = refusedWith(await useToken(store, { token, password: 'password1234' }));
      assert.equal(weak.code, 'invalid');
      const used = done(await useToken(store, { token, password: GOOD_PASSWORD })).user;
      assert.deepEqual([used.id, used.mustChangePassword], [user.id, false]);
      assert.deepEqual([await canSignIn(password), await canSignIn(GOOD_PASSWORD)], [false, true]);
      assert.equal(await readSession(store, 'session'), undefined);
      for (const late of [token, first]) {
        assert.equal(await readToken(store, late), undefined);
        const again = await useToken(store, { token: late, password: GOOD_PASSWORD });
        assert.deepEqual(refusedWith(again), { code: 'token-invalid' });
      }
    });

    it('is used by one of several at once', async () => {
      const { store, second: other, reset, canSignIn } = await open();
      const token = await reset();
      const passwords = ['one', 'two', 'three'].map((end) => `${GOOD_PASSWORD}, ${end}`);
      const all = await Promise.all(
        passwords.map((password, index) => useToken(index % 2 ? other : store, { token, password })),
      );
      assert.deepEqual(outcomesOf(all), ['done', 'token-invalid', 'token-invalid']);
      const winner = all.findIndex(({ ok }) => ok);
      for (const [index, password] of passwords.entries())
        assert.equal(await canSignIn(password), index === winner);
    });

    it('is asked for alike, whoever has an account', async () => {
      const { store, database, mails, ask, user } = await open();
      const idle = (await addUser(store, 'idle')).user;
      done(await changeUser(store, idle.id, { seen: 1, isActive: false }, trustedActor));
      const asked = new Set<string>();
      for (const email of ['ann@example.org', 'nobody@example.org', 'idle@example.org', '', '\0\ud800']) {
        asked.add(
          JSON.stringify(
            await statementsOfWork(database, async () => assert.deepEqual(await ask(email), { ok: true })),
          ),
        );
        await store.later.whenIdle();
      }
      assert.equal(asked.size, 1, 'nothing that tells is done before the answer');
      assert.deepEqual(
        mails.map(({ to }) => to),
        [user.email],
      );
    });

    it('is limited for an account and for an address', async () => {
      const { store, clock, mails, ask } = await open();
      const tooMany = { code: 'too-many', retryAfter: RESET_WINDOW_MS };
      for (const email of ['ann@example.org', 'nobody@example.org']) {
        const all = Array.from({ length: MAX_ACCOUNT_RESETS + 2 }, (_, index) =>
          ask(email, `192.0.2.${index}`),
        );
        const outcomes = outcomesOf(await Promise.all(all));
        assert.equal(outcomes.filter((one) => one === 'done').length, MAX_ACCOUNT_RESETS);
        assert.deepEqual(refusedWith(await ask(email)), tooMany);
      }
      await store.later.whenIdle();
      assert.equal(mails.length, MAX_ACCOUNT_RESETS);
      const left = MAX_ADDRESS_RESETS - 2;
      for (let asked = 3; asked <= left; asked += 1) await ask(`x${asked}@example.org`);
      for (const email of ['y@example.org', 'z@example.org', 'q@example.org', 'r@example.org'])
        await ask(email);
      assert.deepEqual(refusedWith(await ask('new@example.org')), tooMany);
      clock.now += RESET_WINDOW_MS;
      done(await ask());
    });

    it('is refused where too many mails wait, and what fails is reported', async () => {
      const { promise: released, resolve: release } = Promise.withResolvers<void>();
      const send = async () => {
        await released;
        throw new Error('the mail server is away');
      };
      const { store, problems, ask } = await open({ mailer: { send } });
      done(await ask());
      for (let waiting = 1; waiting < MAX_MAILS_WAITING; waiting += 1) store.later.begin(() => released);
      assert.deepEqual(refusedWith(await ask('nobody@example.org')), { code: 'busy' });
      release();
      await store.later.whenIdle();
      assert.match(String(problems), /the mail server is away/);
    });

    it('ends the link of an earlier mail, and no invitation', async () => {
      const { store, user, mails, reset } = await open();
      const first = await reset();
      const second = await reset();
      assert.equal(await readToken(store, first), undefined);
      assert.equal((await readToken(store, second))?.kind, 'reset');
      done(await inviteAgain(store, user.id, trustedActor));
      const invitation = tokenIn(mails.at(-1));
      await reset();
      assert.equal((await readToken(store, invitation))?.kind, 'invite');
    });

    it('works for an hour, whatever the clock does', async () => {
      const { store, clock, reset } = await open();
      const token = await reset();
      const made = clock.now;
      const isOpen = async (now: number) => {
        clock.now = now;
        return (await readToken(store, token)) !== undefined;
      };
      assert.equal(await isOpen(made + RESET_TOKEN_MS - 1), true);
      assert.equal(await isOpen(made + RESET_TOKEN_MS), false);
      assert.equal(
        refusedWith(await useToken(store, { token, password: GOOD_PASSWORD })).code,
        'token-invalid',
      );
      assert.equal(await isOpen(made - RESET_TOKEN_MS), true);
      assert.equal(await isOpen(made - RESET_TOKEN_MS - 1), false);
      clock.now = made + RESET_TOKEN_MS - 1;
      assert.equal((await deleteExpired(store)).tokens, 0);
      clock.now += 1;
      assert.equal((await deleteExpired(store)).tokens, 1);
    });

    it('does nothing for who may not sign in, or has another address', async () => {
      const { store, user, reset } = await open();
      const moved = await reset();
      done(await changeUser(store, user.id, { seen: 1, email: 'new@example.org' }, trustedActor));
      assert.equal(await readToken(store, moved), undefined, 'who reads the old address has no part in it');
      done(await requestReset(store, { email: 'new@example.org', address }));
      await store.later.whenIdle();
      done(await changeUser(store, user.id, { seen: 2, isActive: false }, trustedActor));
      for (const token of [moved, '', '\0', 'x'.repeat(MAX_TOKEN_LENGTH + 1)]) {
        assert.equal(
          refusedWith(await useToken(store, { token, password: GOOD_PASSWORD })).code,
          'token-invalid',
        );
      }
    });

    it('needs mail to be set up', async () => {
      const { store } = await open();
      const mute = { ...store, mail: undefined };
      await assert.rejects(requestReset(mute, { email: 'a', address }), withCode('accounts-invalid'));
      const invited = { email: 'a@example.org', name: 'A', roles: [] };
      await assert.rejects(inviteUser(mute, invited, trustedActor), withCode('accounts-invalid'));
    });
  });

  describe('an invitation', () => {
    const cy = { email: 'cy@example.org', name: 'Cy', roles: [{ site: '*', role: 'author' }] };

    it('lets somebody choose their first password', async () => {
      const { store, clock, mails } = await open();
      const invited = done(await inviteUser(store, cy, trustedActor));
      assert.deepEqual([invited.isSent, invited.user.hasPassword], [true, false]);
      assert.deepEqual(
        [mails.at(-1)?.to, mails.at(-1)?.subject],
        ['cy@example.org', 'Your account at Old Harbour'],
      );
      const old = tokenIn(mails.at(-1));
      clock.now += INVITATION_MS - 1;
      assert.equal((await readToken(store, old))?.kind, 'invite');
      clock.now += 1;
      assert.equal(await readToken(store, old), undefined);
      done(await inviteAgain(store, invited.user.id, trustedActor));
      const earlier = tokenIn(mails.at(-1));
      done(await inviteAgain(store, invited.user.id, trustedActor));
      assert.equal(await readToken(store, earlier), undefined);
      const token = tokenIn(mails.at(-1));
      done(await useToken(store, { token, password: GOOD_PASSWORD }));
      const signed = await signIn(store, { email: cy.email, password: GOOD_PASSWORD, address });
      assert.deepEqual(
        done(signed).user.rights.grants.map(({ role }) => role),
        ['author'],
      );
      assert.equal((await readUser(store, invited.user.id))?.hasPassword, true);
    });

    it('says when its mail was not sent', async () => {
      const failing = { send: () => Promise.reject(new Error('no such mailbox')) };
      const { store, problems } = await open({ mailer: failing });
      assert.equal(done(await inviteUser(store, cy, trustedActor)).isSent, false);
      assert.match(String(problems), /no such mailbox/);
    });

    it('is for those who manage people, and gives no more than they hold', async () => {
      const { store, mails, user } = await open();
      const { user: admin } = await addAdministrator(store);
      const here = [{ site: 'default', role: 'administrator' }];
      const { user: manager } = await addUser(store, 'manager', ...here);
      const as = ({ id }: { readonly id: string }) => ({ kind: 'user', id }) as const;
      for (const answer of [
        await inviteUser(store, cy, as(user)),
        await inviteUser(store, cy, as(manager)),
        await inviteAgain(store, admin.id, as(manager)),
      ]) {
        assert.equal(refusedWith(answer).code, 'not-permitted');
      }
      assert.equal(mails.length, 0);
      done(await inviteUser(store, { ...cy, roles: [{ site: 'default', role: 'author' }] }, as(manager)));
      assert.equal(refusedWith(await inviteUser(store, cy, trustedActor)).code, 'email-taken');
      assert.equal(refusedWith(await inviteUser(store, { ...cy, email: '' }, trustedActor)).code, 'invalid');
      assert.equal(refusedWith(await inviteAgain(store, 'nobody', trustedActor)).code, 'user-missing');
    });
  });
}
