import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createCallout } from '../../callouts/index.ts';
import { changeDraft, trustedAuthor } from '../../documents/index.ts';
import { isPlainObject, type PlainObject } from '../../tree/problems.ts';
import { createWidget, walk } from '../../tree/widget.ts';
import { testAdmin } from '../admin-fixture.ts';
import { draftOf, inColumn, makePage } from '../documents/documents-admin-fixture.ts';
import type { Person } from '../person-fixture.ts';
import { MAX_PREVIEW_PARTS } from './preview-parts.ts';

const admin = await testAdmin();
const { documents } = admin.widgy;
const ann = await admin.person('everything');

async function ask(path: string, person: Person = ann) {
  const answer = await admin.app.inject({ url: `/admin${path}`, headers: { cookie: person.cookie() } });
  const isJson = /json/.test(String(answer.headers['content-type']));
  const value: unknown = isJson ? JSON.parse(answer.body) : {};
  assert.ok(isPlainObject(value));
  return { status: answer.statusCode, headers: answer.headers, value };
}

/** The HTML of parts, by id. */
function htmlOf({ parts }: PlainObject): ReadonlyMap<string, string> {
  assert.ok(isPlainObject(parts));
  return new Map(
    Object.entries(parts).map(([id, part]) => {
      assert.ok(isPlainObject(part) && typeof part.html === 'string' && typeof part.ms === 'number');
      return [id, part.html];
    }),
  );
}

describe('parts of a preview', () => {
  it('are what the preview shows of each widget', async () => {
    const link = `widgy:page/${(await makePage(admin, 'Target')).page.id}`;
    const { base, document } = await makePage(admin, 'Page', [
      inColumn('h', 'heading', { text: 'One <two>' }),
      inColumn('s', 'section', {}, [
        createWidget({ id: 'b', type: 'button', fields: { text: 'Go', link } }),
        createWidget({ id: 't', type: 'text', fields: { text: '<p>Text</p>' } }),
      ]),
      inColumn('x', 'unsafe-html', { markup: '<p>Before</p><script>alert(1)</script><p>After</p>' }),
    ]);
    const { html } = await ann.get(`${base}/preview`);
    const { tree } = await draftOf(documents, document);
    const ids = Array.from(walk(tree.root), ({ id }) => id);
    assert.equal(ids.length, 6);
    const query = ids.map((id) => `widget=${id}`).join('&');
    const { status, headers, value } = await ask(`${base}/preview/parts?${query}`);
    assert.equal(status, 200);
    assert.equal(headers['cache-control'], 'no-store');
    assert.equal(headers['x-content-type-options'], 'nosniff');
    assert.deepEqual([value.sequence, value.missing], [0, []]);
    const parts = htmlOf(value);
    assert.deepEqual([...parts.keys()].sort(), ids.toSorted());
    for (const [id, part] of parts) assert.ok(html.includes(part), `${id}: ${part}`);
    assert.doesNotMatch(parts.get('x') ?? '', /<script/);
  });

  it('are of the draft as it is now, and say what is not in it', async () => {
    const { base, document } = await makePage(admin, 'Page', [inColumn('h', 'heading', { text: 'Old' })]);
    const { sequence: before } = (await ask(`${base}/preview/parts?widget=h`)).value;
    const set = { kind: 'set', id: 'h', fields: { text: 'New' }, unset: [] } as const;
    await changeDraft(documents, document, { after: 0, operations: [set] }, trustedAuthor());
    const { value } = await ask(`${base}/preview/parts?widget=h&widget=gone&widget=h&widget=__proto__`);
    assert.deepEqual([before, value.sequence, value.missing], [0, 1, ['gone', '__proto__']]);
    assert.match(htmlOf(value).get('h') ?? '', />New</);
    assert.deepEqual((await ask(`${base}/preview/parts`)).value, { sequence: 1, missing: [], parts: {} });
  });

  it('are at most so many at once', async () => {
    const { base } = await makePage(admin, 'Page');
    const query = (count: number) => Array.from({ length: count }, (_, at) => `widget=w${at}`).join('&');
    const most = await ask(`${base}/preview/parts?${query(MAX_PREVIEW_PARTS)}`);
    assert.equal(most.status, 200);
    const { status, value } = await ask(`${base}/preview/parts?${query(MAX_PREVIEW_PARTS + 1)}`);
    assert.equal(status, 400);
    assert.equal(value.code, 'invalid');
  });

  it('are there of call-outs too', async () => {
    const { callouts } = admin.widgy;
    assert.ok(callouts);
    const made = await createCallout(callouts, { name: 'News' }, trustedAuthor());
    assert.ok(made.ok && made.callout.document !== null);
    const { tree } = await draftOf(documents, made.callout.document);
    const { status, value } = await ask(
      `/documents/${made.callout.document}/preview/parts?widget=${tree.root.id}`,
    );
    assert.equal(status, 200);
    assert.match(htmlOf(value).get(tree.root.id) ?? '', /^<!--widgy /);
  });
});

describe('the costs of widgets', () => {
  it('are bytes by type and milliseconds by widget', async () => {
    const { base } = await makePage(admin, 'Page', [
      inColumn('h', 'heading', { text: 'Heading' }),
      inColumn('a', 'tabs', {}, [createWidget({ id: 'one', type: 'tab', fields: { title: 'One' } })]),
      inColumn('b', 'text', { text: '<p>Text</p>' }),
    ]);
    const { status, value } = await ask(`${base}/costs`);
    assert.equal(status, 200);
    const { types, ms, sequence } = value;
    assert.equal(sequence, 0);
    assert.ok(isPlainObject(types) && isPlainObject(ms));
    assert.deepEqual(Object.keys(types).sort(), ['heading', 'one-column', 'tab', 'tabs', 'text']);
    assert.ok(isPlainObject(types.heading) && Number(types.heading.style) > 10);
    assert.equal(types.heading.script, 0);
    const { tabs } = types;
    assert.ok(isPlainObject(tabs) && typeof tabs.style === 'number' && typeof tabs.script === 'number');
    assert.ok(tabs.style > 100 && tabs.style < 4_000, `${tabs.style}`);
    assert.ok(tabs.script > 100 && tabs.script < 4_000, `${tabs.script}`);
    for (const id of ['root', 'h', 'a', 'b']) assert.ok(Number(ms[id]) > 0, id);
  });

  it('are the same bytes each time', async () => {
    const { base } = await makePage(admin, 'Page', [inColumn('a', 'video')]);
    const first = (await ask(`${base}/costs`)).value;
    assert.deepEqual((await ask(`${base}/costs`)).value.types, first.types);
  });
});
