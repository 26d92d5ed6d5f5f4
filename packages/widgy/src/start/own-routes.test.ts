import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { hasCode } from '../errors.ts';
import { signedIn, testServer } from './server-fixture.ts';

describe('a route of the site', () => {
  it('that does not say who may ask for it keeps the server from starting', async () => {
    await assert.rejects(
      testServer({ routes: (app) => void app.get('/open', async () => 'x') }),
      (error: unknown) => hasCode(error, 'route-unguarded'),
    );
  });

  it('is for those whom it is for', async () => {
    const server = await testServer({
      routes(app) {
        app.get('/all', { config: { access: 'public' } }, async () => 'all');
        app.get('/some', { config: { access: 'signed-in' } }, async () => 'some');
        app.post('/some', { config: { access: 'signed-in' } }, async () => 'done');
        app.get('/few', { config: { access: { may: 'settings.change' } } }, async () => 'few');
      },
    });
    const author = (await signedIn(server, 'reader', ['pages.read'])).cookie;
    const keeper = (await signedIn(server, 'keeper', ['settings.change'])).cookie;
    const cases: readonly [
      method: 'GET' | 'POST',
      url: string,
      cookie: string,
      headers: object,
      status: number,
    ][] = [
      ['GET', '/all', '', {}, 200],
      ['GET', '/some', '', {}, 302],
      ['POST', '/some', '', {}, 401],
      ['GET', '/some', author, {}, 200],
      ['POST', '/some', author, { 'sec-fetch-site': 'same-origin' }, 200],
      ['POST', '/some', author, { 'sec-fetch-site': 'cross-site' }, 403],
      ['GET', '/few', '', {}, 302],
      ['GET', '/few', author, {}, 403],
      ['GET', '/few', keeper, {}, 200],
      // No cookie of ours.
      ['GET', '/few', `${keeper}x`, {}, 302],
    ];
    for (const [method, url, cookie, headers, status] of cases) {
      const answer = await server.app.inject({ method, url, headers: { ...headers, cookie } });
      assert.equal(answer.statusCode, status, `${method} ${url} ${cookie.slice(0, 10)}`);
    }
  });
});
