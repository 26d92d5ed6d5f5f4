import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { sql } from 'kysely';
import {
  changeUser,
  createUser,
  deleteUser,
  findUser,
  readUser,
  signIn,
  trustedActor,
  type User,
  type UserRole,
} from '../accounts/index.ts';
import { testAdmin } from './admin-fixture.ts';
import { formsWith } from './person-fixture.ts';
import { newPage } from './uses-fixture.ts';

const admin = await testAdmin();
const { accounts, environment, siteId } = admin.widgy;
const ann = await admin.person('everything', 'Ann');
/** May manage people, and little else: so they cannot touch who may more. */
const bob = await admin.person(['users.manage', 'pages.read'], 'Bob');
const carl = await admin.person(['pages.read', 'settings.change'], 'Carl');
const MAIL = environment.MAIL_URL.kind === 'folder' ? environment.MAIL_URL.path : '';
const MAKE = 'Make the account';

let made = 0;
/** Somebody new, made behind the back of the administration. */
async function somebody(
  name: string,
  ...roles: readonly UserRole[]
): Promise<{ user: User; password: string }> {
  made += 1;
  const email = `somebody-${made}@example.org`;
  const answer = await createUser(accounts, { name, email, roles }, trustedActor);
  assert.ok(answer.ok, JSON.stringify(answer));
  return answer;
}

const canSignIn = async (email: string, password: string) =>
  (await signIn(accounts, { email, password, address: '192.0.2.1' })).ok;

describe('people', () => {
  it('are for those alone who manage them', async () => {
    const { user } = await somebody('Dora');
    for (const path of ['/people', '/people/new', `/people/${user.id}`, `/people/${user.id}/delete`])
      assert.equal((await carl.get(path)).status, 403, path);
    for (const rest of ['', '/invite', '/password', '/end-sessions', '/delete'])
      assert.equal((await carl.post(`/people/${user.id}${rest}`, { seen: '1' })).status, 403, rest);
    const fields = { 'fields.name': 'Eve', 'fields.email': 'eve@example.org' };
    assert.equal((await carl.post('/people/new', fields)).status, 403);
    assert.equal(await findUser(accounts, 'eve@example.org'), undefined);
    assert.deepEqual(await readUser(accounts, user.id), user);
  });

  it('are listed, searched and turned over', async () => {
    const page = await ann.get('/people');
    for (const name of ['Ann you', 'Bob', 'Carl', 'Administrator (all sites)'])
      assert.ok(page.text.includes(name));
    const found = await ann.press(page, 'Search', { q: ' boB ' });
    assert.match(found.text, /Bob person-2@example\.org/);
    assert.doesNotMatch(found.text, /Carl/);
    const hostile = await ann.get(`/people?${new URLSearchParams({ q: '"><script>%_\\\0' })}`);
    assert.deepEqual([hostile.status, hostile.html.includes('<script>%')], [200, false]);
    assert.match(hostile.text, /Nobody has “/);
    for (let at = 0; at < 50; at += 1) {
      const email = `crowd-${at}@example.net`;
      await accounts.database.kysely
        .insertInto('users')
        .values({
          ...{ id: `crowd-${at}`, email, email_key: email, name: 'Crowd', name_key: 'crowd', language: null },
          ...{ password_hash: null, must_change_password: 0, is_active: 1, revision: 1, rights_revision: 1 },
          ...{ created_at: 0, last_sign_in_at: null },
        })
        .execute();
    }
    const first = await ann.get('/people');
    assert.doesNotMatch(first.text, /Ann you/);
    const next = first.links.find(({ text }) => text === 'More people');
    const second = await ann.get(next?.href ?? '');
    assert.match(second.text, /Ann you/);
    assert.ok(second.links.some(({ text }) => text === 'From the beginning'));
    await accounts.database.kysely.deleteFrom('users').where('name', '=', 'Crowd').execute();
  });

  it('are given the roles of one site where there is one, which say what they permit', async () => {
    const page = await ann.get('/people/new');
    assert.doesNotMatch(page.text, /Roles at/);
    assert.match(page.text, /What the roles may do\s*Administrator\s*Everything/);
    assert.match(page.text, /Author\s*Enter the administration, See drafts and history of pages, Edit pages/);
    const typed = { 'fields.name': 'Nora', 'fields.email': 'nora@example.org' };
    for (const way of ['mail', 'password']) {
      const made = await ann.press(page, MAKE, { ...typed, 'fields.email': `${way}@example.net`, way });
      assert.match(made.text, /Nora has no role yet: they can sign in and do nothing else/, way);
    }
    await rm(MAIL, { recursive: true, force: true });
    const { kysely } = admin.widgy.database;
    const { id } = await newPage(admin.widgy, 'Elsewhere');
    await sql`update pages set site = 'other' where id = ${id}`.execute(kysely);
    assert.match((await ann.get('/people/new')).text, /Roles at this site.*Roles at all sites/);
  });

  it('get a mail with a link', async () => {
    const sent = await ann.press(await ann.get('/people/new'), MAKE, {
      ...{ 'fields.name': ' Eve ', 'fields.email': 'Eve@example.org', 'fields.here': ['', 'editor'] },
    });
    assert.match(
      sent.text,
      /The invitation of Eve@example\.org was not mailed: it lies in the folder .*mail.*Invited/,
    );
    assert.ok(sent.text.includes(MAIL));
    const eve = await findUser(accounts, 'eve@example.org');
    assert.deepEqual(
      [eve?.name, eve?.roles, eve?.hasPassword],
      ['Eve', [{ site: siteId, role: 'editor' }], false],
    );
    assert.equal((await mails()).length, 1);
    const again = await ann.press(sent, 'Mail the invitation again');
    assert.match(again.text, /lies in the folder/);
    const [older = '', newer = ''] = (await mails()).map(linkIn);
    assert.equal((await admin.nobody().get(older)).status, 410);
    assert.match((await admin.nobody().get(newer)).text, /Welcome, Eve/);
  });

  it('get a one-time password that is shown once, where the mail cannot be sent', async () => {
    await rm(MAIL, { recursive: true, force: true });
    await mkdir(dirname(MAIL), { recursive: true });
    await writeFile(MAIL, 'no folder');
    const page = await ann.press(await ann.get('/people/new'), MAKE, {
      ...{ 'fields.name': 'Finn', 'fields.email': 'finn@example.org', 'fields.here': ['', 'author'] },
    });
    await rm(MAIL);
    assert.match(page.text, /the mail could not be sent/);
    const password = passwordIn(page.html);
    assert.ok(await canSignIn('finn@example.org', password));
    const finn = await findUser(accounts, 'finn@example.org');
    assert.equal(finn?.mustChangePassword, true);
    assert.doesNotMatch((await ann.get(`/people/${finn?.id}`)).html, new RegExp(password));
  });

  it('get a one-time password where that is what is asked for, and are made once', async () => {
    const form = await ann.get('/people/new');
    const typed = { 'fields.name': 'Gus', 'fields.email': 'gus@example.org', way: 'password' };
    const first = await ann.press(form, MAKE, typed);
    const password = passwordIn(first.html);
    assert.equal(first.headers['cache-control'], 'no-store');
    const second = await ann.press(form, MAKE, typed);
    assert.equal(second.status, 422);
    assert.match(second.text, /Gus has this e-mail address\. If you have just sent this form, it was done/);
    assert.ok(await canSignIn('gus@example.org', password));
  });

  it('are not made of what cannot be kept, and nothing that was typed is lost', async () => {
    const page = await ann.press(await ann.get('/people/new'), MAKE, {
      ...{ 'fields.name': '"><b>', 'fields.email': 'nobody', 'fields.here': ['', 'author'], way: 'password' },
    });
    assert.equal(page.status, 422);
    assert.match(page.text, /Enter an e-mail address, such as ann@example\.org\./);
    const fields = page.forms.flatMap((form) => form.fields);
    for (const pair of [
      ['fields.name', '"><b>'],
      ['fields.email', 'nobody'],
      ['fields.here', 'author'],
      ['way', 'password'],
    ])
      assert.ok(
        fields.some((field) => field.join() === pair.join()),
        pair.join(),
      );
    for (const role of ['captain', 'constructor']) {
      const forged = { 'fields.name': 'X', 'fields.email': 'x@example.org', 'fields.here': role };
      assert.equal((await ann.post('/people/new', forged)).status, 422, role);
    }
    assert.equal(await findUser(accounts, 'x@example.org'), undefined);
  });

  it('are changed, with roles here and everywhere, and those elsewhere stay', async () => {
    const { user } = await somebody('Hana', { site: 'other', role: 'editor' });
    const page = await ann.get(`/people/${user.id}`);
    const saved = await ann.press(page, 'Save', {
      ...{ 'fields.name': 'Hanna', 'fields.email': 'hanna@example.org' },
      ...{ 'fields.here': ['', 'author'], 'fields.everywhere': ['', 'editor'] },
    });
    assert.match(saved.text, /Hanna was saved\./);
    const now = await readUser(accounts, user.id);
    assert.deepEqual(
      [now?.name, now?.email, now?.isActive, now?.roles],
      [
        ...['Hanna', 'hanna@example.org', true],
        [
          { site: '*', role: 'editor' },
          { site: siteId, role: 'author' },
          { site: 'other', role: 'editor' },
        ],
      ],
    );
  });

  it('who may not sign in are signed out at once', async () => {
    const { user, password } = await somebody('Ida', { site: '*', role: 'author' });
    const ida = admin.nobody();
    const typed = { email: user.email, password };
    await ida.press(await ida.get('/sign-in'), 'Sign in', typed);
    assert.match((await ann.get(`/people/${user.id}`)).text, /signed in at one place/);
    const page = await ann.press(await ann.get(`/people/${user.id}`), 'Save', { 'fields.isActive': '' });
    assert.match(page.text, /May not sign in.*They are signed in nowhere/);
    assert.match((await ida.get('/')).url, /\/sign-in/);
    assert.equal(await canSignIn(user.email, password), false);
  });

  it('are signed out everywhere', async () => {
    const { user, password } = await somebody('Jon', { site: '*', role: 'author' });
    const jon = admin.nobody();
    await jon.press(await jon.get('/sign-in'), 'Sign in', { email: user.email, password });
    const page = await ann.press(await ann.get(`/people/${user.id}`), 'Sign them out everywhere');
    assert.match(page.text, /Jon was signed out everywhere\./);
    assert.match((await jon.get('/')).url, /\/sign-in/);
    assert.ok(await canSignIn(user.email, password));
  });

  it('who were changed meanwhile are not replaced unseen', async () => {
    const { user } = await somebody('Kim', { site: siteId, role: 'author' });
    const page = await ann.get(`/people/${user.id}`);
    const change = { seen: user.revision, name: 'Kimberly', roles: [] };
    assert.ok((await changeUser(accounts, user.id, change, trustedActor)).ok);
    const typed = { 'fields.email': 'kim@example.org', 'fields.name': 'Kimmy' };
    const stale = await ann.press(page, 'Save', typed);
    assert.equal(stale.status, 422);
    assert.match(
      stale.text,
      /Somebody changed this meanwhile: it is “Kimberly” now\. Save again to replace it\./,
    );
    assert.match(stale.text, /none is ticked now/);
    assert.equal((await readUser(accounts, user.id))?.name, 'Kimberly');
    assert.match((await ann.press(stale, 'Save')).text, /Kimmy was saved\./);
    const now = await readUser(accounts, user.id);
    assert.deepEqual([now?.name, now?.email, now?.roles.length], ['Kimmy', 'kim@example.org', 1]);
    // The same form again: it was done.
    assert.match((await ann.press(stale, 'Save')).text, /Kimmy was saved\./);
    assert.equal((await readUser(accounts, user.id))?.revision, now?.revision);
  });

  it('who were changed since are not given another password by an old page', async () => {
    const { user, password } = await somebody('Lea');
    const page = await ann.get(`/people/${user.id}`);
    const given = await ann.press(page, 'Make a one-time password');
    const fresh = passwordIn(given.html);
    assert.deepEqual(
      [await canSignIn(user.email, password), await canSignIn(user.email, fresh)],
      [false, true],
    );
    const again = await ann.press(page, 'Make a one-time password');
    assert.match(again.text, /has got another password already/);
    assert.ok(await canSignIn(user.email, fresh));
  });

  it('are deleted after a question, once', async () => {
    const { user } = await somebody('Max');
    const question = await ann.get(`/people/${user.id}/delete`);
    assert.match(question.text, /What they wrote stays\. This cannot be taken back\./);
    const gone = await ann.press(question, 'Delete the account');
    assert.match(gone.text, /Max has no account any more\./);
    assert.equal(await readUser(accounts, user.id), undefined);
    assert.equal((await ann.press(question, 'Delete the account')).url, '/admin/people');
    assert.equal((await ann.get(`/people/${user.id}`)).status, 404);
  });

  it('who were changed meanwhile are not deleted unseen', async () => {
    const { user } = await somebody('Nia');
    const question = await ann.get(`/people/${user.id}/delete`);
    assert.ok((await changeUser(accounts, user.id, { seen: user.revision, name: 'Nina' }, trustedActor)).ok);
    const stale = await ann.press(question, 'Delete the account');
    assert.equal(stale.status, 422);
    assert.match(stale.text, /Delete the account of Nina\? Somebody changed this meanwhile/);
    await ann.press(stale, 'Delete the account');
    assert.equal(await readUser(accounts, user.id), undefined);
  });

  it('keep one administrator', async () => {
    const page = await ann.get(`/people/${ann.id}`);
    const refusal = /Nobody else could manage this site\. Make somebody else an administrator first\./;
    for (const typed of [{ 'fields.isActive': '' }, { 'fields.everywhere': '' }]) {
      const refused = await ann.press(page, 'Save', typed);
      assert.equal(refused.status, 422);
      assert.match(refused.text, refusal);
    }
    const kept = await ann.press(await ann.get(`/people/${ann.id}/delete`), 'Delete the account');
    assert.match(kept.text, refusal);
    assert.equal((await readUser(accounts, ann.id))?.roles[0]?.role, 'administrator');
  });

  it('who may more than somebody are shown to them, and cannot be touched by them', async () => {
    const page = await bob.get(`/people/${ann.id}`);
    assert.match(page.text, /They may do more than you\..*Administrator \(all sites\)/);
    for (const button of ['Save', 'Make a one-time password', 'Sign them out everywhere'])
      assert.deepEqual(formsWith(page, button), [], button);
    const before = await readUser(accounts, ann.id);
    const seen = String(before?.revision);
    const own = { seen, 'fields.name': 'Mallory', 'fields.email': 'mallory@example.org' };
    for (const rest of ['', '/invite', '/password', '/end-sessions', '/delete']) {
      const { text } = await bob.post(`/people/${ann.id}${rest}`, { ...own, seen });
      assert.match(text, /You may not do this|so you cannot|has a password already/, rest);
    }
    assert.deepEqual(await readUser(accounts, ann.id), before);
    assert.equal((await ann.get('/')).url, '/admin/');
  });

  it('get no roles from those who do not hold them', async () => {
    const page = await bob.get('/people/new');
    assert.doesNotMatch(page.html, /value="(?:administrator|editor|author)"/);
    assert.match(page.html, /value="role-2"/);
    for (const name of ['here', 'everywhere']) {
      const typed = { 'fields.name': 'Oz', 'fields.email': 'oz@example.org', way: 'password' };
      const forged = await bob.press(page, MAKE, { ...typed, [`fields.${name}`]: ['', 'administrator'] });
      assert.equal(forged.status, 422, name);
    }
    assert.equal(await findUser(accounts, 'oz@example.org'), undefined);
  });

  it('that there are not are told from those that there are by nothing but a page', async () => {
    for (const id of ['x', '..%2f..', '%00', 'constructor'])
      assert.equal((await ann.get(`/people/${id}`)).status, 404, id);
  });

  it('are read in a constant number of statements', async () => {
    const count = async () => await admin.statements(() => ann.get('/people'));
    const before = await count();
    const { user } = await somebody('Pia', { site: '*', role: 'author' });
    assert.equal(await count(), before);
    assert.ok((await deleteUser(accounts, user.id, { seen: user.revision }, trustedActor)).ok);
  });
});

async function mails(): Promise<readonly string[]> {
  const files = (await readdir(MAIL)).sort();
  return await Promise.all(files.map((file) => readFile(join(MAIL, file), 'utf8')));
}

function linkIn(mail: string): string {
  return /^http:\S+\?token=[\w-]+/m.exec(mail)?.[0] ?? '';
}

function passwordIn(html: string): string {
  const [, password = ''] = /<code class="secret">([^<]+)</.exec(html) ?? [];
  assert.match(password, /^(\w{4}-){4}\w{4}$/);
  return password;
}
