import type { BrowserContext, FrameLocator, Locator, Page } from 'playwright-core';
import type { EditorSite } from './editor-fixture.ts';
import { painted } from './page-state.ts';
import { until } from './until.ts';

/** The editor of a document, in a tab. */
export interface EditorTab {
  readonly page: Page;
  readonly outline: Locator;
  readonly form: Locator;
  readonly preview: FrameLocator;
  /** The row of a widget, by a part of what it says. */
  readonly row: (name: string | RegExp) => Locator;
  /** The same, once it is selected. */
  readonly selected: (name: string | RegExp) => Locator;
  /** A button of the bar at the top. */
  readonly tool: (name: string) => Locator;
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
  const row = (name: string | RegExp) => outline.getByRole('treeitem', { name });
  const tab: EditorTab = {
    ...{ page, outline, faults, row },
    form: page.getByRole('region', { name: 'Form of the selected widget' }),
    preview: page.frameLocator('.preview-frame'),
    selected: (name) => row(name).and(page.locator('[aria-selected="true"]')),
    tool: (name) => page.getByRole('banner').getByRole('button', { name, exact: true }),
    async saved() {
      // What is typed is painted before all that it changes, what is said about saving among it.
      await painted(page);
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
