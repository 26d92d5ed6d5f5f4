import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { changeRole, createRole, createUser, listRoles, trustedActor } from '../accounts/index.ts';
import { testAdmin } from './admin-fixture.ts';
import { formsWith } from './person-fixture.ts';
import { roleNameOf } from './roles/role-name.ts';

const admin = await testAdmin();
const { accounts } = admin.widgy;
const ann = await admin.person('everything', 'Ann');
const bob = await admin.person(['users.manage', 'pages.read', '*:change'], 'Bob');
const carl = await admin.person(['pages.read', 'settings.change'], 'Carl');
const NEW = '/roles/_new';
const MAKE = 'Make the role';
const roleNamed = async (name: string) => (await listRoles(accounts)).find((role) => role.name === name);
const permittedOf = async (name: string) => {
  const permitted = (await roleNamed(name))?.permitted;
  assert.ok(permitted !== 'everything', `${name} permits everything`);
  return permitted === undefined ? undefined : [...permitted];
};

/** Makes a role behind the back of the administration. */
async function given(label: string, ...permissions: readonly string[]): Promise<void> {
  const role = { name: roleNameOf(label), label, permissions };
  assert.ok((await createRole(accounts, role, trustedActor)).ok);
}

/** Makes a role on the page for it. */
const make = async (label: string, ...permission: readonly string[]) =>
  await ann.press(await ann.get(NEW), MAKE, { 'fields.label': label, permission });

describe('roles', () => {
  it('are for those alone who manage people', async () => {
    for (const path of ['/roles', NEW, '/roles/editor'])
      assert.equal((await carl.get(path)).status, 403, path);
    const fields = { 'fields.label': 'Mine', permission: 'settings.change' };
    for (const path of [NEW, '/roles/editor', '/roles/editor/delete', '/roles/role-2'])
      assert.equal((await carl.post(path, fields)).status, 403, path);
    assert.equal(await roleNamed('mine'), undefined);
  });

  it('are listed, with how many people have them', async () => {
    const { text } = await ann.get('/roles');
    assert.match(text, /Administrator built in Everything 1/);
    assert.match(text, /Author built in 8 permissions Nobody/);
  });

  it('that are built in are shown, and stay as they are', async () => {
    for (const name of ['administrator', 'editor', 'author']) {
      const page = await ann.get(`/roles/${name}`);
      assert.match(page.text, /It is built in, and stays as it is\./);
      for (const button of ['Save', 'Delete the role']) assert.deepEqual(formsWith(page, button), []);
      const forged = await ann.post(`/roles/${name}`, { seen: '0', 'fields.label': 'Hacked' });
      assert.match(forged.text, /This role is built in\./);
      assert.match((await ann.post(`/roles/${name}/delete`, { seen: '0' })).text, /This role is built in\./);
    }
    assert.deepEqual(
      (await listRoles(accounts)).slice(0, 3).map(({ label }) => label),
      ['Administrator', 'Editor', 'Author'],
    );
    assert.match((await ann.get('/roles/author')).text, /Media ?Upload files and describe them/);
  });

  it('are made of permissions, once', async () => {
    const page = await ann.get(NEW);
    assert.match(page.html, /Unsafe HTML[^<]*<span class="badge changed">Special<\/span>/);
    const typed = { 'fields.label': ' Shop Keeper ', permission: ['media.upload', 'unsafe-html:add'] };
    const first = await ann.press(page, MAKE, typed);
    assert.match(first.text, /The role Shop Keeper was made\./);
    assert.deepEqual(await permittedOf('shop-keeper'), ['media.upload', 'unsafe-html:add']);
    const second = await ann.press(page, MAKE, typed);
    assert.deepEqual([second.status, second.url], [200, '/admin/roles/shop-keeper']);
    const other = await ann.press(page, MAKE, { ...typed, permission: 'pages.read' });
    assert.equal(other.status, 422);
    assert.match(other.text, /There is a role with this name already\./);
    assert.match(other.html, /value="pages\.read" checked/);
  });

  it('are made like others', async () => {
    const page = await ann.get(`${NEW}?like=author`);
    const ticked = page.forms.flatMap(({ fields }) => fields.filter(([name]) => name === 'permission'));
    assert.deepEqual(ticked.map(([, value]) => value).sort(), (await permittedOf('author'))?.toSorted());
    assert.equal((await ann.get(`${NEW}?like=constructor`)).status, 200);
  });

  it('have labels of any letters', () => {
    for (const [label, name] of [
      ['Shop Keeper', 'shop-keeper'],
      ['  Köchin & Koch!', 'kochin-koch'],
      ['2nd mate', 'nd-mate'],
      ['x'.repeat(100), 'x'.repeat(64)],
    ] as const)
      assert.equal(roleNameOf(label), name);
    const names = ['編集者', '著者', '--', '42'].map(roleNameOf);
    assert.equal(new Set(names).size, 4);
    for (const name of names) assert.match(name, /^role-[0-9a-f]{12}$/);
  });

  /** What is sent for a new role, and what is said. */
  const refused: readonly (readonly [string, readonly string[], RegExp])[] = [
    ['', [], /Enter a label of 1 to 100 characters/],
    ['x'.repeat(101), [], /Use at most 100 characters\./],
    ['a\u0000b', [], /Enter a label of 1 to 100 characters/],
    ['Ghost', ['pages.haunt'], /Choose permissions that there are/],
    ['Proto', ['constructor', '__proto__'], /Choose permissions that there are/],
  ];
  for (const [label, permission, message] of refused) {
    it(`are not made of ${JSON.stringify(label.slice(0, 10))} with ${permission}`, async () => {
      const before = (await listRoles(accounts)).length;
      const page = await make(label, ...permission);
      assert.equal(page.status, 422);
      assert.match(page.text, message);
      assert.equal((await listRoles(accounts)).length, before);
    });
  }

  it('are changed, and in force at once', async () => {
    await given('Reader', 'admin.enter', 'pages.read');
    const page = await ann.get('/roles/reader');
    const saved = await ann.press(page, 'Save', { permission: ['admin.enter', 'media.upload'] });
    assert.match(saved.text, /The role Reader was saved\. It is in force at once\./);
    assert.deepEqual(await permittedOf('reader'), ['admin.enter', 'media.upload']);
    // The same form again: it was done, and nothing is written.
    assert.equal(
      (await ann.press(page, 'Save', { permission: ['admin.enter', 'media.upload'] })).status,
      200,
    );
    assert.equal((await roleNamed('reader'))?.revision, 2);
  });

  it('that were changed meanwhile are not replaced unseen', async () => {
    await given('Stale', 'pages.read', 'pages.edit');
    const page = await ann.get('/roles/stale');
    const theirs = { seen: 1, label: 'Fresh', permissions: ['pages.read', 'media.delete'] };
    assert.ok((await changeRole(accounts, 'stale', theirs, trustedActor)).ok);
    const stale = await ann.press(page, 'Save', { permission: ['pages.read', 'pages.edit'] });
    assert.equal(stale.status, 422);
    assert.match(stale.text, /it is “Fresh” now/);
    assert.match(stale.text, /It now has also: Delete files\..*It now has not: Edit pages\./);
    assert.deepEqual(await permittedOf('stale'), ['media.delete', 'pages.read']);
    await ann.press(stale, 'Save');
    assert.deepEqual(await permittedOf('stale'), ['pages.edit', 'pages.read']);
  });

  it('that people have are not deleted, and it is said who has them', async () => {
    await given('Used', 'pages.read');
    const page = await ann.get('/roles/used');
    const person = { email: 'dora@example.org', name: 'Dora', roles: [{ site: 'other', role: 'used' }] };
    assert.ok((await createUser(accounts, person, trustedActor)).ok);
    const refusal = await ann.press(page, 'Delete the role');
    assert.match(refusal.text, /People have this role\. Take it from them first\..*Who has it Dora/);
    assert.deepEqual(formsWith(refusal, 'Delete the role'), []);
    assert.notEqual(await roleNamed('used'), undefined);
  });

  it('are deleted, once, and come back as they were', async () => {
    await given('Brief', 'pages.read', 'unsafe-html:change');
    const page = await ann.get('/roles/brief');
    const gone = await ann.press(page, 'Delete the role');
    assert.match(gone.text, /The role Brief was deleted\./);
    assert.equal(await roleNamed('brief'), undefined);
    assert.equal((await ann.press(page, 'Delete the role')).url, '/admin/roles');
    assert.equal((await ann.get('/roles/brief')).status, 404);
    const back = await ann.press(gone, 'Undo');
    assert.match(back.text, /The role Brief was made\./);
    assert.deepEqual(await permittedOf('brief'), ['pages.read', 'unsafe-html:change']);
    assert.equal((await ann.press(gone, 'Undo')).url, '/admin/roles/brief');
  });

  it('that permit very much come back by no button, which would fill the session', async () => {
    await given('Vast', 'pages.read');
    const permissions = JSON.stringify(Array.from({ length: 400 }, (_, at) => `type-${at}-of-many:add`));
    await accounts.database.kysely
      .updateTable('roles')
      .set({ permissions })
      .where('name', '=', 'vast')
      .execute();
    const gone = await ann.press(await ann.get('/roles/vast'), 'Delete the role');
    assert.match(gone.text, /The role Vast was deleted\./);
    assert.deepEqual(formsWith(gone, 'Undo'), []);
  });

  it('give nobody what they do not hold', async () => {
    const page = await bob.get(NEW);
    const box = (name: string) =>
      new RegExp(`<input[^>]*value="${name.replace('*', '\\*')}"[^>]*>`).exec(page.html)?.[0];
    for (const name of ['users.manage', 'pages.read', '*:change', 'text:change'])
      assert.doesNotMatch(box(name) ?? 'disabled', /disabled/, name);
    for (const name of ['pages.publish', 'text:add', 'unsafe-html:change'])
      assert.match(box(name) ?? '', /disabled/, name);
    for (const name of ['pages.publish', 'unsafe-html:change', '*:add']) {
      const forged = await bob.press(page, MAKE, {
        'fields.label': 'More',
        permission: ['pages.read', name],
      });
      assert.equal(forged.status, 403, name);
      assert.match(forged.text, /it needs permissions that you do not have/);
    }
    assert.equal(await roleNamed('more'), undefined);
    await given('Publisher', 'pages.publish');
    const shown = await bob.get('/roles/publisher');
    assert.match(shown.text, /It permits more than you may do everywhere/);
    const seen = '1';
    await bob.post('/roles/publisher', { seen, 'fields.label': 'Mine', permission: 'pages.read' });
    await bob.post('/roles/publisher/delete', { seen });
    assert.deepEqual(await permittedOf('publisher'), ['pages.publish']);
    const own = await bob.post('/roles/role-2', {
      seen,
      'fields.label': 'Me',
      permission: 'settings.change',
    });
    assert.match(own.text, /it needs permissions that you do not have/);
  });

  it('lose what the site does not have any more when they are saved, and say so before', async () => {
    await given('Old', 'pages.read');
    await accounts.database.kysely
      .updateTable('roles')
      .set({ permissions: '["pages.read","slideshow:add"]' })
      .where('name', '=', 'old')
      .execute();
    const page = await ann.get('/roles/old');
    assert.match(page.text, /does not have any more: slideshow:add\. Saving takes it out\./);
    await ann.press(page, 'Save');
    assert.deepEqual(await permittedOf('old'), ['pages.read']);
  });
});
