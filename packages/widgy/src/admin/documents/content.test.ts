import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createWidget } from '../../tree/index.ts';
import { testAdmin } from '../admin-fixture.ts';
import { type AdminPage, formsWith } from '../person-fixture.ts';
import { columnOf, draftOf, inColumn, makePage, replaceDraft, saidBy } from './documents-admin-fixture.ts';
import { formatPlace } from './move-widget.ts';

const admin = await testAdmin();
const { widgy } = admin;
const ann = await admin.person('everything', 'Ann');
const bob = await admin.person('everything', 'Bob');
const text = (id: string, words: string) => inColumn(id, 'text', { text: `<p>${words}</p>` });
const visit = async (path: string) =>
  await admin.app.inject({ url: path, headers: { host: 'harbour.example' } });

describe('the content of a page', () => {
  it('is made, published and seen', async () => {
    const page = await makePage(admin, 'First');
    let at = await ann.get(`${page.base}/content`);
    const add = at.links.find(({ text: label }) => label === 'Add to One column, Main');
    assert.ok(add);
    at = await ann.get(add.href);
    at = await ann.press(at, 'Add TextText with emphasis, lists, links and tables.'.slice(0, 8));
    assert.match(at.url, /\/content\/[\w-]{24}\?added=\d+$/);
    assert.match(saidBy(at), /Text was added to the draft/);
    at = await ann.press(at, 'Save', { 'fields.text': '<p>Seals <script>alert(1)</script>sleep</p>' });
    assert.match(saidBy(at), /Text “Seals sleep” was saved in the draft/);
    assert.equal((await visit('/first')).statusCode, 404);
    at = await ann.press(at, 'Publish', { note: 'The seals' });
    assert.match(saidBy(at), /Visitors see it now/);
    assert.match((await visit('/first')).body, /<p>Seals sleep<\/p>/);
    const history = await ann.get(`${page.base}/history`);
    assert.match(history.text, /Version 1 The seals\s*Ann, just now On the site/);
    assert.deepEqual(formsWith(at, 'Publish'), []);
  });

  it('moves, duplicates and deletes by buttons, and takes it back', async () => {
    const page = await makePage(admin, 'Buttons', [text('a', 'A'), text('b', 'B'), text('c', 'C')]);
    let at = await ann.get(`${page.base}/content`);
    const rows: readonly (readonly [button: string, said: RegExp, column: readonly (string | null)[]])[] = [
      ['Move Text “C” up↑', /Text “C” was moved up/, ['a', 'c', 'b']],
      ['Move Text “A” down↓', /Text “A” was moved down/, ['c', 'a', 'b']],
      ['Delete Text “A”', /Text “A” was deleted/, ['c', 'b']],
      ['Undo', /It was taken back/, ['c', 'a', 'b']],
      ['Redo', /It was taken back/, ['c', 'b']],
      ['Duplicate Text “C”', /Text “C” was duplicated/, ['c', null, 'b']],
      ['Undo', /It was taken back/, ['c', 'b']],
    ];
    for (const [button, said, column] of rows) {
      at = await ann.press(at, button);
      assert.match(saidBy(at), said, button);
      const now = await columnOf(admin, page);
      assert.deepEqual(
        now.map((id) => (column.includes(id) ? id : null)),
        column,
        button,
      );
    }
    assert.match(at.html, /<button[^>]*value="up:c"[^>]* disabled>/);
    assert.match(at.html, /<button[^>]*value="down:b"[^>]* disabled>/);
  });

  it('moves to any legal place, and to no other', async () => {
    const page = await makePage(admin, 'Places', [
      text('a', 'A'),
      inColumn('acc', 'accordion', {}, [
        createWidget({ id: 'one', type: 'accordion-section', fields: { title: 'One' } }),
      ]),
    ]);
    const form = await ann.get(`${page.base}/content/a/move`);
    assert.match(form.text, /In 2\.1 Section of an accordion “One”\s*Into it, where nothing is yet/);
    const moved = await ann.press(form, 'Move it there', { to: formatPlace({ parent: 'one' }) });
    assert.match(saidBy(moved), /Text “A” was moved/);
    assert.deepEqual(await columnOf(admin, page), ['acc']);
    const wrong: readonly (readonly [to: string, said: RegExp])[] = [
      ['acc||', /“Accordion” does not accept “Text”/],
      ['nothing||', /./],
      ['<b>|', /Choose a place/],
      ['', /Choose a place/],
      ['a||', /./],
    ];
    for (const [to, said] of wrong) {
      const refused = await ann.post(`${page.base}/content/a/move`, { after: '1', to });
      assert.equal(refused.status, 422, to);
      assert.match(saidBy(refused), said, to);
    }
  });

  it('says why a type cannot be added, and puts it into what it needs', async () => {
    const page = await makePage(admin, 'Wrapped');
    const form = await ann.get(`${page.base}/content/add?parent=root&slot=main`);
    assert.match(form.text, /“Tab” does not agree to stand in “One column”\./);
    const made = await ann.press(form, 'Add Tab in Tabs');
    assert.match(made.url, /\/content\/[\w-]{24}\?added=\d+$/);
    const { tree } = await draftOf(widgy.documents, page.document);
    assert.deepEqual(
      tree.root.children.map(({ type, children }) => [type, children.map((one) => one.type)]),
      [['tabs', ['tab']]],
    );
    const refused = await ann.post(`${page.base}/content/add`, {
      parent: 'root',
      slot: 'main',
      after: '1',
      type: 'tab',
    });
    assert.equal(refused.status, 422);
    assert.match(saidBy(refused), /“Tab” does not agree/);
  });

  it('shows what is wrong in a form with all that was typed', async () => {
    const page = await makePage(admin, 'Wrong', [inColumn('s', 'section')]);
    const form = await ann.get(`${page.base}/content/s`);
    const refused = await ann.press(form, 'Save', { 'fields.anchor': 'Not <allowed>' });
    assert.equal(refused.status, 422);
    assert.match(refused.html, /class="widgy-errors" role="alert"/);
    assert.match(refused.html, /value="Not &lt;allowed&gt;"/);
    const saved = await ann.press(refused, 'Save and go on', { 'fields.anchor': 'allowed' });
    assert.match(saidBy(saved), /Section “allowed” was saved/);
    assert.equal(saved.url, `/admin${page.base}/content/s`);
  });

  it('shows and deletes widgets of a type that the code does not have', async () => {
    const page = await makePage(admin, 'Unknown', [text('t', 'T')]);
    await replaceDraft(widgy.documents, page.document, [
      text('t', 'T'),
      inColumn('u', 'lost-type', { a: 1 }),
    ]);
    const at = await ann.get(`${page.base}/content`);
    assert.match(at.text, /2 lost-type Type is gone/);
    assert.doesNotMatch(at.html, /content\/u"|up:u|duplicate:u/);
    assert.equal((await ann.get(`${page.base}/content/u`)).status, 422);
    assert.match(saidBy(await ann.press(at, 'Delete lost-type')), /lost-type was deleted/);
    assert.deepEqual(await columnOf(admin, page), ['t']);
  });
});

describe('two people at once', () => {
  /** Both have the form of a text open, and Bob saves first. */
  async function bothEdit(title: string, his: Readonly<Record<string, string>>, type = 'text', fields = {}) {
    const page = await makePage(admin, title, [inColumn('t', type, fields)]);
    const hers = await ann.get(`${page.base}/content/t`);
    await bob.press(await bob.get(`${page.base}/content/t`), 'Save', his);
    return { page, hers };
  }

  it('keeps both where they changed different fields, and says so', async () => {
    const { page, hers } = await bothEdit('Fields', { 'fields.tone': 'soft' }, 'section');
    const saved = await ann.press(hers, 'Save', { 'fields.anchor': 'here' });
    assert.match(saidBy(saved), /Somebody else changed the draft meanwhile, and what they did stays too/);
    const { tree } = await draftOf(widgy.documents, page.document);
    assert.deepEqual(tree.root.children[0]?.fields, { tone: 'soft', width: 'text', anchor: 'here' });
  });

  for (const [side, kept] of [
    ['mine', '<p>Hers</p>'],
    ['theirs', '<p>His</p>'],
  ] as const) {
    it(`shows both values of one field, and keeps what is chosen: ${side}`, async () => {
      const { page, hers } = await bothEdit(`One field ${side}`, { 'fields.text': '<p>His</p>' });
      const asked = await ann.press(hers, 'Save', { 'fields.text': '<p>Hers</p>' });
      assert.equal(asked.status, 422);
      assert.match(asked.html, /Your value of Text">Hers</);
      assert.match(asked.html, /Their value of Text">His</);
      const unanswered = await ann.press(asked, 'Save');
      assert.equal(unanswered.status, 422);
      const done = await ann.press(unanswered, 'Save', { 'choose.text': side });
      assert.equal(done.status, 200, saidBy(done));
      const { tree } = await draftOf(widgy.documents, page.document);
      assert.equal(tree.root.children[0]?.fields.text, kept);
    });
  }

  it('loses nothing that was typed into a widget that is gone', async () => {
    const page = await makePage(admin, 'Gone', [text('t', 'T')]);
    const hers = await ann.get(`${page.base}/content/t`);
    await bob.press(await bob.get(`${page.base}/content`), 'Delete Text “T”');
    const told = await ann.press(hers, 'Save', { 'fields.text': '<p>Long work</p>' });
    assert.equal(told.status, 422);
    assert.match(saidBy(told), /deleted this widget meanwhile/);
    assert.match(told.html, /\nLong work</);
  });

  it('publishes nothing that was not looked at', async () => {
    const page = await makePage(admin, 'Looked', [text('t', 'T')]);
    const hers = await ann.get(`${page.base}/content`);
    await bob.press(await bob.get(`${page.base}/content`), 'Duplicate Text “T”');
    const refused = await ann.press(hers, 'Publish', { note: 'Mine' });
    assert.equal(refused.status, 422);
    assert.match(saidBy(refused), /Somebody else changed this meanwhile/);
    assert.match(refused.html, /Mine<\/textarea>/);
    assert.match(saidBy(await ann.press(refused, 'Publish')), /published/);
  });
});

describe('a form that is sent twice', () => {
  const rows: readonly (readonly [
    what: string,
    send: (page: AdminPage) => Promise<AdminPage>,
    path: string,
  ])[] = [
    ['duplicates once', (page) => ann.press(page, 'Duplicate Text “A”'), '/content'],
    ['deletes once', (page) => ann.press(page, 'Delete Text “A”'), '/content'],
    ['moves once', (page) => ann.press(page, 'Move Text “A” down↓'), '/content'],
    ['adds once', (page) => ann.press(page, 'Add Heading'), '/content/add?parent=root&slot=main'],
    ['saves once', (page) => ann.press(page, 'Save', { 'fields.text': '<p>X</p>' }), '/content/a'],
  ];
  for (const [what, send, path] of rows) {
    it(what, async () => {
      const page = await makePage(admin, `Twice ${what}`, [text('a', 'A'), text('b', 'B'), text('c', 'C')]);
      const form = await ann.get(`${page.base}${path}`);
      const first = await send(form);
      const second = await send(form);
      assert.equal(second.url, first.url);
      assert.equal((await draftOf(widgy.documents, page.document)).sequence, 1);
    });
  }

  it('publishes once', async () => {
    const page = await makePage(admin, 'Twice published', [text('a', 'A')]);
    const form = await ann.get(`${page.base}/content`);
    await ann.press(form, 'Publish');
    assert.equal((await ann.press(form, 'Publish')).status, 200);
    assert.doesNotMatch((await ann.get(`${page.base}/history`)).text, /Version 2/);
  });
});
