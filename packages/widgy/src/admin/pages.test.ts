import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, it } from 'node:test';
import { changeDraft, commitDraft, trustedAuthor } from '../documents/index.ts';
import { createPage, findPages, listChildren, readPage } from '../pages/index.ts';
import { type TestAdmin, testAdmin } from './admin-fixture.ts';
import { inColumn, makePage as pageOf } from './documents/documents-admin-fixture.ts';
import { formsWith, type Person } from './person-fixture.ts';

async function makePage(ann: Person, title: string, parent = ''): Promise<string> {
  const form = await ann.get(`/pages/new?parent=${parent}`);
  const id = form.forms.flatMap(({ fields }) => fields).find(([name]) => name === 'id')?.[1] ?? '';
  await ann.press(form, 'Make the page', { 'fields.title': title });
  return id;
}

async function titles({ widgy }: TestAdmin): Promise<readonly string[]> {
  const { pages } = await findPages(widgy.pages, { text: '' });
  return pages.map(({ page }) => `${page.title} /${page.path}`).sort();
}

describe('the pages of the administration', () => {
  it('are made, the first of them as the home page, and once however often the form is sent', async () => {
    const admin = await testAdmin();
    const ann = await admin.person('everything');
    const form = await ann.get('/pages/new');
    await Promise.all([1, 2, 3].map(() => ann.press(form, 'Make the page', { 'fields.title': 'Harbour' })));
    await makePage(ann, 'Boats');
    assert.deepEqual(await titles(admin), ['Boats /boats', 'Harbour /']);
  });

  it('are made to be edited at once, with a template, and lead to their editor from then on', async () => {
    const admin = await testAdmin();
    const ann = await admin.person('everything');
    await makePage(ann, 'Home');
    const form = await ann.get('/pages/new');
    const made = await ann.press(form, 'Make it and open the editor', {
      'fields.title': 'Boats',
      'fields.template': 'landing',
    });
    const { pages } = await findPages(admin.widgy.pages, { text: 'Boats' });
    const [found] = pages;
    assert.ok(found?.page.kind === 'page');
    assert.equal(found.page.template, 'landing');
    assert.equal(made.url, `/admin/documents/${found.page.document}/editor`);
    const details = await ann.get(`/pages/${found.page.id}`);
    assert.ok(details.html.includes(`/documents/${found.page.document}/editor"`));
  });

  it('are refused with all that was typed and what is wrong', async () => {
    const admin = await testAdmin();
    const ann = await admin.person('everything');
    await makePage(ann, 'Home');
    await makePage(ann, 'Boats');
    const cases: readonly [typed: Record<string, string>, said: RegExp][] = [
      [{ 'fields.title': '', 'fields.slug': 'x' }, /Enter a title|required/i],
      [{ 'fields.title': 'Other', 'fields.slug': 'boats' }, /“?"?Boats"?”? has the address \/boats/],
      [{ 'fields.title': 'Other', 'fields.slug': 'admin' }, /not for pages/],
      [{ 'fields.title': 'x'.repeat(5000) }, /at most|long/i],
    ];
    for (const [typed, said] of cases) {
      const answer = await ann.press(await ann.get('/pages/new'), 'Make the page', typed);
      assert.equal(answer.status, 422);
      assert.match(answer.text, said);
      const sent = answer.forms.flatMap(({ fields }) => fields);
      assert.ok(sent.some(([name, value]) => name === 'fields.title' && value === typed['fields.title']));
    }
    assert.equal((await titles(admin)).length, 2);
  });

  it('are not saved over what somebody else saved, and then are', async () => {
    const admin = await testAdmin();
    const [ann, bob] = [await admin.person('everything'), await admin.person('everything')];
    const id = await makePage(ann, 'Boats');
    const [ofAnn, ofBob] = [await ann.get(`/pages/${id}`), await bob.get(`/pages/${id}`)];
    await ann.press(ofAnn, 'Save', { 'fields.title': 'Our boats' });
    const refused = await bob.press(ofBob, 'Save', { 'fields.title': 'My boats' });
    assert.equal(refused.status, 422);
    assert.match(refused.text, /Somebody changed the page meanwhile/);
    assert.match((await readPage(admin.widgy.pages, id))?.page.title ?? '', /Our boats/);
    const saved = await bob.press(refused, 'Save');
    assert.match(saved.text, /“My boats” was saved/);
  });

  it('move, with their addresses, and say so', async () => {
    const admin = await testAdmin();
    const ann = await admin.person('everything');
    await makePage(ann, 'Home');
    const boats = await makePage(ann, 'Boats');
    const skiffs = await makePage(ann, 'Skiffs');
    const there = await ann.press(await ann.get(`/pages/${skiffs}/move?parent=${boats}`), 'Put it here');
    assert.match(there.text, /“Skiffs” was moved. Its address is \/boats\/skiffs now/);
    const refused = await ann.post(`/pages/${boats}/move`, { parent: skiffs, before: '', seen: '1' });
    assert.match(refused.text, /cannot stand below itself: Boats → Skiffs → Boats/);
    const tree = await ann.get(`/pages?open=${boats}`);
    assert.match(tree.text, /Home .*Boats .*Skiffs/);
    assert.equal(
      (await ann.post(`/pages/${skiffs}/move`, { parent: '', seen: '1' })).text.includes('not moved'),
      true,
    );
  });

  it('go into the bin, and come back by one button', async () => {
    const admin = await testAdmin();
    const ann = await admin.person('everything');
    await makePage(ann, 'Home');
    const boats = await makePage(ann, 'Boats');
    await makePage(ann, 'Skiffs', boats);
    const gone = await ann.press(await ann.get(`/pages/${boats}`), 'Move to the bin');
    assert.match(gone.text, /“Boats” was moved to the bin with 1 below it/);
    assert.equal((await ann.get(`/pages/${boats}`)).status, 404);
    const back = await ann.press(gone, 'Undo');
    assert.match(back.text, /“Boats” is back/);
    assert.deepEqual(await titles(admin), ['Boats /boats', 'Home /', 'Skiffs /boats/skiffs']);
    await ann.press(await ann.get(`/pages/${boats}`), 'Move to the bin');
    const purged = await ann.press(await ann.get('/pages/bin'), 'Delete for good: Boats');
    assert.match(purged.text, /deleted for good/);
    assert.deepEqual(await titles(admin), ['Home /']);
  });

  it('are cloned, made the home page, and offered to those alone who may', async () => {
    const admin = await testAdmin();
    const ann = await admin.person('everything');
    await makePage(ann, 'Home');
    const boats = await makePage(ann, 'Boats');
    const cloned = await ann.press(await ann.get(`/pages/${boats}`), 'Clone', { title: 'Ships' });
    assert.match(cloned.text, /“Ships” was made like “Boats”/);
    const home = await ann.press(await ann.get(`/pages/${boats}`), 'Make it the home page');
    assert.match(home.text, /“Boats” is the home page now/);
    const reader = await admin.person(['pages.read']);
    const seen = await reader.get(`/pages/${boats}`);
    assert.deepEqual(
      seen.forms
        .flatMap(({ buttons }) => buttons.map(({ text }) => text))
        .filter((text) => text !== 'Sign out'),
      [],
    );
  });

  it('say where a menu does not show them, after moving and beside the tick', async () => {
    const admin = await testAdmin({ pages: { menus: { main: { label: 'Main menu', depth: 1 } } } });
    const ann = await admin.person('everything');
    await makePage(ann, 'Home');
    const [boats, skiffs] = [await makePage(ann, 'Boats'), await makePage(ann, 'Skiffs')];
    for (const id of [boats, skiffs]) {
      const saved = await ann.press(await ann.get(`/pages/${id}`), 'Save', { 'fields.menus': ['', 'main'] });
      assert.doesNotMatch(saved.text, /does not show it/);
    }
    const said = /“Main menu” does not show it there: it has one level, and “Boats” above it is in it too/;
    const place = await ann.get(`/pages/${skiffs}/move?parent=${boats}`);
    const moved = await ann.press(place, 'Put it here');
    assert.match(moved.text, said);
    const details = await ann.get(`/pages/${skiffs}`);
    assert.match(details.text, said);
    assert.doesNotMatch((await ann.get(`/pages/${boats}`)).text, said);
    const unticked = await ann.press(details, 'Save', { 'fields.menus': [''] });
    assert.doesNotMatch(unticked.text, said);
  });

  it('have names for places that say what happens', async () => {
    const admin = await testAdmin();
    const ann = await admin.person('everything');
    await makePage(ann, 'Home');
    const boats = await makePage(ann, 'Boats');
    const skiffs = await makePage(ann, 'Skiffs');
    const places = await ann.get(`/pages/${skiffs}/move`);
    assert.equal(places.links.filter(({ text }) => text === 'Inside… Boats').length, 1);
    assert.equal(places.links.filter(({ text }) => text.startsWith('Inside… Home')).length, 0);
    await ann.press(places, 'Put it before Boats');
    const { pages } = await listChildren(admin.widgy.pages, null);
    assert.deepEqual(
      pages.map(({ page }) => page.title),
      ['Home', 'Skiffs', 'Boats'],
    );
    const inside = await ann.get(`/pages/${skiffs}/move?parent=${boats}`);
    assert.match(inside.text, /Inside “Boats”/);
  });

  it('that lead elsewhere ask first where to, and for an address of their own only below', async () => {
    const admin = await testAdmin();
    const ann = await admin.person('everything');
    await makePage(ann, 'Home');
    const form = await ann.get('/pages/new?kind=link');
    const fields = formsWith(form, 'Make the link').flatMap((one) => one.fields);
    const shown = fields.filter(([name]) => ['target', 'title', 'slug'].includes(name.split('.')[1] ?? ''));
    assert.deepEqual([...new Set(shown.map(([name]) => name.split('.')[1]))], ['target', 'title', 'slug']);
    assert.ok(shown.every(([, value]) => value === ''));
    assert.match(form.html, /<summary>More<\/summary>[\s\S]*name="fields.slug"/);
    const refused = await ann.press(form, 'Make the link', { 'fields.title': 'Map' });
    assert.equal(refused.status, 422);
    assert.match(refused.text, /Enter a path that begins with/);
    await makePage(ann, 'Boats');
    const typed = { 'fields.title': 'Map', 'fields.target': 'https://example.org', 'fields.slug': 'boats' };
    const taken = await ann.press(form, 'Make the link', typed);
    assert.match(taken.html, /<details class="more" open>/);
    assert.match(taken.text, /has the address \/boats/);
    assert.match((await ann.press(taken, 'Make the link', { 'fields.slug': '' })).text, /“Map” was made/);
  });

  it('say what may answer below them, and usually nothing does', async () => {
    const admin = await testAdmin({ pages: { mounts: { blog: 'Blog' } } });
    const ann = await admin.person('everything');
    const id = await makePage(ann, 'Home');
    const form = await ann.get(`/pages/${id}`);
    assert.match(form.html, /<option value="" selected>Nothing \(usual\)<\/option><option value="blog">/);
    assert.match(form.text, /gets all addresses below this page which no page has/);
    const mountOf = async () => (await readPage(admin.widgy.pages, id))?.page.mount;
    const saved = await ann.press(form, 'Save', { 'fields.mount': 'blog' });
    assert.equal(await mountOf(), 'blog');
    await ann.press(saved, 'Save', { 'fields.mount': '' });
    assert.equal(await mountOf(), null);
  });

  it('say their address, and when they change, at the head of their content', async () => {
    const admin = await testAdmin();
    const ann = await admin.person('everything');
    await makePage(ann, 'Home');
    const { documents } = admin.widgy;
    const { document, base } = await pageOf(admin, 'Boats', [inColumn('t', 'text', { text: '<p>Old</p>' })]);
    const author = trustedAuthor();
    assert.ok((await commitDraft(documents, document, { after: 0 }, author)).ok);
    const publishAt = Date.UTC(2026, 11, 4, 9);
    const operations = [{ kind: 'remove', id: 't' }] as const;
    const changed = await changeDraft(documents, document, { after: 0, operations }, author);
    assert.ok(changed.ok, JSON.stringify(changed));
    const later = { after: changed.sequence, publishAt };
    assert.ok((await commitDraft(documents, document, later, author)).ok);
    const content = await ann.get(`${base}/content`);
    assert.match(content.text, /Boats \/boats Changes on 4 December/);
    assert.match((await ann.get('/pages')).text, /Boats \/boats Changes on 4 December/);
  });

  it('are a tree that opens branch by branch, with as many statements however many pages there are', async () => {
    const admin = await testAdmin();
    const ann = await admin.person('everything');
    const { pages } = admin.widgy;
    const counts: number[] = [];
    for (const more of [1, 300]) {
      for (let at = 0; at < more; at += 1) {
        await createPage(pages, { title: `Page ${randomUUID().slice(0, 8)}` }, trustedAuthor());
      }
      await ann.get('/pages');
      counts.push(await admin.statements(() => ann.get('/pages')));
    }
    assert.equal(counts[0], counts[1]);
    const tree = await ann.get('/pages');
    assert.ok(tree.links.some(({ text }) => text === 'More pages'));
    const found = await ann.get('/pages?q=no+such+page');
    assert.match(found.text, /No page has “no such page”/);
  });
});
