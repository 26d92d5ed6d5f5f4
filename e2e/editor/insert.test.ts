import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { trustedAuthor } from 'widgy/documents';
import { deletePage } from 'widgy/pages';
import { CONTENT, outlineOf, pageCalled } from './editor-fixture.ts';
import { editorSuite, type OpenPage } from './editor-suite.ts';
import type { EditorTab } from './editor-tab.ts';
import { boxOf, isOnRow } from './page-state.ts';
import { until } from './until.ts';

describe('adding and finding widgets', () => {
  const editor = editorSuite();

  /** An editor, with what gives the types of what stands where in its draft. */
  const withTypes = ({ document, tab }: Pick<OpenPage, 'document' | 'tab'>) => ({
    tab,
    types: async () => {
      await tab.saved();
      return outlineOf(await editor.draft(document), ({ type }) => type).split('\n');
    },
  });

  it('row 2: adds between any two siblings and at the end of what is empty, from a list of what may stand there', async () => {
    const { tab, types } = withTypes(await editor.open('Adding'));
    const { page, outline } = tab;
    const { window, search, options } = pickerOf(page);

    // Between any two, by the button in the gap that the pointer is at.
    for (const [name, title] of [
      [/Slow water/, 'Add a widget between Heading and Text'],
      [/Section: soft/, 'Add a widget between Text and Section'],
      [/Press/, 'Add a widget between Heading and Button'],
      [/Section: empty/, 'Add a widget between Section and Section'],
    ] as const) {
      await pointAbove(page, tab.row(name));
      await outline.getByRole('button', { name: /^Add a widget before/ }).click();
      await window.getByRole('heading', { name: title }).waitFor();
      await page.keyboard.press('Escape');
      await window.waitFor({ state: 'detached' });
    }

    // The button is gone then; the focus goes to the first field of what was added.
    await pointAbove(page, tab.row(/Press/));
    await outline.getByRole('button', { name: /^Add a widget before/ }).click();
    await search.pressSequentially('markdown');
    await page.keyboard.press('Enter');
    await window.waitFor({ state: 'detached' });
    await assertFirstField(tab, 'Markdown', 'Markdown');

    // At the end of an empty one. Sections do not stand in sections, nor tabs by themselves, nor layouts anywhere: none of these is offered.
    await tab.row('Add a widget at the end of Section').click();
    const offered = await options(/./);
    for (const label of ['Heading', 'Tabs', 'Image']) assert.ok(offered.includes(label), label);
    for (const label of ['Section', 'Tab', 'Section of an accordion', 'One column', 'Content of a call-out'])
      assert.ok(!offered.includes(label), label);
    const image = window.getByRole('option', { name: /^Image/ });
    assert.equal(await image.locator('svg path').count(), 1);
    assert.equal(await image.locator('.picker-text').textContent(), 'A picture.');

    // Searched by label and by what it is for, whatever the case, with the focus where one types.
    await search.pressSequentially('STANDS out');
    assert.deepEqual(await options(/./), ['Button']);
    await page.keyboard.press('Enter');
    await window.waitFor({ state: 'detached' });
    await tab.row(/^Button$/).waitFor();
    await assertFirstField(tab, 'Button', 'Text');
    await page.keyboard.press('Escape');
    await isOnRow(tab.page, /^Button/);

    // What others are added in keeps the focus in the outline.
    await tab.row('Add a widget at the end of Main of One column').click();
    await search.pressSequentially('section');
    await page.keyboard.press('Enter');
    await window.waitFor({ state: 'detached' });
    await isOnRow(tab.page, /^Section/);
    await page.keyboard.press('Delete');
    await outline
      .getByRole('treeitem', { name: /^Section/ })
      .nth(2)
      .waitFor({ state: 'detached' });

    // What was added last is offered first, with one key.
    await tab.row('Add a widget at the end of Main of One column').click();
    assert.deepEqual(await options(/^Recently used$/), ['Section', 'Button', 'Markdown']);
    await page.keyboard.press('Enter');
    await window.waitFor({ state: 'detached' });
    assert.deepEqual(await types(), [
      ...['one-column', '  heading', '  text', '  section', '    heading'],
      ...['    markdown', '    button'],
      ...['  section', '    button', '  section'],
    ]);
    assert.deepEqual(tab.faults, []);
  });

  it('row 3: a slash on a row or in an empty text opens the same list, and Backspace right after it takes the slash back', async () => {
    const { tab, types } = withTypes(
      await editor.open('Slash', [
        { id: 'one', type: 'heading', fields: { text: '', level: 'h2' } },
        { id: 'two', type: 'text', fields: { text: '' } },
        { id: 'three', type: 'button', fields: { text: 'Go', link: '' } },
      ]),
    );
    const { page, form } = tab;
    const { window, search } = pickerOf(page);
    const first = await types();

    await tab.row(/^Heading/).click();
    await page.keyboard.press('/');
    await search.waitFor();
    await page.keyboard.press('Backspace');
    await window.waitFor({ state: 'detached' });
    await isOnRow(tab.page, /^Heading/);

    // In a text of the form.
    const text = form.getByRole('textbox', { name: 'Text' });
    await text.click();
    await page.keyboard.press('/');
    await search.waitFor();
    // Once something was typed, Backspace is for that.
    await page.keyboard.type('x');
    await page.keyboard.press('Backspace');
    assert.equal(await search.inputValue(), '');
    assert.ok(await window.isVisible());
    await page.keyboard.press('Escape');
    await window.waitFor({ state: 'detached' });
    // Whoever closes the list meant the slash.
    await expectValue(text, '/');
    await page.keyboard.press('Backspace');
    await expectValue(text, '');
    await page.keyboard.press('/');
    await search.waitFor();
    await page.keyboard.press('Backspace');
    await window.waitFor({ state: 'detached' });
    await page.keyboard.type('a/b');
    await expectValue(text, 'a/b');
    assert.equal(await window.count(), 0);

    // An address begins with a slash.
    await tab.row(/^Button/).click();
    const address = form.getByRole('textbox', { name: /address/ });
    await address.click();
    await page.keyboard.type('/boats');
    await expectValue(address, '/boats');
    assert.deepEqual(await types(), first);

    // Rich text: the widget is added behind, and the text stays as it was.
    await tab.row(/^Text/).click();
    await form.getByRole('textbox', { name: 'Text' }).click();
    await page.keyboard.press('/');
    await search.pressSequentially('image');
    await page.keyboard.press('Enter');
    await window.waitFor({ state: 'detached' });
    await form.getByRole('heading', { name: 'Image' }).waitFor();
    await page.waitForFunction(() => globalThis.document.activeElement?.closest('.editor-form') !== null);
    assert.deepEqual(await types(), ['one-column', '  heading', '  text', '  image', '  button']);
    assert.equal(await tab.row(/^Text/).locator('.outline-summary').count(), 0);
    assert.deepEqual(tab.faults, []);
  });

  it('row 4: says why a widget cannot stand somewhere, and offers the one that can stand between', async () => {
    const { tab, types } = withTypes(
      await editor.open('Why not', [{ id: 'one', type: 'heading', fields: {} }]),
    );
    const { page } = tab;
    const { window, search, options } = pickerOf(page);
    await tab.row(/^Heading/).click();
    await page.keyboard.press('a');
    assert.equal(await window.getByRole('group', { name: 'Why not?' }).count(), 0);
    await window.getByRole('checkbox', { name: 'Show widgets that cannot stand here' }).check();
    assert.deepEqual(await options(/^Why not/), [
      ...['Content of a call-out', 'One column', 'Section of an accordion'],
      ...['Add Section of an accordion in Accordion', 'Tab', 'Add Tab in Tabs', 'Two columns'],
    ]);
    // What was asked for is in view.
    const column = window.getByRole('option', { name: /^One column/ });
    assert.equal(await column.getAttribute('aria-disabled'), 'true');
    assert.equal(
      await column.locator('.picker-text').textContent(),
      'One column does not stand in One column.',
    );
    await page.waitForFunction(() => {
      const [list, shown] = [document.querySelector('.picker-list'), document.querySelector('.picker-none')];
      if (list === null || shown === null) return false;
      return shown.getBoundingClientRect().top < list.getBoundingClientRect().bottom;
    });
    // It cannot be chosen, and says why.
    await column.click({ force: true });
    await window.getByRole('alert').getByText('One column does not stand in One column.').waitFor();
    assert.deepEqual(await types(), ['one-column', '  heading']);

    // The way out is an option beside it.
    await search.focus();
    await search.fill('an acc');
    await page.keyboard.press('ArrowUp');
    assert.deepEqual(await options(/^Why not/), [
      'Section of an accordion',
      'Add Section of an accordion in Accordion',
    ]);
    await page.keyboard.press('Enter');
    await window.waitFor({ state: 'detached' });
    assert.deepEqual(await types(), ['one-column', '  heading', '  accordion', '    accordion-section']);
    await isOnRow(tab.page, /^Section of an accordion: Section/);
    await page.keyboard.press('Control+z');
    await tab.row(/^Accordion/).waitFor({ state: 'detached' });
    assert.deepEqual(await types(), ['one-column', '  heading']);
    // Looking for one that cannot stand there is enough to be told why.
    await page.keyboard.press('a');
    await search.fill('two col');
    assert.deepEqual(await options(/^Why not/), ['Two columns']);
    assert.deepEqual(tab.faults, []);
  });

  it('row 30: finds pages, widgets, commands, texts and what is wrong from everywhere', async () => {
    const { pages } = editor.site.widgy;
    const { document: other } = await pageCalled(editor, 'Estuary days');
    const gone = await pageCalled(editor, 'Gone soon');
    const document = await editor.newPage('Finding', [
      ...CONTENT,
      { id: 'lost', type: 'text', fields: { text: `<p>See <a href="widgy:page/${gone.id}">there</a>.</p>` } },
    ]);
    assert.ok((await deletePage(pages, gone.id, { seen: gone.revision }, trustedAuthor('test'))).ok);
    const { tab, types } = withTypes({ document, tab: await editor.edit(document) });
    const { page, form } = tab;
    const { window, search, options } = pickerOf(page);
    const find = async (text: string) => {
      await page.keyboard.press('Control+k');
      await search.waitFor();
      await page.keyboard.type(text);
    };
    const done = () => window.waitFor({ state: 'detached' });

    // A text of the page, from the outline.
    await tab.row(/Rivers/).click();
    await find('slow wat');
    assert.deepEqual(await options(/^Widgets/), ['Text: Slow water.']);
    await page.keyboard.press('Enter');
    await done();
    await isOnRow(tab.page, /^Text: Slow water\./);

    // A command, while somebody writes.
    await tab.row(/Banks/).click();
    await form.getByRole('textbox', { name: 'Text' }).click();
    await find('duplic');
    assert.deepEqual(await options(/^Commands/), ['Duplicate']);
    await page.keyboard.press('Enter');
    await done();
    assert.equal((await types()).filter((line) => line === '    heading').length, 2);

    // The first problem, from the page. It is marked in the outline and said in the form.
    await tab.preview.getByText('Slow water').click();
    await find('');
    assert.equal((await options(/^Problems/))[0], 'Go to the first problem');
    await page.keyboard.press('Enter');
    await done();
    await form.getByText('A link in this leads nowhere: the site does not have what it led to.').waitFor();
    await tab.row(/See there.*, A link in it leads nowhere/).waitFor();
    await page.waitForFunction(() => globalThis.document.activeElement?.closest('.editor-form') !== null);

    // Another page, whose editor is opened.
    await find('estuary');
    await window.getByRole('option', { name: /Open Estuary days/ }).click();
    await page.waitForURL(`**/admin/documents/${other}/editor`);
    await tab.outline.getByRole('tree').waitFor();
    assert.deepEqual(tab.faults, []);
  });
});

/** The window in which something is chosen while typing. */
function pickerOf(page: Page) {
  const window = page.getByRole('dialog');
  return {
    window,
    search: window.getByRole('combobox'),
    /** The labels of what is offered in the groups of some name, once there are any. */
    async options(group: RegExp): Promise<readonly string[]> {
      const labels = window.getByRole('group', { name: group }).locator('.picker-label');
      await labels.first().waitFor();
      return await labels.allTextContents();
    },
  };
}

/** Puts the pointer above a row: at its upper edge. */
async function pointAbove(page: Page, row: Locator): Promise<void> {
  const box = await boxOf(row);
  await page.mouse.move(box.x + 80, box.y + 3);
  await page.mouse.move(box.x + 84, box.y + 3);
}

/** Waits until a widget is selected and its first field has the focus. */
async function assertFirstField(tab: EditorTab, name: string, field: string): Promise<void> {
  await tab.selected(new RegExp(`^${name}`)).waitFor();
  await tab.page.waitForFunction((wanted) => {
    const focused = document.activeElement;
    const label = document.getElementById(focused?.getAttribute('aria-labelledby') ?? '') ?? undefined;
    const labels = focused instanceof HTMLInputElement ? [...(focused.labels ?? [])] : [label];
    return (
      focused?.closest('.editor-form') != null && labels.some((each) => each?.textContent.startsWith(wanted))
    );
  }, field);
}

async function expectValue(input: Locator, value: string): Promise<void> {
  await until(
    () => input.inputValue(),
    (now) => now === value,
  );
}
