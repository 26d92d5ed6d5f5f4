import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Database } from '../database/database.ts';
import { trustedAuthor } from '../documents/author.ts';
import { commitDraft } from '../documents/commits/commit-draft.ts';
import { withdrawDocument } from '../documents/commits/withdraw-document.ts';
import type { DocumentStart } from '../documents/create-document.ts';
import { type DocumentStore, openDocuments } from '../documents/store.ts';
import type { JsonObject } from '../tree/json.ts';
import { counter } from '../tree/random-fixture.ts';
import { createTree, type Tree } from '../tree/tree.ts';
import { createWidget } from '../tree/widget.ts';
import { defineWidget } from '../widgets/define-widget.ts';
import { defineSite } from '../widgets/site.ts';
import { createLink, createPage, type NewLink, type NewPage } from './create-page.ts';
import { pageLinkable } from './linkable.ts';
import type { Page } from './page.ts';
import { readPublicPage } from './public-page.ts';
import type { RefusedPage } from './refusal.ts';
import { pagesHook } from './search/hook.ts';
import { openPages, type PageStore, type PagesOptions } from './store.ts';

/** Pages of texts. */
export const widgets = defineSite({
  folder: import.meta.dirname,
  widgets: [
    defineWidget({
      type: 'layout',
      label: 'Layout',
      isRootChoice: true,
      children: { accept: ['text', 'row'] },
      fields: z.object({ heading: z.string().default('') }),
      files: [],
    }),
    defineWidget({
      type: 'callout',
      label: 'Callout',
      isRootChoice: true,
      children: { accept: ['text'] },
      files: [],
    }),
    defineWidget({
      type: 'text',
      label: 'Text',
      fields: z.object({
        rich: z.string().default('').meta({ kind: 'rich-text' }),
        markdown: z.string().default('').meta({ kind: 'markdown' }),
        to: z.string().default('').meta({ kind: 'link' }),
      }),
      files: [],
    }),
    defineWidget({
      type: 'row',
      label: 'Row',
      fields: z.object({
        cells: z.array(z.object({ cell: z.string().default('') })).default([]),
        colour: z.string().default('').meta({ kind: 'colour' }),
      }),
      files: [],
    }),
  ],
});

/** Somebody who may do everything. */
export const ann = trustedAuthor('ann');

/** A time that stands still until it is set. */
export interface Clock {
  now: number;
}

/** Pages of tests, with the time that they go by. */
export interface TestPages {
  readonly store: PageStore;
  readonly documents: DocumentStore;
  readonly database: Database;
  readonly clock: Clock;
}

/** Opens the pages of a site that nobody has used yet: tests share a database, as sites do. */
export function openTestPages(
  database: Database,
  { isReviewed = false, ...options }: TestPagesOptions = {},
): TestPages {
  const { site = `s${randomUUID()}` } = options;
  const clock: Clock = { now: 1000 };
  const now = () => clock.now;
  const documents = openDocuments({
    database,
    site: widgets,
    linkables: [pageLinkable({ site, now, isReviewed })],
    before: pagesHook({ database, site: widgets, now, isReviewed }),
    newId: counter(`${site}-`),
    now,
    isReviewed,
    onProblem: (problem) => assert.fail(String(problem)),
  });
  const store = openPages({
    documents,
    menus: { main: { label: 'Main', depth: 2 }, footer: { label: 'Footer', depth: 1 } },
    templates: { plain: 'Plain', wide: 'Wide' },
    mounts: { blog: 'Blog' },
    rootTypes: ['layout'],
    hosts: ['example.org'],
    ...options,
    site,
  });
  return { store, documents, database, clock };
}

/** What pages of tests may be opened with. */
export type TestPagesOptions = Partial<Omit<PagesOptions, 'documents'>> & { readonly isReviewed?: boolean };

/** The redirects of a site, in the order of the addresses they lead from. */
export async function redirectsIn({ store, database }: TestPages) {
  return await database.kysely
    .selectFrom('redirects')
    .select(['from_path', 'target_page'])
    .where('site', '=', store.site)
    .orderBy('from_path')
    .execute();
}

/** A document of a page that shows a text. */
export function textOf(rich: string, more: object = {}): DocumentStart {
  return {
    tree: { id: 'root', type: 'layout', children: [{ id: 't', type: 'text', fields: { rich, ...more } }] },
  };
}

/** Makes a page that nobody sees yet. */
export async function draftPage({ store }: TestPages, request: NewPage): Promise<Page> {
  return done(await createPage(store, request, ann)).page;
}

/** Makes a page and publishes it. */
export async function publicPage(
  pages: TestPages,
  request: NewPage,
  at: 'now' | number = 'now',
): Promise<Page> {
  const page = await draftPage(pages, request);
  await publish(pages, page, at);
  return page;
}

/** Makes a link page that visitors see. */
export async function publicLink({ store }: TestPages, request: NewLink): Promise<Page> {
  return done(await createLink(store, { publishedAt: 0, ...request }, ann)).page;
}

/** Commits the draft of a page that was not changed since it was made. */
export async function publish(
  { documents }: TestPages,
  page: Page,
  at: 'now' | number = 'now',
): Promise<void> {
  assert.ok(page.kind === 'page' && page.document !== null);
  const committed = await commitDraft(documents, page.document, { after: 0, publishAt: at }, ann);
  assert.ok(committed.ok, JSON.stringify(committed));
}

/** An answer that is none of a refusal. */
export function done<T extends { readonly ok: true }>(answer: T | RefusedPage): T {
  assert.ok(answer.ok, JSON.stringify(answer));
  return answer;
}

/** The refusal of an answer, which must have this code. */
export function refused<Code extends RefusedPage['refusal']['code']>(
  answer: { readonly ok: true } | RefusedPage,
  code: Code,
): Extract<RefusedPage['refusal'], { readonly code: Code }> {
  assert.ok(!answer.ok, 'it was not refused');
  const { refusal } = answer;
  assert.equal(refusal.code, code, JSON.stringify(refusal));
  assert.ok(isOf(refusal, code));
  return refusal;
}

function isOf<Code extends RefusedPage['refusal']['code']>(
  refusal: RefusedPage['refusal'],
  code: Code,
): refusal is Extract<RefusedPage['refusal'], { readonly code: Code }> {
  return refusal.code === code;
}

/** The addresses of all pages that are there, with their titles, in the order of the addresses. */
export async function pathsIn({ store, database }: TestPages): Promise<readonly string[]> {
  const rows = await database.kysely
    .selectFrom('pages')
    .select(['path', 'title'])
    .where('site', '=', store.site)
    .where('deleted_at', 'is', null)
    .execute();
  return rows.map(({ path, title }) => `/${path} ${title}`).sort();
}

/** Puts so many pages below one, a hundred in each level, past the functions that are tested. They share its document. */
export async function growBranch(
  { database }: TestPages,
  above: { readonly id: string; readonly path: string },
  size: number,
): Promise<void> {
  const row = await database.kysely
    .selectFrom('pages')
    .selectAll()
    .where('id', '=', above.id)
    .executeTakeFirstOrThrow();
  const rows = Array.from({ length: size }, (_, at) => {
    const level = Math.floor(at / 100);
    const parent = level === 0 ? above.id : `${above.id}-${at - 100}`;
    return { id: `${above.id}-${at}`, parent, level, slug: `g${at}` };
  });
  const paths = new Map([[above.id, above.path]]);
  for (const { id, parent, slug } of rows) paths.set(id, `${paths.get(parent)}/${slug}`);
  for (let start = 0; start < size; start += 500) {
    const values = rows.slice(start, start + 500).map(({ id, parent, level, slug }, at) => {
      const path = paths.get(id) ?? '';
      return {
        ...row,
        id,
        parent,
        slug,
        path,
        title: slug,
        title_key: slug,
        depth: row.depth + 1 + level,
        position: at,
      };
    });
    await database.kysely.insertInto('pages').values(values).execute();
  }
}

/** A tree with a heading and one widget. */
export function treeOf(type: string, fields: JsonObject = {}, heading = ''): Tree {
  const child = createWidget({ id: 'a', type, fields });
  return createTree(createWidget({ id: 'root', type: 'layout', fields: { heading }, children: [child] }));
}

/** What is at an address for everybody: the title of a page, the address that it leads to, or what there is in its place. */
export async function answerAt({ store }: TestPages, path: string): Promise<string> {
  const answer = await readPublicPage(store, { path, isSignedIn: false });
  if (answer.kind === 'page') return answer.page.title;
  return answer.kind === 'redirect' ? answer.to : answer.kind;
}

/** Takes a page off the site that was committed once. */
export async function withdraw({ documents }: TestPages, page: Page): Promise<void> {
  assert.ok(page.kind === 'page' && page.document !== null);
  const withdrawn = await withdrawDocument(documents, page.document, { head: 1 }, ann);
  assert.ok(withdrawn.ok, JSON.stringify(withdrawn));
}
