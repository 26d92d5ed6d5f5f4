import assert from 'node:assert/strict';
import { after } from 'node:test';
import fastify, { type FastifyInstance, type InjectOptions } from 'fastify';
import { z } from 'zod';
import type { Database } from '../database/database.ts';
import { type DocumentOptions, type DocumentStore, openDocuments } from '../documents/store.ts';
import { openMigrated } from '../testing/test-databases.ts';
import { isPlainObject, type PlainObject } from '../tree/problems.ts';
import { defineWidget } from '../widgets/define-widget.ts';
import { defineSite } from '../widgets/site.ts';
import { widgyApi } from './api.ts';
import { type CheckedAnswer, checkAnswer } from './checked-fixture.ts';
import type { ApiOptions } from './options.ts';
import { POLICIES, type Policies, type Policy, type PolicyQuestion } from './policies.ts';

/** Somebody who asks: what the policies allow them, and whether they may do anything with widgets. */
export interface TestUser {
  readonly id: string;
  readonly allowed: readonly Policy[];
  readonly mayWidgets: boolean;
}

/** Who there is: they say their name in the header `x-user`. */
export const users: ReadonlyMap<string, TestUser> = new Map([
  ['ann', { id: 'ann', allowed: POLICIES, mayWidgets: true }],
  ['bob', { id: 'bob', allowed: POLICIES, mayWidgets: true }],
  ['reader', { id: 'reader', allowed: ['read'], mayWidgets: true }],
  ['guest', { id: 'guest', allowed: [], mayWidgets: true }],
  ['limited', { id: 'limited', allowed: POLICIES, mayWidgets: false }],
]);

/** The fields that random operations set are of any kind. */
const any = z.unknown().default(null).meta({ kind: 'json' });
const fields = z.object({ a: any, b: any });

const anything = {
  accept: ['*'],
  slots: [
    { name: 'left', accept: ['*'] },
    { name: 'right', accept: ['*'] },
  ],
};

/** A site whose types take whatever `random-fixture.ts` makes, and a few with rules. */
export const testSite = defineSite<TestUser>({
  folder: import.meta.dirname,
  kinds: { json: { shape: 'own', read: (text) => JSON.parse(text), write: JSON.stringify } },
  widgets: [
    defineWidget({
      type: 'page',
      label: 'Page',
      isRootChoice: true,
      fields,
      children: anything,
      files: [],
    }),
    defineWidget({ type: 'box', label: 'Box', fields, children: anything, files: [] }),
    defineWidget({ type: 'text', label: 'Text', fields, children: anything, files: [] }),
    defineWidget({ type: 'image', label: 'Image', fields, children: anything, files: [] }),
    defineWidget({
      type: 'slideshow',
      label: 'Slideshow',
      description: 'Slides that change',
      fields: z.object({ delay: z.int().min(1).default(2).meta({ label: 'Delay', help: 'Seconds' }) }),
      children: { accept: ['slide'], default: ['slide', 'slide'], max: 3 },
      files: [],
    }),
    defineWidget({
      type: 'slide',
      label: 'Slide',
      parents: ['slideshow'],
      fields: z.object({
        title: z.string().max(50).default(''),
        link: z.string().default('').meta({ kind: 'link' }),
      }),
      files: [],
    }),
  ],
  permissions: { '*': ({ user }) => user.mayWidgets },
});

/** Policies that ask the list of each user. */
export const testPolicies: Policies<TestUser> = {
  describe: may,
  list: may,
  read: may,
  edit: may,
  publish: may,
  create: may,
  clone: may,
  delete: may,
  detach: may,
  attach: may,
};

function may({ user, policy }: PolicyQuestion<TestUser>): boolean {
  return user.allowed.includes(policy);
}

/** What is sent. */
export interface TestRequest {
  /** Default: `ann`; null for nobody. */
  readonly user?: string | null;
  readonly body?: unknown;
  /** In place of a body. */
  readonly text?: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A server with the API under `/api`. */
export interface TestApi {
  readonly app: FastifyInstance;
  readonly documents: DocumentStore;
  /** Asks for something; the answer is checked against the OpenAPI document. */
  readonly ask: (asked: string, request?: TestRequest) => Promise<CheckedAnswer>;
}

/** What a server is made with, where it is not what all have. */
export interface TestApiOptions {
  readonly database?: Database;
  readonly documents?: Partial<DocumentOptions>;
  readonly api?: Partial<ApiOptions<TestUser>>;
  /** Is called before the API is there. */
  readonly prepare?: (app: FastifyInstance) => void;
  /** Is given each line of the log. */
  readonly log?: (line: string) => void;
}

/** Makes a server; it is closed when the suite is done. */
export async function testApi(options: TestApiOptions = {}): Promise<TestApi> {
  const { database, documents: given, api, log, prepare } = options;
  const documents = openDocuments({
    database: database ?? (await openMigrated(':memory:')),
    site: testSite,
    ...given,
  });
  const logger = log === undefined ? false : { stream: { write: log } };
  const app = fastify({ logger });
  prepare?.(app);
  await app.register(
    widgyApi<TestUser>({
      documents,
      site: testSite,
      policies: testPolicies,
      authenticate: ({ headers }) => users.get(String(headers['x-user'])),
      authorId: ({ id }) => id,
      preview: ({ tree }) => `<p>${tree.root.type}</p>`,
      ...api,
    }),
    { prefix: '/api' },
  );
  after(() => app.close());
  return { app, documents, ask: (asked, request) => ask(app, asked, request) };
}

async function ask(app: FastifyInstance, asked: string, request: TestRequest = {}): Promise<CheckedAnswer> {
  const [method = '', path = ''] = asked.split(' ');
  const { user = 'ann', body, text, headers } = request;
  const payload = text ?? (body === undefined ? undefined : JSON.stringify(body));
  const url = `/api${path}`;
  const sent: InjectOptions = {
    method: methodOf(method),
    url,
    headers: {
      ...(user === null ? {} : { 'x-user': user }),
      ...(payload === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(payload === undefined ? {} : { payload }),
  };
  const response = await app.inject(sent);
  const isJson = /json/.test(String(response.headers['content-type']));
  const parsed: unknown = isJson && response.body !== '' ? JSON.parse(response.body) : {};
  const answer: CheckedAnswer = {
    status: response.statusCode,
    headers: response.headers,
    text: response.body,
    json: isPlainObject(parsed) ? parsed : {},
  };
  if (method !== 'HEAD') checkAnswer(method, url, answer);
  return answer;
}

function methodOf(name: string): 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE' | 'PATCH' {
  const methods = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PATCH'] as const;
  return methods.find((method) => method === name) ?? assert.fail(`${name} is no method`);
}

/** A body that was answered with a status; fails for any other. */
export function expectStatus(answer: CheckedAnswer, status: number, code?: string): PlainObject {
  assert.equal(answer.status, status, answer.text);
  if (code !== undefined) assert.equal(answer.json.code, code, answer.text);
  return answer.json;
}

/** Makes a document whose root is a page with the id that is given back. */
export async function makePage({ ask }: Pick<TestApi, 'ask'>, id: string): Promise<string> {
  const start = {
    tree: {
      id: 'root',
      type: 'page',
      children: [
        { id: 'one', type: 'text', fields: { a: 'x' } },
        { id: 'box', type: 'box' },
      ],
    },
  };
  expectStatus(await ask('POST /documents', { body: { id, start } }), 201);
  return `/documents/${id}`;
}
