import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { BrowserContext, Locator } from 'playwright-core';
import { addRole, createUser, trustedActor } from 'widgy/accounts';
import { createPage, readPage } from 'widgy/pages';
import { trustedAuthor } from 'widgy/documents';
import { CONTENT, type EditorSite, type EditorTab, openEditor, openEditorSite, outlineOf } from './editor-fixture.ts';

describe('adding and finding', () => {
  let editor: EditorSite;
  let ann: BrowserContext;
  before(async () => {
    editor = await openEditorSite();
    ann = await editor.person('Ann');
  });
  after(() => editor?.[Symbol.asyncDispose]());

  /** The editor of a new page. */
  const openPage = async (title: string, content = CONTENT) => {
    const document = await editor.newPage(title, content);
    return { document, tab: await openEditor(editor, ann, document) };
  };

  it('row 2: adds between any two siblings, at the end of what is empty, and by searching what may stand there', async () => {
    const { document, tab } = await openPage('Adding');
    const { page, outline } = tab;
    const picker = page.getByRole('dialog');
    const search = picker.getByRole('combobox');

    // Between two siblings, by the button in the gap that the pointer is at.
    const gapAt = async (name: RegExp) => {
      const box = await tab.row(name).boundingBox();
      assert.ok(box);
      await page.mouse.move(box.x + 60, box.y + 2);
      return outline.getByRole('button', { name: /^Add before/ });
    };
    for (const [name, title] of [
      [/Slow water/, 'Add between Heading and Text'],
      [/Section: soft/, 'Add between Text and Section'],
      [/Press/, 'Add between Heading and Button'],
    ] as const) {
      await (await gapAt(name)).click();
      await picker.getByRole('heading', { name: title }).waitFor();
      await page.keyboard.press('Escape');
      await picker.waitFor({ state: 'detached' });
    }

    // Only what may stand there is offered, with a picture and what it is for.
    await (await gapAt(/Press/)).click();
    const inSection = await labelsIn(picker);
    assert.ok(inSection.includes('Heading') && inSection.includes('Tabs'), inSection.join());
    // Sections do not stand in sections, sections of accordions only in these, and layouts nowhere.
    for (const other of ['Section', 'Section of an accordion', 'Tab', 'One column'])
      assert.ok(!inSection.includes(other), other);
    const image = picker.getByRole('option', { name: /^Image/ });
    assert.equal(await image.locator('svg').count(), 1);
    assert.match((await image.textContent()) ?? '', /A picture\./);
    assert.equal(await picker.getByRole('group', { name: 'Used last' }).count(), 0);

    // By typing, with the focus in the search; the best is chosen with Enter.
    await search.fill('btn');
    await picker.getByText('Nothing').waitFor();
    await search.fill('stands out');
    assert.deepEqual(await labelsIn(picker), ['Button']);
    await search.fill('HEAD');
    await page.keyboard.press('Enter');
    await picker.waitFor({ state: 'detached' });
    await tab.saved();
    const [, first, added, last] = (await editor.draft(document)).root.children[2]?.children ?? [undefined];
    assert.equal(first, undefined);
    void added;
    void last;
    assert.deepEqual(tab.faults, []);
  });
});

async function labelsIn(picker: Locator): Promise<readonly string[]> {
  await picker.getByRole('option').first().waitFor();
  return await picker.locator('.picker-group:last-of-type .picker-label').allTextContents();
}
