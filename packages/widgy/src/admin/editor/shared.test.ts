import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createCallout, deleteCallout } from '../../callouts/index.ts';
import { trustedAuthor } from '../../documents/index.ts';
import { isPlainObject, type PlainObject } from '../../tree/problems.ts';
import { testAdmin } from '../admin-fixture.ts';
import { draftOf, inColumn, makePage, type TestDocument } from '../documents/documents-admin-fixture.ts';
import type { AdminPage, Person } from '../person-fixture.ts';
import { publish, putWidget } from '../uses-fixture.ts';
import { MAX_SHARED_ASKED } from './shared.ts';

const admin = await testAdmin();
const { widgy } = admin;
const ann = await admin.person('everything', 'Ann');
const everyType = ['pages.read', 'pages.edit', 'heading:add', 'callout-body:add'];

function jsonOf({ html }: AdminPage): PlainObject {
  const value: unknown = JSON.parse(html);
  assert.ok(isPlainObject(value), html);
  return value;
}

const hours = (id: string) => inColumn(id, 'heading', { text: 'Opening hours', level: 'h2' });
const share = (person: Person, { base }: TestDocument, fields: Record<string, string | readonly string[]>) =>
  person.post(`${base}/shared`, fields);

async function made(name: string) {
  assert.ok(widgy.callouts);
  const answer = await createCallout(widgy.callouts, { name }, trustedAuthor());
  assert.ok(answer.ok && answer.callout.document !== null);
  return { ...answer.callout, document: answer.callout.document };
}

describe('making widgets of a draft shared', () => {
  it('makes a call-out that shows the same, once, and leaves the draft alone', async () => {
    const page = await makePage(admin, 'Harbour', [
      hours('a'),
      inColumn('b', 'text', { text: '<p>Daily.</p>' }),
    ]);
    const before = await draftOf(widgy.documents, page.document);
    const fields = { id: 'hours', name: 'Hours', widget: ['a', 'b'] };
    for (let sent = 0; sent < 2; sent += 1) {
      const answer = await share(ann, page, fields);
      assert.equal(answer.status, 200, answer.html);
      const { id, name, uses, isShown, editor } = jsonOf(answer);
      assert.deepEqual([id, name, uses, isShown], ['hours', 'Hours', 0, true]);
      assert.match(String(editor), /^\/admin\/documents\/[\w-]+\/editor$/);
      assert.equal((await ann.get(String(editor))).status, 200);
    }
    assert.deepEqual(await draftOf(widgy.documents, page.document), before);
    const { tree } = jsonOf(await ann.get(`${page.base}/shared/hours`));
    const text = JSON.stringify(tree);
    assert.match(text, /Opening hours.*Daily/);
    assert.doesNotMatch(text, /"id":"[ab]"/);
  });

  it('copies a widget once that is named often', async () => {
    const page = await makePage(admin, 'Often', [hours('a')]);
    const often = Array.from({ length: 3 }, () => 'a');
    assert.equal((await share(ann, page, { id: 'often', name: 'Often', widget: often })).status, 200);
    const { tree } = jsonOf(await ann.get(`${page.base}/shared/often`));
    assert.equal(JSON.stringify(tree).match(/Opening hours/g)?.length, 1);
  });

  it('says why not', async () => {
    const section = inColumn('s', 'section', { anchor: 's' });
    const page = await makePage(admin, 'Refused', [hours('a'), section]);
    await made('Taken');
    for (const [fields, status, code] of [
      [{ id: 'x1', name: 'Taken', widget: 'a' }, 409, 'name-taken'],
      [{ id: 'x1', name: ' ', widget: 'a' }, 409, 'name-invalid'],
      [{ id: 'x1', name: 'New', widget: 's' }, 409, 'tree-invalid'],
      [{ id: 'x1', name: 'New', widget: ['a', 'gone'] }, 404, 'widget-missing'],
      [{ id: 'x1', name: 'New' }, 404, 'widget-missing'],
      [{ id: 'a/b', name: 'New', widget: 'a' }, 400, 'invalid'],
    ] as const) {
      const answer = await share(ann, page, fields);
      const problem = jsonOf(answer);
      assert.deepEqual([answer.status, problem.code], [status, code]);
      assert.match(String(problem.detail), /\w/);
    }
  });

  it('is for those who may edit call-outs and add what is in it', async () => {
    const page = await makePage(admin, 'Rights', [hours('a')]);
    const fields = { id: 'y1', name: 'Mine', widget: 'a' };
    for (const [permissions, code] of [
      [['pages.read', 'pages.edit', 'heading:add'], 'forbidden'],
      [['pages.read', 'pages.edit', 'callouts.edit'], 'not-permitted'],
      [[...everyType, 'callouts.edit'], undefined],
    ] as const) {
      const answer = await share(await admin.person(permissions), page, fields);
      assert.equal(jsonOf(answer).code, code, answer.html);
    }
    // Nobody is asked for in the name of another: a form proves who it was shown to.
    const bob = await admin.person('everything', 'Bob');
    const editor = await ann.get(`${page.base}/editor`);
    const token = /name="_csrf" value="([^"]+)"/.exec(editor.html)?.[1] ?? assert.fail('no token');
    const payload = new URLSearchParams({ ...fields, id: 'y2', name: 'His', _csrf: token }).toString();
    for (const [person, status] of [
      [bob, 403],
      [ann, 200],
    ] as const) {
      const { statusCode } = await admin.app.inject({
        method: 'POST',
        url: `/admin${page.base}/shared`,
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          'sec-fetch-site': 'same-origin',
          cookie: person.cookie(),
        },
        payload,
      });
      assert.equal(statusCode, status);
    }
  });
});

describe('what is told of call-outs', () => {
  it('is how often they are used, and where', async () => {
    const news = await made('News');
    const fields = { callout: `widgy:callout/${news.id}` };
    const [one, two] = [await makePage(admin, 'One'), await makePage(admin, 'Two')];
    for (const { document } of [one, two]) await putWidget(widgy, document, 'callout', fields);
    const asked = `${one.base}/shared?callout=${news.id}&callout=none`;
    const editor = `/admin/documents/${news.document}/editor`;
    const told = { name: 'News', uses: 2, isShown: false, editor };
    assert.deepEqual(jsonOf(await ann.get(asked)), { callouts: { [news.id]: told } });
    await publish(widgy, news.document);
    const details = jsonOf(await ann.get(`${one.base}/shared/${news.id}`));
    const { places, tree, ...rest } = details;
    assert.deepEqual(rest, { ...told, isShown: true });
    assert.deepEqual(places, [
      { name: 'One', address: '/one', url: `/admin${one.base}/editor` },
      { name: 'Two', address: '/two', url: `/admin${two.base}/editor` },
    ]);
    assert.ok(isPlainObject(tree) && tree.type === 'callout-body');
  });

  it('is no draft and no address of an editor to those who may not edit call-outs', async () => {
    const secret = await made('Secret');
    const page = await makePage(admin, 'Reader');
    await putWidget(widgy, secret.document, 'text', { text: '<p>Hidden</p>' });
    const rita = await admin.person(['pages.read'], 'Rita');
    const asked = `${page.base}/shared/${secret.id}`;
    const { editor, tree } = jsonOf(await rita.get(asked));
    assert.deepEqual([editor, tree], [null, null]);
    assert.match((await ann.get(asked)).html, /Hidden/);
    await publish(widgy, secret.document);
    assert.match((await rita.get(asked)).html, /Hidden/);
  });

  it('is nothing of those in the bin', async () => {
    const old = await made('Old');
    const page = await makePage(admin, 'Bin');
    assert.ok(widgy.callouts);
    assert.ok((await deleteCallout(widgy.callouts, old.id, { seen: 1 }, trustedAuthor())).ok);
    assert.deepEqual(jsonOf(await ann.get(`${page.base}/shared?callout=${old.id}`)), { callouts: {} });
    assert.equal((await ann.get(`${page.base}/shared/${old.id}`)).status, 404);
  });

  it('takes so many statements, however many there are, and no more than so many are asked for', async () => {
    const page = await makePage(admin, 'Many');
    const ids: string[] = [];
    for (const name of ['Many one', 'Many two', 'Many three']) ids.push((await made(name)).id);
    const ask = (some: readonly string[]) => () =>
      ann.get(
        `${page.base}/shared?${new URLSearchParams(some.map((id): [string, string] => ['callout', id]))}`,
      );
    const none = await admin.statements(ask([]));
    assert.equal((await admin.statements(ask(ids.slice(0, 1)))) - none, 3);
    assert.equal((await admin.statements(ask(ids))) - none, 3);
    const many = Array.from({ length: MAX_SHARED_ASKED + 1 }, (_, at) => `c${at}`);
    assert.equal((await ask(many)()).status, 400);
  });
});
