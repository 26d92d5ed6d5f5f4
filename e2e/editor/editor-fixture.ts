import assert from 'node:assert/strict';
import type {
  Browser,
  BrowserContext,
  BrowserContextOptions,
  FrameLocator,
  Locator,
  Page,
} from 'playwright-core';
import { createUser, trustedActor } from 'widgy/accounts';
import { readDraft, trustedAuthor } from 'widgy/documents';
import { createPage } from 'widgy/pages';
import { createTree, formatTree, hashTree, type Tree, type Widget } from 'widgy/tree';
import { saveTree } from '../../packages/widgy/src/database/trees.ts';
import { launch } from '../browser.ts';
import { type RunningSite, startSite } from '../site.ts';
import { until } from './until.ts';

/** A widget as a test writes it. */
export interface WrittenWidget {
  readonly id: string;
  readonly type: string;
  readonly slot?: string;
  readonly fields?: Readonly<Record<string, unknown>>;
  readonly children?: readonly WrittenWidget[];
}

/** A site whose documents are edited in a browser. */
export interface EditorSite extends AsyncDisposable {
  readonly site: Omit<RunningSite, 'administrator'>;
  readonly browser: Browser;
  /** Somebody who is signed in, in a browser of their own, as an administrator if not told otherwise. */
  readonly person: (name: string, options?: PersonOptions) => Promise<BrowserContext>;
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

/** Starts a site, and a browser. */
export async function openEditorSite(options: Parameters<typeof startSite>[1] = {}): Promise<EditorSite> {
  return await editorSiteOn(await startSite('in-request', options));
}

/** Starts a browser for a site that runs. */
export async function editorSiteOn(site: EditorSite['site']): Promise<EditorSite> {
  const browser = await launch();
  const { widgy } = site;
  let count = 0;
  return {
    ...{ site, browser },
    async person(name, { role = 'administrator', ...options } = {}) {
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
      const context = await browser.newContext({
        viewport: { width: 1440, height: 900 },
        reducedMotion: 'reduce',
        permissions: ['clipboard-read', 'clipboard-write'],
        ...options,
      });
      const page = await context.newPage();
      await page.goto(`${site.url}/admin/`);
      await page.getByLabel('E-mail address').fill(email);
      await page.getByLabel('Password').fill(made.password);
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.waitForURL((url) => !url.pathname.endsWith('/sign-in'));
      await page.close();
      return context;
    },
    async newPage(title, content) {
      const children = content.map((widget) => ({ slot: 'main', ...widget }));
      const tree = { id: 'root', type: 'one-column', children };
      const made = await createPage(widgy.pages, { title, start: { tree } }, trustedAuthor('test'));
      assert.ok(made.ok, JSON.stringify(made));
      assert.ok(made.page.kind === 'page' && made.page.document !== null);
      return made.page.document;
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

/** The editor of a document, in a tab. */
export interface EditorTab {
  readonly page: Page;
  readonly outline: Locator;
  readonly form: Locator;
  readonly preview: FrameLocator;
  /** The row of a widget, by a part of what it says. */
  readonly row: (name: string | RegExp) => Locator;
  /** Waits until the server has all that was done here. */
  readonly saved: () => Promise<void>;
  /** What the browser said that it should not have. */
  readonly faults: readonly string[];
}

/** Opens the editor of a document in a new tab, and waits until it can be used. */
export async function openEditor(
  { site }: Pick<EditorSite, 'site'>,
  context: BrowserContext,
  document: string,
): Promise<EditorTab> {
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', ({ message }) => faults.push(message));
  page.on('console', (message) => {
    const isMeant = /sandboxed and the 'allow-scripts'|net::ERR|Failed to load resource/.test(message.text());
    if (message.type() === 'error' && !isMeant) faults.push(message.text());
  });
  await page.goto(`${site.url}/admin/documents/${document}/editor`);
  const outline = page.getByRole('region', { name: 'Outline of the page' });
  // Where there is room for one part only, it is not shown yet.
  await page.locator('.outline-tree').waitFor({ state: 'attached' });
  const tab: EditorTab = {
    ...{ page, outline, faults },
    form: page.getByRole('region', { name: 'Form of the selected widget' }),
    preview: page.frameLocator('.preview-frame'),
    row: (name) => outline.getByRole('treeitem', { name }),
    async saved() {
      await page.locator('.saving[data-state="saved"]').waitFor();
    },
  };
  await page.locator('.preview[aria-busy="false"]').waitFor({ state: 'attached' });
  return tab;
}

/** Waits until a page keeps a text on its device, as drafts are kept. */
export async function isKept(page: Page, text: string): Promise<void> {
  await until(
    () =>
      page.evaluate(
        () =>
          new Promise<string>((resolve, reject) => {
            const opening = indexedDB.open('widgy-editor');
            opening.onerror = () => reject(opening.error);
            opening.onsuccess = () => {
              const all = opening.result.transaction('drafts').objectStore('drafts').getAll();
              all.onerror = () => reject(all.error);
              all.onsuccess = () => {
                opening.result.close();
                resolve(JSON.stringify(all.result));
              };
            };
          }),
      ),
    (kept) => kept.includes(text),
  );
}

/** What stands where, as indented lines of ids: `section soft`, with what is in it below. */
export function outlineOf(tree: Tree): string {
  const lines: string[] = [];
  const look = [{ widget: tree.root, depth: 0 }];
  for (let next = look.pop(); next !== undefined; next = look.pop()) {
    const { widget, depth } = next;
    lines.push(`${'  '.repeat(depth)}${widget.id}`);
    look.push(...widget.children.map((child) => ({ widget: child, depth: depth + 1 })).toReversed());
  }
  return lines.join('\n');
}

/** The canonical JSON of a tree, to be compared byte for byte. */
export const textOf = formatTree;
