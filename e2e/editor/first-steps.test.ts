import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Locator } from 'playwright-core';
import { CONTENT, type EditorSite, type WrittenWidget } from './editor-fixture.ts';
import { editorSuite } from './editor-suite.ts';
import type { EditorTab } from './editor-tab.ts';
import { looksNow } from './looks.ts';
import { boxOf } from './page-state.ts';
import { until } from './until.ts';

/** So much that the page is several windows high. */
const LONG: readonly WrittenWidget[] = Array.from({ length: 30 }, (_, at) => ({
  ...{ id: `part-${at}`, type: 'text' },
  fields: { text: `<p>Part ${at}.</p><p>It goes on.</p>` },
}));

describe('the first steps of somebody who has never seen the editor', () => {
  const editor = editorSuite();

  it('an empty page says how to begin, in the place of the fields and in the page itself', async () => {
    const { document, tab } = await editor.open('Nothing yet', []);
    const { page, form, preview } = tab;
    const picker = page.getByRole('dialog');
    await form.getByText('This page is empty.').waitFor();
    assert.equal(await form.getByText('Select a widget to edit it.').count(), 0);
    const details = form.getByRole('link', { name: 'Details of the page' });
    assert.match((await details.getAttribute('href')) ?? '', /\/admin\/pages\/[^/]+$/);
    assert.deepEqual(await looksNow(page), []);
    await form.getByRole('button', { name: 'Add the first widget' }).click();
    await picker.getByRole('heading', { name: 'Add a widget to Main of One column' }).waitFor();
    await page.keyboard.press('Escape');
    await picker.waitFor({ state: 'detached' });

    const empty = preview.locator('[data-widgy-empty]');
    assert.equal(await empty.getAttribute('data-widgy-empty'), '+  Add a widget to One column');
    await empty.click();
    await picker.getByRole('heading', { name: 'Add a widget to Main of One column' }).waitFor();
    // What other tools call it is found, too.
    await page.keyboard.type('paragraph');
    await page.keyboard.press('Enter');
    await picker.waitFor({ state: 'detached' });
    await preview.getByText('Write a text.').waitFor();
    await tab.saved();
    assert.deepEqual(typesIn(await editor.draft(document)), ['text']);
    assert.equal(await form.getByText('This page is empty.').count(), 0);
    assert.deepEqual(tab.faults, []);
  });

  it('what is added, moved and deleted is told to who looks, and shown as a whole', async () => {
    const { tab } = await editor.open('Long', LONG);
    const { page, outline, preview } = tab;
    const said = page.locator('.editor-said');
    await outline.getByRole('tree').focus();
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.type('video');
    await page.keyboard.press('Enter');
    await isWhole(tab, preview.getByText('Enter the address of a video.'));
    assert.equal(await said.getAttribute('data-said'), 'Added Video as 31 of 31 in One column');
    assert.deepEqual(await looksNow(page), []);
    // What is typed now goes into its first field; Escape leads back to its row.
    const field = tab.form.getByRole('textbox').first();
    await field.and(page.locator(':focus')).waitFor();
    await page.keyboard.press('Escape');
    await page.locator('.outline-tree:focus').waitFor();

    await page.keyboard.press('m');
    await page.getByRole('dialog').getByRole('searchbox').fill('Part 0.');
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^Before Text: Part 0/ })
      .first()
      .click();
    await isWhole(tab, preview.getByText('Enter the address of a video.'));
    await page.keyboard.press('Delete');
    await said.waitFor();
    assert.equal(await said.getAttribute('data-said'), 'Deleted Video');
    await isWhole(tab, preview.getByText('Part 0.'));
    // It goes with whatever is done next.
    await page.keyboard.press('ArrowDown');
    await said.waitFor({ state: 'detached' });
    assert.deepEqual(tab.faults, []);
  });

  it('fields are shown from their beginning, and Escape leads from them back to the outline', async () => {
    const { tab } = await editor.open('Fields');
    const { page, form } = tab;
    await page.setViewportSize({ width: 1440, height: 320 });
    await tab.row(/^Section: soft/).click();
    await form.getByLabel('Name for links').scrollIntoViewIfNeeded();
    assert.ok((await form.evaluate(({ scrollTop }) => scrollTop)) > 0);
    await tab.row(/Press/).click();
    await form.getByRole('heading', { name: 'Button' }).waitFor();
    assert.equal(await form.evaluate(({ scrollTop }) => scrollTop), 0);

    for (const name of ['Text', 'Look']) {
      await form.getByLabel(name, { exact: name === 'Text' }).focus();
      await page.keyboard.press('Escape');
      await page.locator('.outline-tree:focus').waitFor();
      assert.equal(await tab.row(/Press/).getAttribute('aria-selected'), 'true', name);
    }
    assert.deepEqual(tab.faults, []);
  });

  it('a click on a text of what is selected writes there, and a first click only selects', async () => {
    const { document, tab } = await editor.open('Clicking');
    const { page, preview } = tab;
    const heading = preview.getByText('Rivers');
    await heading.click();
    await page.locator('.box.selected .box-name', { hasText: 'Heading' }).waitFor();
    assert.equal(await preview.locator('[contenteditable]').count(), 0);
    await heading.click();
    await page.keyboard.press('End');
    await page.keyboard.type(' and lakes');
    await tab.saved();
    await until(
      async () => (await editor.draft(document)).root.children[0]?.fields.text,
      (text) => text === 'Rivers and lakes',
    );
    assert.deepEqual(tab.faults, []);
  });

  it('what can be done stands at the widget on the page, too', async () => {
    const { document, tab } = await editor.open('Menu');
    const { page, preview } = tab;
    await preview.getByText('Slow water.').click();
    await page.getByRole('button', { name: 'More for Text' }).click();
    const menu = page.getByRole('menu', { name: 'Actions for Text' });
    await menu.waitFor();
    assert.deepEqual(await looksNow(page), []);
    await page.keyboard.press('Escape');
    await menu.waitFor({ state: 'detached' });
    await until(
      () => page.evaluate(() => window.document.activeElement?.tagName),
      (tag) => tag === 'IFRAME',
    );
    await page.getByRole('button', { name: 'More for Text' }).click();
    await menu.getByRole('menuitem', { name: /^Delete/ }).click();
    await until(
      async () => typesIn(await editor.draft(document)).join(' '),
      (types) => types === 'heading section section',
    );
    assert.deepEqual(tab.faults, []);
  });

  it('on a phone the tools are one row, and the page has most of the window', async () => {
    const bob = await editor.person('Bob', {
      viewport: { width: 390, height: 844 },
      hasTouch: true,
      isMobile: true,
    });
    const tab = await editor.edit(await editor.newPage('On a phone', CONTENT), bob);
    const tops = await tab.page
      .locator('.bar-tools .tool:visible')
      .evaluateAll((tools) => tools.map((tool) => tool.getBoundingClientRect().top));
    assert.equal(new Set(tops).size, 1, tops.join());
    assert.equal(await tab.page.getByRole('button', { name: 'Shortcuts' }).count(), 0);
    const { height } = await boxOf(tab.page.locator('.preview-room'));
    assert.ok(height > 640, `${height}`);
    assert.deepEqual(await looksNow(tab.page), []);
    assert.deepEqual(tab.faults, []);
  });
});

function typesIn({ root }: Awaited<ReturnType<EditorSite['draft']>>): readonly string[] {
  return root.children.map(({ type }) => type);
}

/** Waits until all of something on the page is in view. */
async function isWhole({ page }: EditorTab, shown: Locator): Promise<void> {
  const room = await boxOf(page.locator('.preview-room'));
  await until(
    () => shown.boundingBox(),
    (box) => box !== null && box.y >= room.y && box.y + box.height <= room.y + room.height,
  );
}
