import type { Page, Route } from 'playwright-core';
import type { EditorSite } from './editor-fixture.ts';
import { CHANGES } from './witness.ts';

/** How many changes a document has had. */
export async function changesOf({ site }: EditorSite, document: string): Promise<number> {
  const changes = await site.widgy.database.kysely
    .selectFrom('operations')
    .select('sequence')
    .where('document', '=', document)
    .execute();
  return changes.length;
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
