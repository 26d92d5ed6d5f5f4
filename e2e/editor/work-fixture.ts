import type { BrowserContext, Page, Route } from 'playwright-core';
import {
  CONTENT,
  type EditorSite,
  type EditorTab,
  openEditor,
  openEditorSite,
  textOf,
} from './editor-fixture.ts';
import { until } from './until.ts';
import { CHANGES } from './witness.ts';

/** A site with two people who work on its pages, each in a browser of their own. */
export interface WorkSite extends AsyncDisposable {
  readonly editor: EditorSite;
  readonly ann: BrowserContext;
  readonly bob: BrowserContext;
  /** Makes a page, and opens its editor for Ann. */
  readonly open: (title: string) => Promise<{ readonly document: string; readonly tab: EditorTab }>;
  /** Opens the editor of a page for Bob. */
  readonly openForBob: (document: string) => Promise<EditorTab>;
  /** The draft of a document as canonical JSON. */
  readonly draftText: (document: string) => Promise<string>;
  /** Waits until the draft of a document is this. */
  readonly becomes: (document: string, wanted: string | RegExp) => Promise<string>;
  /** How many changes a document has had. */
  readonly changesOf: (document: string) => Promise<number>;
  /** Closes all tabs, and gives the network back: a browser opens few connections to one server, and each tab listens. */
  readonly closeTabs: () => Promise<void>;
}

/** Starts a site for the two. */
export async function openWorkSite(options: Parameters<typeof openEditorSite>[0] = {}): Promise<WorkSite> {
  const editor = await openEditorSite(options);
  const ann = await editor.person('Ann');
  const bob = await editor.person('Bob');
  const draftText = async (document: string) => textOf(await editor.draft(document));
  return {
    ...{ editor, ann, bob, draftText },
    async open(title) {
      const document = await editor.newPage(title, CONTENT);
      return { document, tab: await openEditor(editor, ann, document) };
    },
    openForBob: (document) => openEditor(editor, bob, document),
    becomes: (document, wanted) =>
      until(
        () => draftText(document),
        (text) => (typeof wanted === 'string' ? text === wanted : wanted.test(text)),
      ),
    async changesOf(document) {
      const changes = await editor.site.widgy.database.kysely
        .selectFrom('operations')
        .select('sequence')
        .where('document', '=', document)
        .execute();
      return changes.length;
    },
    async closeTabs() {
      for (const context of [ann, bob]) {
        await context.setOffline(false);
        for (const page of context.pages()) await page.close();
      }
    },
    [Symbol.asyncDispose]: () => editor[Symbol.asyncDispose](),
  };
}

/** Lets no change of a page get to the server until it is released. */
export async function hold(page: Page) {
  const waiting: Route[] = [];
  let arrive: (() => void) | undefined;
  const arrived = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  let isHeld = true;
  await page.route(CHANGES, (route) => {
    if (!isHeld) return route.continue();
    waiting.push(route);
    arrive?.();
  });
  return {
    /** A change is on its way. */
    arrived,
    async release() {
      isHeld = false;
      await Promise.all(waiting.map((route) => route.continue()));
    },
  };
}

/** Kills what shows a page, which can do nothing about it. */
export async function kill(page: Page): Promise<void> {
  const crashed = page.waitForEvent('crash');
  // Nobody answers to this.
  void page.goto('chrome://crash').catch(() => undefined);
  await crashed;
  await page.close();
}
