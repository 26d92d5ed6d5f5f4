import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  changeUser,
  createUser,
  endSessions,
  listSessions,
  REPLACED_SESSION_MS,
  readUser,
  SESSION_IDLE_MS,
  trustedActor,
} from '../accounts/index.ts';
import { testAdmin } from './admin-fixture.ts';

describe('somebody whose session has ended', () => {
  it('loses nothing of what they typed', async () => {
    const admin = await testAdmin();
    const ann = await admin.person('everything');
    const form = await ann.get('/pages/new');
    admin.clock.now += SESSION_IDLE_MS;
    const typed = { 'fields.title': 'Über “uns” & <co>', 'fields.slug': '' };
    const asked = await ann.press(form, 'Make the page', typed);
    assert.equal(asked.status, 401);
    assert.match(asked.text, /Nothing that you typed is lost/);
    const kept = await ann.press(asked, 'Sign in', { email: ann.email, password: ann.password });
    assert.equal(kept.status, 200);
    assert.match(kept.text, /Nothing is lost/);
    const done = await ann.press(kept, 'Send it again');
    assert.match(done.text, /Über “uns” & <co>/);
    assert.match((await ann.get('/pages')).text, /Über “uns” & <co>/);
  });

  it('is asked to sign in where they only looked, and gets there then', async () => {
    const admin = await testAdmin();
    const ann = await admin.person('everything');
    await endSessions(admin.widgy.accounts, ann.id);
    const asked = await ann.get('/pages?q=boats');
    assert.match(asked.url, /^\/admin\/sign-in\?next=/);
    const there = await ann.press(asked, 'Sign in', { email: ann.email, password: ann.password });
    assert.equal(there.url, '/admin/pages?q=boats');
  });
});

describe('after signing in', () => {
  const targets: readonly [next: string, to: string][] = [
    ['/admin/pages', '/admin/pages'],
    ['/about?a=b', '/about?a=b'],
    ['', '/admin/'],
    ['https://evil.example/', '/admin/'],
    ['//evil.example/', '/admin/'],
    ['/\\evil.example/', '/admin/'],
    ['/\t/evil.example/', '/admin/'],
    ['/x/..//evil.example/p', '/admin/'],
    ['/.//evil.example', '/admin/'],
    ['/%2e//evil.example', '/admin/'],
    ['/x/../admin/pages', '/admin/pages'],
    ['javascript:alert(1)', '/admin/'],
    ['/admin/sign-in', '/admin/'],
    ['\\\\evil.example', '/admin/'],
  ];
  it('one is never sent to another site', async () => {
    const admin = await testAdmin();
    const ann = await admin.person('everything');
    for (const [next, to] of targets) {
      const nobody = admin.nobody();
      const form = await nobody.get('/sign-in');
      const sent = await nobody.press(form, 'Sign in', { email: ann.email, password: ann.password, next });
      assert.equal(nobody.wentTo(), to, `${JSON.stringify(next)}: ${sent.status}`);
    }
  });

  it('one does not send what somebody else has made up', async () => {
    const admin = await testAdmin();
    const ann = await admin.person('everything');
    for (const action of [
      'https://evil.example/admin/x',
      '//evil.example',
      '/api/widgy',
      '/admin/../api',
      'admin',
    ]) {
      const nobody = admin.nobody();
      const form = await nobody.get('/sign-in');
      const kept = JSON.stringify({ action, fields: [{ name: 'a', value: 'b' }] });
      const sent = await nobody.press(form, 'Sign in', { email: ann.email, password: ann.password, kept });
      assert.doesNotMatch(sent.text, /Send it again/, action);
    }
  });
});

describe('a session', () => {
  it('gets another token when its rights change, and holds what they are then', async () => {
    const admin = await testAdmin();
    const ann = await admin.person(['pages.read', 'pages.create']);
    assert.equal((await ann.get('/pages/new')).status, 200);
    const before = ann.cookie();
    const user = await readUser(admin.widgy.accounts, ann.id);
    assert.ok(user);
    const changed = await changeUser(
      admin.widgy.accounts,
      ann.id,
      { seen: user.revision, roles: [{ site: '*', role: 'author' }] },
      trustedActor,
    );
    assert.ok(changed.ok, JSON.stringify(changed));
    assert.equal((await ann.get('/pages')).status, 200);
    assert.notEqual(ann.cookie(), before);
    // The token of before is worth nothing, a moment later.
    admin.clock.now += REPLACED_SESSION_MS;
    const answer = await admin.app.inject({ url: '/admin/pages', headers: { cookie: before } });
    assert.equal(answer.statusCode, 303);
  });

  it('goes on in a browser that asks for several things while its rights change', async () => {
    const admin = await testAdmin();
    const ann = await admin.person(['pages.read']);
    const { accounts } = admin.widgy;
    const user = await readUser(accounts, ann.id);
    assert.ok(user);
    const roles = [{ site: '*', role: 'author' }];
    const changed = await changeUser(accounts, ann.id, { seen: user.revision, roles }, trustedActor);
    assert.ok(changed.ok, JSON.stringify(changed));
    const headers = { cookie: ann.cookie() };
    const ask = () => admin.app.inject({ url: '/admin/pages', headers });
    const answers = [...(await Promise.all([ask(), ask(), ask(), ask()])), await ask()];
    assert.deepEqual(
      answers.map(({ statusCode }) => statusCode),
      [200, 200, 200, 200, 200],
    );
    const given = answers.flatMap(({ cookies }) => cookies.filter(({ name }) => name === 'widgy'));
    assert.equal(given.length, 1, 'one of them gets the new token, and none takes it away');
    const now = { cookie: `widgy=${encodeURIComponent(given[0]?.value ?? '')}` };
    admin.clock.now += REPLACED_SESSION_MS;
    assert.equal((await admin.app.inject({ url: '/admin/pages', headers: now })).statusCode, 200);
    assert.equal((await listSessions(accounts, ann.id)).length, 1);
    // Neither does a request that comes too late.
    const late = await ask();
    assert.equal(late.statusCode, 303);
    assert.deepEqual(
      late.cookies.filter(({ name }) => name === 'widgy'),
      [],
    );
  });

  it('is over for whoever may not sign in any more, at once', async () => {
    const admin = await testAdmin();
    const ann = await admin.person(['pages.read']);
    const user = await readUser(admin.widgy.accounts, ann.id);
    assert.ok(user);
    await changeUser(admin.widgy.accounts, ann.id, { seen: user.revision, isActive: false }, trustedActor);
    assert.match((await ann.get('/pages')).url, /sign-in/);
  });

  it('lets nobody do anything but choose a password who was given one', async () => {
    const admin = await testAdmin();
    const ann = await admin.person('everything');
    await admin.widgy.database.kysely.updateTable('users').set({ must_change_password: 1 }).execute();
    assert.equal((await ann.get('/pages')).url, '/admin/account/password');
    const api = await admin.app.inject({ url: '/api/widgy/site', headers: { cookie: ann.cookie() } });
    assert.equal(api.statusCode, 401);
  });

  it('has a cookie that only this host gets, over HTTPS', async () => {
    const admin = await testAdmin({}, { BASE_URL: 'https://harbour.example' });
    const answer = await admin.app.inject('/admin/sign-in');
    const [cookie] = answer.cookies;
    assert.match(cookie?.name ?? '', /^__Host-/);
    assert.equal(cookie?.secure, true);
    assert.equal(cookie?.httpOnly, true);
    assert.equal(cookie?.sameSite, 'Lax');
    assert.equal(cookie?.domain, undefined);
  });

  it('begins behind a proxy that speaks HTTP to the server, whether or not it is trusted', async () => {
    const admin = await testAdmin({}, { BASE_URL: 'https://harbour.example' });
    const ann = admin.nobody();
    const made = await createUser(
      admin.widgy.accounts,
      { email: 'ann@example.org', name: 'Ann', roles: [{ site: '*', role: 'administrator' }] },
      trustedActor,
    );
    assert.ok(made.ok);
    const form = await ann.get('/sign-in');
    const typed = { email: 'ann@example.org', password: made.password };
    assert.equal((await ann.press(form, 'Sign in', typed)).url, '/admin/account/password');
    assert.match(ann.cookie(), /__Host-widgy=/);
  });
});
