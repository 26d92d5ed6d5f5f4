import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { sql } from 'kysely';
import { z } from 'zod';
import { createRenderer } from '../rendering/renderer.ts';
import { isId } from '../tree/widget.ts';
import { defineWidget } from '../widgets/define-widget.ts';
import { defineSite } from '../widgets/site.ts';
import { siteFolder } from '../widgets/site-fixture.ts';
import { expectStatus, makePage, type TestUser, testApi } from './api-fixture.ts';
import { listIn, objectIn } from './checked-fixture.ts';
import { FORM_POLICY, type Forms, formsWith } from './forms.ts';

/** The types of a widget and of all below it, from an answer. */
function outline(widget: unknown): string {
  const { type, children } = objectIn(widget);
  return children === undefined || listIn(children).length === 0
    ? String(type)
    : `${type}(${listIn(children).map(outline).join(' ')})`;
}

const add = (type: string, parent: string) => ({ kind: 'add', type, at: { parent } });

describe('adding a widget of a type', () => {
  it('is done as an insert with its defaults and new ids', async () => {
    const { ask } = await testApi();
    const page = await makePage({ ask }, 'page');
    const body = { after: 0, operations: [add('slideshow', 'box'), add('text', 'box')] };
    const { sequence, operations } = expectStatus(await ask(`POST ${page}/changes`, { body }), 200);
    assert.equal(sequence, 1);
    const [slideshow, text] = listIn(operations).map(objectIn);
    assert.deepEqual([slideshow?.kind, text?.kind], ['insert', 'insert']);
    assert.deepEqual([slideshow?.widget, text?.widget].map(outline), ['slideshow(slide slide)', 'text']);
    assert.ok(isId(objectIn(slideshow?.widget).id));
    const box = expectStatus(await ask(`GET ${page}/versions/draft/widgets/box`), 200);
    assert.equal(outline(box), 'box(slideshow(slide slide) text)');
  });

  it('is refused with the rule and the wrapper that would do', async () => {
    const { ask } = await testApi();
    const page = await makePage({ ask }, 'page');
    const body = { after: 0, operations: [add('text', 'root'), add('slide', 'box')] };
    const problem = expectStatus(await ask(`POST ${page}/changes`, { body }), 409, 'operation-refused');
    assert.equal(problem.index, 1);
    const refusal = objectIn(problem.refusal);
    assert.deepEqual(
      [
        refusal.code,
        objectIn(refusal.parent).label,
        objectIn(refusal.child).label,
        objectIn(refusal.wrapper).type,
      ],
      ['child-refuses', 'Box', 'Slide', 'slideshow'],
    );
    const state = expectStatus(await ask(`GET ${page}`), 200);
    assert.equal(state.sequence, 0);
  });
});

describe('a request with a key', () => {
  it('is done once, however often it is sent, ids that the server makes included', async () => {
    const { ask } = await testApi();
    const page = await makePage({ ask }, 'page');
    const body = { after: 0, operations: [add('slideshow', 'box')] };
    const headers = { 'idempotency-key': 'k 1' };
    const answers = [];
    for (let time = 0; time < 3; time++) answers.push(await ask(`POST ${page}/changes`, { body, headers }));
    assert.equal(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size, 1);
    const other = { after: 0, operations: [add('text', 'box')] };
    expectStatus(await ask(`POST ${page}/changes`, { body: other, headers }), 409, 'key-reused');
    const box = expectStatus(await ask(`GET ${page}/versions/draft/widgets/box`), 200);
    assert.equal(outline(box), 'box(slideshow(slide slide))');
    const commit = { body: { after: 1 }, headers };
    const made = await ask(`POST ${page}/commits`, commit);
    assert.deepEqual(expectStatus(made, 201), { commit: 1 });
    assert.deepEqual(expectStatus(await ask(`POST ${page}/commits`, commit), 201), { commit: 1 });
  });

  it('makes the same ids for no other request', async () => {
    const { ask } = await testApi();
    const page = await makePage({ ask }, 'page');
    const ids = new Set<unknown>();
    for (const key of ['k1', 'k2']) {
      const body = { after: 0, operations: [add('text', 'box'), add('text', 'box')] };
      const answer = await ask(`POST ${page}/changes`, { body, headers: { 'idempotency-key': key } });
      for (const operation of listIn(expectStatus(answer, 200).operations)) {
        ids.add(objectIn(objectIn(operation).widget).id);
      }
    }
    assert.equal(ids.size, 4);
  });
});

describe('two people', () => {
  const set = (a: string) => ({ after: 0, operations: [{ kind: 'set', id: 'one', fields: { a } }] });

  it('who set one field are told of both values', async () => {
    const { ask } = await testApi();
    const page = await makePage({ ask }, 'page');
    expectStatus(await ask(`POST ${page}/changes`, { body: set('of ann') }), 200);
    const answer = await ask(`POST ${page}/changes`, { body: set('of bob'), user: 'bob' });
    const problem = expectStatus(answer, 409, 'conflict');
    assert.deepEqual([problem.index, problem.sequence], [0, 1]);
    assert.deepEqual(objectIn(problem.conflict).fields, [
      { name: 'a', base: 'x', mine: 'of bob', theirs: 'of ann' },
    ]);
  });

  it('who do different things both have them done, and read what the other did', async () => {
    const { ask } = await testApi();
    const page = await makePage({ ask }, 'page');
    expectStatus(await ask(`POST ${page}/changes`, { body: set('of ann') }), 200);
    const body = {
      after: 0,
      operations: [{ kind: 'move', id: 'box', to: { parent: 'root', before: 'one' } }],
    };
    expectStatus(await ask(`POST ${page}/changes`, { body, user: 'bob' }), 200);
    const { sequence, changes } = expectStatus(await ask(`GET ${page}/changes?after=0`), 200);
    assert.equal(sequence, 2);
    assert.deepEqual(
      listIn(changes).map((change) => [
        objectIn(change).sequence,
        objectIn(change).author,
        objectIn(change).kind,
      ]),
      [
        [1, 'ann', 'edit'],
        [2, 'bob', 'edit'],
      ],
    );
    assert.deepEqual(expectStatus(await ask(`GET ${page}/changes?after=2`), 200), {
      sequence: 2,
      changes: [],
    });
  });
});

describe('catching up', () => {
  it('goes page by page, and says where the log begins', async () => {
    const { ask } = await testApi();
    const page = await makePage({ ask }, 'page');
    for (let after = 0; after < 1200; after++) {
      const body = { after, operations: [{ kind: 'set', id: 'one', fields: { a: after } }] };
      expectStatus(await ask(`POST ${page}/changes`, { body }), 200);
    }
    const gone = expectStatus(await ask(`GET ${page}/changes?after=0`), 409, 'log-gone');
    assert.deepEqual([gone.sequence, gone.oldest], [1200, 200]);
    const got: unknown[] = [];
    for (let after = 200; after < 1200; ) {
      const { changes } = expectStatus(await ask(`GET ${page}/changes?after=${after}`), 200);
      assert.equal(listIn(changes).length, 200);
      got.push(...listIn(changes).map((change) => objectIn(change).sequence));
      after += 200;
    }
    assert.deepEqual(
      got,
      Array.from({ length: 1000 }, (_, at) => 201 + at),
    );
  });
});

describe('trees', () => {
  it('are sent once to who has them', async () => {
    const { ask } = await testApi();
    const page = await makePage({ ask }, 'page');
    expectStatus(await ask(`POST ${page}/commits`, { body: { after: 0 } }), 201);
    for (const path of ['/versions/1/tree', '/versions/draft/tree', '/versions/1/widgets/one']) {
      const { headers, text } = await ask(`GET ${page}${path}`);
      const etag = String(headers.etag);
      assert.match(etag, /^"[0-9a-f]{64}"$/);
      for (const tags of [etag, `W/${etag}`, `"x", ${etag}`, '*']) {
        const again = await ask(`GET ${page}${path}`, { headers: { 'if-none-match': tags } });
        assert.deepEqual([again.status, again.text, again.headers.etag], [304, '', etag]);
        assert.equal(again.headers['cache-control'], headers['cache-control']);
      }
      const other = await ask(`GET ${page}${path}`, { headers: { 'if-none-match': '"x"' } });
      assert.deepEqual([other.status, other.text], [200, text]);
      const head = await ask(`HEAD ${page}${path}`);
      assert.deepEqual([head.status, head.text, head.headers.etag], [200, '', etag]);
    }
    const tree = await ask(`GET ${page}/versions/draft/tree`);
    assert.equal(tree.headers['widgy-sequence'], '0');
    assert.equal((await ask(`GET ${page}/versions/1/tree`)).headers['widgy-sequence'], undefined);
    const state = expectStatus(await ask(`GET ${page}`), 200);
    assert.equal(tree.headers.etag, `"${state.hash}"`);
    expectStatus(
      await ask(`GET ${page}/versions/2/tree`, { headers: { 'if-none-match': '*' } }),
      404,
      'commit-missing',
    );
  });
});

describe('the life of a document', () => {
  it('goes on through commits, schedules, reverts and withdrawals', async () => {
    let now = 1000;
    const { ask } = await testApi({ documents: { now: () => now } });
    const page = await makePage({ ask }, 'page');
    const post = async (path: string, body: unknown, status: number) =>
      expectStatus(await ask(`POST ${page}${path}`, { body }), status);
    const status = async () => {
      const { commits } = expectStatus(await ask(`GET ${page}/commits`), 200);
      return listIn(commits).map((commit) => `${objectIn(commit).number} ${objectIn(commit).status}`);
    };
    const change = (after: number) =>
      post('/changes', { after, operations: [{ kind: 'set', id: 'one', fields: { a: after } }] }, 200);

    await post('/commits', { after: 0, message: 'one' }, 201);
    await change(0);
    await post('/commits', { after: 1, publishAt: 2000 }, 201);
    assert.deepEqual(await status(), ['2 scheduled', '1 live']);
    const moved = await ask(`PUT ${page}/commits/2/publish-at`, { body: { publishAt: 3000, seen: 2000 } });
    const late = await ask(`PUT ${page}/commits/2/publish-at`, { body: { publishAt: null, seen: 2000 } });
    assert.equal(expectStatus(late, 409, 'stale').publishAt, 3000);
    assert.equal(expectStatus(moved, 200).publishAt, 3000);
    now = 3000;
    assert.deepEqual(await status(), ['2 live', '1 past']);
    await change(1);
    const refused = await ask(`POST ${page}/commits/1/revert`, { body: { after: 2 } });
    expectStatus(refused, 409, 'draft-changed');
    await post('/commits/1/revert', { after: 2, isDraftReplaced: true }, 201);
    assert.deepEqual(await status(), ['3 live', '2 past', '1 past']);
    await post('/withdrawals', { head: 2, message: 'off' }, 409);
    await post('/withdrawals', { head: 3, message: 'off' }, 201);
    assert.deepEqual(await status(), ['4 withdrawal', '3 past', '2 past', '1 past']);
    const unseen = await ask(`POST ${page}/commits`, { body: { after: 3, head: 3 } });
    assert.equal(expectStatus(unseen, 409, 'stale').head, 4);
    const stale = await ask(`POST ${page}/commits`, { body: { after: 0 } });
    assert.equal(expectStatus(stale, 409, 'stale').sequence, 3);
    const first = expectStatus(await ask(`GET ${page}/commits?limit=2`), 200);
    assert.deepEqual([listIn(first.commits).length, first.next], [2, 3]);
    const last = expectStatus(await ask(`GET ${page}/commits?limit=2&before=3`), 200);
    assert.deepEqual([listIn(last.commits).length, last.next], [2, null]);
    expectStatus(await ask(`DELETE ${page}?after=2`), 409, 'stale');
    expectStatus(await ask(`DELETE ${page}?after=3`), 204);
    expectStatus(await ask(`GET ${page}`), 404, 'document-missing');
    expectStatus(await ask(`DELETE ${page}?after=3`), 404, 'document-missing');
  });
});

describe('forms', () => {
  it('tell of what is wrong by the rules of today, and of types that have gone', async () => {
    const { ask, documents } = await testApi();
    const tree = { id: 'root', type: 'page', children: [{ id: 's', type: 'slideshow' }] };
    expectStatus(await ask('POST /documents', { body: { id: 'page', start: { tree } } }), 201);
    const form = expectStatus(await ask('GET /documents/page/widgets/s/form'), 200);
    assert.deepEqual(form.values, { delay: 2 });
    const [field] = listIn(form.fields);
    assert.deepEqual(
      [objectIn(field).label, objectIn(field).help, objectIn(field).default],
      ['Delay', 'Seconds', 2],
    );
    // Written by a code that had another schema, and another type.
    const { hash } = expectStatus(await ask('GET /documents/page'), 200);
    const content = JSON.stringify({
      ...tree,
      children: [
        { id: 's', type: 'slideshow', fields: { delay: 0 } },
        { id: 'g', type: 'gone' },
      ],
    });
    await sql`update trees set content = ${content} where hash = ${hash}`.execute(documents.database.kysely);
    documents.drafts.clear();
    documents.trees.clear();
    const wrong = expectStatus(await ask('GET /documents/page/widgets/s/form'), 200);
    assert.deepEqual(
      listIn(wrong.errors).map((error) => objectIn(error).path),
      ['/delay'],
    );
    const page = await ask('GET /documents/page/widgets/s/form?format=html');
    assert.match(page.text, /aria-invalid="true"/);
    expectStatus(await ask('GET /documents/page/widgets/g/form'), 409, 'type-unknown');
  });

  it('are printed with the templates of their types where the site says so', async () => {
    const folder = await siteFolder({ 'card/edit.liquid': '<h2>{{ label }}</h2>{{ controls.title }}' });
    const card = defineWidget({
      ...{ type: 'card', label: 'Card & more', isRootChoice: true, files: [] },
      directory: join(folder, 'card'),
      fields: z.object({ title: z.string().default('A "title"'), note: z.string().default('') }),
    });
    const site = defineSite<TestUser>({ folder, widgets: [card], permissions: { '*': () => true } });
    const renderer = createRenderer({ site, onFailure: ({ error }) => assert.ifError(error) });
    const asked: unknown[] = [];
    const withTemplates = formsWith(renderer);
    const forms: Forms = (question) => {
      asked.push([question.document.document, question.widget]);
      return withTemplates(question);
    };
    const start = { tree: { id: 'c', type: 'card' } };
    for (const [api, first, controls] of [
      [{}, '<div ', 2],
      [{ forms }, '<h2>Card &amp; more</h2><div ', 1],
    ] as const) {
      const { ask } = await testApi({ documents: { site }, api: { site, ...api } });
      expectStatus(await ask('POST /documents', { body: { id: 'page', start } }), 201);
      const { text, headers } = await ask('GET /documents/page/widgets/c/form?format=html');
      assert.ok(text.startsWith(first), text);
      assert.equal(text.match(/class="widgy-field"/g)?.length, controls);
      assert.match(text, /value="A &quot;title&quot;"/);
      assert.equal(headers['content-security-policy'], FORM_POLICY);
    }
    assert.deepEqual(asked, [['page', 'c']]);
  });
});
