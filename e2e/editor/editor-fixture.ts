import assert from 'node:assert/strict';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { createUser, trustedActor } from 'widgy/accounts';
import { readDraft, trustedAuthor } from 'widgy/documents';
import { createPage } from 'widgy/pages';
import { createTree, formatTree, hashTree, type Tree, type Widget } from 'widgy/tree';
import { saveTree } from '../../packages/widgy/src/database/trees.ts';
import { launch } from '../browser.ts';
import { type RunningSite, startSite } from '../site.ts';

/** A widget as a test writes it. */
export interface WrittenWidget {
  readonly id: string;
  readonly type: string;
  readonly slot?: string;
  readonly fields?: Readonly<Record<string, unknown>>;
  readonly children?: readonly WrittenWidget[];
}

/** A site whose documents are edited in a browser. */
export interface EditorSite {
  readonly site: Omit<RunningSite, 'administrator'>;
  readonly browser: Browser;
  /** Somebody who is signed in, in a browser of their own, as an administrator if not told otherwise. */
  readonly person: (name: string, options?: PersonOptions) => Promise<BrowserContext>;
  /** The same, where it matters who they are to the site, and how they sign in again. */
  readonly account: (name: string, options?: PersonOptions) => Promise<SignedIn>;
  /** Makes a page with a tree; what stands in the first slot of its layout may be given alone. Gives its document. */
  readonly newPage: (title: string, content: readonly WrittenWidget[]) => Promise<string>;
  /** Puts a tree into the database that nobody could make: as one that older code has left. The document has had no change. */
  readonly putTree: (document: string, root: Widget) => Promise<void>;
  /** The draft of a document, as the database has it. */
  readonly draft: (document: string) => Promise<Tree>;
}

/** How somebody is, where it matters. */
export interface PersonOptions extends BrowserContextOptions {
  readonly role?: string;
}

/** Somebody who is signed in. */
export interface SignedIn {
  readonly id: string;
  readonly context: BrowserContext;
  /** Fills in the form that a page shows to who is signed out. */
  readonly signIn: (page: Page) => Promise<void>;
}

/** What pages of tests are made of, beside the layout around them. */
export const CONTENT: readonly WrittenWidget[] = [
  { id: 'intro', type: 'heading', fields: { text: 'Rivers', level: 'h2' } },
  { id: 'words', type: 'text', fields: { text: '<p>Slow water.</p>' } },
  {
    id: 'soft',
    type: 'section',
    fields: { anchor: 'soft' },
    children: [
      { id: 'inner', type: 'heading', fields: { text: 'Banks', level: 'h3' } },
      { id: 'press', type: 'button', fields: { text: 'Press', link: '/boats' } },
    ],
  },
  { id: 'empty', type: 'section', fields: { anchor: 'empty' } },
];

/** So many headings, one below the other: enough of them do not fit into a window. Their ids are `bend0` and so on. */
export function bends(count: number): readonly WrittenWidget[] {
  return Array.from({ length: count }, (_, at) => ({
    ...{ id: `bend${at}`, type: 'heading' },
    fields: { text: `Bend ${at}`, level: 'h2' },
  }));
}

/** What a site of tests can be told. */
export type SiteOptions = NonNullable<Parameters<typeof startSite>[1]>;

/** Starts a site, and a browser. */
export async function openEditorSite(options: SiteOptions = {}): Promise<EditorSite & AsyncDisposable> {
  return await editorSiteOn(await startSite('in-request', options));
}

/** Starts a browser for a site that runs. */
export async function editorSiteOn(site: EditorSite['site']): Promise<EditorSite & AsyncDisposable> {
  const browser = await launch();
  const { widgy } = site;
  let count = 0;
  const account = async (
    name: string,
    { role = 'administrator', ...options }: PersonOptions = {},
  ): Promise<SignedIn> => {
    count += 1;
    const email = `editor-${count}@example.org`;
    const roles = [{ site: '*', role }];
    const made = await createUser(widgy.accounts, { email, name, roles }, trustedActor);
    assert.ok(made.ok, JSON.stringify(made));
    await widgy.database.kysely
      .updateTable('users')
      .set({ must_change_password: 0 })
      .where('id', '=', made.user.id)
      .execute();
    const signIn = async (page: Page) => {
      await page.getByLabel('E-mail address').fill(email);
      await page.getByLabel('Password').fill(made.password);
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.waitForURL((url) => !url.pathname.endsWith('/sign-in'));
    };
    const context = await browser.newContext({
      viewport: { width: 1440, height: 900 },
      reducedMotion: 'reduce',
      permissions: ['clipboard-read', 'clipboard-write'],
      ...options,
    });
    const page = await context.newPage();
    await page.goto(`${site.url}/admin/`);
    await signIn(page);
    await page.close();
    return { id: made.user.id, context, signIn };
  };
  return {
    ...{ site, browser, account },
    person: async (name, options) => (await account(name, options)).context,
    async newPage(title, content) {
      const children = content.map((widget) => ({ slot: 'main', ...widget }));
      const tree = { id: 'root', type: 'one-column', children };
      const { document } = await createdPage(widgy, { title, start: { tree } });
      return document ?? assert.fail('It has no document.');
    },
    async putTree(document, root) {
      const tree = createTree(root);
      const stored = { hash: hashTree(tree), content: formatTree(tree) };
      await saveTree(widgy.database.kysely, stored, 0);
      await widgy.database.kysely
        .updateTable('documents')
        .set({ draft_base: stored.hash, draft_hash: stored.hash })
        .where('id', '=', document)
        .execute();
      widgy.documents.drafts.clear();
    },
    async draft(document) {
      widgy.documents.drafts.clear();
      const read = await readDraft(widgy.documents, document);
      assert.ok(read);
      return read.draft.tree;
    },
    async [Symbol.asyncDispose]() {
      await browser.close();
      await site[Symbol.asyncDispose]();
    },
  };
}

/** Makes a page with nothing on it, to which something can lead. */
export async function pageCalled({ site }: EditorSite, title: string) {
  return await createdPage(site.widgy, { title, start: { type: 'one-column' } });
}

async function createdPage({ pages }: RunningSite['widgy'], fields: Parameters<typeof createPage>[1]) {
  const made = await createPage(pages, fields, trustedAuthor('test'));
  assert.ok(made.ok && made.page.kind === 'page', JSON.stringify(made));
  return made.page;
}

/** What stands where, as indented lines: what is in a widget stands below its id, or what else it is to be called. */
export function outlineOf(tree: Tree, nameOf = ({ id }: Widget): string => id): string {
  const lines: string[] = [];
  const look = [{ widget: tree.root, depth: 0 }];
  for (let next = look.pop(); next !== undefined; next = look.pop()) {
    const { widget, depth } = next;
    lines.push(`${'  '.repeat(depth)}${nameOf(widget)}`);
    look.push(...widget.children.map((child) => ({ widget: child, depth: depth + 1 })).toReversed());
  }
  return lines.join('\n');
}

/** The canonical JSON of a tree, to be compared byte for byte. */
export const textOf = formatTree;
