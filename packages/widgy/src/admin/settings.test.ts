import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { z } from 'zod';
import { defineSetting, defineSettings, readSettings, writeSettings } from '../settings/index.ts';
import { testAdmin } from './admin-fixture.ts';

const setting = (name: string, label: string, schema: z.ZodType, isEditable = true) =>
  defineSetting({ name, label, schema, isEditable });

const admin = await testAdmin({
  settings: defineSettings([
    setting('site.title', 'Title', z.string().max(20).default('Boatyard')),
    setting('site.colour', 'Brand colour', z.string().default('#1d4f5c').meta({ kind: 'colour' })),
    setting('site.owner', 'Owner', z.string().default('Ann')),
    setting('list.perPage', 'Boats on one page', z.int().min(1).default(10)),
    setting('list.theme', 'Theme', z.string().default('dune'), false),
    setting('site.links', 'Links', z.array(z.object({ to: z.string().default('/') })).default([])),
    defineSetting({
      ...{ name: 'mail.password', label: 'Mail password', schema: z.string().default('') },
      ...{ isEditable: true, isSecret: true },
    }),
  ]),
  settingsFile: { 'site.owner': 'Bea' },
});
const { settings, database, siteId } = admin.widgy;
const ann = await admin.person(['settings.change']);
const bob = await admin.person(['pages.read', 'users.manage']);
const TITLE = 'settings.site.title';
const SAVE = 'Save the settings';
const valueNow = async (name: string) => (await readSettings(settings)).find(name)?.value;

/** Writes a row as another version of the site may have left it. */
async function putRow(name: string, value: string): Promise<void> {
  const row = { site: siteId, name, value, revision: 1, updated_at: 0, author: null };
  await database.kysely.insertInto('settings').values(row).execute();
}

describe('settings', () => {
  it('are for those alone who may change them', async () => {
    assert.equal((await bob.get('/settings')).status, 403);
    assert.equal((await bob.post('/settings', { [TITLE]: 'Bob' })).status, 403);
    assert.ok(!(await bob.get('/')).links.some(({ href }) => href === '/admin/settings'));
    assert.equal(await valueNow('site.title'), 'Boatyard');
  });

  it('are shown in one form, with what the configuration gives, and without what is fixed', async () => {
    const page = await ann.get('/settings');
    const names = page.forms.flatMap(({ fields }) => fields.map(([name]) => name));
    assert.ok(names.includes(TITLE) && names.includes('settings.list.perPage'));
    assert.ok(!names.includes('settings.site.owner') && !names.includes('settings.list.theme'));
    assert.match(page.text, /Owner is given by the configuration of the site\./);
    assert.doesNotMatch(page.text, /Theme/);
  });

  it('are changed, and it is said which', async () => {
    const page = await ann.get('/settings');
    const saved = await ann.press(page, SAVE, { [TITLE]: 'Old Harbour', 'settings.list.perPage': '12' });
    assert.deepEqual([saved.status, saved.url], [200, '/admin/settings']);
    assert.match(saved.text, /Changed: Title, Boats on one page\./);
    assert.deepEqual([await valueNow('site.title'), await valueNow('list.perPage')], ['Old Harbour', 12]);
    const rows = await database.kysely.selectFrom('settings').select(['name', 'author']).execute();
    assert.ok(rows.every(({ author }) => author === ann.id));
  });

  it('that nobody touched are left alone', async () => {
    assert.match((await ann.press(await ann.get('/settings'), SAVE)).text, /Nothing was changed\./);
  });

  it('are changed once by a form that is sent twice', async () => {
    const page = await ann.get('/settings');
    const typed = { [TITLE]: 'Twice' };
    for (const _ of [1, 2]) assert.equal((await ann.press(page, SAVE, typed)).status, 200);
    assert.equal((await readSettings(settings)).find('site.title')?.revision, 2);
  });

  it('that somebody else changed meanwhile are not replaced unseen', async () => {
    const page = await ann.get('/settings');
    const { revision = 0 } = (await readSettings(settings)).find('site.title') ?? {};
    const change = { kind: 'set', name: 'site.title', value: 'Theirs', seen: revision } as const;
    assert.ok((await writeSettings(settings, [change], { id: null })).ok);
    const typed = { [TITLE]: 'Mine', 'settings.site.colour': '#000000' };
    const stale = await ann.press(page, SAVE, typed);
    assert.equal(stale.status, 422);
    assert.match(
      stale.text,
      /Somebody changed this meanwhile\. It is now “Theirs”\. Save again to replace it\./,
    );
    const shown = new Map(stale.forms.flatMap(({ fields }) => fields));
    assert.deepEqual([shown.get(TITLE), shown.get('settings.site.colour')], ['Mine', '#000000']);
    assert.deepEqual([await valueNow('site.title'), await valueNow('site.colour')], ['Theirs', '#1d4f5c']);
    assert.match((await ann.press(stale, SAVE)).text, /Changed: Title, Brand colour\./);
    assert.equal(await valueNow('site.title'), 'Mine');
  });

  it('go back to their defaults', async () => {
    const page = await ann.get('/settings');
    assert.match((await ann.press(page, SAVE, { 'settings._reset': 'site.title' })).text, /Changed: Title\./);
    assert.equal(await valueNow('site.title'), 'Boatyard');
  });

  /** What is sent beside what the form has, and what is said. */
  const refused: readonly (readonly [string, string, RegExp])[] = [
    [TITLE, 'x'.repeat(21), /Use at most 20 characters\./],
    ['settings.list.perPage', '0', /Enter 1 or more\./],
    ['settings.list.perPage', 'many', /Enter a whole number\./],
    ['settings.site.colour', 'red"><script>', /Enter a colour as "#"/],
    ['settings.list.theme', 'harbour', /has no field "list.theme"/],
    ['settings.site.owner', 'Mallory', /has no field "site.owner"/],
    ['settings.constructor', 'x', /No field may be called "constructor"/],
  ];
  for (const [name, value, message] of refused) {
    it(`are not changed by ${name}=${value.slice(0, 10)}`, async () => {
      const before = await database.kysely.selectFrom('settings').selectAll().execute();
      const page = await ann.press(await ann.get('/settings'), SAVE, { [name]: value, [TITLE]: value });
      assert.equal(page.status, 422);
      assert.match(page.text, message);
      assert.doesNotMatch(page.html, /<script>/);
      assert.deepEqual(await database.kysely.selectFrom('settings').selectAll().execute(), before);
    });
  }

  it('that are lists grow before they are saved', async () => {
    const grown = await ann.press(await ann.get('/settings'), 'Add');
    assert.equal(grown.status, 200);
    assert.ok(grown.forms.some(({ fields }) => fields.some(([name]) => name === 'settings.site.links.0.to')));
    assert.deepEqual(await valueNow('site.links'), []);
    const saved = await ann.press(grown, SAVE, { 'settings.site.links.0.to': '/boats' });
    assert.match(saved.text, /Changed: Links\./);
    assert.deepEqual(await valueNow('site.links'), [{ to: '/boats' }]);
  });

  it('that are secret are kept, and never shown', async () => {
    const page = await ann.get('/settings');
    const saved = await ann.press(page, SAVE, { 'settings.mail.password': 'hunter2' });
    assert.match(saved.text, /Changed: Mail password\./);
    assert.equal(await valueNow('mail.password'), 'hunter2');
    const again = { 'settings.mail.password': 'hunter3', [TITLE]: 'x'.repeat(21) };
    const wrong = await ann.press(saved, SAVE, again);
    for (const { html } of [saved, wrong, await ann.get('/settings')]) assert.doesNotMatch(html, /hunter/);
    assert.match(wrong.text, /Enter this again: it is never shown\./);
  });

  it('say where the database holds something that does not count', async () => {
    await putRow('site.owner', '"Cleo"');
    await putRow('list.theme', '"harbour"');
    await database.kysely
      .updateTable('settings')
      .set({ value: '-3' })
      .where('name', '=', 'list.perPage')
      .execute();
    const { text } = await ann.get('/settings');
    assert.match(
      text,
      /Owner: The configuration of the site gives another value than the one that was saved here\./,
    );
    assert.match(text, /Boats on one page: What was saved does not fit any more, .* Enter 1 or more\./);
    assert.doesNotMatch(text, /Cleo|-3/);
  });
});
