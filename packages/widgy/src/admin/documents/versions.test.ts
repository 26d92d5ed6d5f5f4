import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { changeDraft, commitDraft, trustedAuthor } from '../../documents/index.ts';
import { createWidget } from '../../tree/index.ts';
import { testAdmin } from '../admin-fixture.ts';
import { columnOf, inColumn, makePage, saidBy } from './documents-admin-fixture.ts';

const admin = await testAdmin();
const { widgy, clock } = admin;
const ann = await admin.person('everything', 'Ann');
const text = (id: string, words: string) => inColumn(id, 'text', { text: `<p>${words}</p>` });
const visit = async (path: string) =>
  await admin.app.inject({ url: path, headers: { host: 'harbour.example' } });

describe('what visitors see', () => {
  it('is scheduled, put off, cancelled, published, taken off and published again', async () => {
    const page = await makePage(admin, 'Later', [text('t', 'Spring')]);
    const shown = async () => (await visit('/later')).statusCode;
    let at = await ann.get(`${page.base}/content`);
    for (const when of ['', 'never', '1999-01-01T00:00', '99999-01-01T00:00']) {
      const refused = await ann.press(at, 'Publish', { when: 'later', at: when, note: 'Kept' });
      assert.equal(refused.status, 422, when);
      assert.match(saidBy(refused), /still to come/);
      assert.match(refused.html, /Kept<\/textarea>/);
    }
    at = await ann.press(at, 'Publish', { when: 'later', at: '2026-09-21T15:00' });
    assert.match(saidBy(at), /21 September 2026 at 15:00 UTC/);
    assert.equal(await shown(), 404);
    at = await ann.press(at, 'Save the time of version 1', { at: '2026-09-22T15:00' });
    assert.match(saidBy(at), /22 September 2026/);
    at = await ann.press(at, 'Cancel it: version 1');
    assert.match(saidBy(at), /cancelled/);
    at = await ann.press(at, 'Publish', { when: 'later', at: '2026-09-21T15:00' });
    clock.now = Date.UTC(2026, 8, 21, 15);
    assert.equal(await shown(), 200);
    at = await ann.get(`${page.base}/content`);
    at = await ann.press(at, 'Unpublish');
    assert.equal(await shown(), 404);
    assert.match(at.text, /Taken off the site/);
    at = await ann.press(at, 'Publish');
    assert.equal(await shown(), 200);
    assert.match((await ann.get(`${page.base}/history`)).text, /Version 3.* Taken off the site.* Version 1/);
  });

  it('is what the draft can go back to, and that can be taken back', async () => {
    const page = await makePage(admin, 'Back', [text('t', 'Old')]);
    await ann.press(await ann.get(`${page.base}/content`), 'Publish');
    await ann.press(await ann.get(`${page.base}/content/t`), 'Save', { 'fields.text': '<p>New</p>' });
    const told = await ann.press(await ann.get(`${page.base}/content`), 'Discard the changes');
    assert.match(saidBy(told), /discarded/);
    assert.match(told.text, /Text Old/);
    assert.match((await ann.press(told, 'Undo')).text, /Text New/);
  });

  it('is shown by previews that can do nothing', async () => {
    const page = await makePage(admin, 'Preview', [text('t', 'Old')]);
    await ann.press(await ann.get(`${page.base}/content`), 'Publish');
    await ann.press(await ann.get(`${page.base}/content/t`), 'Save', { 'fields.text': '<p>New</p>' });
    const draft = await ann.get(`${page.base}/preview`);
    assert.match(draft.html, /<p>New<\/p>/);
    const policy = String(draft.headers['content-security-policy']);
    assert.match(policy, /frame-ancestors 'self'; sandbox allow-same-origin$/);
    assert.equal(draft.headers['cache-control'], 'no-store');
    assert.match((await ann.get(`${page.base}/preview?version=1`)).html, /<p>Old<\/p>/);
    for (const version of ['2', '-1', 'x', '1e3', '99999999999999999999'])
      assert.equal((await ann.get(`${page.base}/preview?version=${version}`)).status, 404, version);
  });
});

describe('the history of a page', () => {
  /** A page with a version of three texts, and a draft in which one changed, one went, one came and one moved. */
  async function changedPage(title: string) {
    const page = await makePage(admin, title, [
      text('a', 'From April on'),
      text('b', 'Gone'),
      text('c', 'C'),
    ]);
    await ann.press(await ann.get(`${page.base}/content`), 'Publish');
    const done = await changeDraft(
      widgy.documents,
      page.document,
      {
        after: 0,
        operations: [
          { kind: 'set', id: 'a', fields: { text: '<p>From May on</p>' }, unset: [] },
          { kind: 'remove', id: 'b' },
          {
            kind: 'insert',
            widget: createWidget({ id: 'n', type: 'heading', fields: { text: '<New>' } }),
            at: { parent: 'root', slot: 'main' },
          },
          { kind: 'move', id: 'c', to: { parent: 'root', slot: 'main', before: 'a' } },
        ],
      },
      trustedAuthor(),
    );
    assert.ok(done.ok, JSON.stringify(done));
    return page;
  }

  it('says what is different, by widget and by word', async () => {
    const page = await changedPage('Different');
    const { html, text: said } = await ann.get(`${page.base}/compare?from=1&to=draft`);
    assert.match(html, /From <del>April<\/del> on/);
    assert.match(html, /From <ins>May<\/ins> on/);
    assert.match(said, /Added Heading “<New>”\s*in One column, Main, after Text “From May on”/);
    assert.match(said, /Removed Text “Gone”\s*It stood in One column, Main, after Text “From April on”/);
    assert.match(said, /Moved Text “(C|From May on)”/);
    assert.match((await ann.get(`${page.base}/compare?from=draft&to=draft`)).text, /Nothing is different/);
    for (const query of ['', '?from=', '?from=2&to=draft', '?from=1&to=x'])
      assert.equal((await ann.get(`${page.base}/compare${query}`)).status, 404, query);
  });

  it('brings one widget back', async () => {
    const page = await changedPage('One widget');
    const compared = await ann.get(`${page.base}/compare?from=1&to=draft`);
    const told = await ann.press(compared, 'Restore Text “Gone”');
    assert.match(saidBy(told), /Text “Gone” is as version 1 has it/);
    assert.ok((await columnOf(admin, page)).includes('b'));
    const refused = await ann.post(`${page.base}/restore`, { widget: 'nothing', commit: '1' });
    assert.match(saidBy(refused), /It was not brought back/);
  });

  it('brings a version back into the draft', async () => {
    const page = await changedPage('Into the draft');
    const told = await ann.press(await ann.get(`${page.base}/history/1`), 'Put it into the draft');
    assert.match(saidBy(told), /The draft is what version 1 has/);
    assert.deepEqual(await columnOf(admin, page), ['a', 'b', 'c']);
    assert.deepEqual((await ann.press(told, 'Undo')).status, 200);
    assert.deepEqual([...(await columnOf(admin, page))].sort(), ['a', 'c', 'n']);
  });

  it('publishes an older version again', async () => {
    const page = await changedPage('Again');
    await ann.press(await ann.get(`${page.base}/content`), 'Publish');
    const told = await ann.press(await ann.get(`${page.base}/history/1`), 'Publish it again');
    assert.match(saidBy(told), /Version 1 was published again, as version 3/);
    assert.match(told.text, /Version 3 Back to version 1/);
    assert.match((await visit('/again')).body, /From April on/);
  });

  it('is shown in parts', async () => {
    const page = await makePage(admin, 'Parts', [text('t', 'T')]);
    for (let number = 0; number < 32; number++) {
      const operations = [{ kind: 'set', id: 't', fields: { text: `<p>${number}</p>` }, unset: [] } as const];
      const done = await changeDraft(
        widgy.documents,
        page.document,
        { after: number, operations },
        trustedAuthor(),
      );
      assert.ok(done.ok);
      assert.ok(
        (await commitDraft(widgy.documents, page.document, { after: number + 1 }, trustedAuthor())).ok,
      );
    }
    const first = await ann.get(`${page.base}/history`);
    const older = first.links.find(({ text: label }) => label === 'Older versions');
    assert.ok(older);
    const second = await ann.get(older.href);
    assert.deepEqual(
      [first, second].map(({ text: said }) => (said.match(/Version \d+/g) ?? []).length),
      [30, 2],
    );
  });
});
