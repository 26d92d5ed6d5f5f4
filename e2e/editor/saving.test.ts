import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { editorSuite } from './editor-suite.ts';
import { isKept } from './editor-tab.ts';
import { until } from './until.ts';
import { CHANGES } from './witness.ts';
import { changesOf, hold, kill } from './work-fixture.ts';

describe('work is never lost', () => {
  const editor = editorSuite();

  it('row 21: says at each moment whether the work is saved', async () => {
    const { document, tab } = await editor.open('Saving');
    const state = tab.page.locator('.saving');
    const says = (text: RegExp) => state.filter({ hasText: text }).waitFor();
    await says(/^Everything is saved$/);
    await tab.row(/Rivers/).click();
    const field = tab.form.getByLabel('Text');
    const held = await hold(tab.page);
    await field.fill('Held');
    await says(/^Saving$/);
    await held.arrived;
    await says(/^Saving$/);
    assert.doesNotMatch(await editor.draftText(document), /Held/);
    await held.release();
    await says(/^Saved \d\d?:\d\d/);
    assert.match(await editor.draftText(document), /Held/);

    await editor.ann.setOffline(true);
    await field.fill('Offline');
    await says(/^Offline, kept on this device$/);
    assert.doesNotMatch(await editor.draftText(document), /Offline/);
    await editor.ann.setOffline(false);
    await says(/^Saved \d\d?:\d\d/);
    assert.match(await editor.draftText(document), /Offline/);
    // It is said although nothing was done here.
    await editor.ann.setOffline(true);
    await says(/^Offline, kept on this device$/);
    await editor.ann.setOffline(false);
    await says(/^Saved \d\d?:\d\d/);

    const other = await editor.editAsBob(document);
    const second = await hold(tab.page);
    await field.fill('Mine');
    await second.arrived;
    await other.row(/Offline/).click();
    await other.form.getByLabel('Text').fill('Theirs');
    await editor.becomes(document, /Theirs/);
    await second.release();
    await says(/^Saved \d\d?:\d\d.* 1 conflict$/);
    // What it is about is shown without a connection too.
    await editor.ann.setOffline(true);
    await tab.page.getByRole('button', { name: '1 conflict' }).click();
    await tab.page
      .getByRole('dialog', { name: 'Conflicts' })
      .getByText(/Both of you changed/)
      .waitFor();
    assert.deepEqual([...tab.faults, ...other.faults], []);
  });

  it('row 21: opens its windows without a network, too', async () => {
    const { tab } = await editor.open('Windows');
    const { page } = tab;
    // They are loaded once it is quiet: this one is the last that is looked at here.
    await until(
      () => page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name)),
      (names) =>
        ['find', 'history', 'shortcuts'].every((name) => names.some((url) => url.includes(`/${name}`))),
    );
    await editor.ann.setOffline(true);
    await tab.row(/Rivers/).click();
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog', { name: 'Find' }).getByRole('combobox').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Shortcuts' }).click();
    await page.getByRole('dialog', { name: 'Shortcuts' }).getByText('Undo').first().waitFor();
    assert.deepEqual(tab.faults, []);
  });

  it('row 22: brings back what a killed tab had not saved, once', async () => {
    const { document, tab } = await editor.open('Killed');
    await hold(tab.page);
    await tab.row(/Rivers/).click();
    await tab.form.getByLabel('Text').fill('Typed before the end');
    await isKept(tab.page, 'Typed before the end');
    await kill(tab.page);
    assert.doesNotMatch(await editor.draftText(document), /Typed before/);

    const asking = await openAsking(document);
    await asking.getByText(/^1 change of .* could not be saved\.$/).waitFor();
    await asking.getByRole('button', { name: 'Recover' }).click();
    await editor.becomes(document, /Typed before the end/);
    const outline = asking.getByRole('region', { name: 'Outline of the page' });
    await outline.getByRole('treeitem', { name: /Typed before the end/ }).click();
    await asking.locator('.saving[data-state="saved"]').waitFor();
    // What the killed tab did can be taken back in the one that took it up.
    await asking.keyboard.press('Control+z');
    await editor.becomes(document, /Rivers/);
    await isKept(asking, String.raw`\"waiting\":[]`);
    await asking.close();
    const again = await editor.edit(document);
    assert.deepEqual(again.faults, []);
  });

  it('row 22: forgets what a killed tab had not saved, if that is wanted', async () => {
    const { document, tab } = await editor.open('Discarded');
    const before = await editor.draftText(document);
    await hold(tab.page);
    await tab.row(/Rivers/).click();
    await tab.form.getByLabel('Text').fill('Not wanted');
    await isKept(tab.page, 'Not wanted');
    await kill(tab.page);
    const asking = await openAsking(document);
    await asking.getByRole('button', { name: 'Discard' }).click();
    await asking.getByRole('tree').waitFor();
    await asking.close();
    const again = await editor.edit(document);
    assert.equal(await again.row(/Rivers/).count(), 1);
    assert.equal(await editor.draftText(document), before);
  });

  it('row 22: goes on after a reload where it was, and does once what was under way', async () => {
    const { document, tab } = await editor.open('Reloaded');
    const { page } = tab;
    await tab.row(/Rivers/).click();
    // The server does it, and its answer gets lost.
    await page.route(CHANGES, async (route) => {
      await route.fetch();
      await route.abort();
    });
    await tab.form.getByLabel('Text').fill('Under way');
    await editor.becomes(document, /Under way/);
    await page.locator('.saving[data-state="offline"]').waitFor();
    await tab.row(/Banks/).click();
    await tab.form.getByLabel('Text').fill('Behind it');
    await page.unroute(CHANGES);
    await page.reload();
    await tab.row(/Under way/).waitFor();
    await tab.row(/Behind it/).waitFor();
    await editor.becomes(document, /Behind it/);
    await tab.saved();
    assert.equal(await changesOf(editor, document), 2);
    assert.deepEqual(tab.faults, []);
  });

  it('row 22: saves what was typed just before the page was left', async () => {
    const { document, tab } = await editor.open('Left');
    await tab.row(/Rivers/).click();
    await tab.form.getByLabel('Text').fill('At the last moment');
    await tab.page.getByRole('link', { name: 'Back to Left' }).click();
    await tab.page.waitForURL(/\/content$/);
    await editor.becomes(document, /At the last moment/);
  });

  /** A tab that asks what is to become of what another one left. */
  async function openAsking(document: string): Promise<Page> {
    const page = await editor.ann.newPage();
    await page.goto(`${editor.site.url}/admin/documents/${document}/editor`);
    await page.getByRole('heading', { name: 'Changes that were not saved' }).waitFor();
    return page;
  }
});
