import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { DomUtils, parseDocument } from 'htmlparser2';
import { changeProfile, readUser } from '../../accounts/index.ts';
import { createCallout } from '../../callouts/index.ts';
import { changeDraft, commitDraft, trustedAuthor } from '../../documents/index.ts';
import { EDITOR_DATA_ID, EDITOR_ID } from '../../editor/server/editor-data.ts';
import { formatTree, parseTree } from '../../tree/index.ts';
import { isPlainObject, type PlainObject } from '../../tree/problems.ts';
import { testAdmin } from '../admin-fixture.ts';
import { draftOf, inColumn, makePage } from '../documents/documents-admin-fixture.ts';
import type { AdminPage, Person } from '../person-fixture.ts';
import { jsonInPage } from './json-in-page.ts';

const admin = await testAdmin();
const { documents } = admin.widgy;
const ann = await admin.person('everything', 'Ann');

function elementOf({ html }: AdminPage, id: string) {
  return DomUtils.getElementById(id, parseDocument(html)) ?? assert.fail(`no element is called "${id}"`);
}

/** What the page of the editor begins with. */
function dataOf(page: AdminPage): PlainObject {
  assert.equal(page.status, 200, page.text);
  return parsed(DomUtils.textContent(elementOf(page, EDITOR_DATA_ID)));
}

function parsed(text: string): PlainObject {
  const value: unknown = JSON.parse(text);
  assert.ok(isPlainObject(value));
  return value;
}

async function openEditor(base: string, person: Person = ann): Promise<PlainObject> {
  return dataOf(await person.get(`${base}/editor`));
}

describe('the page of the editor', () => {
  it('has the draft, as the server has it, whatever is written in it', async () => {
    const text = 'He wrote </script><script>alert(1)</script> and <!-- <script> \u2028 "it"';
    const { document, base } = await makePage(admin, 'Harbour', [
      inColumn('w1', 'text', { text: `<p>${text}</p>` }),
    ]);
    await changeDraft(
      documents,
      document,
      {
        after: 0,
        operations: [{ kind: 'set', id: 'w1', fields: { text: `<p>New ${text}</p>` }, unset: [] }],
      },
      trustedAuthor(),
    );
    const page = await ann.get(`${base}/editor`);
    const data = dataOf(page);
    const draft = await draftOf(documents, document);
    const tree = parseTree(data.tree);
    assert.ok(tree.ok);
    assert.equal(formatTree(tree.value), formatTree(draft.tree));
    assert.equal(data.sequence, 1);
    assert.equal(data.document, document);
    // Nothing of the data became an element.
    const scripts = DomUtils.getElementsByTagName('script', parseDocument(page.html));
    const inline = scripts.filter(({ attribs }) => attribs.src === undefined);
    assert.deepEqual(
      inline.map(({ attribs }) => attribs.id),
      [EDITOR_DATA_ID],
    );
  });

  it('has the types and limits that the API gives to the same person', async () => {
    const { base } = await makePage(admin, 'Types');
    const limited = await admin.person(['pages.read', 'pages.edit', 'text:add', 'text:change']);
    for (const person of [ann, limited]) {
      const { types, limits } = await openEditor(base, person);
      const { body } = await admin.app.inject({
        url: '/api/widgy/site',
        headers: { cookie: person.cookie() },
      });
      assert.deepEqual({ types, limits }, JSON.parse(body));
    }
  });

  it('says who edits what, and what they may do', async () => {
    const { base, document } = await makePage(admin, 'Harbour <1>');
    const reader = await admin.person(['pages.read'], 'Rita');
    const editor = await admin.person(['pages.read', 'pages.edit'], 'Ed');
    const rights: readonly (readonly [Person, boolean, boolean])[] = [
      [reader, false, false],
      [editor, true, false],
      [ann, true, true],
    ];
    for (const [person, mayEdit, mayPublish] of rights) {
      const data = await openEditor(base, person);
      assert.equal(data.mayEdit, mayEdit);
      assert.equal(data.mayPublish, mayPublish);
      assert.ok(isPlainObject(data.me));
      assert.equal(data.me.id, person.id);
    }
    const { page, state, me, api, admin: adminUrl } = await openEditor(base);
    assert.ok(isPlainObject(page) && isPlainObject(state));
    assert.deepEqual(
      { api, admin: adminUrl, me },
      {
        api: '/api/widgy',
        admin: '/admin',
        me: { id: ann.id, name: 'Ann', language: null },
      },
    );
    assert.equal(page.kind, 'page');
    assert.equal(page.title, 'Harbour <1>');
    assert.equal(page.address, '/harbour-1');
    assert.equal(page.isShown, false);
    assert.deepEqual([state.head, state.hasChanges, state.live], [null, true, null]);
    await commitDraft(documents, document, { after: 0 }, trustedAuthor());
    const shown = await openEditor(base);
    assert.ok(isPlainObject(shown.page) && isPlainObject(shown.state) && isPlainObject(shown.page.urls));
    assert.deepEqual([shown.page.isShown, shown.state.live, shown.state.hasChanges], [true, 1, false]);
    assert.equal(shown.page.urls.view, '/harbour-1');
  });

  it('is in the language that its reader chose, or else in the one that their browser asks for', async () => {
    const { base } = await makePage(admin, 'Languages');
    const { accounts } = admin.widgy;
    const person = await admin.person('everything', 'Dora');
    for (const [chosen, accepted, spoken, told] of [
      [null, undefined, 'en', null],
      [null, 'fr, de-AT;q=0.8, en;q=0.5', 'de', null],
      ['de', 'en', 'de', 'de'],
      ['de-CH', 'en', 'de', 'de'],
      ['pt-BR', 'de', 'de', null],
    ] as const) {
      const seen = (await readUser(accounts, person.id))?.revision ?? 0;
      assert.ok((await changeProfile(accounts, person.id, { seen, language: chosen })).ok);
      const { body } = await admin.app.inject({
        url: `/admin${base}/editor`,
        headers: { cookie: person.cookie(), ...(accepted && { 'accept-language': accepted }) },
      });
      const dom = parseDocument(body);
      const data = DomUtils.getElementById(EDITOR_DATA_ID, dom);
      const { me } = parsed(data === null ? '' : DomUtils.textContent(data));
      assert.ok(isPlainObject(me));
      const [page] = DomUtils.getElementsByTagName('html', dom);
      assert.deepEqual([page?.attribs.lang, me.language], [spoken, told], `${chosen} ${accepted}`);
    }
  });

  it('names addresses that are all there', async () => {
    const { base, document } = await makePage(admin, 'Addresses');
    await commitDraft(documents, document, { after: 0 }, trustedAuthor());
    const callout = await createCallout(calloutsOf(), { name: 'News' }, trustedAuthor());
    assert.ok(callout.ok);
    for (const path of [base, `/documents/${callout.callout.document}`]) {
      const { page } = await openEditor(path);
      assert.ok(isPlainObject(page) && isPlainObject(page.urls));
      for (const [name, url] of Object.entries(page.urls)) {
        if (url === null) continue;
        assert.ok(typeof url === 'string');
        const query = name === 'compare' ? '?from=1&to=draft' : '';
        const isComparable = name !== 'compare' || path === base;
        const { statusCode } = await admin.app.inject({
          url: `${url.replace(/#.*/, '')}${query}`,
          headers: { cookie: ann.cookie() },
        });
        if (isComparable) assert.equal(statusCode, 200, `${name} ${url}`);
      }
    }
  });

  it('names what is linked to', async () => {
    const target = await makePage(admin, 'Opening hours');
    const link = `widgy:page/${target.page.id}`;
    const { base } = await makePage(admin, 'Links', [inColumn('w1', 'button', { text: 'Go', link })]);
    const { referenceLabels } = await openEditor(base);
    assert.deepEqual(referenceLabels, { [link]: 'Opening hours' });
  });

  it('has a place for the editor, a nonce for it, and a way for those without scripts', async () => {
    const { base } = await makePage(admin, 'Place');
    const page = await ann.get(`${base}/editor`);
    const policy = String(page.headers['content-security-policy']);
    const { nonce } = elementOf(page, EDITOR_DATA_ID).attribs;
    assert.ok(nonce !== undefined && nonce !== '' && policy.includes(`'nonce-${nonce}'`), policy);
    assert.equal(elementOf(page, EDITOR_ID).attribs['aria-busy'], 'true');
    const dom = parseDocument(page.html);
    const [without] = DomUtils.getElementsByTagName('noscript', dom);
    assert.ok(without);
    const [way] = DomUtils.getElementsByTagName('a', without);
    assert.equal(way?.attribs.href, `/admin${base}/content`);
    assert.equal(page.headers['cache-control'], 'no-store');
  });

  it('is linked to from the content', async () => {
    const { base } = await makePage(admin, 'Way in');
    const { links } = await ann.get(`${base}/content`);
    const [open] = links.filter(({ text }) => text === 'Open the editor');
    assert.equal(open?.href, `/admin${base}/editor`);
  });

  it('costs as many statements for a large draft as for a small one', async () => {
    const one = await makePage(admin, 'One', [inColumn('w1', 'text', { text: 'One' })]);
    const many = await makePage(
      admin,
      'Many',
      Array.from({ length: 200 }, (_, at) => inColumn(`w${at}`, 'text', { text: `Text ${at}` })),
    );
    // What is read for the first time is remembered.
    for (const { base } of [one, many]) await openEditor(base);
    const few = await admin.statements(() => openEditor(one.base));
    assert.equal(await admin.statements(() => openEditor(many.base)), few);
    assert.ok(few < 12, `${few}`);
  });
});

describe('JSON in a page', () => {
  it('is the same value, and has nothing that ends or nests the element', () => {
    for (const value of [
      '</script>',
      '</SCRIPT x>',
      '<!--<script>',
      '\u2028',
      { '<': ['&lt;', '\\u003c'] },
    ]) {
      const text = `${jsonInPage(value)}`;
      assert.deepEqual(JSON.parse(text), value);
      assert.ok(!text.includes('<'), text);
    }
  });
});

function calloutsOf() {
  return admin.widgy.callouts ?? assert.fail('the site has call-outs');
}
