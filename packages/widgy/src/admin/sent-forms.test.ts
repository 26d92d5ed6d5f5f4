import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { endSessions } from '../accounts/index.ts';
import { WidgyError } from '../errors.ts';
import { MAX_FORM_BYTES, MAX_FORM_FIELDS, MAX_STRANGER_FORM_BYTES } from '../server/forms.ts';
import { type TestAdmin, testAdmin } from './admin-fixture.ts';
import type { Person } from './person-fixture.ts';

const admin = await testAdmin();
const ann = await admin.person('everything');

/** Sends a body as a browser does, without the token of a form. */
async function send({ app }: TestAdmin, person: Person, url: string, payload: string, type = URL_ENCODED) {
  const headers = { 'content-type': type, 'sec-fetch-site': 'same-origin', cookie: person.cookie() };
  return await app.inject({ method: 'POST', url, headers, payload });
}

const URL_ENCODED = 'application/x-www-form-urlencoded';

/** A form of so many bytes. */
const bytes = (length: number) => `a=${'x'.repeat(length - 2)}`;

describe('a form', () => {
  it('with too many fields is refused before they are read, which would take minutes', async () => {
    const most = 'a&'.repeat(MAX_FORM_FIELDS - 1).concat('a');
    assert.equal((await send(admin, admin.nobody(), '/admin/pages/new', most)).statusCode, 401);
    for (const person of [ann, admin.nobody()]) {
      assert.equal((await send(admin, person, '/admin/pages/new', `${most}&`)).statusCode, 413);
    }
    const endless = 'a&'.repeat(MAX_FORM_BYTES / 2);
    assert.equal((await send(admin, ann, '/admin/pages/new', endless)).statusCode, 413);
  });

  const sizes: readonly [who: 'ann' | 'nobody', length: number, status: number][] = [
    ['nobody', MAX_STRANGER_FORM_BYTES, 401],
    ['nobody', MAX_STRANGER_FORM_BYTES + 1, 413],
    ['nobody', MAX_FORM_BYTES + 1, 413],
    // It lacks the token of a form, and is kept.
    ['ann', MAX_FORM_BYTES, 403],
    ['ann', MAX_FORM_BYTES + 1, 413],
  ];
  for (const [who, length, status] of sizes) {
    it(`of ${length} bytes from ${who} is answered with ${status}`, async () => {
      const person = who === 'ann' ? ann : admin.nobody();
      assert.equal((await send(admin, person, '/admin/pages/new', bytes(length))).statusCode, status);
    });
  }

  it('that is too large to be kept is sent again by the browser, once its user has signed in in another tab', async () => {
    const form = await ann.get('/pages/new');
    await endSessions(admin.widgy.accounts, ann.id);
    const typed = { 'fields.title': 'x'.repeat(MAX_STRANGER_FORM_BYTES) };
    const { status, html, text } = await ann.press(form, 'Make the page', typed);
    assert.equal(status, 413);
    assert.ok(html.length < 10_000);
    assert.match(text, /Then come back to this one and reload it/);
    await ann.press(await ann.get('/sign-in'), 'Sign in', { email: ann.email, password: ann.password });
    const again = await ann.press(form, 'Make the page', typed);
    assert.equal(again.status, 422);
    assert.match(again.text, /Use at most \d+ characters/);
  });

  it('that is as large as is kept can be sent again after signing in', async () => {
    const nobody = admin.nobody();
    // What becomes longest where it stands in another form.
    const title = '"\r\n'.repeat(MAX_STRANGER_FORM_BYTES / 9 - 20);
    const asked = await nobody.post('/pages/new', { 'fields.title': title });
    assert.equal(asked.status, 401);
    const sent = await nobody.press(asked, 'Sign in', { email: ann.email, password: ann.password });
    assert.equal(sent.status, 200);
    assert.match(sent.text, /Nothing is lost/);
  });

  it('is kept while the database is away, which is found out before the form is read', async () => {
    const form = await ann.get('/pages/new');
    const back = breakDatabase(admin);
    const failed = await ann.press(form, 'Make the page', { 'fields.title': 'Teal & <co>' });
    back();
    assert.equal(failed.status, 503);
    assert.match(failed.text, /send it again/);
    // Nobody could say whose page it was, so the token in it is nobody's, and the form is kept once more.
    const asked = await ann.press(failed, 'Send it again');
    assert.match(asked.text, /Nothing is lost/);
    const done = await ann.press(asked, 'Send it again');
    assert.match(done.text, /Teal & <co>/);
  });
});

/** Has all statements fail until the function that it gives is called. */
function breakDatabase({ widgy: { database } }: TestAdmin): () => void {
  const { kysely } = database;
  const broken = new Proxy(kysely, {
    get() {
      throw new WidgyError('database-unreachable', { message: 'gone' });
    },
  });
  Object.defineProperty(database, 'kysely', { value: broken, configurable: true, writable: true });
  return () => Object.defineProperty(database, 'kysely', { value: kysely });
}

describe('a file', () => {
  const part = `--b\r\ncontent-disposition: form-data; name="file"; filename="a"\r\n\r\n${'x'.repeat(100)}\r\n--b--\r\n`;
  for (const type of [
    'multipart/form-data; boundary=b',
    'Multipart/Form-Data; boundary=b',
    ' multipart/form-data;boundary=b',
  ]) {
    it(`from nobody is not read, sent as "${type}"`, async () => {
      // A part that is cut short would be an error of its own, were it read.
      const answer = await send(admin, admin.nobody(), '/admin/media', part.slice(0, -20), type);
      assert.equal(answer.statusCode, 401);
      assert.match(answer.body, /<h1>Sign in<\/h1>/);
    });
  }
});
