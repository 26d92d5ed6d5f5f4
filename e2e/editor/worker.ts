import type { BrowserContext, Locator } from 'playwright-core';
import type { EditorTab } from './editor-tab.ts';
import { rowsOf, type SeenRow } from './outline-fixture.ts';
import { until } from './until.ts';
import type { Witness } from './witness.ts';

/** Somebody who works with keys in a tab, and who looks at it. */
export interface Worker {
  readonly name: string;
  readonly context: BrowserContext;
  readonly tab: EditorTab;
  readonly seen: Witness;
}

/** What became of a text when it was typed: it is in the tree that is shown, it stands beside somebody else's, or the widget was gone before. */
export type Typed = 'kept' | 'beside' | 'gone';

/** The rows of widgets in the page, from the top down: not that of the page itself, nor those of its slots. */
export async function widgetsOf({ tab }: Worker): Promise<readonly SeenRow[]> {
  return (await rowsOf(tab)).filter(({ isAdd, level, key }) => !isAdd && level > 1 && !key.includes(':'));
}

/** Goes to a row with keys. False where it was gone before. */
export async function goTo(worker: Worker, key: string): Promise<boolean> {
  const { page, outline } = worker.tab;
  await outline.getByRole('tree').focus();
  const at = (await rowsOf(worker.tab)).findIndex((row) => row.key === key);
  if (at < 0) return false;
  await page.keyboard.press('Home');
  for (let step = 0; step < at; step += 1) await page.keyboard.press('ArrowDown');
  const active = outline.locator('[role="treeitem"][data-active="true"]');
  const keys = await active.evaluateAll((rows) => rows.map((row) => row.getAttribute('data-key')));
  return keys[0] === key;
}

/** Goes to a row, and presses keys there. */
export async function pressAt(worker: Worker, key: string, keys: string): Promise<void> {
  if (await goTo(worker, key)) await worker.tab.page.keyboard.press(keys);
}

/** Types a number that nobody has typed before in the place of the text of a widget. Digits mean nothing anywhere else, should the field go. */
export async function writeAt(worker: Worker, key: string, text: string): Promise<Typed> {
  const { tab, seen } = worker;
  const { page, form } = tab;
  if (!(await goTo(worker, key))) return 'gone';
  const isGone = async () => (await tab.outline.locator(`[data-key="${key}"]`).count()) === 0;
  const field = form.getByRole('textbox', { name: 'Text', exact: true });
  await until(
    async () => (await field.count()) > 0 || (await isGone()),
    (isThere) => isThere,
  );
  await focusFirst(field);
  await page.keyboard.press('Control+a');
  await page.keyboard.type(text);
  const beside = form.getByRole('region', { name: /^Conflict about/ }).filter({ hasText: text });
  return await until(
    async () => {
      if (seen.kept.some((kept) => mentions(kept, text))) return 'kept';
      if ((await beside.count()) > 0) return 'beside';
      return (await isGone()) ? 'gone' : undefined;
    },
    (became) => became !== undefined,
  ).then((became) => became ?? 'gone');
}

/** Gives the focus to something if it is there: nothing waits here for what is gone meanwhile. */
function focusFirst(what: Locator): Promise<boolean> {
  return what.evaluateAll(([first]) => {
    if (!(first instanceof HTMLElement)) return false;
    first.focus();
    return true;
  });
}

/** Chooses the next of what another field of a heading may be. */
export async function chooseAt(worker: Worker, key: string): Promise<void> {
  if (!(await goTo(worker, key))) return;
  const { form, page } = worker.tab;
  if (await focusFirst(form.getByLabel('Level', { exact: true }))) await page.keyboard.press('ArrowDown');
}

/** Decides about two texts of a widget: one's own, or that of somebody else. False where there is nothing like that to decide. */
export async function decideAt(worker: Worker, key: string): Promise<boolean> {
  if (!(await goTo(worker, key))) return false;
  const { form, page } = worker.tab;
  const isThere = await focusFirst(form.getByRole('button', { name: /^Keep (?:yours|theirs)$/ }));
  if (isThere) await page.keyboard.press('Enter');
  return isThere;
}

/** Decides about what stands first in the list of conflicts and is about more than texts. False where there is nothing like that. */
export async function decideInList({ tab: { page } }: Worker, which: number): Promise<boolean> {
  if (!(await focusFirst(page.locator('.saving-conflicts')))) return false;
  await page.keyboard.press('Enter');
  const list = page.getByRole('dialog', { name: 'Conflicts' });
  const buttons = list.locator('.form-clash button').filter({ hasNotText: 'Go to it' });
  await list.waitFor();
  const count = await buttons.count();
  const before = await list.locator('.form-clash').count();
  if (count > 0 && (await focusFirst(buttons.nth(which % count)))) {
    await page.keyboard.press('Enter');
    await until(
      async () =>
        (await list.getByRole('alert').count()) > 0 || (await list.locator('.form-clash').count()) < before,
      (isDone) => isDone,
    );
  }
  await page.keyboard.press('Escape');
  await list.waitFor({ state: 'detached' });
  return count > 0;
}

/** Adds a widget behind another with the picker. */
export async function addAt(worker: Worker, key: string, type: string): Promise<void> {
  if (!(await goTo(worker, key))) return;
  const { page } = worker.tab;
  const picker = page.getByRole('dialog');
  await page.keyboard.press('/');
  await picker.getByRole('combobox').waitFor();
  await page.keyboard.type(type);
  await picker.getByRole('option').first().waitFor();
  await page.keyboard.press('Enter');
  // What cannot stand there any more is not added, and the picker says so.
  if ((await picker.count()) > 0) await page.keyboard.press('Escape');
  await picker.waitFor({ state: 'detached' });
}

/** Loads the page again, once all of it is saved. */
export async function loadAgain({ tab }: Worker): Promise<void> {
  await tab.saved();
  await tab.page.reload();
  await tab.outline.getByRole('tree').waitFor();
}

/** Takes back or does again, and waits until what came of it is said and kept. */
export async function turn(worker: Worker, way: 'undo' | 'redo'): Promise<void> {
  const { tab, seen } = worker;
  await tab.outline.getByRole('tree').focus();
  const [said, kept] = [seen.said.length, seen.kept.length];
  const before = stepsIn(worker);
  await tab.page.keyboard.press(way === 'undo' ? 'Control+z' : 'Control+Shift+z');
  await until(
    () => Promise.resolve(seen.said.length),
    (count) => count > said,
  );
  if (!/^(?:Took back|Did again)/.test(seen.said[said] ?? '')) return;
  // Before anything else is done, which would make that nobody could tell.
  await until(
    () => Promise.resolve(seen.kept.slice(kept).map(({ steps }) => numbersOf(steps))),
    (all) => all.some((now) => now !== before && (way === 'redo' || now !== '')),
  );
}

function stepsIn({ seen }: Worker): string {
  const last = seen.kept.at(-1);
  return last === undefined ? '' : numbersOf(last.steps);
}

function numbersOf({ undone }: Witness['kept'][number]['steps']): string {
  return undone.map(({ number }) => number).join(' ');
}

/** Whether a text is in what could not be done. */
export function isInConflict({ conflicts }: Witness['kept'][number], text: string): boolean {
  return JSON.stringify(conflicts).includes(text);
}

/** Whether a text is in what waited or could not be done. */
function mentions({ waiting, conflicts }: Witness['kept'][number], text: string): boolean {
  return JSON.stringify([waiting, conflicts]).includes(text);
}
