import assert from 'node:assert/strict';
import { after, afterEach, before } from 'node:test';
import type { BrowserContext, Page } from 'playwright-core';
import {
  CONTENT,
  type EditorSite,
  openEditorSite,
  type SiteOptions,
  textOf,
  type WrittenWidget,
} from './editor-fixture.ts';
import { type EditorTab, openEditor } from './editor-tab.ts';
import { until } from './until.ts';

/** The site that the tests of a `describe` block share, with people who work in its editor. It is there while they run. */
export interface EditorSuite extends EditorSite {
  /** An administrator, in a browser of her own. */
  readonly ann: BrowserContext;
  /** Makes a page, and opens its editor for Ann. */
  readonly open: (title: string, content?: readonly WrittenWidget[]) => Promise<OpenPage>;
  /** Opens the editor of a document, for Ann if for nobody else. */
  readonly edit: (document: string, context?: BrowserContext) => Promise<EditorTab>;
  /** Opens the editor of a document for Bob, who is an administrator like Ann. */
  readonly editAsBob: (document: string) => Promise<EditorTab>;
  /** The draft of a document as canonical JSON. */
  readonly draftText: (document: string) => Promise<string>;
  /** Waits until the draft of a document is this. */
  readonly becomes: (document: string, wanted: string | RegExp) => Promise<string>;
}

/** A page of a test, and its editor. */
export interface OpenPage {
  readonly document: string;
  readonly tab: EditorTab;
  readonly page: Page;
}

/**
 * Opens a site with an editor before the tests of the `describe` block that this is called in, and closes it after them. After each of them every
 * tab is closed and everybody has a network again: a browser opens few connections to one server, and each tab listens.
 */
export function editorSuite(options: SiteOptions = {}): EditorSuite {
  let site: (EditorSite & AsyncDisposable) | undefined;
  let ann: BrowserContext | undefined;
  let bob: BrowserContext | undefined;
  before(async () => {
    site = await openEditorSite(options);
    ann = await site.person('Ann');
  });
  afterEach(async () => {
    for (const context of site?.browser.contexts() ?? []) {
      await context.setOffline(false);
      for (const page of context.pages()) await page.close();
    }
  });
  after(() => site?.[Symbol.asyncDispose]());

  const opened = () => site ?? assert.fail('The site is there only while tests run.');
  const suite: EditorSuite = {
    get site() {
      return opened().site;
    },
    get browser() {
      return opened().browser;
    },
    get ann() {
      return ann ?? assert.fail('Ann is there only while tests run.');
    },
    person: (name, of) => opened().person(name, of),
    account: (name, of) => opened().account(name, of),
    newPage: (title, content) => opened().newPage(title, content),
    putTree: (document, root) => opened().putTree(document, root),
    draft: (document) => opened().draft(document),
    async open(title, content = CONTENT) {
      const document = await suite.newPage(title, content);
      const tab = await suite.edit(document);
      return { document, tab, page: tab.page };
    },
    edit: (document, context = suite.ann) => openEditor(suite, context, document),
    async editAsBob(document) {
      bob ??= await suite.person('Bob');
      return await suite.edit(document, bob);
    },
    draftText: async (document) => textOf(await suite.draft(document)),
    becomes: (document, wanted) =>
      until(
        () => suite.draftText(document),
        (text) => (typeof wanted === 'string' ? text === wanted : wanted.test(text)),
      ),
  };
  return suite;
}
