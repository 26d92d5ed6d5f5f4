import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fastify from 'fastify';
import { WidgyError } from '../errors.ts';
import { openMigrated } from '../testing/test-databases.ts';
import { defineSite } from '../widgets/site.ts';
import { widgyApi } from './api.ts';
import { expectStatus, makePage, type TestUser, testApi, testPolicies, testSite } from './api-fixture.ts';
import { FORM_POLICY } from './forms.ts';
import { isPolicy } from './policies.ts';
import { PREVIEW_POLICY } from './preview.ts';

describe('requests from elsewhere', () => {
  const start = { start: { type: 'page' } };
  /** What a browser says of where a request comes from, and whether it may change something. */
  const cases: readonly (readonly [Readonly<Record<string, string>>, boolean])[] = [
    [{}, true],
    [{ 'sec-fetch-site': 'same-origin', origin: 'http://localhost:80' }, true],
    [{ 'sec-fetch-site': 'none' }, true],
    [{ 'sec-fetch-site': 'same-site', origin: 'http://other.localhost' }, false],
    [{ 'sec-fetch-site': 'cross-site', origin: 'http://evil.example' }, false],
    [{ 'sec-fetch-site': 'cross-site' }, false],
    [{ 'sec-fetch-site': 'cross-site', origin: 'https://admin.example' }, true],
    [{ 'sec-fetch-site': 'anything' }, false],
    [{ origin: 'https://localhost:80' }, true],
    [{ origin: 'http://localhost:81' }, false],
    [{ origin: 'http://evil.example' }, false],
    [{ origin: 'null' }, false],
    [{ origin: 'https://admin.example' }, true],
    [{ origin: 'https://admin.example.evil.example' }, false],
    [{ referer: 'https://localhost:80/a' }, true],
    [{ referer: 'https://admin.example/a' }, true],
    [{ referer: 'http://evil.example/localhost:80' }, false],
    [{ referer: 'about:client' }, false],
    [{ referer: 'http://localhost:80/', origin: 'http://evil.example' }, false],
  ];

  for (const [headers, isAllowed] of cases) {
    it(`${JSON.stringify(headers)} ${isAllowed ? 'may' : 'may not'} change something`, async () => {
      const { ask } = await testApi({ api: { origins: ['https://admin.example'] } });
      const sent = { body: start, headers: { host: 'localhost:80', ...headers } };
      const answer = await ask('POST /documents', sent);
      expectStatus(answer, isAllowed ? 201 : 403, isAllowed ? undefined : 'cross-origin');
      expectStatus(await ask('GET /orphans', { headers: sent.headers }), 200);
    });
  }

  it('must be JSON, which no form can send', async () => {
    const { ask } = await testApi();
    const text = JSON.stringify(start);
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data',
      'application/jsonp',
      '',
    ]) {
      const answer = await ask('POST /documents', { text, headers: { 'content-type': type } });
      expectStatus(answer, 415, 'not-json');
    }
    expectStatus(await ask('POST /documents'), 415, 'not-json');
    const headers = { 'content-type': 'Application/JSON; charset=utf-8' };
    expectStatus(await ask('POST /documents', { text, headers }), 201);
    const page = await makePage({ ask }, 'page');
    expectStatus(
      await ask(`DELETE ${page}?after=0`, { text: 'x', headers: { 'content-type': 'text/plain' } }),
      415,
    );
    expectStatus(await ask(`DELETE ${page}?after=0`), 204);
  });

  it('change nothing by reading', async () => {
    const { ask, documents } = await testApi();
    const page = await makePage({ ask }, 'page');
    const written: string[] = [];
    documents.database.onStatement(({ sql }) => {
      if (!/^select /i.test(sql)) written.push(sql);
    });
    for (const path of [
      '',
      '/versions/draft/tree',
      '/changes?after=0',
      '/commits',
      '/shelves',
      '/widgets/one/form',
    ]) {
      expectStatus(await ask(`GET ${page}${path}`), 200);
    }
    assert.deepEqual(written, []);
  });
});

describe('what a browser is told', () => {
  it('of a preview: that nothing in it runs', async () => {
    const { ask } = await testApi({ api: { preview: () => '<script>alert(1)</script>' } });
    const page = await makePage({ ask }, 'page');
    const { headers } = await ask(`GET ${page}/versions/draft/preview`);
    assert.equal(headers['content-security-policy'], PREVIEW_POLICY);
    assert.equal(headers['content-type'], 'text/html; charset=utf-8');
    assert.equal(headers['x-content-type-options'], 'nosniff');
    assert.doesNotMatch(PREVIEW_POLICY, /script-src|allow-scripts|unsafe-eval/);
    assert.match(PREVIEW_POLICY, /default-src 'none'.*frame-ancestors 'self'.*sandbox/);
  });

  it('of a form: that only this origin gets it', async () => {
    const { ask } = await testApi();
    const page = await makePage({ ask }, 'page');
    const accepts = [
      ['?format=html', '*/*', true],
      ['', 'text/html,application/xhtml+xml,*/*;q=0.8', true],
      ['', '*/*', false],
      ['', 'application/json, text/html', false],
      ['?format=json', 'text/html', false],
    ] as const;
    for (const [query, accept, isHtml] of accepts) {
      const answer = await ask(`GET ${page}/widgets/one/form${query}`, { headers: { accept } });
      expectStatus(answer, 200);
      assert.equal(answer.headers.vary, 'Accept');
      assert.equal(answer.headers['content-security-policy'], isHtml ? FORM_POLICY : undefined);
      assert.equal(/^<div class="widgy-field"/.test(answer.text), isHtml);
    }
  });

  it('of a problem: nothing about the server', async () => {
    const { ask, documents } = await testApi();
    await makePage({ ask }, 'page');
    await documents.database.kysely.schema.dropTable('links').execute();
    await documents.database.kysely.schema.dropTable('operations').execute();
    const answer = await ask('GET /documents/page/changes?after=0');
    expectStatus(answer, 500, 'unexpected');
    assert.doesNotMatch(answer.text, /operations|sqlite|table|\.ts/i);
  });

  it('when the database is busy: to try again', async () => {
    const lines: string[] = [];
    const busy = () => {
      throw new WidgyError('database-busy', { message: 'the database stayed locked' });
    };
    const database = await openMigrated(':memory:', 20);
    const { ask } = await testApi({ database, documents: { before: busy }, log: (line) => lines.push(line) });
    const answer = await ask('POST /documents', { body: { start: { type: 'page' } } });
    expectStatus(answer, 503, 'unavailable');
    assert.equal(answer.headers['retry-after'], '1');
    assert.ok(lines.some((line) => line.includes(String(answer.json.id))));
  });
});

describe('the log', () => {
  it('has no bodies and no cookies', async () => {
    const lines: string[] = [];
    const { ask } = await testApi({ log: (line) => lines.push(line) });
    const headers = { cookie: 'session=hidden-cookie', 'idempotency-key': 'hidden-key' };
    const page = await makePage({ ask }, 'page');
    const operations = [{ kind: 'set', id: 'one', fields: { a: 'hidden-text' } }];
    expectStatus(await ask(`POST ${page}/changes`, { body: { after: 0, operations }, headers }), 200);
    expectStatus(await ask(`POST ${page}/changes`, { text: '{"hidden-text"', headers }), 400);
    assert.ok(lines.length > 2);
    assert.doesNotMatch(lines.join(), /hidden/);
  });
});

describe('a server does not start', () => {
  const authenticate = () => ({ id: 'x', allowed: [], mayWidgets: false });
  const { read: _, ...withoutRead } = testPolicies;

  it('without a function for each policy', async () => {
    const { documents } = await testApi();
    const rest = { documents, site: testSite, authenticate, authorId: () => null };
    // As JavaScript would: the type does not let it through.
    const policies = { ...withoutRead, ...JSON.parse('{}') };
    assert.throws(() => widgyApi<TestUser>({ ...rest, policies }), { code: 'policy-missing' });
    const more = { ...testPolicies, raed: () => true };
    assert.throws(() => widgyApi<TestUser>({ ...rest, policies: more }), { code: 'name-unknown' });
    const inherited = Object.assign(Object.create({ read: () => true }), withoutRead);
    assert.throws(() => widgyApi<TestUser>({ ...rest, policies: inherited }), { code: 'policy-missing' });
  });

  it('with the documents of another site', async () => {
    const { documents } = await testApi();
    const site = defineSite<TestUser>({ folder: import.meta.dirname, widgets: [] });
    assert.throws(
      () => widgyApi({ documents, site, policies: testPolicies, authenticate, authorId: () => null }),
      { code: 'site-mismatched' },
    );
  });

  it('with a route that names no policy, or none that there is', async () => {
    const { documents } = await testApi();
    for (const config of [{}, { widgyPolicy: JSON.parse('"everything"') }]) {
      const app = fastify();
      const api = widgyApi<TestUser>({
        ...{ documents, site: testSite, policies: testPolicies, authenticate, authorId: () => null },
        routes(scope) {
          scope.get('/mine', { config }, () => 'mine');
        },
      });
      await assert.rejects(async () => await app.register(api, { prefix: '/api' }).ready(), {
        code: 'route-unguarded',
      });
    }
    assert.equal(isPolicy('constructor'), false);
  });

  it('but does with one that does, which is guarded like all others', async () => {
    const { app } = await testApi({
      api: {
        routes(scope) {
          scope.get('/mine/:document', { config: { widgyPolicy: 'read' } }, () => ({ isMine: true }));
        },
      },
    });
    const get = async (url: string, user: string) =>
      (await app.inject({ url, headers: { 'x-user': user } })).statusCode;
    await app.inject({
      method: 'POST',
      url: '/api/documents',
      headers: { 'x-user': 'ann' },
      payload: { id: 'page', start: { type: 'page' } },
    });
    assert.deepEqual(
      [
        await get('/api/mine/page', 'reader'),
        await get('/api/mine/page', 'guest'),
        await get('/api/mine/page', ''),
        await get('/api/mine/other', 'reader'),
      ],
      [200, 403, 401, 404],
    );
  });
});

describe('several APIs in one server', () => {
  it('have nothing in common', async () => {
    const one = await testApi();
    const { documents } = await testApi();
    const app = fastify();
    for (const [prefix, store] of [
      ['/one', one.documents],
      ['/two', documents],
    ] as const) {
      await app.register(
        widgyApi<TestUser>({
          documents: store,
          site: testSite,
          policies: testPolicies,
          authenticate: () => ({ id: prefix, allowed: ['create', 'read'], mayWidgets: true }),
          authorId: ({ id }) => id,
        }),
        { prefix },
      );
    }
    const payload = { id: 'page', start: { type: 'page' } };
    const made = await app.inject({ method: 'POST', url: '/one/documents', payload });
    assert.equal(made.headers.location, '/one/documents/page');
    assert.equal((await app.inject('/one/documents/page')).statusCode, 200);
    assert.equal((await app.inject('/two/documents/page')).statusCode, 404);
    assert.equal((await app.inject('/one/documents/page/versions/draft/preview')).statusCode, 404);
    await app.close();
  });
});
