import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { after } from 'node:test';
import { createCompressor, resolveConfig, silentLogger } from '@widgy/compressor';
import type { FastifyInstance } from 'fastify';
import {
  createPasswordHasher,
  createRole,
  createUser,
  definePermissions,
  permissionsFor,
  trustedActor,
} from '../accounts/index.ts';
import type { Config } from '../config/config.ts';
import { readEnvironment, widgyEnvironment } from '../config/index.ts';
import { library, libraryKinds, unsafeHtml, unsafeKinds } from '../library/index.ts';
import { createSiteRenderer } from '../rendering/index.ts';
import type { Widgy } from '../server/widgy.ts';
import { buildServer } from '../start/build-server.ts';
import { defineSite } from '../widgets/site.ts';
import { linkPackage, siteFolder } from '../widgets/site-fixture.ts';
import { type Person, personOf } from './person-fixture.ts';

/** Where tests begin, in milliseconds since 1970: 21 September 2026. */
export const START = 1_790_000_000_000;

const FILES = {
  'package.json': '{"name":"harbour","type":"module","exports":{}}',
  'templates/pages/page.liquid':
    '<!doctype html><html lang="en"><head><title>{{ meta.title }}</title></head><body><main><h1>{{ page.title }}</h1>{% render_root page.tree %}</main></body></html>',
  'templates/pages/landing.liquid':
    '<!doctype html><html lang="en"><head><title>{{ meta.title }}</title></head><body class="landing">{% render_root page.tree %}</body></html>',
} as const;

/** A server with the administration on a new database, for a test. */
export interface TestAdmin {
  readonly app: FastifyInstance;
  readonly widgy: Widgy;
  readonly clock: { now: number };
  /** Makes somebody, and signs them in. Names of permissions, or all that there is. */
  readonly person: (permissions: 'everything' | readonly string[], name?: string) => Promise<Person>;
  /** Somebody who is not signed in. */
  readonly nobody: () => Person;
  /** Counts the statements that the database does for a step. */
  readonly statements: (step: () => Promise<unknown>) => Promise<number>;
}

/** Builds a server on SQLite in memory, with the whole library and nothing in it. It is closed when the tests of the suite are done. */
export async function testAdmin(
  config: Partial<Omit<Config, 'site'>> = {},
  variables: Readonly<Record<string, string>> = {},
): Promise<TestAdmin> {
  const folder = await siteFolder(FILES);
  await linkPackage(folder, 'widgy');
  await mkdir(join(folder, 'static'), { recursive: true });
  const site = defineSite({
    folder,
    widgets: [...library, unsafeHtml],
    kinds: { ...libraryKinds, ...unsafeKinds },
    permissions: permissionsFor(),
  });
  const renderer = createSiteRenderer({
    site,
    templates: join(folder, 'templates'),
    onFailure: ({ type, message }) => assert.fail(`${type}: ${message}`),
  });
  const compressor = await createCompressor(
    resolveConfig(
      {
        mode: 'development',
        templates: { engine: () => renderer.engine },
        output: { directory: 'assets', url: '/assets/' },
        cache: false,
        logger: silentLogger,
      },
      folder,
    ),
  );
  const environment = readEnvironment(widgyEnvironment, {
    NODE_ENV: 'test',
    LOG_LEVEL: 'silent',
    DATABASE_URL: ':memory:',
    BASE_URL: BASE,
    MEDIA_URL: `folder:${join(folder, 'media')}`,
    MAIL_URL: `folder:${join(folder, 'mail')}`,
    ...variables,
  });
  const clock = { now: START };
  const { app, widgy } = await buildServer({
    config: {
      site,
      siteName: 'Old Harbour',
      permissions: definePermissions(site, { special: ['unsafe-html'] }),
      pages: {
        menus: { main: { label: 'Main menu', depth: 2 } },
        templates: { page: 'Page', landing: 'Landing page' },
      },
      ...config,
    },
    environment,
    renderer,
    compressor,
    // These passwords need no protection.
    hasher: createPasswordHasher({ parameters: { memory: 64, passes: 1, lanes: 1 } }),
    now: () => clock.now,
  });
  after(() => app.close());
  let people = 0;
  return {
    ...{ app, widgy, clock },
    nobody: () => personOf((request) => app.inject(request), BASE, { id: '', email: '', password: '' }),
    async person(permissions, name = `Person ${people + 1}`) {
      people += 1;
      const role = permissions === 'everything' ? 'administrator' : `role-${people}`;
      if (permissions !== 'everything') {
        const made = await createRole(
          widgy.accounts,
          { name: role, label: role, permissions: ['admin.enter', ...permissions] },
          trustedActor,
        );
        assert.ok(made.ok, JSON.stringify(made));
      }
      return await signedIn(app, widgy, { name, email: `person-${people}@example.org`, role });
    },
    async statements(step) {
      let count = 0;
      const stop = widgy.database.onStatement(() => {
        count += 1;
      });
      await step();
      stop();
      return count;
    },
  };
}

const BASE = 'http://harbour.example';

async function signedIn(
  app: FastifyInstance,
  { accounts, database }: Widgy,
  { name, email, role }: { readonly name: string; readonly email: string; readonly role: string },
): Promise<Person> {
  const made = await createUser(accounts, { email, name, roles: [{ site: '*', role }] }, trustedActor);
  assert.ok(made.ok, JSON.stringify(made));
  await database.kysely
    .updateTable('users')
    .set({ must_change_password: 0 })
    .where('id', '=', made.user.id)
    .execute();
  const person = personOf((request) => app.inject(request), BASE, {
    id: made.user.id,
    email,
    password: made.password,
  });
  const form = await person.get('/sign-in');
  const first = await person.press(form, 'Sign in', { email, password: made.password });
  assert.equal(first.status, 200, first.text);
  return person;
}
