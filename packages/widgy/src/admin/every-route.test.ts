import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { BUILT_IN_ROLES } from '../accounts/index.ts';
import { createCallout, openCallouts } from '../callouts/index.ts';
import { trustedAuthor } from '../documents/index.ts';
import { addMedia, openMedia } from '../media/index.ts';
import { createPage, createRedirect, openPages } from '../pages/index.ts';
import { type TestAdmin, testAdmin } from './admin-fixture.ts';
import type { Person } from './person-fixture.ts';
import type { AdminRoute, OpenRoute } from './route.ts';
import { ADMIN_ROUTES } from './routes/index.ts';

/** A picture of one pixel. */
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** Things of a site, by the names that paths have for them. */
async function thingsOf({ widgy }: TestAdmin, site: string): Promise<Readonly<Record<string, string>>> {
  const { documents, database, media } = widgy;
  const author = trustedAuthor();
  const pages = openPages({ documents, site, rootTypes: widgy.pages.rootTypes });
  const page = await createPage(pages, { title: 'Theirs' }, author);
  const callout = await createCallout(openCallouts({ documents, site }), { name: 'Theirs' }, author);
  const redirect = await createRedirect(pages, { from: '/old', to: { kind: 'gone' } }, author);
  const item = await addMedia(
    openMedia({ database, storage: media.storage, site }),
    { bytes: PIXEL, fileName: 'theirs.png' },
    author,
  );
  assert.ok(page.ok && callout.ok && redirect.ok && item.ok);
  return {
    page: page.page.id,
    document: page.draft.document,
    callout: callout.callout.id,
    redirect: redirect.redirect.id,
    media: item.media.id,
    // People and roles are of all sites: nobody of this name is.
    ...{ person: 'nobody', role: 'no-role', session: 'none', setting: 'none.none' },
    ...{ widget: 'w1', commit: '1', change: '1' },
  };
}

/** The path of a route with things in the places of its parameters. */
function pathWith(path: string, things: Readonly<Record<string, string>>): string {
  return path.replace(/:(\w+)/g, (_, name: string) => {
    const thing = things[name];
    // Whoever adds a parameter says above what it names.
    assert.ok(thing !== undefined, `${path}: nothing is called "${name}"`);
    return thing;
  });
}

/** Everything that could have been changed. */
async function allRows({ widgy: { database } }: TestAdmin): Promise<string> {
  const { kysely } = database;
  const tables = ['pages', 'callouts', 'redirects', 'media', 'settings', 'operations'] as const;
  const rows = await Promise.all(tables.map((table) => kysely.selectFrom(table).selectAll().execute()));
  const documents = await kysely.selectFrom('documents').selectAll().orderBy('id').execute();
  const commits = await kysely.selectFrom('commits').selectAll().execute();
  return JSON.stringify([rows, documents, commits]);
}

const guarded = ADMIN_ROUTES.filter((route): route is AdminRoute => route.access !== 'public');
const nameOf = ({ method, path }: AdminRoute | OpenRoute) => `${method} ${path}`;
const ask = (person: Person, { method, path }: AdminRoute, things: Readonly<Record<string, string>>) =>
  method === 'GET'
    ? person.get(pathWith(path, things))
    : person.post(pathWith(path, things), { seen: '1', after: '0' });

const admin = await testAdmin();
const things = await thingsOf(admin, 'other');
const own = await thingsOf(admin, admin.widgy.siteId);

describe('every route of the administration', () => {
  it('is named once', () => {
    assert.equal(new Set(ADMIN_ROUTES.map(nameOf)).size, ADMIN_ROUTES.length);
    assert.ok(guarded.length > 40, `${guarded.length}`);
  });

  it('asks whoever is not signed in to do so', async () => {
    for (const route of guarded) {
      const answer = await ask(admin.nobody(), route, things);
      const expected = route.method === 'GET' ? 200 : 401;
      assert.equal(answer.status, expected, nameOf(route));
      assert.match(answer.text, /Sign in/, nameOf(route));
    }
  });

  it('is for those alone who hold its permission, whatever else they hold', async () => {
    const { all } = admin.widgy.accounts.permissions;
    for (const route of guarded) {
      if (route.access === 'signed-in') continue;
      const { may } = route.access;
      assert.ok(all.has(may), `${nameOf(route)} asks for "${may}", which nobody can hold`);
    }
    const asked = new Set(guarded.flatMap(({ access }) => (typeof access === 'object' ? access.may : [])));
    for (const lacked of asked) {
      const others = [...all.values()].filter(({ name }) => name !== lacked && name !== 'admin.enter');
      const person = await admin.person(others.map(({ name }) => name));
      for (const route of guarded) {
        if (typeof route.access !== 'object' || route.access.may !== lacked) continue;
        assert.equal((await ask(person, route, things)).status, 403, nameOf(route));
      }
    }
  });

  it('is for nobody who may not enter the administration', async () => {
    const person = await admin.person([]);
    await admin.widgy.database.kysely.updateTable('roles').set({ permissions: '["pages.read"]' }).execute();
    for (const route of guarded) assert.equal((await ask(person, route, things)).status, 403, nameOf(route));
  });

  it('does nothing to what belongs to another site, whoever asks', async () => {
    const before = await allRows(admin);
    const people: Person[] = [];
    for (const role of BUILT_IN_ROLES.keys()) {
      people.push(await admin.person(role === 'administrator' ? 'everything' : permissionsOf(role)));
    }
    for (const route of guarded) {
      if (!route.path.includes(':')) continue;
      for (const person of people) {
        const { status, text, html } = await ask(person, route, things);
        assert.ok(status < 500, `${nameOf(route)}: ${status} ${text}`);
        assert.doesNotMatch(html, /Theirs|theirs\.png/, nameOf(route));
      }
    }
    assert.equal(await allRows(admin), before);
  });

  it('that changes something takes no form from elsewhere', async () => {
    const person = await admin.person('everything');
    const before = await allRows(admin);
    for (const route of ADMIN_ROUTES) {
      if (route.method !== 'POST') continue;
      const url = `/admin${pathWith(route.path, own)}`;
      const payload = 'seen=1';
      const type = { 'content-type': 'application/x-www-form-urlencoded' };
      for (const headers of [
        { ...type, origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
        { ...type, 'sec-fetch-site': 'same-site' },
        { ...type, origin: 'null' },
        // From here, but without the token of a form.
        { ...type, 'sec-fetch-site': 'same-origin' },
      ]) {
        const cookie = person.cookie();
        const answer = await admin.app.inject({
          method: 'POST',
          url,
          headers: { ...headers, cookie },
          payload,
        });
        assert.equal(answer.statusCode, 403, `${nameOf(route)} ${JSON.stringify(headers)}`);
      }
    }
    assert.equal(await allRows(admin), before);
    // They were not signed out, either.
    assert.match((await person.get('/')).text, /Sign out/);
  });
});

function permissionsOf(role: string): readonly string[] {
  const permitted = BUILT_IN_ROLES.get(role)?.permitted;
  return permitted === undefined || permitted === 'everything'
    ? []
    : [...permitted].filter((name) => name !== 'admin.enter');
}
