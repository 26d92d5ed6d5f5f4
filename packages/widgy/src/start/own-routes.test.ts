import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createRole, createUser, trustedActor } from '../accounts/index.ts';
import { hasCode } from '../errors.ts';
import type { BuiltServer } from './build-server.ts';
import { testServer } from './server-fixture.ts';

/** The cookies of somebody who holds some permissions. */
async function signedIn(
  { app, widgy }: BuiltServer,
  name: string,
  permissions: readonly string[],
): Promise<string> {
  const { accounts, database } = widgy;
  const role = await createRole(accounts, { name, label: name, permissions }, trustedActor);
  assert.ok(role.ok);
  const email = `${name}@example.org`;
  const made = await createUser(accounts, { email, name, roles: [{ site: '*', role: name }] }, trustedActor);
  assert.ok(made.ok);
  await database.kysely.updateTable('users').set({ must_change_password: 0 }).execute();
  const form = await app.inject('/admin/sign-in');
  const [, token = ''] = /name="_csrf" value="([^"]+)"/.exec(form.body) ?? [];
  const cookiesOf = ({ cookies }: { cookies: readonly { name: string; value: string }[] }) =>
    cookies.map((cookie) => `${cookie.name}=${encodeURIComponent(cookie.value)}`).join('; ');
  const answer = await app.inject({
    method: 'POST',
    url: '/admin/sign-in',
    headers: {
      cookie: cookiesOf(form),
      'sec-fetch-site': 'same-origin',
      'content-type': 'application/x-www-form-urlencoded',
    },
    payload: String(new URLSearchParams({ _csrf: token, email, password: made.password })),
  });
  assert.equal(answer.statusCode, 303, answer.body);
  return cookiesOf(answer);
}

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
    const author = await signedIn(server, 'reader', ['pages.read']);
    const keeper = await signedIn(server, 'keeper', ['settings.change']);
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
