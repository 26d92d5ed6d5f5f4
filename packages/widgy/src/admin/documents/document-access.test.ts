import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createCallout, deleteCallout } from '../../callouts/index.ts';
import { createDocument, trustedAuthor } from '../../documents/index.ts';
import { deletePage } from '../../pages/index.ts';
import { testAdmin } from '../admin-fixture.ts';
import { formsWith } from '../person-fixture.ts';
import { draftOf, inColumn, makePage, saidBy } from './documents-admin-fixture.ts';

const admin = await testAdmin();
const { widgy } = admin;
const ann = await admin.person('everything', 'Ann');
const text = (id: string, words: string) => inColumn(id, 'text', { text: `<p>${words}</p>` });

describe('who may do what with documents', async () => {
  const page = await makePage(admin, 'Who', [text('t', 'Hello')]);
  const callouts = widgy.callouts;
  assert.ok(callouts);
  const made = await createCallout(callouts, { name: 'Hours' }, trustedAuthor());
  assert.ok(made.ok);
  const callout = { base: `/documents/${made.callout.document}` };
  const reader = await admin.person(['pages.read']);
  const author = await admin.person(['pages.read', 'pages.edit', '*:add', '*:change', '*:delete']);
  const blindEditor = await admin.person(['pages.edit', '*:change']);
  const publisher = await admin.person(['pages.read', 'pages.publish']);
  const calloutEditor = await admin.person(['callouts.edit', '*:change']);
  const people = { reader, author, blindEditor, publisher, calloutEditor };

  const rows: readonly (readonly [
    what: string,
    who: keyof typeof people,
    document: { base: string },
    path: string,
    status: number,
  ])[] = [
    ['a reader sees the content', 'reader', page, '/content', 200],
    ['a reader sees the preview', 'reader', page, '/preview', 200],
    ['a reader sees the history', 'reader', page, '/history', 200],
    ['a reader gets no form', 'reader', page, '/content/t', 403],
    ['a reader adds nothing', 'reader', page, '/content/add?parent=root&slot=main', 403],
    ['an author gets a form', 'author', page, '/content/t', 200],
    ['an author sees no call-out', 'author', callout, '/content', 403],
    ['who may edit and not read does neither', 'blindEditor', page, '/content/t', 403],
    ['a publisher sees the content', 'publisher', page, '/content', 200],
    ['a publisher gets no form', 'publisher', page, '/content/t', 403],
    ['who edits call-outs sees no page', 'calloutEditor', page, '/content', 403],
    ['who edits call-outs sees them', 'calloutEditor', callout, '/content', 200],
    ['and their previews', 'calloutEditor', callout, '/preview', 200],
  ];
  for (const [what, who, document, path, status] of rows) {
    it(what, async () => assert.equal((await people[who].get(`${document.base}${path}`)).status, status));
  }

  const posts: readonly (readonly [who: keyof typeof people, path: string, status: number])[] = [
    ['reader', '/content', 403],
    ['reader', '/undo', 403],
    ['reader', '/content/add', 403],
    ['reader', '/content/t', 403],
    ['reader', '/content/t/move', 403],
    ['reader', '/publish', 403],
    ['reader', '/unpublish', 403],
    ['reader', '/schedule', 403],
    ['reader', '/discard', 403],
    ['reader', '/restore', 403],
    ['reader', '/history/1', 403],
    ['author', '/publish', 403],
    ['author', '/unpublish', 403],
    ['author', '/schedule', 403],
    ['publisher', '/content', 403],
    ['publisher', '/discard', 403],
    ['publisher', '/history/1', 403],
  ];
  for (const [who, path, status] of posts) {
    it(`${who} gets ${status} for a form sent to ${path}`, async () => {
      const sent = await people[who].post(`${page.base}${path}`, {
        after: '0',
        do: 'delete:t',
        commit: '1',
        widget: 't',
      });
      assert.equal(sent.status, status);
    });
  }

  it('an author cannot publish an older version by asking for it', async () => {
    assert.equal((await author.post(`${page.base}/history/1`, { after: '0', do: 'publish' })).status, 403);
  });

  it('offers only what one may do', async () => {
    const seen = await reader.get(`${page.base}/content`);
    assert.deepEqual(formsWith(seen, 'Publish'), []);
    assert.doesNotMatch(seen.html, /name="do"|content\/add|>Edit</);
    const written = await author.get(`${page.base}/content`);
    assert.deepEqual(formsWith(written, 'Publish'), []);
    assert.match(written.html, /value="delete:t"/);
    const published = await publisher.get(`${page.base}/content`);
    assert.equal(formsWith(published, 'Publish').length, 1);
    assert.doesNotMatch(published.html, /value="delete:t"/);
  });

  it('says what one may not do with widgets of a type', async () => {
    const changer = await admin.person(['pages.read', 'pages.edit', '*:change']);
    const seen = await changer.get(`${page.base}/content`);
    assert.doesNotMatch(seen.html, /delete:t|duplicate:t|content\/add/);
    const sent = await changer.post(`${page.base}/content`, { after: '0', do: 'delete:t' });
    assert.match(saidBy(sent), /You may not delete widgets of the type “Text”/);
  });

  it('knows no document of nobody, of the bin, of another site, or that is not there', async () => {
    const orphan = await createDocument(widgy.documents, { start: { type: 'one-column' } }, trustedAuthor());
    const foreign = await createDocument(
      widgy.documents,
      { start: { type: 'one-column' }, owner: { type: 'page', id: 'elsewhere', field: 'body' } },
      trustedAuthor(),
    );
    const other = await createDocument(
      widgy.documents,
      { start: { type: 'one-column' }, owner: { type: 'boat', id: '1', field: 'body' } },
      trustedAuthor(),
    );
    const binned = await makePage(admin, 'Binned');
    const deleted = await deletePage(widgy.pages, binned.page.id, { seen: 1 }, trustedAuthor());
    const gone = await createCallout(callouts, { name: 'Gone' }, trustedAuthor());
    assert.ok(orphan.ok && foreign.ok && other.ok && deleted.ok && gone.ok);
    const off = await deleteCallout(callouts, gone.callout.id, { seen: 1 }, trustedAuthor());
    assert.ok(off.ok, JSON.stringify(off));
    const ids = [orphan.document, foreign.document, other.document, binned.document, gone.callout.document];
    for (const id of [...ids, 'nothing', '%00', '..']) {
      for (const path of ['/content', '/history', '/preview', '/content/root', '/compare?from=1']) {
        assert.equal((await ann.get(`/documents/${id}${path}`)).status, 404, `${id}${path}`);
      }
    }
  });
});

describe('what is sent by no form of ours', async () => {
  const page = await makePage(admin, '<script>alert("x")</script>', [
    text('t', '&lt;img src=x onerror=alert(1)&gt;'),
  ]);
  const rows: readonly (readonly [path: string, fields: Readonly<Record<string, string>>])[] = [
    ['/content', { after: '0', do: 'explode:t' }],
    ['/content', { after: '0', do: 'delete:root' }],
    ['/content', { after: '0', do: 'delete:__proto__' }],
    ['/content', { after: '0', do: 'up:t' }],
    ['/content', { after: '9', do: 'delete:t' }],
    ['/content', { after: '-1', do: 'delete:t' }],
    ['/content', {}],
    ['/undo', { change: '7' }],
    ['/undo', { change: 'x' }],
    ['/content/add', { parent: 'root', slot: 'main', after: '0', type: '__proto__' }],
    ['/content/add', { parent: 'root', slot: 'main', after: '0', type: 'text|__proto__|' }],
    ['/content/add', { parent: 'root', slot: 'nowhere', after: '0', type: 'text' }],
    ['/content/add', { parent: '../x', after: '0', type: 'text' }],
    ['/content/add', { parent: 'root', slot: 'main', before: 'nothing', after: '0', type: 'text' }],
    ['/content/add', { parent: 't', after: '0', type: 'text|section|' }],
    ['/content/t', { after: '0', 'fields.unknown': 'x' }],
    ['/content/t', { after: '0', 'fields.__proto__': 'x' }],
    ['/content/nothing', { after: '0' }],
    ['/content/root', { after: '0' }],
    ['/publish', { when: 'now' }],
    ['/publish', { after: '99', head: '4' }],
    ['/publish', { after: '0', pending: '5' }],
    ['/publish', { after: '0', note: 'x'.repeat(10_001) }],
    ['/schedule', { commit: '5', do: 'now' }],
    ['/schedule', {}],
    ['/unpublish', { head: '1' }],
    ['/discard', { after: '0', head: '1' }],
    ['/restore', { widget: 't', commit: '1' }],
    ['/history/1', { after: '0', do: 'draft' }],
    ['/history/x', { after: '0', do: 'publish' }],
  ];
  for (const [path, fields] of rows) {
    it(`${path} ${JSON.stringify(fields).slice(0, 80)}`, async () => {
      const sent = await ann.post(`${page.base}${path}`, fields);
      assert.ok(sent.status < 500, `${sent.status}`);
      assert.equal((await draftOf(widgy.documents, page.document)).sequence, 0);
      assert.doesNotMatch(sent.html, /<script>alert|<img src=x/);
    });
  }

  it('is escaped wherever it is shown', async () => {
    for (const path of [
      '/content',
      '/content/t',
      '/content/t/move',
      '/content/add?parent=root&slot=main',
      '/history',
    ]) {
      const { status, html } = await ann.get(`${page.base}${path}`);
      assert.equal(status, 200, path);
      assert.doesNotMatch(html, /<script>alert|<img src=x/, path);
      assert.doesNotMatch(html, /&amp;lt;script|&amp;quot;x/, path);
    }
  });
});
