import assert from 'node:assert/strict';
import { after } from 'node:test';
import { type Config, createCompressor, loadConfig } from '@widgy/compressor';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import {
  createPasswordHasher,
  createRole,
  createUser,
  definePermissions,
  permissionsFor,
  trustedActor,
} from '../accounts/index.ts';
import { readEnvironment, type WidgyEnvironment, widgyEnvironment } from '../config/index.ts';
import {
  type ChangeRequest,
  changeDraft,
  commitDraft,
  readDraft,
  readState,
  trustedAuthor,
} from '../documents/index.ts';
import { library, libraryKinds, unsafeHtml, unsafeKinds } from '../library/index.ts';
import { createPage, type NewPage } from '../pages/index.ts';
import { createSiteRenderer } from '../rendering/index.ts';
import type { ServerOptions } from '../server/options.ts';
import { defineSetting, defineSettings } from '../settings/index.ts';
import { newWidget } from '../tree/rules/new-widget.ts';
import { createWidget } from '../tree/widget.ts';
import { defineSite } from '../widgets/site.ts';
import { linkPackage, siteFolder } from '../widgets/site-fixture.ts';
import { type BuiltServer, buildServer } from './build-server.ts';

/** The site of the tests: the whole library, two menus, two templates and something that is mounted. */
export const site = defineSite({
  folder: import.meta.dirname,
  widgets: [...library, unsafeHtml],
  kinds: { ...libraryKinds, ...unsafeKinds },
  permissions: permissionsFor(),
});

const colour = defineSetting({
  name: 'site.colour',
  label: 'Brand colour',
  schema: z.string().default('#0c6350').meta({ kind: 'colour' }),
  isEditable: true,
  isPublic: true,
});

/** Templates of pages, small enough to be read in an answer. */
const TEMPLATES = {
  'templates/pages/page.liquid': `<title>{{ meta.title }}</title><style nonce="{{ compressor.nonce }}">:root { --brand: {{ settings.site.colour }} }</style>
<nav>{% for entry in menus.main %}<a href="{{ entry.url }}">{{ entry.title }}</a>{% endfor %}</nav><h1>{{ page.title }}</h1>{{ note }}{% render_root page.tree %}`,
  'templates/pages/plain.liquid': 'plain {{ page.title }}',
};

/** A folder for the templates of a test, and a renderer for them. */
async function testRenderer(files: Readonly<Record<string, string>>) {
  const folder = await siteFolder({ ...TEMPLATES, ...files });
  return createSiteRenderer({
    site,
    templates: `${folder}/templates`,
    onFailure: ({ error }) => {
      throw error;
    },
  });
}

/** What a test server has that others do not: files of its own, and other variables of the environment. */
export interface TestServerOptions extends Partial<Omit<ServerOptions, 'environment' | 'config'>> {
  readonly files?: Readonly<Record<string, string>>;
  readonly variables?: Readonly<Record<string, string>>;
  readonly environment?: Readonly<Record<string, string>>;
  readonly config?: Partial<ServerOptions['config']>;
}

/** Builds a server that keeps everything in memory and in a temporary folder, and ends with the test. */
export async function testServer(options: TestServerOptions = {}): Promise<BuiltServer> {
  const { files = {}, config = {}, environment = {}, ...more } = options;
  const renderer = options.renderer ?? (await testRenderer(files));
  const built = await buildServer({
    // These passwords need no protection.
    hasher: createPasswordHasher({ parameters: { memory: 64, passes: 1, lanes: 1 } }),
    // Statements are counted, and jobs ask some at any time.
    hasJobs: false,
    ...more,
    renderer,
    compressor: options.compressor ?? (await testCompressor(() => renderer.engine)),
    environment: await testEnvironment(environment),
    config: {
      site,
      siteName: 'Boatyard',
      permissions: definePermissions(site, { special: ['unsafe-html'] }),
      settings: defineSettings([colour]),
      pages: {
        menus: { main: { label: 'Main menu', depth: 2 } },
        templates: { page: 'Page', plain: 'Plain page' },
        mounts: { echo: 'Echo' },
      },
      ...config,
    },
  });
  after(() => built.app.close());
  return built;
}

async function testCompressor(
  engine: NonNullable<Exclude<NonNullable<Config['templates']>['engine'], string>>,
) {
  const folder = await siteFolder({ 'compressor.config.js': 'export default {};' });
  await linkPackage(folder, 'widgy');
  const secret = 'for tests only, and not secret at all';
  return await createCompressor(
    await loadConfig(`${folder}/compressor.config.js`, {
      ...{ mode: 'in-request', secret, templates: { engine }, logger: { log() {} } },
    }),
  );
}

async function testEnvironment(given: Readonly<Record<string, string>>): Promise<WidgyEnvironment> {
  const folder = await siteFolder({});
  return readEnvironment(widgyEnvironment, {
    NODE_ENV: 'test',
    DATABASE_URL: 'sqlite::memory:',
    BASE_URL: 'http://site.test',
    WIDGY_SECRET: 'for tests only, and not secret at all',
    MAIL_URL: `folder:${folder}/mail`,
    MEDIA_URL: `folder:${folder}/media`,
    LOG_LEVEL: 'silent',
    ...given,
  });
}

/** Makes a page that visitors see. */
export async function publishedPage(
  { widgy }: BuiltServer,
  page: NewPage,
): Promise<{ id: string; document: string }> {
  const author = trustedAuthor();
  const made = await createPage(widgy.pages, page, author);
  if (!made.ok) throw new Error(made.refusal.what);
  const { document } = made.draft;
  await publish(widgy.documents, document);
  return { id: made.page.id, document };
}

/** Adds a heading to the draft of a document. */
export async function addHeading(
  { widgy: { documents } }: BuiltServer,
  document: string,
  text: string,
): Promise<void> {
  const read = await readDraft(documents, document);
  assert.ok(read);
  const { tree, sequence } = read.draft;
  const made = newWidget(site.catalogue, 'heading', () => crypto.randomUUID());
  assert.ok(made);
  const widget = createWidget({ ...made, fields: { ...made.fields, text } });
  const request: ChangeRequest = {
    after: sequence,
    operations: [{ kind: 'insert', at: { parent: tree.root.id, slot: 'main' }, widget }],
  };
  const changed = await changeDraft(documents, document, request, trustedAuthor());
  assert.ok(changed.ok, JSON.stringify(changed));
}

/** Publishes the draft of a document. */
export async function publish(documents: BuiltServer['widgy']['documents'], document: string): Promise<void> {
  const state = await readState(documents.database.kysely, document);
  if (state === undefined) throw new Error('the document is not there');
  const request = { after: state.sequence, message: '', publishAt: 'now' } as const;
  const committed = await commitDraft(documents, document, request, trustedAuthor());
  if (!committed.ok) throw new Error(committed.refusal.what);
}

/** Asks a server for a page. */
export async function get(app: FastifyInstance, url: string, cookie?: string) {
  const headers = cookie === undefined ? {} : { cookie };
  return await app.inject({ method: 'GET', url, headers });
}

/** Makes somebody who holds some permissions, and signs them in. */
export async function signedIn(
  { app, widgy }: BuiltServer,
  name: string,
  permissions: readonly string[],
): Promise<{ readonly id: string; readonly cookie: string }> {
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
  return { id: made.user.id, cookie: cookiesOf(answer) };
}
