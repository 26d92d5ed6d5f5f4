import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { createUser, inviteUser, signIn, trustedActor, type User } from '../accounts/index.ts';
import { testAdmin } from './admin-fixture.ts';
import type { AdminPage } from './person-fixture.ts';

const admin = await testAdmin();
const { accounts, environment } = admin.widgy;
const MAIL = environment.MAIL_URL.kind === 'folder' ? environment.MAIL_URL.path : '';
const HOUR = 3_600_000;
const PASSWORD = 'otters sleep on their backs';
const ASK = 'Mail me a link';
const SET = 'Set the password';
const FRESH = 'fields.password';

let made = 0;
async function somebody(): Promise<User> {
  made += 1;
  const email = `somebody-${made}@example.org`;
  const answer = await createUser(accounts, { name: 'Ida', email, roles: [] }, trustedActor);
  assert.ok(answer.ok, JSON.stringify(answer));
  return answer.user;
}

/** Asks for a link for an address. */
async function ask(email: string): Promise<AdminPage> {
  const visitor = admin.nobody();
  return await visitor.press(await visitor.get('/forgot'), ASK, { 'fields.email': email });
}

/** The links of all mails to an address, in the order in which they were sent. */
async function linksTo(email: string): Promise<readonly string[]> {
  await accounts.later.whenIdle();
  const files = (await readdir(MAIL)).sort();
  const mails = await Promise.all(files.map((file) => readFile(join(MAIL, file), 'utf8')));
  return mails
    .filter((mail) => mail.includes(`To: ${email}`))
    .map((mail) => /^http:\S+\?token=[\w-]+/m.exec(mail)?.[0] ?? '');
}

/** A link that was mailed to somebody new. */
async function linkOf(): Promise<{ readonly user: User; readonly link: string }> {
  admin.clock.now += HOUR;
  const user = await somebody();
  await ask(user.email);
  const [link = ''] = await linksTo(user.email);
  assert.match(link, /^http:\/\/harbour\.example\/admin\/reset\?token=[\w-]{43}$/);
  return { user, link };
}

/** What a page says to anybody: without what is new in each answer. */
const constant = ({ html }: AdminPage) => html.replace(/nonce="[^"]*"|name="_csrf" value="[^"]*"/g, '');
const works = async ({ email }: User, password = PASSWORD) =>
  (await signIn(accounts, { email, password, address: '192.0.2.1' })).ok;

describe('a forgotten password', () => {
  it('is asked for with the same answer whether or not there is an account', async () => {
    const user = await somebody();
    const known = await ask(user.email);
    const off = await somebody();
    await accounts.database.kysely
      .updateTable('users')
      .set({ is_active: 0 })
      .where('id', '=', off.id)
      .execute();
    for (const email of ['nobody@example.org', off.email, `  ${user.email.toUpperCase()} `]) {
      const other = await ask(email);
      assert.deepEqual([other.status, other.url], [200, '/admin/forgot/sent'], email);
      assert.equal(constant(other), constant(known), email);
      assert.doesNotMatch(other.html, /example\.org/);
    }
    assert.equal((await linksTo(user.email)).length, 2);
    assert.deepEqual(await linksTo(off.email), []);
    assert.deepEqual(await linksTo('nobody@example.org'), []);
  });

  it('is asked for with an address', async () => {
    for (const email of ['', 'ann', '"><b>@', `a@example.org\r\nBcc: b@example.org`, 'x'.repeat(70_000)]) {
      const page = await ask(email);
      assert.equal(page.status, 422, email.slice(0, 20));
      assert.match(page.text, /Enter an e-mail address, such as ann@example\.org\./);
      assert.doesNotMatch(page.html, /<b>@/);
    }
  });

  it('is not asked for too often, for those who have an account and those who have none', async () => {
    admin.clock.now += HOUR;
    const user = await somebody();
    const answers = async (email: string) => {
      const pages = [];
      for (let tries = 0; tries < 4; tries += 1) pages.push(await ask(email));
      return pages;
    };
    const known = await answers(user.email);
    const unknown = await answers('nobody-else@example.org');
    for (const pages of [known, unknown]) {
      assert.deepEqual(
        pages.map(({ status, headers }) => [status, headers['retry-after']]),
        [
          [200, undefined],
          [200, undefined],
          [200, undefined],
          [429, '3600'],
        ],
      );
      assert.match(pages[3]?.text ?? '', /This was tried too often\. Wait a while, and try again\./);
    }
    assert.equal((await linksTo(user.email)).length, 3);
    admin.clock.now += HOUR;
    assert.equal((await ask(user.email)).status, 200);
  });

  it('is not asked for too often from one address', async () => {
    admin.clock.now += HOUR;
    for (let tries = 0; tries < 20; tries += 1)
      assert.equal((await ask(`a-${tries}@example.org`)).status, 200);
    const stopped = await ask('a-20@example.org');
    assert.deepEqual([stopped.status, stopped.headers['retry-after']], [429, '3600']);
  });
});

describe('a link of a mail', () => {
  it('sets a password once, and signs nobody in', async () => {
    const { user, link } = await linkOf();
    const visitor = admin.nobody();
    const page = await visitor.get(link);
    assert.match(page.text, /Set a new password For somebody-\d+@example\.org\..*12 to 256 characters\./);
    const done = await visitor.press(page, SET, { [FRESH]: PASSWORD });
    assert.deepEqual([done.url, done.status], ['/admin/reset/done', 200]);
    assert.ok(await works(user));
    assert.match((await visitor.get('/')).url, /\/sign-in/);
    const again = await visitor.press(page, SET, { [FRESH]: 'herons stand on one leg' });
    assert.equal(again.status, 410);
    assert.match(again.text, /It was used already.*Sign in/);
    assert.equal((await visitor.get(link)).status, 410);
    assert.ok(await works(user));
  });

  it('keeps its token out of all addresses but its own', async () => {
    const { link } = await linkOf();
    const token = link.split('=')[1] ?? '';
    const page = await admin.nobody().get(link);
    assert.equal(page.headers['referrer-policy'], 'same-origin');
    assert.equal(page.headers['cache-control'], 'no-store');
    assert.ok(page.forms.every(({ action }) => !action.includes(token) && action !== ''));
    assert.ok(page.links.every(({ href }) => !href.includes(token)));
    assert.match(page.html, /<form[^>]*data-forget-query/);
    assert.deepEqual(
      page.forms.flatMap(({ fields }) => fields.filter(([, value]) => value === token)),
      [['token', token]],
    );
  });

  it('stays good when the password is refused', async () => {
    const { user, link } = await linkOf();
    const visitor = admin.nobody();
    let page = await visitor.get(link);
    for (const [password, message] of [
      ['short', /Use at least 12 characters/],
      [`${user.email.split('@')[0]} and more`, /Leave your e-mail address out/],
      ['old harbour forever', /Leave the name of the site out/],
      ['', /Use at least 12 characters/],
    ] as const) {
      page = await visitor.press(page, SET, { [FRESH]: password });
      assert.equal(page.status, 422, password);
      assert.match(page.text, message);
      assert.ok(password === '' || !page.html.includes(`"${password}"`));
    }
    await visitor.press(page, SET, { [FRESH]: PASSWORD });
    assert.ok(await works(user));
  });

  it('ends with time, and when a newer one is mailed', async () => {
    const { user, link } = await linkOf();
    const visitor = admin.nobody();
    const old = await visitor.get(link);
    await ask(user.email);
    const newer = (await linksTo(user.email)).find((one) => one !== link) ?? assert.fail();
    const useless = await visitor.get(link);
    assert.equal(useless.status, 410);
    assert.match(useless.text, /or a newer one was mailed to you/);
    await visitor.press(await visitor.get(newer), SET, { [FRESH]: PASSWORD });
    assert.equal((await visitor.press(old, SET, { [FRESH]: 'herons stand on one leg' })).status, 410);
    const late = await linkOf();
    const page = await visitor.get(late.link);
    admin.clock.now += HOUR;
    assert.equal((await visitor.press(page, SET, { [FRESH]: PASSWORD })).status, 410);
    assert.deepEqual([await works(user), await works(late.user)], [true, false]);
  });

  it('that is none leads nowhere', async () => {
    for (const token of ['', 'x', 'x'.repeat(100_000), '%00', '__proto__', '"><script>']) {
      const page = await admin.nobody().get(`/reset?${new URLSearchParams({ token })}`);
      assert.equal(page.status, 410, token.slice(0, 20));
      assert.doesNotMatch(page.html, /"><script>/);
      const sent = await admin.nobody().post('/reset', { token, [FRESH]: PASSWORD });
      assert.equal(sent.status, 410);
    }
    assert.equal((await admin.nobody().get('/invitation')).status, 410);
    const whole = 'x'.repeat(43);
    const rows = [
      ['', true],
      ['x'.repeat(42), true],
      [`=${'x'.repeat(42)}`, true],
      [whole, false],
    ] as const;
    for (const [token, isIncomplete] of rows) {
      const page = await admin.nobody().get(`/invitation?${new URLSearchParams({ token })}`);
      assert.equal(/A part of its address is missing/.test(page.text), isIncomplete, token);
      assert.equal(/used already, it is too old/.test(page.text), !isIncomplete, token);
    }
  });

  it('is not used by a form that proves nothing, nor by one of another site', async () => {
    const { user, link } = await linkOf();
    const token = link.split('=')[1] ?? '';
    const payload = `${new URLSearchParams({ token, [FRESH]: PASSWORD })}`;
    const headers = { host: 'harbour.example', 'content-type': 'application/x-www-form-urlencoded' };
    const foreign = { ...headers, origin: 'https://elsewhere.example', 'sec-fetch-site': 'cross-site' };
    for (const given of [headers, foreign]) {
      const answer = await admin.app.inject({ method: 'POST', url: '/admin/reset', headers: given, payload });
      assert.equal(answer.statusCode, 403);
      assert.doesNotMatch(answer.body, new RegExp(PASSWORD));
    }
    assert.equal(await works(user), false);
  });

  it('of an invitation welcomes whoever gets it', async () => {
    const email = 'newcomer@example.org';
    const invited = await inviteUser(accounts, { name: 'New <b>', email, roles: [] }, trustedActor);
    assert.ok(invited.ok && invited.isSent);
    const [link = ''] = await linksTo(email);
    const visitor = admin.nobody();
    const page = await visitor.get(link);
    assert.match(page.text, /Welcome, New <b>/);
    assert.doesNotMatch(page.html, /<b>/);
    const done = await visitor.press(page, SET, { [FRESH]: PASSWORD });
    assert.equal(done.url, '/admin/reset/done');
    assert.ok(await works(invited.user));
  });
});
