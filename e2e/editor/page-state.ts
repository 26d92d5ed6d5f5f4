import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';

/** Waits until two frames were begun: all that was done before is painted then. */
export async function twoFrames(page: Page): Promise<void> {
  await page.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(undefined)))),
  );
}

/** Waits until what was typed before is painted, and all that comes right after that is there. */
export async function painted(page: Page): Promise<void> {
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))));
}

/** Waits until screen readers are told a text, and nothing else. */
export async function said(page: Page, text: string, told = text): Promise<void> {
  const region = page.locator('.hidden-text[role="status"]');
  const isSaid = async () => (await region.textContent()) === text;
  for (let turn = 0; turn < 100; turn += 1) {
    if (await isSaid()) return;
    await twoFrames(page);
  }
  assert.equal(await region.textContent(), text, told);
}

/** The role of what has the focus, or its tag. */
export async function focusedRole(page: Page): Promise<string> {
  return await page.evaluate(() => {
    const { activeElement } = document;
    return activeElement?.getAttribute('role') ?? activeElement?.tagName ?? '';
  });
}

/** Whether what has the focus is the tree, or in it. */
export async function isInTree(page: Page): Promise<boolean> {
  return await page.evaluate(() => document.activeElement?.closest('[role="tree"]') !== null);
}

/** Waits until the tree has the focus, can be seen, and its active row is called like this. */
export async function isOnRow(page: Page, name: RegExp): Promise<void> {
  await page.waitForFunction((wanted) => {
    const tree = document.activeElement;
    const active = document.getElementById(tree?.getAttribute('aria-activedescendant') ?? '');
    return (
      tree?.getAttribute('role') === 'tree' &&
      tree.checkVisibility() &&
      new RegExp(wanted).test(active?.getAttribute('aria-label') ?? '')
    );
  }, name.source);
}

/** Where something is in the window. */
export async function boxOf(what: Locator) {
  return (await what.boundingBox()) ?? assert.fail('It is not shown.');
}
