import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { expectStatus, makePage, type TestApi, type TestRequest, testApi } from './api-fixture.ts';
import { listIn, objectIn } from './checked-fixture.ts';
import { denyAll, POLICIES, type Policy } from './policies.ts';
import { ROUTES } from './routes/index.ts';

/** A good request for a route, and what is answered. The document is a page with one commit, and one change since. */
interface Case {
  readonly asked: string;
  readonly body?: unknown;
  readonly status: number;
  /** What the answer has at least. */
  readonly has?: Readonly<Record<string, unknown>>;
  /** Part of an answer that is no object. */
  readonly text?: RegExp;
  /** More that it is asked with. */
  readonly request?: TestRequest;
}

const GOOD: Readonly<Record<string, Case>> = {
  describeSite: {
    asked: 'GET /site',
    status: 200,
    text: /"type":"slideshow","label":"Slideshow".*"description":"Slides that change"/,
  },
  readOpenApi: { asked: 'GET /openapi.json', status: 200, has: { openapi: '3.1.0' } },
  createDocument: {
    asked: 'POST /documents',
    body: { id: 'new', start: { type: 'page' }, owner: { type: 'page', id: '1', field: 'body' } },
    status: 201,
    has: { document: 'new', sequence: 0 },
  },
  readDocument: {
    asked: 'GET /documents/page',
    status: 200,
    has: { document: 'page', owner: null, sequence: 1, hasChanges: true },
  },
  deleteDocument: { asked: 'DELETE /documents/page?after=1', status: 204 },
  cloneDocument: {
    asked: 'POST /documents/page/clones',
    body: { id: 'copy', withHistory: true },
    status: 201,
    has: { document: 'copy', sequence: 0 },
  },
  giveDocument: {
    asked: 'PUT /documents/page/owner',
    body: { owner: { type: 'page', id: '1', field: 'body' }, seen: null },
    status: 200,
    has: { owner: { type: 'page', id: '1', field: 'body' } },
  },
  listOrphans: { asked: 'GET /orphans', status: 200, has: { next: null }, text: /"document":"page"/ },
  readTree: {
    asked: 'GET /documents/page/versions/1/tree',
    status: 200,
    text: /^\{"children":\[\{"fields":\{"a":"x","b":null\},"id":"one","type":"text"\}/,
  },
  readWidget: {
    asked: 'GET /documents/page/versions/draft/widgets/one',
    status: 200,
    text: /^\{"fields":\{"a":"new","b":null\},"id":"one","type":"text"\}$/,
  },
  compareVersions: {
    asked: 'GET /documents/page/diff?before=1',
    status: 200,
    has: {
      added: [],
      moved: [],
      removed: [],
      changed: [{ id: 'one', fields: [{ name: 'a', from: 'x', to: 'new' }] }],
    },
  },
  previewVersion: {
    asked: 'GET /documents/page/versions/draft/preview',
    status: 200,
    text: /^<p>page<\/p>$/,
  },
  changeDraft: {
    asked: 'POST /documents/page/changes',
    body: { after: 1, operations: [{ kind: 'remove', id: 'box' }] },
    status: 200,
    has: { sequence: 2, operations: [{ kind: 'remove', id: 'box' }] },
  },
  listChanges: { asked: 'GET /documents/page/changes?after=0', status: 200, has: { sequence: 1 } },
  undoChange: { asked: 'POST /documents/page/undo', body: { change: 1 }, status: 200, has: { sequence: 2 } },
  resetDraft: {
    asked: 'POST /documents/page/reset',
    body: { after: 1, head: 1 },
    status: 200,
    has: { sequence: 2 },
  },
  restoreWidget: {
    asked: 'POST /documents/page/widgets/one/restore',
    body: { commit: 1 },
    status: 200,
    has: { sequence: 2, operations: [{ kind: 'set', id: 'one', fields: { a: 'x' }, unset: [] }] },
  },
  readForm: {
    asked: 'GET /documents/page/widgets/one/form',
    status: 200,
    has: {
      widget: 'one',
      type: 'text',
      label: 'Text',
      sequence: 1,
      values: { a: 'new', b: null },
      errors: [],
    },
  },
  readTexts: {
    asked: 'POST /documents/page/widgets/one/form',
    body: { texts: { '/a': '"x"', '/c': 'x' } },
    status: 200,
    has: {
      values: { '/a': 'x' },
      errors: [{ code: 'unknown-field', path: '/c', message: 'There is no such field.' }],
    },
  },
  searchLinks: { asked: 'GET /documents/page/links?text=x', status: 200, has: { groups: [] } },
  listParentsOfWidget: {
    asked: 'GET /documents/page/widgets/one/parents',
    status: 200,
    has: {
      parents: [
        { id: 'root', slots: [null, 'left', 'right'] },
        { id: 'box', slots: [null, 'left', 'right'] },
      ],
    },
  },
  listParentsOfType: { asked: 'GET /documents/page/parents?type=slide', status: 200, has: { parents: [] } },
  readShelves: {
    asked: 'GET /documents/page/shelves',
    status: 200,
    has: { of: { root: 0, one: 0, box: 0 } },
    text: /"types":\["box","image","page","slideshow","text"\]/,
  },
  tellPresence: {
    asked: 'PUT /documents/page/presence/tab-1',
    body: { widget: 'one' },
    status: 200,
    has: { people: [{ client: 'tab-1', author: 'ann', name: null, widget: 'one' }] },
  },
  endPresence: { asked: 'DELETE /documents/page/presence/tab-1', status: 204 },
  commitDraft: {
    asked: 'POST /documents/page/commits',
    body: { after: 1, message: 'second' },
    status: 201,
    has: { commit: 2 },
  },
  listCommits: { asked: 'GET /documents/page/commits', status: 200, has: { next: null } },
  readCommit: {
    asked: 'GET /documents/page/commits/1',
    status: 200,
    has: { number: 1, author: 'ann', authorName: null, message: 'first', status: 'live' },
  },
  revertDocument: {
    asked: 'POST /documents/page/commits/1/revert',
    body: { after: 1, isDraftReplaced: true },
    status: 409,
    has: { code: 'nothing-changed' },
  },
  scheduleCommit: {
    asked: 'PUT /documents/page/commits/1/publish-at',
    body: { publishAt: null, seen: 1000 },
    status: 409,
    has: { code: 'commit-published' },
  },
  withdrawDocument: {
    asked: 'POST /documents/page/withdrawals',
    body: { head: 1 },
    status: 201,
    has: { commit: 2 },
  },
};

/** A document as all cases find it. */
async function prepared(): Promise<TestApi> {
  const api = await testApi();
  const page = await makePage(api, 'page');
  const ask = async (asked: string, body: unknown, status: number) =>
    expectStatus(await api.ask(asked, { body }), status);
  await ask(`POST ${page}/commits`, { after: 0, message: 'first' }, 201);
  await ask(
    `POST ${page}/changes`,
    { after: 0, operations: [{ kind: 'set', id: 'one', fields: { a: 'new' } }] },
    200,
  );
  return api;
}

describe('every route', () => {
  // A stream has no end to wait for; it has tests of its own.
  const routes = ROUTES.filter(({ isStream }) => isStream !== true);

  for (const { name, path, policy } of routes) {
    const good = GOOD[name] ?? assert.fail(`there is no case of ${name}`);
    const request = { ...good.request, ...(good.body === undefined ? {} : { body: good.body }) };
    const isAboutDocument = path.includes(':document');

    it(`${name}: ${good.asked.split('?')[0]}`, async () => {
      const { ask, app } = await prepared();
      const refused = [
        [{ ...request, user: null }, 401, 'unauthenticated'],
        [{ ...request, user: 'stranger' }, 401, 'unauthenticated'],
        [
          { ...request, user: 'bob', headers: { ...good.request?.headers, 'widgy-author': 'ann' } },
          ...([401, 'author-changed'] as const),
        ],
        [{ ...request, user: 'guest' }, 403, 'forbidden'],
      ] as const;
      for (const [sent, status, code] of refused) {
        assert.deepEqual(
          [expectStatus(await ask(good.asked, sent), status, code).policy],
          [code === 'forbidden' ? policy : undefined],
        );
      }
      if (isAboutDocument) {
        for (const other of ['other', 'a%2Fb', 'a'.repeat(100), '%00', '__proto__']) {
          const elsewhere = good.asked.replace('/page', `/${other}`);
          expectStatus(await ask(elsewhere, request), 404, 'document-missing');
        }
      }
      const answer = await ask(good.asked, request);
      const json = expectStatus(answer, good.status);
      for (const [key, value] of Object.entries(good.has ?? {})) assert.deepEqual(json[key], value, key);
      if (good.text !== undefined) assert.match(answer.text, good.text);
      assert.equal(answer.headers['x-content-type-options'], 'nosniff');
      const isTreeOfCommit = name === 'readTree';
      assert.equal(answer.headers['cache-control'], isTreeOfCommit ? 'private, no-cache' : 'no-store');
      const methods = ROUTES.filter((route) => route.path === path).map(({ method }) => method);
      const wrong = await app.inject({ method: 'PATCH', url: `/api${good.asked.split(' ')[1]}` });
      assert.equal(wrong.statusCode, 405);
      assert.deepEqual(wrong.json().code, 'method-refused');
      const allowed = String(wrong.headers.allow).split(', ');
      assert.deepEqual(allowed.filter((method) => method !== 'HEAD').toSorted(), methods.toSorted());
    });
  }
});

describe('policies', () => {
  it('are asked with the document, and attach with the new owner', async () => {
    const questions: unknown[] = [];
    const note = (answer: boolean) => ({
      policies: {
        ...deniedBut(answer),
        attach: ({
          policy,
          document,
          to,
        }: {
          policy: Policy;
          document: { document: string } | null;
          to: unknown;
        }) => {
          questions.push([policy, document?.document, to]);
          return answer;
        },
      },
    });
    const owner = { type: 'page', id: '7', field: 'body' };
    const start = { type: 'page' };
    const denied = await testApi({ api: note(false) });
    const wanted = { body: { id: 'p', start, owner } };
    expectStatus(await denied.ask('POST /documents', wanted), 403, 'forbidden');
    expectStatus(await denied.ask('POST /documents', { body: { id: 'p', start } }), 201);
    expectStatus(
      await denied.ask('PUT /documents/p/owner', { body: { owner, seen: null } }),
      403,
      'forbidden',
    );
    expectStatus(await denied.ask('POST /documents/p/clones', { body: { owner } }), 403, 'forbidden');
    const state = expectStatus(await denied.ask('GET /documents/p'), 200);
    assert.equal(state.owner, null);
    assert.deepEqual(questions, [
      ['attach', undefined, owner],
      ['attach', 'p', owner],
      ['attach', 'p', owner],
    ]);
    const allowed = await testApi({ api: note(true) });
    expectStatus(await allowed.ask('POST /documents', wanted), 201);
  });

  it('can all be denied but for those that are written out', async () => {
    assert.deepEqual(Object.keys(denyAll), POLICIES);
    const nobody = await testApi({ api: { policies: denyAll } });
    const start = { type: 'page' };
    expectStatus(await nobody.ask('GET /site'), 403, 'forbidden');
    expectStatus(await nobody.ask('POST /documents', { body: { start } }), 403, 'forbidden');
    const { ask } = await testApi({ api: { policies: { ...denyAll, create: () => true } } });
    expectStatus(await ask('POST /documents', { body: { id: 'p', start } }), 201);
    expectStatus(await ask('GET /documents/p'), 403, 'forbidden');
  });

  it('allow nothing but by true', async () => {
    for (const answer of ['1', '"yes"', '{}', 'null', '[true]']) {
      const policies = { ...deniedBut(true), read: () => JSON.parse(answer) };
      const { ask } = await testApi({ api: { policies } });
      expectStatus(await ask('POST /documents', { body: { id: 'p', start: { type: 'page' } } }), 201);
      expectStatus(await ask('GET /documents/p'), 403, 'forbidden');
    }
  });

  it('that fail allow nothing', async () => {
    const lines: string[] = [];
    const policies = {
      ...deniedBut(true),
      read: () => {
        throw new Error('secret of the server');
      },
    };
    const { ask } = await testApi({ api: { policies }, log: (line) => lines.push(line) });
    expectStatus(await ask('POST /documents', { body: { id: 'p', start: { type: 'page' } } }), 201);
    const answer = await ask('GET /documents/p');
    const { id } = expectStatus(answer, 500, 'unexpected');
    assert.doesNotMatch(answer.text, /secret|\bat /);
    assert.ok(lines.some((line) => line.includes(String(id)) && line.includes('secret of the server')));
  });
});

describe('permissions of types', () => {
  it('hold for everything that changes something', async () => {
    const { ask } = await prepared();
    const user = 'limited';
    const refused: readonly (readonly [string, unknown])[] = [
      ['POST /documents', { start: { type: 'page' } }],
      ['POST /documents/page/clones', {}],
      ['POST /documents/page/changes', { after: 1, operations: [{ kind: 'remove', id: 'box' }] }],
      [
        'POST /documents/page/changes',
        { after: 1, operations: [{ kind: 'add', type: 'text', at: { parent: 'root' } }] },
      ],
      ['POST /documents/page/undo', { change: 1 }],
      ['DELETE /documents/page?after=1', undefined],
      ['GET /documents/page/widgets/one/form', undefined],
    ];
    for (const [asked, body] of refused) {
      const request = body === undefined ? { user } : { user, body };
      const problem = expectStatus(await ask(asked, request), 403, 'not-permitted');
      assert.match(String(problem.type), /^urn:widgy:problem:/);
      assert.equal(typeof problem.widgetType, 'string');
    }
    const shelves = expectStatus(await ask('GET /documents/page/shelves', { user }), 200);
    assert.deepEqual(shelves.shelves, [[]]);
    const parents = expectStatus(await ask('GET /documents/page/parents?type=text', { user }), 200);
    assert.deepEqual(parents.parents, []);
    const { types } = expectStatus(await ask('GET /site', { user }), 200);
    for (const type of listIn(types)) {
      assert.deepEqual(objectIn(type).permissions, { add: false, change: false, delete: false });
    }
  });
});

function deniedBut(answer: boolean) {
  const may = () => true;
  return {
    ...{ describe: may, list: may, read: may, edit: may, publish: may },
    ...{ create: may, clone: may, delete: may, detach: may },
    attach: () => answer,
  };
}
