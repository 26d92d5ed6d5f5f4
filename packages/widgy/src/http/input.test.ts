import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { openMigrated, testDatabases } from '../testing/test-databases.ts';
import { expectStatus, makePage, testApi } from './api-fixture.ts';
import { listIn, objectIn } from './checked-fixture.ts';

/** How long a refusal may take; most take a few milliseconds. */
const QUICK_MS = 3000;

const insert = (widget: unknown) => ({
  after: 0,
  operations: [{ kind: 'insert', widget, at: { parent: 'root' } }],
});

/** A widget with so many others inside one another. */
function nested(levels: number): string {
  const open = (at: number) => `{"id":"n${at}","type":"box","children":[`;
  const levelsText = Array.from({ length: levels }, (_, at) => open(at)).join('');
  return `${levelsText}${']}'.repeat(levels)}`;
}

const change = '/documents/page/changes';

/** What is sent, and what is answered: the status, the code, and the first problem's place where the form is wrong. */
const BAD: readonly (readonly [
  name: string,
  asked: string,
  sent: {
    readonly body?: unknown;
    readonly text?: string | Buffer;
    readonly headers?: Record<string, string>;
  },
  status: number,
  code: string,
  path?: string,
])[] = [
  ['half of an object', `POST ${change}`, { text: '{"after":0' }, 400, 'malformed'],
  [
    'nothing',
    `POST ${change}`,
    { text: '', headers: { 'content-type': 'application/json' } },
    400,
    'malformed',
  ],
  ['NaN', `POST ${change}`, { text: '{"after":NaN,"operations":[]}' }, 400, 'malformed'],
  ['bytes that are not UTF-8', `POST ${change}`, { text: Buffer.from('"\xff"', 'latin1') }, 400, 'malformed'],
  ['__proto__', `POST ${change}`, { text: '{"__proto__":{"after":0}}' }, 400, 'malformed'],
  [
    '__proto__ inside',
    `POST ${change}`,
    { text: '{"after":0,"operations":[{"__proto__":1}]}' },
    400,
    'malformed',
  ],
  ['constructor.prototype', `POST ${change}`, { text: '{"constructor":{"prototype":{}}}' }, 400, 'malformed'],
  [
    'a field called constructor',
    `POST ${change}`,
    { text: JSON.stringify(insert({ id: 'n', type: 'text', fields: { constructor: 1 } })) },
    400,
    'invalid',
    '/operations/0/widget/fields/constructor',
  ],
  ['a list', `POST ${change}`, { body: [] }, 400, 'invalid', ''],
  ['null', `POST ${change}`, { body: null }, 400, 'invalid', ''],
  ['no operations', `POST ${change}`, { body: { after: 0, operations: [] } }, 400, 'invalid', '/operations'],
  ['a missing key', `POST ${change}`, { body: { operations: [{}] } }, 400, 'invalid', '/after'],
  ['an unknown key', `POST ${change}`, { body: { ...insert({}), also: 1 } }, 400, 'invalid', '/also'],
  [
    'a text for a number',
    `POST ${change}`,
    { body: { ...insert({}), after: '0' } },
    400,
    'invalid',
    '/after',
  ],
  ['a negative number', `POST ${change}`, { body: { ...insert({}), after: -1 } }, 400, 'invalid', '/after'],
  ['half a number', `POST ${change}`, { body: { ...insert({}), after: 0.5 } }, 400, 'invalid', '/after'],
  ['a huge number', `POST ${change}`, { text: '{"after":1e400,"operations":[1]}' }, 400, 'invalid', '/after'],
  [
    'more than is exact',
    `POST ${change}`,
    { text: '{"after":9007199254740993,"operations":[1]}' },
    400,
    'invalid',
    '/after',
  ],
  [
    'a sequence number to come',
    `POST ${change}`,
    { body: { after: 9, operations: [{ kind: 'remove', id: 'one' }] } },
    400,
    'sequence-unknown',
  ],
  [
    'an unknown kind',
    `POST ${change}`,
    { body: { after: 0, operations: [{ kind: 'explode', id: 'one' }] } },
    400,
    'invalid',
    '/operations/0/kind',
  ],
  [
    'an id with a slash',
    `POST ${change}`,
    { body: { after: 0, operations: [{ kind: 'remove', id: '../x' }] } },
    400,
    'invalid',
    '/operations/0/id',
  ],
  [
    'an add with an id',
    `POST ${change}`,
    { body: { after: 0, operations: [{ kind: 'add', type: 'text', id: 'x', at: { parent: 'root' } }] } },
    400,
    'invalid',
    '/operations/0/id',
  ],
  [
    'an add of a widget',
    `POST ${change}`,
    { body: { after: 0, operations: [{ kind: 'add', type: 'text', widget: {}, at: { parent: 'root' } }] } },
    400,
    'invalid',
    '/operations/0/widget',
  ],
  [
    'an add of no type',
    `POST ${change}`,
    { body: { after: 0, operations: [{ kind: 'add', type: '<b>', at: { parent: 'root' } }] } },
    400,
    'invalid',
    '/operations/0/type',
  ],
  [
    'a type that there is not',
    `POST ${change}`,
    { body: { after: 0, operations: [{ kind: 'add', type: 'nothing', at: { parent: 'root' } }] } },
    409,
    'operation-refused',
  ],
  [
    'a widget of another document',
    `POST ${change}`,
    { body: { after: 0, operations: [{ kind: 'remove', id: 'elsewhere' }] } },
    409,
    'operation-refused',
  ],
  [
    'a cycle',
    `POST ${change}`,
    { body: { after: 0, operations: [{ kind: 'move', id: 'box', to: { parent: 'box' } }] } },
    409,
    'operation-refused',
  ],
  [
    'the same id twice',
    `POST ${change}`,
    { body: insert({ id: 'n', type: 'box', children: [{ id: 'n', type: 'text' }] }) },
    400,
    'invalid',
    '/operations/0/widget/children/0/id',
  ],
  [
    'too many operations',
    `POST ${change}`,
    { body: { after: 0, operations: Array.from({ length: 1001 }, () => ({ kind: 'remove', id: 'one' })) } },
    400,
    'invalid',
    '/operations',
  ],
  [
    'fields that do not fit',
    `POST ${change}`,
    { body: insert({ id: 's', type: 'slideshow', fields: { delay: 0 } }) },
    409,
    'fields-invalid',
  ],
  [
    '200 levels',
    `POST ${change}`,
    { text: `{"after":0,"operations":[{"kind":"insert","at":{"parent":"root"},"widget":${nested(200)}}]}` },
    400,
    'invalid',
    `/operations/0/widget${'/children/0'.repeat(99)}/children`,
  ],
  [
    '100,000 lists in one another',
    `POST ${change}`,
    { text: '['.repeat(100_000) + ']'.repeat(100_000) },
    400,
    'invalid',
    '',
  ],
  ['100,000 open lists', `POST ${change}`, { text: '['.repeat(100_000) }, 400, 'malformed'],
  [
    'a field of 100,000 lists',
    `POST ${change}`,
    {
      text: `{"after":0,"operations":[{"kind":"set","id":"one","fields":{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}}]}`,
    },
    400,
    'invalid',
  ],
  [
    'a field of 10 MB',
    `POST ${change}`,
    { body: { after: 0, operations: [{ kind: 'set', id: 'one', fields: { a: 'x'.repeat(10_000_000) } }] } },
    400,
    'invalid',
    '/operations/0/fields/a',
  ],
  [
    'a million widgets',
    'POST /documents',
    { text: `{"start":{"tree":{"id":"r","type":"page","children":[${'{},'.repeat(999_999)}{}]}}}` },
    400,
    'invalid',
  ],
  [
    '30,000 good widgets',
    'POST /documents',
    {
      body: {
        start: {
          tree: {
            id: 'r',
            type: 'page',
            children: Array.from({ length: 30_000 }, (_, at) => ({ id: `w${at}`, type: 'text' })),
          },
        },
      },
    },
    400,
    'invalid',
    '/start/tree/children',
  ],
  ['17 MB', `POST ${change}`, { text: `"${'x'.repeat(17_000_000)}"` }, 413, 'too-large'],
  ['no tree', 'POST /documents', { body: { start: { tree: 7 } } }, 400, 'invalid', '/start/tree'],
  [
    'two starts',
    'POST /documents',
    { body: { start: { tree: {}, type: 'page' } } },
    400,
    'invalid',
    '/start',
  ],
  ['no root', 'POST /documents', { body: { start: { type: 'slide' } } }, 409, 'tree-invalid'],
  ['no type', 'POST /documents', { body: { start: { type: '__proto__' } } }, 409, 'tree-invalid'],
  ['a bad id', 'POST /documents', { body: { id: 'a/b', start: { type: 'page' } } }, 400, 'invalid', '/id'],
  [
    'an owner with U+0000',
    'POST /documents',
    { body: { owner: { type: 'p', id: 'a\0', field: 'b' }, start: { type: 'page' } } },
    400,
    'text-invalid',
  ],
  [
    'a message with half a surrogate pair',
    'POST /documents/page/commits',
    { text: '{"after":0,"message":"\\ud800"}' },
    400,
    'text-invalid',
  ],
  [
    'a message with U+0000',
    'POST /documents/page/commits',
    { body: { after: 0, message: '\0' } },
    400,
    'text-invalid',
  ],
  [
    'a message that is too long',
    'POST /documents/page/commits',
    { body: { after: 0, message: 'x'.repeat(10_001) } },
    400,
    'invalid',
    '/message',
  ],
  [
    'a key that is too long',
    `POST ${change}`,
    {
      body: { after: 0, operations: [{ kind: 'remove', id: 'one' }] },
      headers: { 'idempotency-key': 'x'.repeat(129) },
    },
    400,
    'text-invalid',
  ],
  [
    'an empty key',
    `POST ${change}`,
    { body: { after: 0, operations: [{ kind: 'remove', id: 'one' }] }, headers: { 'idempotency-key': '' } },
    400,
    'text-invalid',
  ],
  ['a change that there is not', 'POST /documents/page/undo', { body: { change: 1 } }, 404, 'change-missing'],
  ['a commit that there is not', 'GET /documents/page/commits/9', {}, 404, 'commit-missing'],
  ['a huge commit', 'GET /documents/page/commits/999999999999999', {}, 404, 'commit-missing'],
  [
    'more digits than are exact',
    'GET /documents/page/commits/9999999999999999',
    {},
    400,
    'invalid',
    '/commit',
  ],
  ['the commit 0', 'GET /documents/page/commits/0', {}, 400, 'invalid', '/commit'],
  ['the commit 1e3', 'GET /documents/page/commits/1e3', {}, 400, 'invalid', '/commit'],
  [
    'a huge time',
    'POST /documents/page/commits',
    { body: { after: 0, publishAt: 1e300 } },
    400,
    'invalid',
    '/publishAt',
  ],
  ['a version that is none', 'GET /documents/page/versions/head/tree', {}, 400, 'invalid', '/version'],
  [
    'a widget that there is not',
    'GET /documents/page/versions/draft/widgets/a%2Fb',
    {},
    404,
    'widget-missing',
  ],
  ['the widget __proto__', 'GET /documents/page/widgets/__proto__/form', {}, 404, 'widget-missing'],
  [
    'a client that is no id',
    'PUT /documents/page/presence/a%2Fb',
    { body: { widget: null } },
    400,
    'invalid',
    '/client',
  ],
  ['the presence of U+0000', 'DELETE /documents/page/presence/%00', {}, 400, 'invalid', '/client'],
  [
    'a place that is no widget',
    'PUT /documents/page/presence/a',
    { body: { widget: 'a b' } },
    400,
    'invalid',
    '/widget',
  ],
  ['no place', 'PUT /documents/page/presence/a', { body: {} }, 400, 'invalid', '/widget'],
  [
    'the presence of somebody else',
    'PUT /documents/page/presence/a',
    { body: { widget: null, author: 'bob' } },
    400,
    'invalid',
    '/author',
  ],
  ['a query that nobody reads', 'GET /documents/page?x=1', {}, 400, 'invalid', '/x'],
  ['a query twice', 'GET /documents/page/changes?after=0&after=1', {}, 400, 'invalid', '/after'],
  ['no number', 'GET /documents/page/changes?after=x', {}, 400, 'invalid', '/after'],
  ['changes to come', 'GET /documents/page/changes?after=7', {}, 400, 'sequence-unknown'],
  ['a page of nothing', 'GET /documents/page/commits?limit=0', {}, 400, 'invalid', '/limit'],
  ['an orphan after U+0000', 'GET /orphans?after=%00', {}, 400, 'invalid', '/after'],
  ['no language', 'GET /documents/page/links?language=%5B', {}, 400, 'invalid', '/language'],
  ['no route', 'GET /nothing', {}, 404, 'route-missing'],
  ['a path out of the API', 'GET /documents/page/../../x', {}, 404, 'route-missing'],
];

describe('bad input', () => {
  for (const { name: database, createUrl } of testDatabases.filter(({ name }) => name !== 'SQLite')) {
    it(`gets a clear answer with ${database}`, async () => {
      const api = await testApi({ database: await openMigrated(await createUrl()) });
      await makePage(api, 'page');
      await api.ask('POST /documents', {
        body: { id: 'other', start: { tree: { id: 'elsewhere', type: 'page' } } },
      });
      const before = (await api.ask('GET /documents/page')).text;
      for (const [name, asked, sent, status, code, path] of BAD) {
        const start = performance.now();
        const answer = await api.ask(asked, sent);
        const problem = expectStatus(answer, status, code);
        assert.ok(performance.now() - start < QUICK_MS, name);
        assert.ok(answer.text.length < 20_000, `${name}: ${answer.text.length}`);
        assert.doesNotMatch(answer.text, /node_modules|\.ts:|select |insert into/i, name);
        if (path !== undefined) {
          const [first] = listIn(problem.problems);
          assert.equal(objectIn(first).path, path, name);
        }
      }
      assert.equal((await api.ask('GET /documents/page')).text, before);
    });
  }

  it('may say anything in the fields of widgets', async () => {
    const api = await testApi();
    const page = await makePage(api, 'page');
    const text =
      '{"after":0,"operations":[{"kind":"set","id":"one","fields":{"a":"\\ud800 \\u0000 \\u2028 </script>"}}]}';
    expectStatus(await api.ask(`POST ${page}/changes`, { text }), 200);
    const { fields } = expectStatus(await api.ask(`GET ${page}/versions/draft/widgets/one`), 200);
    assert.equal(objectIn(fields).a, '\ud800 \0 \u2028 </script>');
  });
});
