import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  changeProfile,
  createUser,
  LANGUAGES,
  listSessions,
  readUser,
  signIn,
  trustedActor,
  type User,
} from '../accounts/index.ts';
import { browserText } from './account/browser-text.ts';
import { testAdmin } from './admin-fixture.ts';
import { formsWith, type Person } from './person-fixture.ts';

const admin = await testAdmin();
const { accounts } = admin.widgy;
const PASSWORD = 'otters sleep on their backs';
const OTHER = 'herons stand on one leg';
const CHANGE = 'Change the password';
const CURRENT = 'fields.currentPassword';
const FRESH = 'fields.password';

let made = 0;
/** Somebody new with a one-time password, who may enter the administration. */
async function newcomer(): Promise<{ user: User; password: string }> {
  made += 1;
  const email = `newcomer-${made}@example.org`;
  const roles = [{ site: '*', role: 'author' }];
  const answer = await createUser(accounts, { name: 'Newcomer', email, roles }, trustedActor);
  assert.ok(answer.ok, JSON.stringify(answer));
  return answer;
}

async function signedIn({ email }: User, password: string): Promise<Person> {
  const person = admin.nobody();
  const page = await person.press(await person.get('/sign-in'), 'Sign in', { email, password });
  assert.equal(page.status, 200, page.text);
  return person;
}

/** Somebody with the password {@link PASSWORD}, signed in at so many places. */
async function settled(places = 1): Promise<{ user: User; at: readonly Person[] }> {
  const { user, password } = await newcomer();
  const first = await signedIn(user, password);
  const page = await first.get('/account/password');
  await first.press(page, 'Set the password', { [FRESH]: PASSWORD });
  const others = await Promise.all(Array.from({ length: places - 1 }, () => signedIn(user, PASSWORD)));
  return { user, at: [first, ...others] };
}

const isSignedIn = async (person: Person | undefined) => !(await person?.get('/'))?.url.includes('/sign-in');
const works = async ({ email }: User, password: string) =>
  (await signIn(accounts, { email, password, address: '192.0.2.1' })).ok;

describe("one's own account", () => {
  it('is for whoever is signed in, and for them alone', async () => {
    for (const path of ['/account', '/account/password'])
      assert.match((await admin.nobody().get(path)).url, /\/admin\/sign-in\?next=/);
    for (const path of [
      '/account',
      '/account/password',
      '/account/sessions/end',
      '/account/sessions/end-others',
    ])
      assert.equal((await admin.nobody().post(path)).status, 401, path);
  });

  it('has a name, which is changed once, and not unseen', async () => {
    const { user, at } = await settled();
    const [person = admin.nobody()] = at;
    const page = await person.get('/account');
    assert.ok(page.text.includes(user.email));
    assert.ok(!page.links.some(({ href }) => href.includes('/people/')));
    for (const _ of [1, 2])
      assert.match(
        (await person.press(page, 'Save', { 'fields.name': ' Nora ' })).text,
        /Your account was saved\./,
      );
    const now = await readUser(accounts, user.id);
    assert.equal(now?.name, 'Nora');
    assert.ok((await changeProfile(accounts, user.id, { seen: now?.revision ?? 0, name: 'Theirs' })).ok);
    const stale = await person.press(page, 'Save', { 'fields.name': 'Mine' });
    assert.equal(stale.status, 422);
    assert.match(stale.text, /your name is “Theirs” now\. Save again to replace it\./);
    await person.press(stale, 'Save');
    assert.equal((await readUser(accounts, user.id))?.name, 'Mine');
    const empty = await person.press(await person.get('/account'), 'Save', { 'fields.name': ' ' });
    assert.deepEqual([empty.status, empty.text.includes('Enter a name of 1 to 200 characters')], [422, true]);
  });

  it('has a language, of those that there are', async () => {
    const { user, at } = await settled();
    const [person = admin.nobody()] = at;
    const language = async () => (await readUser(accounts, user.id))?.language;
    const page = await person.get('/account');
    assert.ok(page.text.includes(`As my browser asks${LANGUAGES.map(({ name }) => name).join('')}`));
    for (const _ of [1, 2]) {
      const saved = await person.press(page, 'Save', { 'fields.language': 'de' });
      assert.match(saved.text, /Your account was saved\./);
    }
    assert.equal(await language(), 'de');
    const wrong = await person.press(await person.get('/account'), 'Save', { 'fields.language': 'xx' });
    assert.deepEqual([wrong.status, await language()], [422, 'de']);
    const stale = await person.press(page, 'Save', { 'fields.language': 'en' });
    assert.match(stale.text, /your language is Deutsch now\. Save again to replace it\./);
    assert.ok(!stale.text.includes('your name is'));
    await person.press(stale, 'Save');
    assert.equal(await language(), 'en');
    await person.press(await person.get('/account'), 'Save', { 'fields.language': '' });
    assert.equal(await language(), null);
  });

  it('keeps a language that the form does not have, until another one is chosen', async () => {
    const { user, at } = await settled();
    const [person = admin.nobody()] = at;
    const now = () => readUser(accounts, user.id);
    for (const [kept, shown] of [
      ['de-AT', 'de'],
      ['pt-BR', ''],
    ] as const) {
      const seen = (await now())?.revision ?? 0;
      assert.ok((await changeProfile(accounts, user.id, { seen, language: kept })).ok);
      await person.press(await person.get('/account'), 'Save', { 'fields.name': `Speaks ${kept}` });
      const after = await now();
      assert.deepEqual([after?.name, after?.language], [`Speaks ${kept}`, kept]);
      const page = await person.get('/account');
      const field = page.forms.flatMap(({ fields }) => fields).find(([name]) => name === 'fields.language');
      assert.equal(field?.[1], shown);
    }
  });

  it('has an address that nobody changes by themselves', async () => {
    const { user, at } = await settled();
    const sent = {
      'fields.name': 'Nora',
      'fields.email': 'mallory@example.org',
      email: 'mallory@example.org',
    };
    assert.equal((await at[0]?.post('/account', { ...sent, seen: '1' }))?.status, 422);
    assert.equal((await readUser(accounts, user.id))?.email, user.email);
  });

  it('with a one-time password gets one of its own before anything else', async () => {
    const { user, password } = await newcomer();
    const person = await signedIn(user, password);
    for (const path of ['/', '/pages', '/account'])
      assert.equal((await person.get(path)).url, '/admin/account/password', path);
    assert.equal((await person.post('/account', { 'fields.name': 'X' })).url, '/admin/account/password');
    const page = await person.get('/account/password');
    assert.match(page.text, /Yours was made for you\..*12 to 256 characters\./);
    const before = await listSessions(accounts, user.id);
    const done = await person.press(page, 'Set the password', { [FRESH]: PASSWORD });
    assert.deepEqual([done.url, done.status], ['/admin/', 200]);
    assert.match(done.text, /You have a new password\./);
    const after = await listSessions(accounts, user.id);
    assert.equal(after.length, 1);
    assert.notEqual(after[0]?.id, before[0]?.id);
    assert.deepEqual([await works(user, password), await works(user, PASSWORD)], [false, true]);
  });

  it('may be left before a password is chosen', async () => {
    const { user, password } = await newcomer();
    const person = await signedIn(user, password);
    const page = await person.press(await person.get('/account/password'), 'Sign out');
    assert.equal(page.url, '/admin/sign-in');
    assert.equal(await isSignedIn(person), false);
  });

  it('gets another password, and is signed out everywhere else', async () => {
    const { user, at } = await settled(3);
    const [first = admin.nobody(), second, third] = at;
    const page = await first.get('/account/password');
    const done = await first.press(page, CHANGE, { [CURRENT]: PASSWORD, [FRESH]: OTHER });
    assert.match(done.text, /You have a new password\. Everywhere else you are signed out\./);
    assert.deepEqual(
      [await isSignedIn(first), await isSignedIn(second), await isSignedIn(third)],
      [true, false, false],
    );
    assert.deepEqual([await works(user, PASSWORD), await works(user, OTHER)], [false, true]);
    const again = await first.press(page, CHANGE, { [CURRENT]: PASSWORD, [FRESH]: OTHER });
    assert.equal(again.status, 422);
    assert.ok(await works(user, OTHER));
  });

  /** What is typed as the password there is and as the new one, and what is said. */
  const refused: readonly (readonly [current: string, fresh: string, RegExp])[] = [
    ['wrong', OTHER, /Enter the password that you have now\./],
    ['', OTHER, /Enter the password that you have now\./],
    [PASSWORD, 'short', /Use at least 12 characters/],
    [PASSWORD, 'x'.repeat(2_000), /Use at most 256 characters\./],
    [PASSWORD, 'passwordpassword1', /this is one of the first that people try/],
    [PASSWORD, 'at the Old Harbour', /Leave the name of the site out/],
    [PASSWORD, PASSWORD, /Choose another password than the one you have\./],
  ];
  it('keeps its password where the new one cannot be taken', async () => {
    const { user, at } = await settled(2);
    const [first = admin.nobody(), second] = at;
    for (const [current, fresh, message] of refused) {
      const page = await first.get('/account/password');
      const answer = await first.press(page, CHANGE, { [CURRENT]: current, [FRESH]: fresh });
      assert.equal(answer.status, 422, fresh);
      assert.match(answer.text, message);
      for (const typed of [current, fresh])
        assert.ok(typed === '' || !answer.html.includes(`"${typed}"`), 'a password is shown again');
    }
    assert.ok(await works(user, PASSWORD));
    assert.ok(await isSignedIn(second));
  });

  it('is not tried out by whoever finds it open', async () => {
    const { user, at } = await settled();
    const [person = admin.nobody()] = at;
    const page = await person.get('/account/password');
    const tryOne = () => person.press(page, CHANGE, { [CURRENT]: 'a guess of somebody', [FRESH]: OTHER });
    for (let tries = 0; tries < 10; tries += 1) assert.equal((await tryOne()).status, 422);
    const stopped = await tryOne();
    assert.deepEqual([stopped.status, stopped.headers['retry-after']], [429, '900']);
    assert.match(stopped.text, /This was tried too often\. Wait a while, and try again\./);
    const right = await person.press(page, CHANGE, { [CURRENT]: PASSWORD, [FRESH]: OTHER });
    assert.equal(right.status, 429);
    admin.clock.now += 900_000;
    assert.ok(await works(user, PASSWORD));
  });

  it('lists where it is signed in, and ends one, once', async () => {
    const { user, at } = await settled(2);
    const [first = admin.nobody(), second] = at;
    const page = await first.get('/account');
    assert.match(page.text, /From 127\.0\.0\.1, since 21 September 2026/);
    assert.match(page.text, /This one/);
    const [form, ...more] = page.forms.filter(({ action }) => action.endsWith('/sessions/end'));
    assert.ok(form !== undefined && more.length === 0, 'one other can be ended');
    const id = form.fields.find(([name]) => name === 'id')?.[1] ?? '';
    for (const _ of [1, 2]) {
      const ended = await first.post('/account/sessions/end', { id });
      assert.match(ended.text, /That session was ended\./);
      assert.deepEqual(formsWith(ended, 'End all others'), []);
    }
    assert.deepEqual([await isSignedIn(first), await isSignedIn(second)], [true, false]);
    assert.equal((await listSessions(accounts, user.id)).length, 1);
  });

  it('ends no session of somebody else', async () => {
    const { at } = await settled();
    const other = await settled();
    const [person = admin.nobody()] = at;
    const theirs = (await listSessions(accounts, other.user.id)).map(({ id }) => id);
    assert.equal(theirs.length, 1);
    for (const id of [...theirs, '', 'x', '\0', 'constructor'])
      await person.post('/account/sessions/end', { id });
    assert.deepEqual([await isSignedIn(person), await isSignedIn(other.at[0])], [true, true]);
  });

  it('ends all others at once', async () => {
    const { at } = await settled(3);
    const [first = admin.nobody(), ...others] = at;
    const page = await first.press(await first.get('/account'), 'End all others');
    assert.match(page.text, /You are signed out everywhere but here\./);
    for (const other of others) assert.equal(await isSignedIn(other), false);
    assert.ok(await isSignedIn(first));
  });

  it('names browsers as people know them', () => {
    for (const [agent, text] of [
      [
        'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0',
        'Firefox on Windows',
      ],
      [
        'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1',
        'Safari on an iPhone',
      ],
      [
        'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0',
        'Edge on Linux',
      ],
      ['curl/8.5.0', 'curl/8.5.0'],
      ['x'.repeat(80), `${'x'.repeat(60)}…`],
      ['', 'A browser that does not say what it is'],
      [null, 'A browser that does not say what it is'],
    ] as const)
      assert.equal(browserText(agent), text);
  });
});
